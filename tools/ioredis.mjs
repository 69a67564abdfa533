// `npm run ioredis-suite`: the tests of ioredis, which are never committed, on this package in its place, and on ioredis
// itself over the engine.

import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { build } from "./build.mjs";
import { typeTests } from "./ioredis.types.mjs";
import { writeBetween } from "./readme.mjs";
import { serve, starter } from "./server.mjs";
import { at, Failure, main, say } from "./shell.mjs";

const help = `npm run ioredis-suite -- --from DIR: the functional tests of ioredis 6.0.0.

  --from DIR        a checkout of its repository at v6.0.0 in which \`npm install\` was run
  --over WAY        how they run; may be said again:
                      process     on redmoon/mock in ioredis's place (the default)
                      connector   on ioredis, with RedmoonConnector
                      serve       on ioredis, with \`redmoon serve\`
                      native      on ioredis, with redmoon-server
                      PROGRAM     on ioredis, with another server, say "redis-server"; it is started with --port
  --types           its type tests, on the types of this package; alone, unless --over is said, too
  --all             also try the files that skips.txt leaves out
  --readme          run on the package in its three ways and the type tests, and write the table into the README
  NAME...           only the files whose path has a NAME
  --help            this

What cannot pass stands in tests/ioredis/skips.txt with its reason; a test there that passes is a failure.`;

const ways = {
  process: "`redmoon/mock`, in the process",
  connector: "ioredis on `RedmoonConnector`",
  serve: "ioredis over `redmoon serve`",
  native: "ioredis over `redmoon-server`",
};

/** The servers behind ways, as server.mjs names them. */
const targets = { serve: "wasm", native: "native" };

/** Milliseconds for a test: in a process nothing waits for a network. */
const patience = (way) => (way === "process" ? 2000 : 20_000);

/** Milliseconds for all tests, after which something hangs. */
const LONGEST = 9 * 60 * 1000;

async function suite(words) {
  const options = { over: [], names: [] };
  while (words.length) {
    const word = words.shift();
    if (word === "--help") return say(help);
    else if (word === "--from") options.from = words.shift();
    else if (word === "--over") options.over.push(words.shift());
    else if (["--types", "--all", "--readme"].includes(word)) options[word.slice(2)] = true;
    else if (word.startsWith("-")) throw new Failure(`there is no option ${word}; --help says more`);
    else options.names.push(word);
  }
  const { from } = options;
  if (!existsSync(join(from ?? "", "test/functional"))) throw new Failure("where is ioredis? --from DIR says so; --help says more");
  const { version } = JSON.parse(readFileSync(join(from, "package.json"), "utf8"));
  if (version !== "6.0.0") throw new Failure(`${from} is ioredis ${version}, not 6.0.0`);
  if (options.readme && options.names.length) throw new Failure("--readme wants all files; --help says more");
  await build();
  if (options.readme) Object.assign(options, { over: ["process", "connector", "serve"], types: true });
  const chosen = options.over.length || options.types ? options.over : ["process"];
  const reports = [];
  for (const way of chosen) reports.push(await functional({ ...options, way }));
  if (options.types) reports.push(...(await typeTests(from, readSkips)));
  if (options.readme) writeTable(reports);
  if (reports.some(({ failed }) => failed > 0)) process.exitCode = 1;
}

/** Runs the functional tests in one way; answers its counts. */
async function functional({ from, way, all, names }) {
  const skips = readSkips(way);
  const root = join(from, "test");
  const named = (file) => !names.length || names.some((name) => file.includes(name));
  const files = testFiles(join(root, "functional")).map((file) => relative(root, file)).filter(named);
  const isLeftOut = (file) => skips.files.some((skipped) => file.startsWith(skipped));
  say(`ioredis 6.0.0's functional tests: ${ways[way] ?? way}`);
  const leftOut = files.filter(isLeftOut);
  const report = judge(await mocha({ from, way, files: files.filter((file) => !isLeftOut(file)), slow: skips.slow }), skips, root);
  if (leftOut.length) report.skipped += (await mocha({ from, way, files: leftOut, dry: true })).passes.length;
  if (all) {
    for (const file of leftOut) {
      const { passes = [], failures = [] } = await mocha({ from, way, files: [file] }).catch((error) => ({ failures: [error] }));
      say(`  ${file}: ${passes.length} of ${passes.length + failures.length} pass`);
      if (failures.length > 0 || passes.length === 0) continue;
      say("    PASSES, though skips.txt leaves it out");
      report.failed++;
    }
  }
  say(`  ${report.passed} passed, ${report.failed} failed, ${report.skipped} skipped`);
  return { ...report, name: ways[way] ?? way };
}

