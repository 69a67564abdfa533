// Scripts: this engine's time for a call beside the `usec_per_call` that redis-server counts for itself.

import RealRedis from "ioredis-6";
import { redisServer } from "./lua.server.mjs";
import { median, table, wanted, wasmEngine } from "./lua.tools.mjs";
import { compareAndSwap, slidingWindow } from "./workloads.mjs";

/** About a kilobyte, of every kind of value. */
const document = JSON.stringify({
  id: 1234567,
  name: "a user of some length",
  tags: Array.from({ length: 12 }, (_, at) => `tag number ${at}`),
  scores: Array.from({ length: 40 }, (_, at) => at * 1.25),
  address: { street: "12 Long Street", city: "Somewhere", geo: { lat: 52.3702, lon: 4.8952 }, verified: true },
  items: Array.from({ length: 8 }, (_, at) => ({ sku: `SKU-${1000 + at}`, count: at, price: 9.99 * (at + 1), gift: at % 2 === 0 })),
});

/** Each: what is run, and with what keys and arguments; a call does the same every time. */
const works = [
  { name: "return 1", script: "return 1", args: [0] },
  { name: "1000 loop turns", script: "local n = 0 for i = 1, 1000 do n = n + i end return n", args: [0] },
  { name: "compare-and-swap", script: compareAndSwap, args: [1, "swap", "0", "0"], first: ["SET", "swap", "0"] },
  { name: "sliding window", script: slidingWindow, args: [1, "window", "1000000", "100", "1000"] },
  { name: "100 × INCR", script: "for i = 1, 100 do redis.call('INCR', KEYS[1]) end", args: [1, "counter"] },
  { name: "cjson of 1 KB", script: "return #cjson.encode(cjson.decode(ARGV[1]))", args: [0, document] },
  {
    name: "cmsgpack of 1 KB",
    script: "local value = cmsgpack.unpack(redis.call('GET', KEYS[1])) return #cmsgpack.pack(value)",
    args: [1, "packed"],
    prepare: ["EVAL", "redis.call('SET', KEYS[1], cmsgpack.pack(cjson.decode(ARGV[1])))", 1, "packed", document],
  },
];

const tenLines = (number) => `-- script ${number}
local key, now = KEYS[1], tonumber(ARGV[1])
local window, limit = tonumber(ARGV[2]), tonumber(ARGV[3])
redis.call('ZREMRANGEBYSCORE', key, '-inf', now - window)
local used = redis.call('ZCARD', key)
if used >= limit then
  return {-1, redis.call('PTTL', key)}
end
redis.call('ZADD', key, now, now .. ':' .. ${number})
return {limit - used - 1, window}`;

export async function scripts(options) {
  const chosen = works.filter((work) => wanted(work.name, options));
  if (chosen.length === 0) return null;
  const server = await redisServer();
  const client = new RealRedis(server.port, "127.0.0.1", { retryStrategy: (times) => Math.min(50 * times, 500) });
  // It refuses until it is ready; then the client tries again.
  client.on("error", () => {});
  const engine = await wasmEngine();
  const idle = await memoryOfLua();
  const rows = [];
  for (const { name, script, args, first, prepare } of chosen) {
    for (const words of [first, prepare].filter(Boolean)) {
      engine.call(...words);
      await client.call(...words);
    }
    const sha = await client.script("LOAD", script);
    engine.call("SCRIPT", "LOAD", script);
    engine.call("EVALSHA", sha, ...args);
    const run = engine.prepared("EVALSHA", sha, ...args);
    const own = [];
    const theirs = [];
    // Warm: the code is compiled for good only after some thousand calls.
    let warmed = 0;
    const start = performance.now();
    for (; performance.now() - start < 400; warmed += 20) run(20);
    // Half a millisecond at once: on a busy machine most rounds then pass without being interrupted.
    const turns = Math.max(4, Math.min(200, Math.round((0.5 * warmed) / (performance.now() - start))));
    for (let round = 0; round <= options.rounds * 10; round++) {
      const began = performance.now();
      run(turns);
      own.push(((performance.now() - began) * 1000) / turns);
      await client.config("RESETSTAT");
      const pipeline = client.pipeline();
      for (let turn = 0; turn < turns; turn++) pipeline.evalsha(sha, ...args);
      await pipeline.exec();
      const info = await client.info("commandstats");
      theirs.push(Number(/cmdstat_evalsha:.*usec_per_call=([\d.]+)/.exec(info)[1]));
    }
    const [mine, other] = [median(own), median(theirs)];
    rows.push([name, mine.toFixed(2), `${other.toFixed(2)} (${(other / mine).toFixed(2)}×)`]);
    process.stderr.write(`${name}\n`);
  }
  const version = /redis_version:(\S+)/.exec(await client.info("server"))[1];
  await client.quit();
  server.stop();
  const compiled = compileTime(engine, options);
  const note = `\`redis-server\` ${version} counts \`usec_per_call\` itself, without the network; redmoon's time is that of the whole call into wasm. A new script of ten lines compiles in ${compiled.toFixed(0)} µs; an idle engine holds ${(idle / 1024).toFixed(0)} KB for Lua.`;
  return `${table(["a call of a script, µs", "redmoon in wasm", "redis-server"], rows)}\n\n${note}`;
}

/** Microseconds that SCRIPT LOAD of a script takes that is not there yet. */
function compileTime(engine, { rounds }) {
  const times = [];
  let number = 0;
  for (let round = 0; round < rounds * 10; round++) {
    const texts = Array.from({ length: 20 }, () => engine.prepared("SCRIPT", "LOAD", tenLines(number++)));
    const began = performance.now();
    for (const load of texts) load(1);
    times.push(((performance.now() - began) * 1000) / texts.length);
    engine.call("SCRIPT", "FLUSH");
  }
  return median(times);
}

/** Bytes that an engine holds for Lua once a script has run: by how much the memory grows when many engines' first
 *  scripts run. */
async function memoryOfLua() {
  const engines = [];
  for (let at = 0; at < 32; at++) engines.push(await wasmEngine("idle"));
  for (const engine of engines) engine.call("PING");
  const before = engines[0].memory.buffer.byteLength;
  for (const engine of engines) engine.call("EVAL", "return 1", 0);
  return (engines[0].memory.buffer.byteLength - before) / engines.length;
}
