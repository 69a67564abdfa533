// `npm run upstream`: Redis's own test suite, which is fetched and never committed, against the engine behind RESP.

import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { cpus } from "node:os";
import { createInterface } from "node:readline";
import { setTimeout as pause } from "node:timers/promises";
import { writeBetween } from "./readme.mjs";
import { serve, starter } from "./server.mjs";
import { ensure } from "./setup.mjs";
import { at, Failure, main, run, say, step } from "./shell.mjs";

const help = `npm run upstream: the test suite of redis 7.0.15 (Debian's source package) against this engine.

  npm run upstream                      every file, on the packaged wasm engine behind \`redmoon serve\`
  npm run upstream -- unit/type/hash    these files only; \`type/\` takes all whose name has it
  npm run upstream -- --native          the same on the native redmoon-server
  npm run upstream -- --native --wasm   on both, one after the other
  --only TEST        these tests only, by name or by /regular expression
  --never            also try the tests that tests/upstream/skips.txt says never to run, each by itself
  --redis PROGRAM    on another server instead, say \`--redis "redis-server --enable-debug-command yes"\`; each file starts
                     one, with --port
  --jobs N           files at a time (default ${jobsByDefault()})
  --readme           write the table into the README
  --help             this

Each file has a fresh server. What cannot pass stands in tests/upstream/skips.txt with its reason.`;

const VERSION = "7.0.15";
const ARCHIVE = `redis_${VERSION}.orig.tar.gz`;
const SHA256 = "4b1dc4ee6d622a09fff9c6777191209750fb5e5a725ef78ea012d6eef4c22982";
const MIRRORS = ["http://deb.debian.org/debian", "http://archive.debian.org/debian"];

/** The files that are quick enough for every `npm test`. */
export const QUICK = readList("quick.txt");

/** Seconds without a finished test after which a file counts as hung. One of unit/hyperloglog takes 40 on any server. */
const PATIENCE = 180;

function jobsByDefault() {
  return Math.max(1, Math.min(4, cpus().length));
}

async function upstream(words) {
  const options = { targets: [], files: [], only: [], jobs: jobsByDefault() };
  while (words.length) {
    const word = words.shift();
    if (word === "--help") return say(help);
    else if (word === "--native" || word === "--wasm") options.targets.push(word.slice(2));
    else if (word === "--redis") options.targets.push({ program: words.shift() });
    else if (word === "--only") options.only.push(words.shift());
    else if (word === "--jobs") options.jobs = Number(words.shift());
    else if (word === "--never" || word === "--readme") options[word.slice(2)] = true;
    else if (word.startsWith("-")) throw new Failure(`there is no option ${word}; --help says more`);
    else options.files.push(word);
  }
  const reports = [];
  for (const target of options.targets.length ? options.targets : ["wasm"]) {
    reports.push(await suite({ ...options, target }));
  }
  if (options.readme) writeTable(reports);
  if (reports.some((report) => report.failed)) process.exitCode = 1;
}

/** Runs files of the suite on one target; answers its counts and `files`, the counts of each. */
export async function suite({ target = "wasm", files = [], only = [], jobs = jobsByDefault(), never = false }) {
  const skips = readSkips();
  const home = await source(skips);
  const start = await starter(target);
  const all = listed(home).filter((file) => !skips.files.has(file));
  const wanted = files.length ? all.filter((file) => files.some((word) => (all.includes(word) ? file === word : file.includes(word)))) : all;
  if (!wanted.length) throw new Failure(`no file of the suite is named ${files.join(" ")}`);

  const name = typeof target === "string" ? target : target.program;
  say(`Redis ${VERSION}'s suite on ${name}: ${wanted.length} files, ${jobs} at a time`);
  const report = { name, passed: 0, failed: 0, skipped: 0, leftOut: 0, files: new Map() };
  for (const setting of await granted(start, skips)) {
    report.failed++;
    say(`    WORKS, but tests/upstream/skips.txt says that it cannot be had: ${setting}`);
  }
  const queue = [...wanted];
  const worker = async () => {
    for (let file; (file = queue.shift()); ) {
      const result = await runFile({ home, start, file, only, skips, name });
      if (never) await tryNever({ home, start, file, skips, name, result });
      report.files.set(file, result);
      for (const kind of ["passed", "failed", "skipped", "leftOut"]) report[kind] += result[kind];
      say(line(file, result));
      for (const complaint of result.complaints) say(complaint.replaceAll(/^/gm, "    "));
    }
  };
  await Promise.all(Array.from({ length: jobs }, worker));
  report.files = new Map(wanted.map((file) => [file, report.files.get(file)]));
  say(line("in all", report));
  return report;
}

