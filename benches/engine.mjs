// `npm run bench -- engine`: microseconds a call within the engine, beside the `usec_per_call` that redis-server counts.

import { reading, report } from "./options.mjs";
import { redisServer } from "./lua.server.mjs";
import { median, table, wanted, wasmEngine } from "./lua.tools.mjs";

const options = reading(
  `npm run bench -- engine: microseconds a call of the commands of redis-benchmark, without any network, beside those that
redis-server counts itself.

  npm run bench -- engine NAME...        only commands whose name contains a NAME (as GET, LRANGE)
  npm run bench -- engine --rounds N     rounds of which the median counts (default 30)
  npm run bench -- engine --pipeline 1   requests reach redis-server by the hundred, not one by one
  npm run bench -- engine --server PATH  a redis-server to measure besides the one on the path; may be said again
  npm run bench -- engine --readme       writes the table into README.md, between its two marks
  npm run bench -- engine --help         this`,
  { rounds: 30, pipeline: 0, server: [] },
);

const many = (count, one) => Array.from({ length: count }, (_, at) => one(at));

// Names and values are those of redis-benchmark, which calls with the same again and again, unless told otherwise.
const key = "key:__rand_int__";
const element = "element:__rand_int__";
// One in a hundred thousand, as its option -r 100000 has them.
let state = 1n;
const random = () => {
  state = (state * 6364136223846793005n + 1442695040888963407n) & 0xffffffffffffffffn;
  return Number((state >> 33n) % 100000n);
};
const number = (value) => String(value).padStart(12, "0");

/** Each: the words of a call, or what makes them; `first`, once; `before` every round, as many as are measured. */
const commands = [
  { call: ["PING"] },
  { call: ["SET", key, "xxx"] },
  { call: ["GET", key] },
  { call: ["INCR", "counter:__rand_int__"] },
  { call: ["LPUSH", "mylist", "xxx"] },
  { call: ["RPUSH", "mylist", "xxx"] },
  { call: ["LPOP", "mylist"], before: () => ["RPUSH", "mylist", "xxx"] },
  { call: ["RPOP", "mylist"], before: () => ["RPUSH", "mylist", "xxx"] },
  { call: ["SADD", "myset", element] },
  { call: ["HSET", "myhash", element, "xxx"] },
  { call: ["SPOP", "popset"], before: (at) => ["SADD", "popset", `element:${number(at)}`] },
  { call: ["ZADD", "myzset", "0", element] },
  { call: ["ZPOPMIN", "popzset"], before: (at) => ["ZADD", "popzset", (at * 7919) % 1000, `element:${number(at)}`] },
  ...[100, 300, 500, 600].map((count) => ({
    as: `LRANGE of ${count}`,
    call: ["LRANGE", "range", "0", String(count - 1)],
    first: many(1000, () => ["RPUSH", "range", "xxx"]),
    calls: 100,
  })),
  { as: "MSET of 10", call: ["MSET", ...many(10, () => [key, "xxx"]).flat()], calls: 300 },
  { as: "ZRANGE of 10", call: ["ZRANGE", "ranked", "0", "9"], first: many(1000, (at) => ["ZADD", "ranked", at, `element:${at}`]) },
  { as: "HGETALL of 100", call: ["HGETALL", "fields"], first: many(100, (at) => ["HSET", "fields", `field:${at}`, "xxx"]), calls: 100 },
  { as: "SET among 100,000", call: () => ["SET", `key:${number(random())}`, "xxx"], first: many(100000, (at) => ["SET", `key:${number(at)}`, "xxx"]) },
  { as: "GET among 100,000", call: () => ["GET", `key:${number(random())}`] },
  { as: "HSET among 100,000", call: () => ["HSET", "hash", `element:${number(random())}`, "xxx"], first: many(100000, (at) => ["HSET", "hash", `element:${number(at)}`, "x"]) },
  { as: "SADD among 100,000", call: () => ["SADD", "set", `element:${number(random())}`], first: many(100000, (at) => ["SADD", "set", `element:${number(at)}`]) },
  { as: "ZADD among 100,000", call: () => ["ZADD", "zset", random(), `element:${number(random())}`], first: many(100000, (at) => ["ZADD", "zset", at, `element:${number(at)}`]) },
];

const requests = (calls) =>
  Buffer.from(
    calls.map((words) => `*${words.length}\r\n${words.map((word) => `$${String(word).length}\r\n${word}\r\n`).join("")}`).join(""),
    "latin1",
  );

