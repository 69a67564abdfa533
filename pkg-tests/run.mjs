// The package as its users get it: packed, installed into an empty project, and run in every runtime.

import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { transformSync } from "esbuild";
import { ask, at, Failure, filesUnder, say } from "../tools/shell.mjs";
import { chromium } from "./targets/chromium.mjs";
import { declarations } from "./targets/declarations.mjs";
import { libraries } from "./targets/libraries.mjs";
import { commonjs, esm } from "./targets/node.mjs";
import { serve } from "./targets/serve.mjs";
import { types } from "./targets/types.mjs";
import { workerd } from "./targets/workerd.mjs";

const targets = {
  "Node, ES module": esm,
  "Node, CommonJS": commonjs,
  "Chromium, from a Vite build": chromium,
  "workerd": workerd,
  "redmoon serve": serve,
  "Libraries written for ioredis": libraries,
  "TypeScript": types,
  "What npm and bundlers make of it": declarations,
};

/** Runs every target; answers `{ passed, failed }`. Targets answer `[{ name, error }]`. */
export async function packageTests({ browser }) {
  const project = emptyProject();
  const totals = { passed: 0, failed: 0 };
  try {
    for (const [title, run] of Object.entries(targets)) {
      const results = await run({ project, browser }).catch((error) => [{ name: title, error: String(error.stack ?? error) }]);
      const failures = results.filter(({ error }) => error);
      say(`${title}: ${results.length - failures.length} passed, ${failures.length} failed`);
      for (const { name, error } of failures) say(`  FAILED ${name}\n${error.replaceAll(/^/gm, "    ")}`);
      totals.passed += results.length - failures.length;
      totals.failed += failures.length;
    }
  } finally {
    rmSync(project, { recursive: true, force: true });
  }
  return totals;
}

/** A new project in a temporary folder that has the packed package, the tests' sources and nothing else. */
function emptyProject() {
  const project = mkdtempSync(join(tmpdir(), "redmoon-package-"));
  const npm = (...args) => {
    const answer = ask(process.platform === "win32" ? "npm.cmd" : "npm", args, { cwd: project, shell: process.platform === "win32" });
    if (answer === null) throw new Failure(`npm ${args.join(" ")} failed in ${project}`);
    return answer;
  };
  writeFileSync(join(project, "package.json"), '{ "name": "empty", "private": true, "type": "module" }\n');
  const [{ filename }] = JSON.parse(npm("pack", at("js"), "--json", "--ignore-scripts"));
  npm("install", `./${filename}`, "--no-audit", "--no-fund", "--loglevel=error");
  for (const file of ["smoke.mjs", "transcript.mjs", "wire.mjs", "suite.mjs"]) cpSync(at("pkg-tests", file), join(project, file));
  // The playground's reader of RESP serves here too.
  const { code } = transformSync(readFileSync(at("www/src/reply.ts"), "utf8"), { loader: "ts" });
  writeFileSync(join(project, "reply.mjs"), code);
  const cases = filesUnder("tests/cases")
    .filter((path) => path.endsWith(".txt"))
    .map((path) => ({ name: relative(at("tests/cases"), path), text: readFileSync(path, "utf8") }));
  writeFileSync(join(project, "cases.json"), JSON.stringify(cases));
  return project;
}
