// `npm run bench -- complexity`: how the time of a call grows with the number of items, held against what is documented.

import { readFileSync } from "node:fs";
import { reading } from "./options.mjs";
import { median, table, wanted, wasmEngine } from "./lua.tools.mjs";

const options = reading(
  `npm run bench -- complexity: microseconds a call among 1,000 to 1,000,000 items of each type, and the exponent with which
they grow. All these calls are documented as O(1) or O(log N) for one item: it fails if one grows faster.

  npm run bench -- complexity NAME...      only commands whose name contains a NAME (as HSET, ZADD)
  npm run bench -- complexity --most N     the most items (default 1000000)
  npm run bench -- complexity --rounds N   rounds of which the median counts (default 15)
  npm run bench -- complexity --help       this`,
  { most: 1e6, rounds: 15 },
);

/** The exponent that a constant or logarithmic time may seem to have: caches and the clock are no part of it. */
const FLAT = 0.3;
/** Calls of one round. They name few items again and again, lest the size of caches be measured. */
const CALLS = 48;

/** The calls that the quick test measures natively, and among what: the head of the file says how it is written. Each:
 *  how an item is made, and calls that name an item; `undo` brings back what a call has taken or added. */
const types = readFileSync(new URL("../tests/complexity/calls.txt", import.meta.url), "latin1")
  .trim()
  .split("\n\n")
  .slice(1)
  .map((block) => {
    const type = { first: [], then: [], calls: {} };
    for (const line of block.split("\n")) {
      const [, kind, rest] = /^(first|each|then) (.*)/.exec(line) ?? [];
      if (kind === "each") type.item = words(rest);
      else if (kind) type[kind].push(words(rest)(0));
      else {
        const [, title, call, , undo] = /^(.*?): (.*?)( <- (.*))?$/.exec(line);
        type.calls[title] = { call: words(call), undo: undo && words(undo) };
      }
    }
    return type;
  });

/** Gives what makes the words of a call about an item. */
function words(call) {
  const place = (at) => (_, base = 0, factor = 1, modulus = Infinity) => Number(base) + ((at * factor) % modulus);
  return (at) => call.split(" ").map((word) => word.replace(/\{(?:(\d+)\+)?at(?:\*(-?\d+))?(?:%(\d+))?\}/, place(at)));
}

const requests = (calls) =>
  Buffer.from(
    calls.map((words) => `*${words.length}\r\n${words.map((word) => `$${String(word).length}\r\n${word}\r\n`).join("")}`).join(""),
    "latin1",
  );

const engine = await wasmEngine("complexity");
engine.reserve(1 << 20);
const documented = (command) => /\$10\r\ncomplexity\r\n\$\d+\r\n([^\r]*)/.exec(engine.call("COMMAND", "DOCS", command))[1];
const sizes = Array.from({ length: Math.round(Math.log10(options.most)) - 2 }, (_, at) => 1000 * 10 ** at);

/** Microseconds that a call takes among `size` items. */
function measure({ call, undo }, size, turn) {
  const items = Array.from({ length: CALLS }, (_, at) => Math.floor(((at + 0.5) * size) / CALLS) + (turn % 3));
  const [doing, undoing] = [requests(items.map(call)), undo && requests(items.map(undo))];
  const times = [];
  for (let round = -5; round < options.rounds; round++) {
    const from = performance.now();
    engine.feed(doing);
    if (round >= 0) times.push(((performance.now() - from) * 1000) / CALLS);
    if (undo) engine.feed(undoing);
  }
  return median(times);
}

/** The slope of the logarithms, by least squares. */
function exponent(times) {
  const points = times.map((time, at) => [Math.log(sizes[at]), Math.log(time)]);
  const mean = (axis) => points.reduce((sum, point) => sum + point[axis], 0) / points.length;
  const [x, y] = [mean(0), mean(1)];
  return points.reduce((sum, [a, b]) => sum + (a - x) * (b - y), 0) / points.reduce((sum, [a]) => sum + (a - x) ** 2, 0);
}

const rows = [];
const failures = [];
for (const { first, item, then, calls } of types) {
  const chosen = Object.entries(calls).filter(([title]) => wanted(title, options));
  if (chosen.length === 0) continue;
  const times = new Map(chosen.map(([title]) => [title, []]));
  for (const size of sizes) {
    engine.call("FLUSHALL");
    if (first.length > 0) engine.feed(requests(first));
    for (let at = 0; at < size; at += 2000) engine.feed(requests(Array.from({ length: Math.min(2000, size - at) }, (_, nth) => item(at + nth))));
    if (then.length > 0) engine.feed(requests(then));
    // What was measured first is measured once more: only then is all code compiled for good.
    if (size === sizes[0]) for (const [, one] of chosen) for (let turn = 0; turn < 20; turn++) measure(one, size, turn);
    for (const [title, one] of chosen) times.get(title).push(measure(one, size, size));
  }
  for (const [title] of chosen) {
    const complexity = documented(title.split(/[ ,]/)[0]);
    const growth = exponent(times.get(title));
    if (growth > FLAT) failures.push(`${title} is documented as ${complexity}, and grows with exponent ${growth.toFixed(2)}`);
    rows.push([title, /^O\(\S*\)/.exec(complexity)[0], ...times.get(title).map((time) => time.toFixed(2)), growth.toFixed(2)]);
    process.stderr.write(`${rows.at(-1).join(" | ")}\n`);
  }
}
const heading = ["µs a call", "documented", ...sizes.map((size) => `among ${size.toLocaleString("en")}`), "exponent"];
const note = `Medians of ${options.rounds} rounds of ${CALLS} calls in RESP. Time grows as the number of items to the power of the exponent: linear time has 1, constant time 0 but for caches. Where O(N) is documented, N counts what the call names or returns, one here.`;
console.log(`\n${table(heading, rows)}\n\n${note}`);
for (const failure of failures) console.error(failure);
process.exit(failures.length > 0 ? 1 : 0);
