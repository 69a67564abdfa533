// The type tests of ioredis on the types of this package: a part of `npm run ioredis-suite`.

import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { pathToFileURL } from "node:url";
import { at, say } from "./shell.mjs";

const ASSERTION = /\bexpect[A-Z][A-Za-z]*(?=[<(])/g;

/**
 * Runs the type tests where ioredis is installed beside this package, and where it is not; answers the counts of both.
 * What cannot pass is what `skips` says of the ways "types" and "own types".
 */
export async function typeTests(from, skips) {
  const { default: tsd } = await import(pathToFileURL(join(from, "node_modules/tsd/dist/index.js")));
  const reports = [];
  for (const [way, name] of [["types", "its type tests, beside ioredis"], ["own types", "its type tests, without ioredis"]]) {
    say(`ioredis 6.0.0's type tests: ${name}`);
    const cwd = mkdtempSync(join(tmpdir(), "redmoon-types-"));
    try {
      const { files, tests } = skips(way);
      furnish(cwd, from, way === "types");
      const whole = assertions(join(cwd, "test/typing"));
      for (const file of files) rmSync(join(cwd, "test", file));
      const found = (await tsd.default({ cwd })).filter(({ severity }) => severity === "error");
      reports.push({ name, ...judge(found, cwd, tests, whole) });
    } finally {
      rmSync(cwd, { recursive: true, force: true });
    }
  }
  return reports;
}

/** Lays out a package of which the tests are those of ioredis and the types are ours. */
function furnish(cwd, from, beside) {
  writeFileSync(join(cwd, "package.json"), JSON.stringify({ name: "types", types: "built/index.d.ts", files: ["built"], tsd: { directory: "test/typing" } }));
  cpSync(join(from, "test/typing"), join(cwd, "test/typing"), { recursive: true });
  mkdirSync(join(cwd, "built"));
  writeFileSync(join(cwd, "built/index.d.ts"), 'export * from "redmoon";\nexport { default } from "redmoon";\n');
  const modules = join(cwd, "node_modules");
  mkdirSync(join(modules, "@types"), { recursive: true });
  symlinkSync(join(from, "node_modules/tsd"), join(modules, "tsd"));
  symlinkSync(join(from, "node_modules/@types/node"), join(modules, "@types/node"));
  if (beside) symlinkSync(at("node_modules/ioredis"), join(modules, "ioredis"));
  // A copy: the package's own place has ioredis beside it.
  const ours = join(modules, "redmoon");
  cpSync(at("js/package.json"), join(ours, "package.json"));
  cpSync(at("js/dist"), join(ours, "dist"), { recursive: true, filter: (path) => !/\.(js|map|wasm)$/.test(path) });
}

/** Says what came of the types that are expected, of which there are `whole`, those of files left out among them. */
function judge(found, cwd, skips, whole) {
  const played = assertions(join(cwd, "test/typing"));
  const report = { passed: played, failed: 0, skipped: whole - played };
  const seen = new Set();
  for (const { fileName, line, message } of found) {
    const file = relative(join(cwd, "test"), fileName);
    const text = readFileSync(join(cwd, "test", file), "utf8").split("\n")[line - 1].trim();
    const skip = skips.find((skip) => skip.file === file && text.includes(skip.title));
    seen.add(skip);
    report.passed--;
    if (skip !== undefined) report.skipped++;
    else if (++report.failed) say(`  FAILED ${file}:${line}: ${text}\n      ${message}`);
  }
  for (const skip of skips) {
    if (seen.has(skip)) continue;
    report.failed++;
    say(`  PASSED, though skips.txt says otherwise: ${skip.file}: ${skip.title}`);
  }
  say(`  ${report.passed} passed, ${report.failed} failed, ${report.skipped} skipped`);
  return report;
}

/** How many types the tests say that they expect. */
function assertions(folder) {
  const files = readdirSync(folder).filter((file) => file.endsWith(".test-d.ts"));
  return files.map((file) => readFileSync(join(folder, file), "utf8").match(ASSERTION)?.length ?? 0).reduce((sum, count) => sum + count, 0);
}
