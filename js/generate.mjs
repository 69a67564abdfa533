// Writes commands.gen.ts out of the engine's own table of commands: names, key positions, typed methods.
//
//   node js/generate.mjs           writes it
//   node js/generate.mjs --check   fails if it is stale

import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const file = fileURLToPath(new URL("commands.gen.ts", import.meta.url));

function generate(commands) {
  const sorted = [...commands].sort((a, b) => (a.name < b.name ? -1 : 1));
  const names = new Set(sorted.map(({ name }) => name.split(" ")[0].toLowerCase()));
  names.delete("sync");
  const specs = sorted.map(keySpec).filter(Boolean);
  return `// Made by js/generate.mjs from the engine's table of commands. Do not edit.

import type { Args, Callback, Bytes, ClientContext, Has, Pairs, RedisKey, RedisValue, Result, SomeArgs } from "./types.js";

/** Every command that has a method, in lower case. */
export const commandNames =
  ${JSON.stringify([...names].join(" "))};

/** Where keys stand in each command that has any: see keys.ts. */
export const keySpecs = ${JSON.stringify(specs.join("\n"))};

/** A method for each command and its Buffer twin. */
export interface RedisCommander<Context extends ClientContext = { type: "default" }> {
  /** Runs a command by its name. */
  call(command: string, ...args: (RedisValue | readonly RedisValue[])[]): Result<unknown, Context>;
  call(...args: [command: string, ...args: Args, callback: Callback<unknown>]): Result<unknown, Context>;
  /** Runs a command by its name and answers strings as bytes. */
  callBuffer(command: string, ...args: (RedisValue | readonly RedisValue[])[]): Result<unknown, Context>;
  callBuffer(...args: [command: string, ...args: Args, callback: Callback<unknown>]): Result<unknown, Context>;

${sorted.map(methods).join("\n\n")}
}
`;
}

/** The declarations of one command: itself and its twin, each with and without a callback. */
function methods(command) {
  // A container alone is an error; its subcommands say what it takes.
  if (command.container) return `  // ${command.name} is typed by its subcommands.`;
  if (command.name === "MULTI" || command.name === "EXEC") return `  // ${command.name} differs between a handle and a pipeline.`;
  if (command.name === "SYNC") return "  // SYNC, with which a replica begins, has no method: `sync` is the commands answered at once.";
  const [name, subcommand] = command.name.toLowerCase().split(" ");
  const { required, open, more } = parameters(command);
  if (subcommand !== undefined) required.unshift(`subcommand: ${caseless(subcommand)}`);
  const lines = [doc(command)];
  for (const twin of ["", "Buffer"]) {
    const type = replyType(command, twin === "Buffer");
    const method = `${/^[a-z_0-9]+$/.test(name) ? name + twin : JSON.stringify(name + twin)}`;
    if (!open) {
      lines.push(`  ${method}(${[...required, `callback?: Callback<${type}>`].join(", ")}): Result<${type}, Context>;`);
      continue;
    }
    const bound = more ? "SomeArgs" : "Args";
    const generic = /\bA\b/.test(type) ? `<const A extends ${bound}>` : "";
    const rest = generic ? "A" : bound;
    lines.push(`  ${method}${generic}(${[...required, `...args: ${rest}`].join(", ")}): Result<${type}, Context>;`);
    lines.push(
      `  ${method}${generic}(...args: [${[...required, `...args: ${rest}`, `callback: Callback<${type}>`].join(", ")}]): Result<${type}, Context>;`,
    );
    if (pairCommands[name]) {
      lines.push(`  ${method}(${[...pairCommands[name], `callback?: Callback<${type}>`].join(", ")}): Result<${type}, Context>;`);
    }
  }
  return lines.join("\n");
}

/** Commands that take their pairs as an object or a Map. */
const pairCommands = {
  mset: ["pairs: Pairs"],
  msetnx: ["pairs: Pairs"],
  hset: ["key: RedisKey", "pairs: Pairs"],
  hmset: ["key: RedisKey", "pairs: Pairs"],
};

/** Redis takes subcommands in any case, people write them in two. */
function caseless(word) {
  return [word.toUpperCase(), word].map((form) => JSON.stringify(form)).join(" | ");
}

/** A command's key specifications as keys.ts reads them. */
function keySpec({ name, keys }) {
  const runs = keys
    .filter(({ flags }) => !flags.includes("not_key"))
    .map(({ begin, find }) => {
      const from = begin.keyword === undefined ? begin.index : `${begin.keyword}@${begin.from}`;
      if (find.last !== undefined) return `${from},r,${find.last},${find.step},${find.limit}`;
      if (find.numkeys !== undefined) return `${from},n,${find.numkeys},${find.first},${find.step}`;
    })
    .filter((run) => run !== undefined && !run.startsWith("undefined"));
  return runs.length > 0 ? `${name.toLowerCase()}=${runs.join(";")}` : "";
}