/** Lets mocha run files of the suite on a fresh engine, or `dry` only count their tests; answers what it reports. */
async function mocha({ from, way, files, slow = [], dry = false }) {
  const folder = mkdtempSync(join(tmpdir(), "redmoon-ioredis-"));
  const server = way === "process" || way === "connector" ? undefined : await serve(await starter(targets[way] ?? { program: way }), folder);
  const output = join(folder, "report.json");
  const options = ["--no-experimental-strip-types", "--exit", "--timeout", patience(way), "--reporter", "json", "--reporter-option", `output=${output}`];
  if (dry) options.push("--dry-run");
  const paths = [join(from, "test/helpers/*.ts"), ...files.map((file) => join(from, "test", file))];
  const child = spawn(process.execPath, [join(from, "node_modules/mocha/bin/mocha.js"), ...options, "--require", at("tools/ioredis.hook.cjs"), ...paths], {
    cwd: from,
    stdio: ["ignore", "ignore", "pipe"],
    timeout: LONGEST,
    env: {
      ...process.env,
      TS_NODE_TRANSPILE_ONLY: "true",
      NODE_ENV: "test",
      REDMOON_IOREDIS: from,
      REDMOON_WAY: way,
      REDMOON_DIST: at("js/dist/commonjs"),
      REDMOON_PORT: server?.port,
      REDMOON_SLOW: JSON.stringify(slow),
    },
  });
  let complaint = "";
  child.stderr.on("data", (chunk) => (complaint += chunk));
  try {
    const code = await new Promise((resolve, reject) => child.on("error", reject).on("close", resolve));
    if (!existsSync(output)) throw new Failure(`mocha ended with ${code} and no report:\n${complaint}`);
    return JSON.parse(readFileSync(output, "utf8"));
  } finally {
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Says what came of the tests, beside what was expected, and counts. */
function judge({ passes, failures, pending }, skips, root) {
  // What is rejected after a test's end has no file.
  const pathOf = ({ file }) => (file === undefined ? "" : relative(root, file));
  const expected = (test) => skips.tests.find(({ file, title }) => pathOf(test) === file && test.fullTitle.includes(title));
  const unexpected = failures.filter((test) => !expected(test));
  const revived = passes.filter(expected);
  for (const test of unexpected) say(`  FAILED ${pathOf(test)}: ${test.fullTitle}\n      ${test.err.message}`);
  for (const test of revived) say(`  PASSED, though skips.txt says otherwise: ${pathOf(test)}: ${test.fullTitle}`);
  return {
    passed: passes.length,
    failed: unexpected.length + revived.length,
    // The suite itself leaves tests out, too.
    skipped: failures.length - unexpected.length + pending.length,
  };
}

/** What cannot pass in a way; the head of the file says how it is written. */
function readSkips(way) {
  const lines = readFileSync(at("tests/ioredis/skips.txt"), "utf8").split("\n").filter((line) => line && !line.startsWith("#"));
  const skips = { files: [], tests: [], slow: [] };
  for (const line of lines) {
    const [head, file, ...rest] = line.split(" | ");
    const [kind, where] = head.split(" on ");
    const title = kind === "file" ? "" : rest.shift();
    if (!["file", "fails", "slow"].includes(kind) || !where || rest.length !== 1) throw new Failure(`tests/ioredis/skips.txt: what does "${line}" mean?`);
    if (!where.split(", ").includes(way)) continue;
    if (kind === "file") skips.files.push(file);
    else if (kind === "slow") skips.slow.push(title);
    else skips.tests.push({ file, title });
  }
  return skips;
}

function testFiles(folder) {
  const entries = readdirSync(folder, { withFileTypes: true, recursive: true });
  return entries.filter((entry) => entry.isFile() && entry.name.endsWith(".ts")).map((entry) => join(entry.parentPath, entry.name));
}

/** Writes the counts into the README. */
function writeTable(reports) {
  const rows = reports.map(({ name, passed, failed, skipped }) => `| ${[name, passed, failed, skipped].join(" | ")} |`);
  writeBetween("ioredis", ["| | passed | failed | skipped |", "|---|---:|---:|---:|", ...rows].join("\n"));
}

await main(() => suite(process.argv.slice(2)));
