// The words of a benchmark's call, and the README's tables.

import { readFileSync, writeFileSync } from "node:fs";

/** Reads the words of the call: `--help` and `--readme`, options as `defaults` has them (a list: each may be said
 *  again), and names. */
export function reading(help, defaults) {
  const options = { ...defaults, readme: false, names: [] };
  const words = process.argv.slice(2);
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    const name = word.startsWith("--") ? word.slice(2) : "";
    if (name === "help") console.log(help), process.exit(0);
    else if (name === "readme") options.readme = true;
    else if (Array.isArray(defaults[name])) options[name] = [...options[name], words.shift()];
    else if (name in defaults) options[name] = Number(words.shift());
    else if (name !== "") throw new Error(`there is no option ${word}: --help names them`);
    else options.names.push(word.toLowerCase());
  }
  return options;
}

/** Prints `text` and with `--readme` writes it between README's marks of a name. */
export function report(name, text, { readme }) {
  console.log(`\n${text}`);
  if (!readme) return;
  const file = new URL("../README.md", import.meta.url);
  const marks = new RegExp(`(<!-- bench${name && ` ${name}`} -->\\n)[\\s\\S]*?(<!-- /bench${name && ` ${name}`} -->)`);
  const page = readFileSync(file, "utf8");
  if (!marks.test(page)) throw new Error(`README.md has no marks of the table of benchmarks ${name}`);
  writeFileSync(file, page.replace(marks, (_, open, end) => `${open}${text}\n${end}`));
}
