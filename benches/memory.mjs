// `npm run bench -- memory`: bytes an item, by how much the heap of wasm grows, beside the `used_memory` of redis-server.

import { once } from "node:events";
import { reading, report } from "./options.mjs";
import { redisServer } from "./lua.server.mjs";
import { table, wanted, wasmEngine } from "./lua.tools.mjs";

const options = reading(
  `npm run bench -- memory: bytes an item of each type, beside redis-server, each in a database of its own.

  npm run bench -- memory NAME...        only data whose name contains a NAME (as set, stream)
  npm run bench -- memory --items N      how many items (default 1000000; small hashes are a tenth)
  npm run bench -- memory --server PATH  a redis-server to measure besides the one on the path; may be said again
  npm run bench -- memory --readme       writes the table into README.md, between its two marks
  npm run bench -- memory --help         this`,
  { items: 1e6, server: [] },
);

/** A number that looks random, the same in every run. */
const scattered = (at) => (at * 7919 + 12345) % 1000003;
const number = (at, width) => String(at).padStart(width, "0");
const name = (at) => `key:${number(at, 7)}`;
const value = (at) => `value:${number(scattered(at), 10)}`;

/** Each: how many items, and the command that adds one. */
const data = [
  { name: "key, 16 bytes", item: (at) => ["SET", name(at), value(at)] },
  { name: "key with a TTL", item: (at) => ["SET", name(at), value(at), "EX", 100000 + scattered(at)] },
  { name: "field of a hash", item: (at) => ["HSET", "hash", name(at), value(at)] },
  { name: "member of a sorted set", item: (at) => ["ZADD", "zset", scattered(at), name(at)] },
  { name: "member of a set", item: (at) => ["SADD", "set", name(at)] },
  { name: "element of a list", item: (at) => ["RPUSH", "list", value(at)] },
  { name: "entry of a stream", item: (at) => ["XADD", "stream", `${1e12 + at * 7}-0`, "field", value(at)] },
  {
    name: "hash of 5 fields",
    share: 0.1,
    item: (at) => ["HSET", `hash:${number(at, 6)}`, ...[1, 2, 3, 4, 5].flatMap((nth) => [`field${nth}`, value(at * 5 + nth)])],
  },
];

/** Requests in RESP, some thousands at once. */
function* requests({ item, share = 1 }) {
  const count = options.items * share;
  for (let at = 0; at < count; ) {
    let text = "";
    for (const stop = Math.min(at + 2000, count); at < stop; at++) {
      const words = item(at).map(String);
      text += `*${words.length}\r\n${words.map((word) => `$${word.length}\r\n${word}\r\n`).join("")}`;
    }
    yield Buffer.from(text, "latin1");
  }
}

/** By how many bytes the heap of a new engine grows. */
async function inWasm(work) {
  const engine = await wasmEngine(`memory of ${work.name}`);
  engine.call("SET", "first", "value");
  engine.reserve(1 << 20);
  const before = engine.memory.buffer.byteLength;
  for (const batch of requests(work)) engine.feed(batch);
  return engine.memory.buffer.byteLength - before;
}

/** By how many bytes the `used_memory` of a new server grows. */
async function inServer(work, program) {
  const server = await redisServer(program);
  const call = async (...batches) => {
    const socket = await server.connect();
    let answer = "";
    socket.setEncoding("latin1").on("data", (text) => (answer = (answer + text).slice(-20000)));
    for (const batch of batches) {
      for (const bytes of batch) if (!socket.write(bytes)) await once(socket, "drain");
    }
    socket.end("QUIT\r\n");
    await once(socket, "close");
    return answer;
  };
  const info = async (name) => new RegExp(`${name}:(\\S+)`).exec(await call([`INFO\r\n`]))[1];
  const before = Number(await info("used_memory"));
  await call(requests(work));
  const grown = Number(await info("used_memory")) - before;
  const version = await info("redis_version");
  server.stop();
  return { grown, version };
}

const programs = [undefined, ...options.server];
const versions = [];
const rows = [];
for (const work of data.filter((work) => wanted(work.name, options))) {
  const count = options.items * (work.share ?? 1);
  const own = (await inWasm(work)) / count;
  const row = [work.name, own.toFixed(1)];
  for (const [at, program] of programs.entries()) {
    const { grown, version } = await inServer(work, program);
    versions[at] = version;
    row.push(`${(grown / count).toFixed(1)} (${((own * count) / grown).toFixed(2)}×)`);
  }
  rows.push(row);
  process.stderr.write(`${row.join(" | ")}\n`);
}
const heading = ["bytes an item", "redmoon in wasm", ...versions.map((version) => `redis-server ${version}`)];
const note = `${options.items.toLocaleString("en")} items, a tenth as many small hashes. Redmoon's bytes are those by which the heap of wasm grows, holes and all, redis-server's are its \`used_memory\`; in brackets what part of them redmoon takes.`;
report("memory", `${table(heading, rows)}\n\n${note}`, options);
process.exit(0);