function line(name, { passed, failed, skipped, leftOut, seconds }) {
  const took = seconds === undefined ? "" : `, ${seconds.toFixed(1)} s`;
  return `  ${name.padEnd(26)} ${passed} passed, ${failed} failed, ${skipped} skipped, ${leftOut} left out by tag${took}`;
}

/** The suite's folder; fetches and unpacks it when it is not there. */
async function source({ encodings, overrides }) {
  const cache = at("target/upstream");
  const home = `${cache}/redis-${VERSION}`;
  const tclsh = await ensure("tclsh", { apt: ["tcl"], brew: ["tcl-tk"] });
  if (!existsSync(`${home}/tests/test_helper.tcl`)) {
    await step(`the source package of redis ${VERSION}`, async () => {
      mkdirSync(cache, { recursive: true });
      const archive = `${cache}/${ARCHIVE}`;
      if (!existsSync(archive) || sha256(readFileSync(archive)) !== SHA256) writeFileSync(archive, await download());
      await run("tar", ["-xzf", archive, "-C", cache]);
      mkdirSync(`${home}/tests/tmp`, { recursive: true });
    });
  }
  // The two changes to the suite: encodings that later releases name otherwise, and blocks that ask for a configuration
  // which cannot be had.
  const pairs = (list) => list.map((pair) => `{${pair.join(" ")}}`).join(" ");
  const look = "    set val [r object encoding $key]\n";
  change(`${home}/tests/support/test.tcl`, look, `${look}    if {[list $enc $val] in {${pairs(encodings)}}} return\n`);
  const external = "    if {$::external} {\n        run_external_server_test $code $overrides\n";
  const leave = `        foreach {name value} $overrides {
            if {[list $name $value] in {${pairs(overrides)}}} {
                send_data_packet $::test_server_fd ignore "$name $value"
                set ::tags [lrange $::tags 0 end-[llength $tags]]
                return
            }
        }
`;
  change(`${home}/tests/support/server.tcl`, external, external.replace("        run", `${leave}        run`));
  return { path: home, tclsh };
}

/** Writes a file of the suite anew with one passage replaced. */
function change(path, passage, replacement) {
  const kept = `${path}.kept`;
  if (!existsSync(kept)) copyFileSync(path, kept);
  const text = readFileSync(kept, "utf8");
  if (!text.includes(passage)) throw new Failure(`${path} has not the passage that is to be changed`);
  writeFileSync(path, text.replace(passage, () => replacement));
}

async function download() {
  const tried = [];
  for (const mirror of MIRRORS) {
    const url = `${mirror}/pool/main/r/redis/${ARCHIVE}`;
    try {
      const response = await fetch(url);
      if (!response.ok) throw new Error(`status ${response.status}`);
      const bytes = Buffer.from(await response.arrayBuffer());
      if (sha256(bytes) !== SHA256) throw new Error("its SHA-256 is another one");
      return bytes;
    } catch (error) {
      tried.push(`${url}: ${error.cause?.message ?? error.message}`);
    }
  }
  throw new Failure(
    `Redis's test suite could not be fetched:\n  ${tried.join("\n  ")}\n` +
      `put ${ARCHIVE} (as \`apt-get source redis=5:${VERSION}\` brings it) into target/upstream and run this again`,
  );
}

function sha256(bytes) {
  return createHash("sha256").update(bytes).digest("hex");
}

/** The files that `--single` can name: those of unit/ and unit/type/. */
function listed({ path }) {
  const text = readFileSync(`${path}/tests/test_helper.tcl`, "utf8");
  const names = /set ::all_tests \{([^}]*)\}/.exec(text)[1].split(/\s+/);
  return names.filter((name) => /^unit\/(type\/)?[^/]+$/.test(name) && name !== "unit/printver");
}

