// Replays transcripts (tests/cases, the form is defined in tests/transcripts.rs) on the package, in any runtime.
//
// A transcript says what redis-cli prints; here the reply is a JavaScript value. The two are held against each other
// kind by kind, and loosely only where JavaScript cannot see a difference: a status is a string like any other.

/** Replays files `[{ name, text }]`; answers `[{ name, error }]`, one a file, `error` null when it went well. */
export async function replayAll(Redis, files) {
  // Those in which time passes wait side by side, each for its own; the others run one by one, so that none of them
  // sees time pass because of another.
  const waits = files.filter(({ text }) => /^#: advance/m.test(text));
  const results = [];
  for (const file of files) {
    if (!waits.includes(file)) results.push({ name: file.name, error: await replay(Redis, file.name, file.text) });
  }
  const waited = waits.map(async ({ name, text }) => ({ name, error: await replay(Redis, name, text) }));
  return [...results, ...(await Promise.all(waited))];
}

/** How long a reply may take before the transcript is given up, in ms. */
const PATIENCE = 20_000;

/** How many lines of a reply a fault shows. */
const LINES = 30;

async function replay(Redis, name, text) {
  await sleep(0); // a Worker's clock stands still between timers
  const sessions = new Map();
  const session = async (number) => {
    if (!sessions.has(number)) {
      // Each file has an engine of its own; its sessions share it. Replies come with their RESP3 types where the
      // transcript asks for RESP3, but it begins in RESP2, as redis-cli does.
      const settings = { protocol: 3, replyMapping: "resp3", disableClientInfo: true };
      const redis = new Redis({ name: `transcript ${name}`, ...settings });
      sessions.set(number, redis);
      await redis.call("HELLO", "2");
    }
    return sessions.get(number);
  };
  const faults = [];
  try {
    for (const step of parse(text)) {
      const redis = await session(step.session);
      if (step.advance) await sleep(step.advance);
      const reply = redis.callBuffer(textOf(step.argv[0]), ...step.argv.slice(1)).catch((error) => error);
      if (!step.expected.length) continue; // no reply is what is expected
      const got = await patiently(reply);
      const fault = difference(step, got);
      if (fault) faults.push(`${name}:${step.line}\n> ${step.source}\n  ${fault}`);
    }
  } catch (error) {
    faults.push(`${name}: ${error.stack ?? error}`);
  }
  for (const redis of sessions.values()) redis.disconnect();
  return faults.length ? faults.join("\n") : null;
}

const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

async function patiently(reply) {
  let timer;
  const late = new Promise((resolve) => (timer = setTimeout(resolve, PATIENCE, new Error("no reply came"))));
  const first = await Promise.race([reply, late]);
  clearTimeout(timer);
  return first;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();
const bytesOf = (value) => (typeof value === "string" ? encoder.encode(value) : value);
const textOf = (value) => (typeof value === "string" ? value : decoder.decode(value));

/** Reads a transcript into steps `{ line, source, argv, expected, session, advance, order }`; one without `argv` is what a
 *  session hears without a command. */
export function parse(text) {
  const steps = [];
  let session = 1;
  let advance = 0;
  let order = "exact";
  let inReply = false;
  text.split(/\r?\n/).forEach((content, index) => {
    const line = index + 1;
    if (content.startsWith("#:")) {
      const [directive, value] = /^(\S+) ?(.*)$/.exec(content.slice(2).trim()).slice(1);
      if (directive === "session" && value.endsWith(" hears")) {
        session = parseInt(value);
        steps.push({ line, source: content, argv: [], expected: [], session, advance, order });
        [advance, order, inReply] = [0, "exact", true];
        return;
      }
      if (directive === "session") session = Number(value);
      else if (directive === "advance") advance = Number(value);
      else if (directive === "unordered" || directive === "pattern") order = directive;
      else if (!["since", "until", "redmoon-only"].includes(directive)) throw new Error(`line ${line}: ${content}`);
      inReply = false;
    } else if (content.startsWith("#") || !content.trim()) {
      inReply = false;
    } else if (content.startsWith("> ")) {
      const source = content.slice(2);
      steps.push({ line, source, argv: split(source), expected: [], session, advance, order });
      [advance, order, inReply] = [0, "exact", true];
    } else if (inReply) {
      steps.at(-1).expected.push(content);
    } else {
      throw new Error(`line ${line}: a reply without a command`);
    }
  });
  return steps;
}

/** Splits a line into arguments as redis-cli does. */
export function split(line) {
  const argv = [];
  const word = /\s*(?:"((?:\\[^]|[^"\\])*)"|'((?:\\[^]|[^'\\])*)'|([^\s"']+))(?=\s|$)/y;
  while (line.slice(word.lastIndex).trim()) {
    const found = word.exec(line);
    if (!found) throw new Error(`cannot be split into arguments: ${line}`);
    const [, double, single, bare] = found;
    argv.push(double !== undefined ? unescape(double) : encoder.encode(single?.replaceAll("\\'", "'") ?? bare));
  }
  return argv;
}

