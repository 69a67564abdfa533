// The words of a benchmark's call, and the README's tables.

import { writeBetween } from "../tools/readme.mjs";

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
  if (readme) writeBetween(name ? `bench ${name}` : "bench", text);
}