/** Sends one command; answers what came back first. */
async function send(port, words) {
  const socket = connect(port, "127.0.0.1");
  socket.write(`*${words.length}\r\n${words.map((word) => `$${Buffer.byteLength(word)}\r\n${word}\r\n`).join("")}`);
  const [data] = await once(socket, "data");
  socket.destroy();
  return data.toString("latin1");
}

/** Whether a server answers within a second. */
async function answers(port) {
  return Promise.race([send(port, ["PING"]), pause(1000)]).then((reply) => reply === "+PONG\r\n", () => false);
}

/**
 * Runs one file on a fresh server; answers `{ passed, failed, skipped, leftOut, seconds, complaints }`.
 *
 * `skipped` counts what skips.txt names, `leftOut` what its tags and the suite itself keep from an external server; a
 * block of tests that is left out counts once.
 */
async function runFile({ home, start, file, only, skips, name }) {
  const began = performance.now();
  const wanted = { home, start, file, only, never: skips.never(file, name), skips };
  let { outcomes, leftOut, ended, unbegun } = await play(wanted);
  if (unbegun) {
    say(`${file}: the suite ended before its first test, and the server lives; it is begun once more\n${ended}`.replaceAll(/^/gm, "    "));
    ({ outcomes, leftOut, ended } = await play(wanted));
  }
  const result = { passed: 0, failed: 0, skipped: 0, leftOut, complaints: [] };
  const fail = (text) => {
    result.failed++;
    result.complaints.push(text);
  };
  const expected = skips.fails(file, name);
  for (const { test, state, text } of outcomes) {
    const known = expected.get(test);
    if (known) known.seen = true;
    if (state === "skip") result.skipped += only.length ? 0 : 1;
    else if (state === "ok" && known) fail(`PASSES, but tests/upstream/skips.txt says that it fails: ${test}`);
    else if (state === "ok") result.passed++;
    else if (known) result.skipped++;
    else fail(`FAILED ${text.replace(/\n\s+while executing\n(.*)[^]*/, "\n  by $1")}`);
  }
  if (ended !== true) fail(`BROKEN OFF ${ended}`);
  else if (!only.length) {
    for (const [test, { seen }] of expected) if (!seen) fail(`there is no test of this name any more: ${test}`);
  }
  result.seconds = (performance.now() - began) / 1000;
  return result;
}

/** The settings for whose sake blocks are left out, although the server takes them. */
async function granted(start, { overrides }) {
  const server = await serve(start, at("target/upstream"));
  const taken = [];
  for (const setting of overrides) {
    if ((await send(server.port, ["CONFIG", "SET", ...setting])).startsWith("+")) taken.push(setting.join(" "));
  }
  await server.stop();
  return taken;
}

/** Tries the tests that are never run, each by itself. */
async function tryNever({ home, start, file, skips, name, result }) {
  for (const test of skips.never(file, name)) {
    const { outcomes, ended } = await play({ home, start, file, only: [test], never: [], skips, patience: 30 });
    const ran = outcomes.filter(({ state }) => state !== "skip");
    if (ended !== true || !ran.length || ran.some(({ state }) => state !== "ok")) continue;
    result.failed++;
    result.complaints.push(`PASSES by itself, but tests/upstream/skips.txt says never to run it: ${test}`);
  }
}

/**
 * Ports of its own for each run of the suite: it takes the first of 32 that is free, and whose successor by 10,000 is.
 * Both stay below the ports that systems give to clients, and apart from those of tools/server.mjs: the suite looks
 * whether a port is free before it listens there, and fails if it is taken in between.
 */
const PORTS = { first: 20_100, count: 32, runs: 80 };
let runs = process.pid;