/** The bytes that C's escapes stand for. */
function unescape(text) {
  const named = { n: 10, r: 13, t: 9, b: 8, a: 7 };
  const bytes = [];
  for (const [part, hex, escaped] of text.matchAll(/\\x([0-9a-fA-F]{2})|\\([^])|[^\\]+/g)) {
    if (hex) bytes.push(parseInt(hex, 16));
    else if (escaped in named) bytes.push(named[escaped]);
    else bytes.push(...encoder.encode(escaped ?? part));
  }
  return Uint8Array.from(bytes);
}

/** Tells how a reply differs from what a step expects; null when it does not. */
function difference(step, got) {
  const expected = step.expected.join("\n");
  let right;
  if (step.order === "pattern") right = glob(bare(expected)).test(bare(print(got)));
  else if (printsRaw(step.argv)) right = rawText(got) === expected;
  else right = matches(tree(step.expected), got, step.order === "unordered");
  const indent = (text) => {
    const lines = text.split("\n");
    const rest = lines.length > LINES ? [`... ${lines.length - LINES} lines more`] : [];
    return [...lines.slice(0, LINES), ...rest].map((line) => `    ${line}`).join("\n");
  };
  return right ? null : `expected:\n${indent(expected)}\n  got:\n${indent(print(got))}`;
}

/** Commands whose text redis-cli prints as it is. */
export function printsRaw(argv) {
  const [first, second] = argv.map((arg) => textOf(arg).toLowerCase());
  const raw = /^((info|lolwut) .*|client (list|info)|cluster (nodes|info)|memory (malloc-stats|doctor)|latency (graph|doctor))$/;
  return raw.test(`${first} ${second}`);
}

function rawText(reply) {
  if (reply instanceof Error) return reply.message;
  return isText(reply) ? rawLines(textOf(reply)) : null;
}

export function rawLines(text) {
  return text.replaceAll("\r\n", "\n").trimEnd();
}

/** Reads what redis-cli prints into `{ kind, value }` or `{ kind: "array" | "set" | "map", items }`. */
export function tree(lines) {
  let at = 0;
  const value = (text, indent) => {
    const item = /^( *\d+)([)~#]) /.exec(text);
    if (!item) return scalar(text);
    const width = item[1].length;
    const inner = indent + width + 2;
    const items = [];
    let rest = text;
    for (;;) {
      rest = rest.slice(width + 2);
      if (item[2] === "#") {
        const key = /^("(?:\\.|[^"\\])*"|.*?) => ?/.exec(rest) ?? [" => ", rest];
        items.push(value(key[1], inner));
        // An aggregate begins on a line of its own.
        const text = rest.slice(key[0].length) || lines[++at].slice(inner);
        items.push(value(text, inner));
      } else {
        items.push(value(rest, inner));
      }
      const next = lines[at + 1];
      const sameList =
        next?.slice(0, indent).trim() === "" &&
        new RegExp(`^ *${items.length / (item[2] === "#" ? 2 : 1) + 1}[${item[2]}] `).test(next.slice(indent)) &&
        next.slice(indent).indexOf(item[2]) === width;
      if (!sameList) return { kind: { ")": "array", "~": "set", "#": "map" }[item[2]], items };
      at++;
      rest = next.slice(indent);
    }
  };
  const found = value(lines[0] ?? "", 0);
  // A status or a verbatim text of several lines.
  if (at + 1 < lines.length && found.kind === "text") return { kind: "text", value: encoder.encode(lines.join("\n")) };
  if (at + 1 < lines.length) throw new Error(`a reply has a line too many: ${lines[at + 1]}`);
  return found;
}

function scalar(text) {
  const [, mark, rest] = /^\((integer|double|error|big number)\) ([^]*)$/.exec(text) ?? [];
  if (mark) return { kind: mark, value: rest };
  const fixed = {
    "(nil)": { kind: "nil" },
    "(true)": { kind: "bool", value: true },
    "(false)": { kind: "bool", value: false },
    "(empty array)": { kind: "array", items: [] },
    "(empty push)": { kind: "array", items: [] },
    "(empty set)": { kind: "set", items: [] },
    "(empty hash)": { kind: "map", items: [] },
  }[text];
  if (fixed) return fixed;
  const quoted = /^"((?:\\[^]|[^"\\])*)"$/.exec(text);
  return quoted ? { kind: "text", value: unescape(quoted[1]) } : { kind: "text", value: encoder.encode(text), shown: text };
}

