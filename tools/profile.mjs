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

/** What is said first, a line each: the commonest commands of a cache, a session store, a queue and a script. */
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
  APPEND string more
  STRLEN string
  TYPE string
  EXPIRE string 60
  PEXPIRE string 60000
  TTL string
  PTTL string
  PERSIST string
  HSET hash a 1 b 2
  HSET hash c value
  HGET hash a
  HMGET hash a b
  HGETALL hash
  HEXISTS hash a
  HINCRBY hash a 1
  HDEL hash a
  HLEN hash
  HKEYS hash
  LPUSH list a b
  RPUSH list c d
  LRANGE list 0 -1
  LLEN list
  LPOP list
  RPOP list
  SADD set a b c
  SADD set 1
  SISMEMBER set a
  SMEMBERS set
  SCARD set
  SREM set a
  ZADD zset 1 a 2.5 b
  ZADD zset 3 a
  ZSCORE zset a
  ZRANGE zset 0 -1
  ZRANGE zset 0 -1 WITHSCORES
  ZRANGEBYSCORE zset -inf +inf
  ZREM zset a
  ZCARD zset
  KEYS *
  SCAN 0
  DBSIZE
  DEL string other
  UNLINK counter
  NOSUCH command
  GET hash
  FLUSHALL
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
