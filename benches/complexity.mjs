// `npm run bench -- complexity`: how the time of a call grows with the number of items, held against what is documented.

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

const name = (at) => `item:${String(at).padStart(7, "0")}`;

/** Each: how an item is made, and calls that name an item; `undo` brings back what a call has taken or added. */
const types = [
  {
    item: (at) => ["SET", name(at), "value"],
    calls: {
      SET: { call: (at) => ["SET", name(at), "other"] },
      "SET, new": { call: (at) => ["SET", `new:${at}`, "value"], undo: (at) => ["DEL", `new:${at}`] },
      GET: { call: (at) => ["GET", name(at)] },
      DEL: { call: (at) => ["DEL", name(at)], undo: (at) => ["SET", name(at), "value"] },
      EXPIRE: { call: (at) => ["EXPIRE", name(at), 1000 + at] },
      TTL: { call: (at) => ["TTL", name(at)] },
      RENAME: { call: (at) => ["RENAME", name(at), `new:${at}`], undo: (at) => ["RENAME", `new:${at}`, name(at)] },
      RANDOMKEY: { call: () => ["RANDOMKEY"] },
      SCAN: { call: () => ["SCAN", 0, "COUNT", 10] },
      DBSIZE: { call: () => ["DBSIZE"] },
    },
  },
  {
    item: (at) => ["SET", name(at), "value", "PX", 1e9 + ((at * 7919) % 1000003)],
    calls: {
      "EXPIRE among times": { call: (at) => ["EXPIRE", name(at), 2000000 + at] },
      PERSIST: { call: (at) => ["PERSIST", name(at)], undo: (at) => ["EXPIRE", name(at), 1e6] },
    },
  },
  {
    item: (at) => ["HSET", "hash", name(at), "value"],
    calls: {
      HSET: { call: (at) => ["HSET", "hash", name(at), "other"] },
      "HSET, new": { call: (at) => ["HSET", "hash", `new:${at}`, "value"], undo: (at) => ["HDEL", "hash", `new:${at}`] },
      HGET: { call: (at) => ["HGET", "hash", name(at)] },
      HDEL: { call: (at) => ["HDEL", "hash", name(at)], undo: (at) => ["HSET", "hash", name(at), "value"] },
      HINCRBY: { call: (at) => ["HINCRBY", "hash", `counter:${at}`, 1] },
      HRANDFIELD: { call: () => ["HRANDFIELD", "hash"] },
      HSCAN: { call: () => ["HSCAN", "hash", 0, "COUNT", 10] },
      HEXPIRE: { call: (at) => ["HEXPIRE", "hash", 1000 + at, "FIELDS", 1, name(at)] },
      HLEN: { call: () => ["HLEN", "hash"] },
    },
  },
  {
    item: (at) => ["SADD", "set", name(at)],
    calls: {
      SADD: { call: (at) => ["SADD", "set", `new:${at}`], undo: (at) => ["SREM", "set", `new:${at}`] },
      SREM: { call: (at) => ["SREM", "set", name(at)], undo: (at) => ["SADD", "set", name(at)] },
      SISMEMBER: { call: (at) => ["SISMEMBER", "set", name(at)] },
      SPOP: { call: () => ["SPOP", "set"], undo: (at) => ["SADD", "set", `popped:${at}`] },
      SRANDMEMBER: { call: () => ["SRANDMEMBER", "set"] },
      SMOVE: { call: (at) => ["SMOVE", "set", "others", name(at)], undo: (at) => ["SMOVE", "others", "set", name(at)] },
      SSCAN: { call: () => ["SSCAN", "set", 0, "COUNT", 10] },
    },
  },
  {
    item: (at) => ["ZADD", "zset", (at * 7919) % 1000003, name(at)],
    calls: {
      ZADD: { call: (at) => ["ZADD", "zset", at, name(at)] },
      "ZADD, new": { call: (at) => ["ZADD", "zset", at, `new:${at}`], undo: (at) => ["ZREM", "zset", `new:${at}`] },
      ZREM: { call: (at) => ["ZREM", "zset", name(at)], undo: (at) => ["ZADD", "zset", at, name(at)] },
      ZSCORE: { call: (at) => ["ZSCORE", "zset", name(at)] },
      ZRANK: { call: (at) => ["ZRANK", "zset", name(at)] },
      ZINCRBY: { call: (at) => ["ZINCRBY", "zset", 1, name(at)] },
      ZCOUNT: { call: (at) => ["ZCOUNT", "zset", at, `${at + 1000}`] },
      ZPOPMIN: { call: () => ["ZPOPMIN", "zset"], undo: (at) => ["ZADD", "zset", -at, `popped:${at}`] },
      ZPOPMAX: { call: () => ["ZPOPMAX", "zset"], undo: (at) => ["ZADD", "zset", 2e6 + at, `popped:${at}`] },
      ZRANGE: { call: (at) => ["ZRANGE", "zset", at, at + 9] },
      ZREVRANGEBYSCORE: { call: (at) => ["ZREVRANGEBYSCORE", "zset", at, "-inf", "LIMIT", 0, 10] },
      GEOPOS: { call: (at) => ["GEOPOS", "zset", name(at)] },
    },
  },
  {
    item: (at) => ["RPUSH", "list", name(at)],
    calls: {
      LPUSH: { call: (at) => ["LPUSH", "list", `new:${at}`], undo: () => ["LPOP", "list"] },
      RPUSH: { call: (at) => ["RPUSH", "list", `new:${at}`], undo: () => ["RPOP", "list"] },
      LPOP: { call: () => ["LPOP", "list"], undo: (at) => ["LPUSH", "list", name(at)] },
      RPOP: { call: () => ["RPOP", "list"], undo: (at) => ["RPUSH", "list", name(at)] },
      LMOVE: { call: () => ["LMOVE", "list", "list", "LEFT", "RIGHT"] },
      LLEN: { call: () => ["LLEN", "list"] },
    },
  },
  {
    first: [["XGROUP", "CREATE", "stream", "group", 0, "MKSTREAM"]],
    item: (at) => ["XADD", "stream", `${1 + at}-0`, "field", name(at)],
    then: [["XREADGROUP", "GROUP", "group", "reader", "COUNT", 1e6, "STREAMS", "stream", ">"]],
    calls: {
      XADD: { call: () => ["XADD", "stream", "*", "field", "value"] },
      XDEL: { call: (at) => ["XDEL", "stream", `${1 + at}-0`] },
      XLEN: { call: () => ["XLEN", "stream"] },
      XACK: { call: (at) => ["XACK", "stream", "group", `${1 + at}-0`] },
    },
  },
  {
    item: (at) => ["SETBIT", "bits", at * 8, 1],
    calls: {
      SETBIT: { call: (at) => ["SETBIT", "bits", at, 1] },
      GETBIT: { call: (at) => ["GETBIT", "bits", at] },
      APPEND: { call: () => ["APPEND", "bits", "x"] },
      STRLEN: { call: () => ["STRLEN", "bits"] },
    },
  },
];

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
for (const { first = [], item, then = [], calls } of types) {
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