function matches(expected, got, unordered) {
  switch (expected.kind) {
    case "nil":
      return got === null;
    case "bool":
      return got === expected.value;
    case "integer":
      return typeof got === "number" && got === Number(expected.value);
    case "double":
      return typeof got === "number" && Object.is(got, double(expected.value));
    case "error":
      return got instanceof Error && got.message === expected.value;
    case "big number":
      return isText(got) && textOf(got) === expected.value;
    case "text":
      // A status is shown without quotes, and then as the text that a terminal makes of it.
      return isText(got) && (equal(bytesOf(got), expected.value) || textOf(got) === expected.shown);
    case "map":
      return pairsMatch(expected.items, got);
    default:
      if (isObject(got)) return expected.items.length % 2 === 0 && pairsMatch(expected.items, got);
      if (!Array.isArray(got) || got.length !== expected.items.length) return false;
      if (!unordered) return expected.items.every((item, index) => matches(item, got[index], false));
      return anyOrder(expected.items, got);
  }
}

/** JavaScript's objects have an order of their own, and their keys are strings. */
function pairsMatch(items, got) {
  if (Array.isArray(got)) return got.length === items.length && items.every((item, index) => matches(item, got[index], false));
  if (!isObject(got) || Object.keys(got).length * 2 !== items.length) return false;
  for (let at = 0; at < items.length; at += 2) {
    const key = textOf(items[at].value ?? "");
    if (!Object.hasOwn(got, key) || !matches(items[at + 1], got[key], false)) return false;
  }
  return true;
}

function anyOrder(items, got) {
  const left = [...got];
  return items.every((item) => {
    const found = left.findIndex((value) => matches(item, value, true));
    if (found >= 0) left.splice(found, 1);
    return found >= 0;
  });
}

function double(text) {
  return { inf: Infinity, "-inf": -Infinity, nan: NaN }[text] ?? Number(text);
}

function isText(value) {
  return typeof value === "string" || value instanceof Uint8Array;
}

function isObject(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !isText(value) && !(value instanceof Error);
}

function equal(one, other) {
  return one.length === other.length && one.every((byte, index) => byte === other[index]);
}

/** A JavaScript value in redis-cli's manner, for messages and patterns. */
function print(value, prefix = "") {
  if (value === null) return "(nil)";
  if (value instanceof Error) return `(error) ${value.message}`;
  if (isText(value)) return quote(bytesOf(value));
  if (typeof value === "number") return `(integer) ${value}`;
  if (typeof value !== "object") return `(${value})`;
  const items = Array.isArray(value) ? value : Object.entries(value).flat();
  if (!items.length) return "(empty array)";
  const width = String(items.length).length;
  const inner = prefix + " ".repeat(width + 2);
  return items.map((item, index) => `${index ? prefix : ""}${String(index + 1).padStart(width)}) ${print(item, inner)}`).join("\n");
}

function quote(bytes) {
  const named = { 7: "\\a", 8: "\\b", 9: "\\t", 10: "\\n", 13: "\\r", 34: '\\"', 92: "\\\\" };
  const shown = (byte) => (byte >= 32 && byte < 127 ? String.fromCharCode(byte) : `\\x${byte.toString(16).padStart(2, "0")}`);
  return `"${Array.from(bytes, (byte) => named[byte] ?? shown(byte)).join("")}"`;
}

/** Leaves out what a JavaScript value does not show: quotes, the marks of kinds, numbers of items and indentation. */
function bare(text) {
  return text
    .replaceAll(/^(?: *\d+[)~#] )*(\*?)(?: *\d*[)~#] )*/gm, "$1")
    .replaceAll(/\((?:integer|double)\) /g, "")
    .replaceAll(" => ", "\n")
    .replaceAll(/\\r\\n|\\n/g, "\n")
    .replaceAll('"', "");
}

/** The pattern language of KEYS as a regular expression. */
export function glob(pattern) {
  const source = pattern.replaceAll(/\\([^])|\[\^?[^\]]*\]|[^]/g, (part, escaped) => {
    if (part === "*") return "[^]*";
    if (part === "?") return "[^]";
    if (part.length > 1 && part[0] === "[") return part;
    return (escaped ?? part).replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
  });
  return new RegExp(`^${source}$`);
}
