// `npm run bench -- lua`: Lua beside other engines of Lua 5.1, and scripts beside redis-server's own time for them.

import { readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { pure } from "./lua.pure.mjs";
import { scripts } from "./lua.scripts.mjs";

const help = `npm run bench -- lua: Lua in wasm beside other engines, and scripts beside redis-server's own time for them.

  npm run bench -- lua NAME...      only benchmarks whose name contains a NAME (as fib, cjson)
  npm run bench -- lua --rounds N   rounds of which the median counts (default 7)
  npm run bench -- lua --readme     writes the tables into README.md, between their two marks
  npm run bench -- lua --help       this

REDIS_SERVER names the redis-server to measure; else it is the one on the path.`;

const options = { rounds: 7, readme: false, names: [] };
const words = process.argv.slice(2);
for (let word = words.shift(); word !== undefined; word = words.shift()) {
  if (word === "--help") console.log(help), process.exit(0);
  else if (word === "--readme") options.readme = true;
  else if (word === "--rounds") options.rounds = Number(words.shift());
  else options.names.push(word.toLowerCase());
}

const parts = [await pure(options), await scripts(options)].filter(Boolean);
const note = `Medians of ${options.rounds} rounds. Node ${process.versions.node}, ${cpus().length} cores.`;
const text = [...parts, note].join("\n\n");
console.log(`\n${text}`);

if (options.readme) {
  const readme = new URL("../README.md", import.meta.url);
  const marks = /(<!-- bench lua -->\n)[\s\S]*?(<!-- \/bench lua -->)/;
  const page = readFileSync(readme, "utf8");
  if (!marks.test(page)) throw new Error("README.md has no <!-- bench lua --> marks");
  writeFileSync(readme, page.replace(marks, (_, open, end) => `${open}${text}\n${end}`));
}
