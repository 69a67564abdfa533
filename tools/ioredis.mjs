// `npm run ioredis-suite`: the functional tests of ioredis, which are never committed, on this package in their place.

import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { build } from "./build.mjs";
import { at, Failure, main, say } from "./shell.mjs";

const help = `npm run ioredis-suite -- --from DIR: the functional tests of ioredis 6.0.0 on redmoon/mock, in one process.

  --from DIR   a checkout of its repository at v6.0.0 in which \`npm install\` was run
  --help       this

What cannot pass stands in tests/ioredis/skips.txt with its reason; a test there that passes is a failure.`;

/** Milliseconds for a test: nothing here waits for a network. */
const PATIENCE = 2000;

async function suite(words) {
  if (words.includes("--help")) return say(help);
  const from = words[words.indexOf("--from") + 1];
  if (!words.includes("--from") || !existsSync(join(from ?? "", "test/functional"))) {
    throw new Failure("where is ioredis? --from DIR says so; --help says more");
  }
  await build();
  const skips = readSkips();
  const tests = testFiles(join(from, "test/functional")).filter((file) => !skips.files.some((skipped) => relative(join(from, "test"), file).startsWith(skipped)));
  const folder = mkdtempSync(join(tmpdir(), "redmoon-ioredis-"));
  try {
    const report = join(folder, "report.json");
    const mocha = [join(from, "node_modules/mocha/bin/mocha.js"), "--no-experimental-strip-types", "--exit"];
    const options = ["--timeout", String(PATIENCE), "--reporter", "json", "--reporter-option", `output=${report}`];
    const { status, stderr } = spawnSync(
      process.execPath,
      [...mocha, ...options, "--require", at("tools/ioredis.hook.cjs"), join(from, "test/helpers/*.ts"), ...tests],
      {
        cwd: from,
        encoding: "utf8",
        maxBuffer: 1 << 28,
        env: { ...process.env, TS_NODE_TRANSPILE_ONLY: "true", NODE_ENV: "test", REDMOON_IOREDIS: from, REDMOON_MOCK: at("js/dist/commonjs/mock.js") },
      },
    );
    if (!existsSync(report)) throw new Failure(`mocha ended with ${status} and no report:\n${stderr}`);
    judge(JSON.parse(readFileSync(report, "utf8")), skips, join(from, "test"));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Says what came of the tests, beside what was expected. */
function judge({ passes, failures, pending }, skips, root) {
  const expected = ({ file, fullTitle }) =>
    skips.tests.find((skip) => relative(root, file) === skip.file && fullTitle.includes(skip.title));
  const unexpected = failures.filter((test) => !expected(test));
  const revived = passes.filter(expected);
  for (const { file, fullTitle, err } of unexpected) say(`FAILED ${relative(root, file)}: ${fullTitle}\n    ${err.message}`);
  for (const { file, fullTitle } of revived) say(`PASSED, though skips.txt says otherwise: ${relative(root, file)}: ${fullTitle}`);
  const known = failures.length - unexpected.length;
  say(`\n${passes.length} passed, ${unexpected.length + revived.length} failed, ${known} cannot pass, ${pending.length} left out by the suite`);
  if (unexpected.length + revived.length > 0) process.exitCode = 1;
}

function readSkips() {
  const lines = readFileSync(at("tests/ioredis/skips.txt"), "utf8").split("\n").filter((line) => line && !line.startsWith("#"));
  const skips = { files: [], tests: [] };
  for (const line of lines) {
    const [kind, file, title, reason] = line.split(" | ");
    if (kind === "file" && title) skips.files.push(file);
    else if (kind === "fails" && reason) skips.tests.push({ file, title });
    else throw new Failure(`tests/ioredis/skips.txt: what does "${line}" mean?`);
  }
  return skips;
}

function testFiles(folder) {
  const entries = readdirSync(folder, { withFileTypes: true, recursive: true });
  return entries.filter((entry) => entry.isFile() && entry.name.endsWith(".ts")).map((entry) => join(entry.parentPath, entry.name));
}

await main(() => suite(process.argv.slice(2)));