/** The arguments that every call begins with as typed parameters, and whether others may follow, or must. */
function parameters({ arguments: all }) {
  const count = all.findIndex((arg) => arg.optional || arg.multiple || arg.token !== null || arg.arguments.length > 0);
  const plain = count < 0 ? all : all.slice(0, count);
  const taken = new Set();
  const required = plain.map(({ name, type }) => {
    let parameter = name.replace(/[^A-Za-z0-9]+(.)?/g, (_, letter) => letter?.toUpperCase() ?? "");
    if (reserved.has(parameter)) parameter += "_";
    while (taken.has(parameter)) parameter += "2";
    taken.add(parameter);
    return `${parameter}: ${types[type] ?? "RedisValue"}`;
  });
  const { optional, type } = all[count] ?? {};
  return { required, open: count >= 0, more: type === "oneof" && !optional };
}

const types = { key: "RedisKey", integer: "number | string", double: "number | string", "unix-time": "number | string" };
const reserved = new Set(["function", "with", "default", "in", "new", "args", "callback"]);

/** TypeScript for a reply: `integer | null; with COUNT: integer[]`. */
function replyType(command, bytes) {
  const { name, reply } = command;
  const special = resultsOfIoredis[name];
  if (special !== undefined) return special(bytes ? "Bytes" : "string");
  const [plain, ...conditions] = reply.split(";").map((part) => part.trim());
  let type = shape(plain, bytes, name);
  for (const condition of conditions.reverse()) {
    const match = /^with (\S+): (.+)$/.exec(condition);
    if (match === null) throw new Error(`${name}: what does the reply "${condition}" mean?`);
    const [, word, then] = match;
    const other = shape(then, bytes, name);
    if (tokens(command.arguments).has(word)) type = `Has<A, "${word}"> extends true ? ${other} : ${type}`;
    else if (isPositional(command, word)) type = `A extends readonly [] ? ${type} : ${other}`;
    else type = `${type} | ${other}`;
  }
  return type;
}

/** The keywords of a command. */
function tokens(args, found = new Set()) {
  for (const { token, arguments: inner } of args) {
    if (token !== null) found.add(token);
    tokens(inner, found);
  }
  return found;
}

/** Whether the first thing after what every call begins with is an optional argument of this name. */
function isPositional({ arguments: all }, word) {
  let first = all.find((arg) => arg.optional);
  if (first?.type === "block") [first] = first.arguments;
  return first?.token === null && first.name.toLowerCase() === word.toLowerCase();
}

const scan = (text) => `[cursor: ${text}, elements: ${text}[]]`;

/** Replies that ioredis turns into something else, or that the table's words are too plain for. */
const resultsOfIoredis = {
  HGETALL: (text) => `Record<string, ${text}>`,
  SCAN: scan,
  HSCAN: scan,
  SSCAN: scan,
  ZSCAN: scan,
  SET: (text) => {
    const ok = atoms.OK(text);
    const conditions = '"NX" | "XX" | "IFEQ" | "IFNE" | "IFDEQ" | "IFDNE"';
    return `Has<A, "GET"> extends true ? ${text} | null : Has<A, ${conditions}> extends true ? ${ok} | null : ${ok}`;
  },
  ARINFO: (text) => `(${text} | number)[]`,
  AROP: (text) => {
    const bits = 'Has<A, "AND" | "OR" | "XOR"> extends true ? number | null';
    return `Has<A, "SUM" | "MIN" | "MAX"> extends true ? ${text} | null : ${bits} : number`;
  },
};

const atoms = {
  OK: (text) => (text === "Bytes" ? "Bytes" : '"OK"'),
  status: (text) => text,
  bulk: (text) => text,
  // ioredis shows RESP3's doubles as RESP2's strings.
  double: (text) => text,
  integer: () => "number",
  boolean: () => "number",
  null: () => "null",
  any: () => "unknown",
  map: () => "unknown[]",
};

function shape(text, bytes, name) {
  const type = text.replace(/[A-Za-z]+/g, (word) => {
    if (!(word in atoms)) throw new Error(`${name}: the reply "${text}" has the unknown shape "${word}"`);
    return atoms[word](bytes ? "Bytes" : "string");
  });
  return type.includes("unknown |") || type.includes("| unknown") ? "unknown" : type;
}

function doc({ name, syntax, summary, complexity, since, group, reply, deprecated }) {
  const safe = (text) => text.replaceAll("*/", "*\\/");
  const lines = [
    summary,
    "",
    `    ${syntax}`,
    "",
    ...(complexity ? [`- complexity: ${complexity}`] : []),
    `- since: ${since}`,
    `- group: ${group}`,
    `- returns: ${reply}`,
    ...(deprecated ? [`@deprecated since ${deprecated[0]}: ${deprecated[1]}`] : []),
  ];
  return `  /**\n${lines.map((line) => safe(`   * ${line}`).trimEnd()).join("\n")}\n   */`;
}

const table = JSON.parse(
  execFileSync("cargo", ["run", "--quiet", "--bin", "describe"], { cwd: root, encoding: "utf8", maxBuffer: 1 << 26 }),
);

const wanted = generate(table);
let found = "";
try {
  found = readFileSync(file, "utf8");
} catch {
  // Not there yet.
}
if (found === wanted) {
  console.log("commands.gen.ts is up to date");
} else if (process.argv.includes("--check")) {
  console.error("js/commands.gen.ts is stale: run `node js/generate.mjs`");
  process.exit(1);
} else {
  writeFileSync(file, wanted);
  console.log(`commands.gen.ts: ${table.length} commands`);
}
