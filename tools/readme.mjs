// The tables that commands write into README.md, each between two marks of its own.

import { readFileSync, writeFileSync } from "node:fs";
import { at, Failure } from "./shell.mjs";

/** Writes a text between the README's marks of a name, `<!-- name -->` and `<!-- /name -->`. */
export function writeBetween(name, text) {
  const path = at("README.md");
  const page = readFileSync(path, "utf8");
  const [open, end] = [`<!-- ${name} -->\n`, `<!-- /${name} -->`];
  const from = page.indexOf(open) + open.length;
  const to = page.indexOf(end, from);
  if (from < open.length || to < 0) throw new Failure(`README.md has no <!-- ${name} --> marks`);
  writeFileSync(path, `${page.slice(0, from)}${text}\n${page.slice(to)}`);
}
