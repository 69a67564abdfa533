// What npm, bundlers and TypeScript make of package.json: every entry is found, in both module systems, with its types.

import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { at } from "../../tools/shell.mjs";

export async function declarations({ project }) {
  const packed = join(project, readdirSync(project).find((name) => name.endsWith(".tgz")));
  const { publint } = await import("publint");
  const { messages } = await publint({ pkgDir: join(project, "node_modules/redmoon"), level: "warning", strict: true });
  const attw = at("node_modules/@arethetypeswrong/cli/dist/index.js");
  // TypeScript before 4.7 finds only the main entry; the wasm has no types.
  const options = ["--profile", "node16", "--exclude-entrypoints", "redmoon.wasm", "--no-color", "--format", "table-flipped"];
  const { status, stdout, stderr } = spawnSync(process.execPath, [attw, packed, ...options], { cwd: project, encoding: "utf8" });
  return [
    { name: "publint", error: messages.length > 0 ? JSON.stringify(messages, null, 2) : null },
    { name: "attw", error: status === 0 ? null : stdout + stderr },
  ];
}
