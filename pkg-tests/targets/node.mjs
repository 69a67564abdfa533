// The package in Node, imported and required.

import { spawnSync } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

export function esm({ project }) {
  return runScript(
    project,
    "esm.mjs",
    `import { readFileSync, writeFileSync } from "node:fs";
import Redis, { Redis as named, Wire } from "redmoon";
import { suite } from "./suite.mjs";
if (named !== Redis) throw new Error("the named export is another class");
const results = await suite(Redis, Wire, JSON.parse(readFileSync("cases.json", "utf8")));
writeFileSync("results.json", JSON.stringify(results));
`,
  );
}

export function commonjs({ project }) {
  return runScript(
    project,
    "commonjs.cjs",
    `const { readFileSync, writeFileSync } = require("node:fs");
const Redis = require("redmoon");
if (Redis.default !== Redis || Redis.Redis !== Redis) throw new Error("require() does not answer the class");
import("./suite.mjs").then(async ({ suite }) => {
  const results = await suite(Redis, Redis.Wire, JSON.parse(readFileSync("cases.json", "utf8")));
  writeFileSync("results.json", JSON.stringify(results));
});
`,
  );
}

/** A script that ends by itself also shows that the package holds no process back. */
export async function runScript(project, name, source) {
  writeFileSync(join(project, name), source);
  const results = join(project, "results.json");
  rmSync(results, { force: true });
  const { status, signal, stderr } = spawnSync(process.execPath, [name], { cwd: project, encoding: "utf8", timeout: 300_000 });
  if (status !== 0) return [{ name, error: `exit code ${status}${signal ? ` (${signal})` : ""}\n${stderr}` }];
  return JSON.parse(readFileSync(results, "utf8"));
}
