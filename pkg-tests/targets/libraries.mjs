// The package under libraries that were written for ioredis, in Node.

import { cpSync, existsSync, mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { at } from "../../tools/shell.mjs";
import { runScript } from "./node.mjs";

export function libraries({ project }) {
  cpSync(at("pkg-tests/libraries"), join(project, "libraries"), { recursive: true, filter: (path) => !path.includes("node_modules") });
  // The libraries are installed in this repository; the package they are to work with is not.
  const { devDependencies } = JSON.parse(readFileSync(at("pkg-tests/libraries/package.json"), "utf8"));
  for (const name of Object.keys(devDependencies)) {
    const own = at("pkg-tests/libraries/node_modules", name);
    const link = join(project, "libraries/node_modules", name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(existsSync(own) ? own : at("node_modules", name), link, "junction");
  }
  return runScript(
    project,
    "libraries.mjs",
    `import { writeFileSync } from "node:fs";
import Redis from "redmoon";
import { suite } from "./libraries/suite.mjs";
writeFileSync("results.json", JSON.stringify(await suite(Redis)));
`,
  );
}