/** Lets the suite play one file; answers `{ outcomes: [{ test, state, text }], leftOut, ended, unbegun }`. */
async function play({ home, start, file, only, never, skips: { tags, config }, patience = PATIENCE }) {
  const server = await serve(start, at("target/upstream"));
  if (config.length) await send(server.port, ["CONFIG", "SET", ...config]);
  const args = ["tests/test_helper.tcl", "--host", "127.0.0.1", "--port", String(server.port), "--single", file];
  const baseport = PORTS.first + PORTS.count * ((runs++ % PORTS.runs) + 1);
  args.push("--durable", "--dont-clean", "--timeout", String(patience), "--baseport", String(baseport));
  args.push("--tags", tags.map((tag) => `-${tag}`).join(" "));
  for (const test of never) args.push("--skiptest", test);
  for (const test of only) args.push("--only", test);
  const child = spawn(home.tclsh, args, { cwd: home.path, env: { ...process.env, TERM: "dumb" }, stdio: ["ignore", "pipe", "pipe"] });
  const gone = once(child, "close");
  let aside = "";
  child.stderr.on("data", (chunk) => (aside += chunk));

  const outcomes = [];
  let leftOut = 0;
  let ended = false;
  let open = null;
  for await (const text of createInterface({ input: child.stdout })) {
    const [, state, rest] = /^\[(ok|err|skip|ignore|exception|TIMEOUT)\]: (.*)$/.exec(text) ?? [];
    if (state) open = null;
    if (state === "ignore") leftOut++;
    else if (state === "exception") ended = `by an exception: ${rest}`;
    else if (state === "TIMEOUT") ended = "after a test that did not come to its end";
    else if (state) {
      const test = state === "err" ? rest.replace(/ in tests\/unit\/\S+\.tcl$/, "") : rest.replace(/ \(\d+ ms\)$/, "");
      outcomes.push((open = { test, state, text: rest }));
    } else if (/^Cleanup|The End|^\[\d+\/\d+ done\]/.test(text)) {
      open = null;
      if (text.includes("The End") && !ended) ended = true;
    } else if (/=> \(IN PROGRESS\) /.test(text)) ended = `in a test that did not come to its end: ${text.replace(/.*\(IN PROGRESS\) /, "")}`;
    else if (open?.state === "err") open.text += `\n  ${text}`;
    else if (typeof ended === "string") ended += `\n${text}`;
    else aside += `${text}\n`;
  }
  const [code, signal] = await gone;
  const unbegun = !ended && !outcomes.length && (await answers(server.port));
  await server.stop();
  ended ||= `without an end, by ${signal ?? `exit code ${code}`}:\n${aside.trim()}`;
  return { outcomes, leftOut, ended, unbegun };
}

function readList(name) {
  const lines = readFileSync(at("tests/upstream", name), "utf8").split("\n");
  return lines.map((text) => text.trim()).filter((text) => text && !text.startsWith("#"));
}

/** The skip list; the head of the file says how it is written. */
function readSkips() {
  const lines = readList("skips.txt").map((text) => {
    const [kind, ...rest] = text.split(" | ").map((part) => part.trim());
    const [how, target] = kind.split(" on ");
    const length = { tag: 2, file: 2, config: 2, encoding: 3, override: 2, fails: 3, never: 3 }[how];
    if (rest.length !== length || !rest.at(-1)) throw new Failure(`tests/upstream/skips.txt: this line has not its parts: ${text}`);
    return { how, target, rest };
  });
  const of = (how) => lines.filter((entry) => entry.how === how);
  const tests = (how, file, name) =>
    of(how).filter(({ target, rest }) => rest[0] === file && (!target || target === name)).map(({ rest }) => rest[1]);
  return {
    tags: of("tag").map(({ rest }) => rest[0]),
    overrides: of("override").map(({ rest: [setting] }) => setting.split(" ")),
    encodings: of("encoding").map(({ rest: [now, then] }) => [then, now]),
    config: of("config").flatMap(({ rest }) => rest[0].split(" ")),
    files: new Set(of("file").map(({ rest }) => rest[0])),
    fails: (file, name) => new Map(tests("fails", file, name).map((test) => [test, { seen: false }])),
    never: (file, name) => tests("never", file, name),
  };
}

/** Writes the counts into the README. */
function writeTable(reports) {
  const files = [...reports[0].files.keys()].filter((file) => reports.some(({ files }) => files.get(file)?.passed));
  const counts = (result) => (result ? `${result.passed} / ${result.failed} / ${result.skipped}` : "–");
  const row = (name, pick) => `| ${name} | ${reports.map((report) => counts(pick(report))).join(" | ")} |`;
  const table = [
    `| passed / failed / skipped | ${reports.map(({ name }) => name).join(" | ")} |`,
    `|---|${reports.map(() => "---:|").join("")}`,
    ...files.map((file) => row(file, (report) => report.files.get(file))),
    row("**in all**", (report) => report),
  ].join("\n");
  writeBetween("upstream", table);
}

if (process.argv[1] === at("tools/upstream.mjs")) await main(() => upstream(process.argv.slice(2)));
