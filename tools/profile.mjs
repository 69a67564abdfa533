// `node tools/profile.mjs ENTRY OUT`: writes to OUT the numbers of the functions of the engine that a program calls as
// it starts and says what programs usually say first. ENTRY is the package's entry over a module by `split trace`.

import { writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [entry, out] = process.argv.slice(2);
const called = new Set();
const enter = (number) => void called.add(number);

const { Instance } = WebAssembly;
WebAssembly.Instance = function (module, imports) {
  return new Instance(module, { ...imports, trace: { enter } });
};

const { default: Redis } = await import(pathToFileURL(entry).href);

/** What is said first, a line each: the commonest commands of a cache, a session store, a counter. */
const words = `
  PING
  SELECT 0
  SET string value
  SET string value EX 60
  SET string value PX 60000 NX
  SETEX string 60 value
  GET string
  MSET string value other value
  MGET string other nobody
  EXISTS string nobody
  INCR counter
  INCRBY counter 2
  DECR counter
  EXPIRE string 60
  PEXPIRE string 60000
  TTL string
  HSET hash a 1 b 2
  HSET hash c value
  HGET hash a
  HMGET hash a b
  HGETALL hash
  HINCRBY hash a 1
  HDEL hash a
  DEL string other
  NOSUCH command
  GET hash
`;

const redis = new Redis();
for (const line of words.trim().split("\n")) await redis.call(...line.trim().split(" ")).catch(() => {});
// As many as have tables grow.
for (let turn = 0; turn < 300; turn++) {
  await redis.set(`key:${turn}`, "a value that is no number", "EX", 60);
  await redis.get(`key:${turn}`);
  await redis.hset(`hash:${turn}`, { field: "value", other: "2" });
  await redis.hgetall(`hash:${turn}`);
}
await redis.pipeline().set("a", "1").get("a").exec();
await redis.multi().incr("b").get("b").exec();
redis.disconnect();

// The engine's own work between calls.
await new Promise((resolve) => setTimeout(resolve, 300));
writeFileSync(out, [...called].sort((a, b) => a - b).join(" "));
process.exit();
