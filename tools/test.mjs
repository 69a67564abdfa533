// `npm test`: every test, section by section, and their sum in the last line.

import { build } from "./build.mjs";
import { browser, npmPackages, oracles } from "./setup.mjs";
import { playground as buildPlayground } from "./start.mjs";
import { ask, at, Failure, filesUnder, heading, main, say, show } from "./shell.mjs";

const sections = {
  generated: ["Generated files are fresh", generated],
  rust: ["The core", rust],
  fuzz: ["What fuzzes it compiles", fuzz],
  js: ["The package's own tests", javascript],
  package: ["The package as it is published", published],
  upstream: ["Redis's own suite, its quick files", upstream],
  www: ["The playground", playground],
};

const help = `npm test: sets up what is missing and runs every test.

  npm test -- NAME...    only these sections: ${Object.keys(sections).join(" ")}
  npm test -- --help     this`;

async function test(args) {
  if (args.includes("--help")) return say(help);
  const unknown = args.find((name) => !sections[name]);
  if (unknown) throw new Failure(`no section \`${unknown}\`: one of ${Object.keys(sections).join(", ")}`);
  heading("Set-up");
  await npmPackages();
  await oracles();
  await build();

  const totals = { passed: 0, failed: 0 };
  const broken = [];
  for (const [name, [title, work]] of Object.entries(sections)) {
    if (args.length && !args.includes(name)) continue;
    heading(title);
    const started = performance.now();
    // A section that breaks before it can count is one failure.
    const { passed, failed } = await work().catch((error) => {
      console.error(error instanceof Failure ? `error: ${error.message}` : error);
      return { passed: 0, failed: 1 };
    });
    say(`${title}: ${passed} passed, ${failed} failed, ${((performance.now() - started) / 1000).toFixed(1)} s`);
    totals.passed += passed;
    totals.failed += failed;
    if (failed) broken.push(title);
  }
  if (broken.length) say(`\nfailed: ${broken.join("; ")}`);
  say(`\n${totals.passed} passed, ${totals.failed} failed`);
  if (totals.failed || !totals.passed) process.exitCode = 1;
}

/** A generator says with --check whether what is committed is what it would write. */
async function generated() {
  const { code } = await show(process.execPath, ["js/generate.mjs", "--check"]);
  return tally([code]);
}

async function rust() {
  const cargo = async (...args) => counted(await show("cargo", [...args, "--locked", "--no-fail-fast"], { keep: true }));
  const nextest = ask("cargo", ["nextest", "--version"]) !== null;
  const runs = nextest ? [await cargo("nextest", "run"), await cargo("test", "--doc")] : [await cargo("test")];
  return { passed: sum(runs, "passed"), failed: sum(runs, "failed") };
}

/** The targets of fuzz/ are checked against the engine; libFuzzer itself, which wants a C++ compiler, is not built. */
async function fuzz() {
  const where = ["--manifest-path", "fuzz/Cargo.toml", "--target-dir", "target/fuzz"];
  const { code } = await show("cargo", ["check", "--locked", "--no-default-features", ...where]);
  return tally([code]);
}

async function javascript() {
  const files = filesUnder("js/test", "pkg-tests").filter((path) => /\.test\.m?js$/.test(path));
  const { code, output } = await show(process.execPath, ["--test", "--test-reporter=spec", ...files], { keep: true });
  const count = (word) => Number(new RegExp(`^\\S+ ${word} (\\d+)$`, "m").exec(plain(output))?.[1] ?? 0);
  const failed = count("fail") + count("cancelled");
  return { passed: count("pass"), failed: failed || (code === 0 ? 0 : 1) };
}

async function published() {
  const { packageTests } = await import("../pkg-tests/run.mjs");
  return packageTests({ browser: await browser() });
}

async function upstream() {
  const { QUICK, suite } = await import("./upstream.mjs");
  return suite({ files: QUICK });
}

async function playground() {
  const typed = await show(process.execPath, [at("node_modules/typescript/bin/tsc"), "--noEmit", "--project", at("www")]);
  await buildPlayground();
  const { playgroundTests } = await import("../www/test/playground.mjs");
  const results = await playgroundTests({ browser: await browser() });
  const failures = results.filter(({ error }) => error);
  for (const { name, error } of failures) say(`  FAILED ${name}\n${error.replaceAll(/^/gm, "    ")}`);
  const counts = [tally([typed.code]), { passed: results.length - failures.length, failed: failures.length }];
  return { passed: sum(counts, "passed"), failed: sum(counts, "failed") };
}

function sum(counts, kind) {
  return counts.reduce((total, count) => total + count[kind], 0);
}

/** Text without the colours of a terminal. */
function plain(text) {
  return text.replaceAll(/\x1b\[[0-9;]*m/g, "");
}

/** One test for each exit code. */
function tally(codes) {
  const failed = codes.filter((code) => code !== 0).length;
  return { passed: codes.length - failed, failed };
}

/** The counts that cargo's test runners print; a failure that they did not count is one more. */
function counted({ code, output }) {
  let passed = 0;
  let failed = 0;
  const text = plain(output);
  for (const [, ok, bad] of text.matchAll(/^test result: .*?(\d+) passed; (\d+) failed/gm)) {
    passed += Number(ok);
    failed += Number(bad);
  }
  for (const [, rest] of text.matchAll(/^\s*Summary \[.*?\] (.+)$/gm)) {
    passed += Number(/(\d+) passed/.exec(rest)?.[1] ?? 0);
    for (const kind of ["failed", "timed out", "exec failed"]) {
      failed += Number(new RegExp(`(\\d+) ${kind}`).exec(rest)?.[1] ?? 0);
    }
  }
  return { passed, failed: failed || (code === 0 ? 0 : 1) };
}

await main(() => test(process.argv.slice(2)));
