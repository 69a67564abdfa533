// `npm run bench -- engine`: microseconds a call within the engine, beside the `usec_per_call` that redis-server counts.

import { reading, report } from "./options.mjs";
import { redisServer } from "./lua.server.mjs";
import { median, table, wanted, wasmEngine } from "./lua.tools.mjs";

const options = reading(
  `npm run bench -- engine: microseconds a call of the commands of redis-benchmark, without any network, beside those that
redis-server counts itself.

  npm run bench -- engine NAME...        only commands whose name contains a NAME (as GET, LRANGE)
  npm run bench -- engine --rounds N     rounds of which the median counts (default 30)
  npm run bench -- engine --server PATH  a redis-server to measure besides the one on the path; may be said again
  npm run bench -- engine --readme       writes the table into README.md, between its two marks
  npm run bench -- engine --help         this`,
  { rounds: 30, server: [] },
);

// As `redis-benchmark -r 100000` names and fills them.
let state = 1n;
const random = () => {
  state = (state * 6364136223846793005n + 1442695040888963407n) & 0xffffffffffffffffn;
  return Number((state >> 33n) % 100000n);
};
const number = (value) => String(value).padStart(12, "0");
const key = () => `key:${number(random())}`;
const element = () => `element:${number(random())}`;
const many = (count, one) => Array.from({ length: count }, (_, at) => one(at));

/** Each: the words of a call; `first`, once; `before` every round, as many calls as are measured. */
const commands = [
  { name: "PING", call: () => ["PING"] },
  { name: "SET", call: () => ["SET", key(), "xxx"] },
  { name: "GET", call: () => ["GET", key()], first: many(100000, (at) => ["SET", `key:${number(at)}`, "xxx"]) },
  { name: "INCR", call: () => ["INCR", `counter:${number(random())}`] },
  { name: "LPUSH", call: () => ["LPUSH", "mylist", "xxx"] },
  { name: "RPUSH", call: () => ["RPUSH", "mylist", "xxx"] },
  { name: "LPOP", call: () => ["LPOP", "mylist"], before: () => ["RPUSH", "mylist", "xxx"] },
  { name: "RPOP", call: () => ["RPOP", "mylist"], before: () => ["RPUSH", "mylist", "xxx"] },
  { name: "SADD", call: () => ["SADD", "myset", element()] },
  { name: "SPOP", call: () => ["SPOP", "myset"], before: () => ["SADD", "myset", element()] },
  { name: "HSET", call: () => ["HSET", "myhash", element(), "xxx"] },
  { name: "ZADD", call: () => ["ZADD", "myzset", random(), element()] },
  { name: "ZPOPMIN", call: () => ["ZPOPMIN", "myzset"], before: () => ["ZADD", "myzset", random(), element()] },
  { name: "ZRANGE", call: () => ["ZRANGE", "ranked", "0", "9"], first: many(1000, (at) => ["ZADD", "ranked", at, `element:${at}`]), as: "ZRANGE of 10" },
  ...[100, 300, 500, 600].map((count) => ({
    name: "LRANGE",
    as: `LRANGE of ${count}`,
    call: () => ["LRANGE", "range", "0", String(count - 1)],
    first: many(1000, () => ["RPUSH", "range", "xxx"]),
    calls: 100,
  })),
  { name: "HGETALL", as: "HGETALL of 100", call: () => ["HGETALL", "fields"], first: many(100, (at) => ["HSET", "fields", `field:${at}`, "xxx"]), calls: 100 },
  { name: "MSET", as: "MSET of 10", call: () => ["MSET", ...many(10, () => [key(), "xxx"]).flat()], calls: 300 },
];

const requests = (calls) =>
  Buffer.from(
    calls.map((words) => `*${words.length}\r\n${words.map((word) => `$${String(word).length}\r\n${word}\r\n`).join("")}`).join(""),
    "latin1",
  );

/** A server, fed as the engine is: requests in, and it is done when the last reply has come. */
async function serve(program) {
  const server = await redisServer(program);
  const socket = await server.connect();
  let seen = "";
  let done;
  socket.setEncoding("latin1").on("data", (text) => {
    seen = (seen + text).slice(-60000);
    if (seen.endsWith("\r\n$4\r\ndone\r\n")) done(seen);
  });
  const feed = (input) =>
    new Promise((resolve) => {
      seen = "\r\n";
      done = resolve;
      socket.write(Buffer.concat([input, requests([["ECHO", "done"]])]));
    });
  const version = /redis_version:(\S+)/.exec(await feed(requests([["INFO", "server"]])))[1];
  const stop = () => {
    socket.destroy();
    server.stop();
  };
  return { feed, version, stop };
}

const engine = await wasmEngine("engine");
engine.reserve(1 << 20);
const servers = [];
for (const program of [undefined, ...options.server]) servers.push(await serve(program));

const rows = [];
const ratios = servers.map(() => []);
for (const { name, as = name, call, first, before, calls = 1000 } of commands.filter(({ name, as = name }) => wanted(as, options))) {
  if (first) {
    engine.feed(requests(first));
    for (const server of servers) await server.feed(requests(first));
  }
  const own = [];
  const theirs = servers.map(() => []);
  const began = performance.now();
  // Warm: code is compiled for good only after some thousand calls.
  for (let round = -1e9; round < options.rounds; round++) {
    if (round < 0 && performance.now() - began > 500) round = 0;
    const filling = before && requests(many(calls, before));
    const batch = requests(many(calls, call));
    if (filling) engine.feed(filling);
    const from = performance.now();
    engine.feed(batch);
    const took = ((performance.now() - from) * 1000) / calls;
    if (round >= 0) own.push(took);
    for (const [at, server] of servers.entries()) {
      if (round < 0 && round % 4 !== 0) continue;
      if (filling) await server.feed(filling);
      await server.feed(requests([["CONFIG", "RESETSTAT"]]));
      await server.feed(batch);
      const info = await server.feed(requests([["INFO", "commandstats"]]));
      const [, count, usec] = new RegExp(`cmdstat_${name.toLowerCase()}:calls=(\\d+),usec=(\\d+)`).exec(info);
      if (round >= 0) theirs[at].push(usec / count);
    }
  }
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
const note = `Medians of ${options.rounds} rounds; in brackets what part of redis-server's time redmoon takes. Redmoon's time is that of requests in RESP by the hundred in one call into wasm, their reading and the writing of replies with it; redis-server's is its \`usec_per_call\`, which leaves the reading of requests out. Node ${process.versions.node}.`;
report("engine", `${table(heading, rows)}\n\n${note}`, options);
process.exit(0);