/** Microseconds a call of the engine, without the crossing into wasm and, where every call has its own words, without
 *  the writing of them. */
function inEngine(calls) {
  const { run, check } = engine.direct(calls[0]);
  const same = calls.every((words) => words === calls[0]);
  const timed = (run) => {
    const from = performance.now();
    if (same) run(calls.length);
    else for (const words of calls) engine.arguments(words), run(1);
    return ((performance.now() - from) * 1000) / calls.length;
  };
  engine.arguments(calls[0]);
  const crossing = timed(engine.nothing);
  const time = timed(run) - crossing;
  check();
  return time;
}

/** A redis-server: `feed` gives it requests and answers the last bytes of its replies. */
async function serve(program) {
  const server = await redisServer(program);
  const socket = await server.connect();
  let seen = "";
  let done;
  socket.setNoDelay().setEncoding("latin1").on("data", (text) => {
    seen = (seen + text).slice(-60000);
    if (seen.endsWith("$4\r\ndone\r\n")) done(seen);
  });
  const feed = (...calls) =>
    new Promise((resolve) => {
      seen = "";
      done = resolve;
      socket.write(requests([...calls, ["ECHO", "done"]]));
    });
  const version = /redis_version:(\S+)/.exec(await feed(["INFO", "server"]))[1];
  const stop = () => {
    socket.destroy();
    server.stop();
  };
  return { feed, version, stop };
}

/** Microseconds a call of a redis-server, as it says itself. */
async function inServer({ feed }, calls) {
  await feed(["CONFIG", "RESETSTAT"]);
  if (options.pipeline) await feed(...calls);
  else for (const words of calls) await feed(words);
  const [, count, usec] = new RegExp(`cmdstat_${calls[0][0].toLowerCase()}:calls=(\\d+),usec=(\\d+)`).exec(await feed(["INFO", "commandstats"]));
  return usec / count;
}

const engine = await wasmEngine("engine");
engine.reserve(1 << 20);
const servers = [];
for (const program of [undefined, ...options.server]) servers.push(await serve(program));

const rows = [];
const ratios = servers.map(() => []);
for (const { call, as = call[0], first, before, calls = typeof call === "function" ? 500 : 2000 } of commands.filter(({ call, as = call[0] }) => wanted(as, options))) {
  if (first) {
    engine.feed(requests(first));
    for (const server of servers) await server.feed(...first);
  }
  const own = [];
  const theirs = servers.map(() => []);
  const round = async (count) => {
    const batch = many(count, () => (typeof call === "function" ? call() : call));
    const filling = before && many(count, before);
    if (filling) engine.feed(requests(filling));
    own.push(inEngine(batch));
    for (const [at, server] of servers.entries()) {
      if (filling) await server.feed(...filling);
      theirs[at].push(await inServer(server, batch));
    }
  };
  // Warm: code is compiled for good only after some thousand calls.
  for (const began = performance.now(); performance.now() - began < 600; ) await round(calls);
  own.length = 0;
  theirs.forEach((times) => (times.length = 0));
  for (let turn = 0; turn < options.rounds; turn++) await round(calls);
  const mine = median(own);
  const others = theirs.map(median);
  others.forEach((other, at) => ratios[at].push(mine / other));
  rows.push([as, mine.toFixed(2), ...others.map((other) => `${other.toFixed(2)} (${(mine / other).toFixed(2)}×)`)]);
  process.stderr.write(`${rows.at(-1).join(" | ")}\n`);
}
servers.forEach((server) => server.stop());

const mean = (values) => Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length);
rows.push(["geometric mean", "", ...ratios.map((values) => `${mean(values).toFixed(2)}×`)]);
const heading = ["µs a call", "redmoon in wasm", ...servers.map(({ version }) => `redis-server ${version}`)];
const how = options.pipeline ? "by the hundred" : "one by one, as redis-benchmark sends them";
const note = `Medians of ${options.rounds} rounds; in brackets what part of redis-server's time redmoon takes. Redmoon's time is that of the package's calls, with the reading of arguments and the writing of the reply, but without the crossing into wasm; redis-server's is its \`usec_per_call\` of requests that reach it ${how}. Node ${process.versions.node}.`;
report("engine", `${table(heading, rows)}\n\n${note}`, options);
process.exit(0);
