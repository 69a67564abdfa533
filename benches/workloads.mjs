// The work: what one turn of a loop does on a client, and what it finds there.

export const compareAndSwap = `
local current = redis.call('GET', KEYS[1])
if current ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[2])
return 1`;

export const slidingWindow = `
local now, window, limit = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - window)
local used = redis.call('ZCARD', KEYS[1])
if used >= limit then return -1 end
redis.call('ZADD', KEYS[1], now, ARGV[1])
redis.call('PEXPIRE', KEYS[1], window)
return limit - used - 1`;

const keys = Array.from({ length: 1000 }, (_, at) => `key:${at}`);
const long = keys.map((key) => `long:${key}`);
const members = Array.from({ length: 1000 }, (_, at) => `member:${at}`);
let clock = 1e6;

/** Each: `prepare` once, then `turn` again and again; `turn` answers the promise of one command. */
export const workloads = [
  { name: "SET", turn: (client, at) => client.set(keys[at % 1000], "value") },
  { name: "GET", prepare: fill, turn: (client, at) => client.get(keys[at % 1000]) },
  {
    // Values that no two keys share, of a length beyond what any runtime keeps in place.
    name: "GET of 100 bytes",
    prepare: (client) => Promise.all(keys.map((key, at) => client.set(`long:${key}`, `${at}:`.padEnd(100, key)))),
    turn: (client, at) => client.get(long[at % 1000]),
  },
  { name: "INCR", turn: (client) => client.incr("counter") },
  { name: "HSET", turn: (client, at) => client.hset("hash", members[at % 1000], "value") },
  {
    name: "HGETALL of 10",
    prepare: (client) => client.hset("small", ...members.slice(0, 10).flatMap((field) => [field, "value"])),
    turn: (client) => client.hgetall("small"),
  },
  {
    name: "LRANGE of 100",
    prepare: (client) => client.rpush("list", ...members),
    turn: (client) => client.lrange("list", 0, 99),
  },
  { name: "ZADD", turn: (client, at) => client.zadd("board", at % 997, members[at % 1000]) },
  {
    name: "ZRANGE of 100",
    prepare: (client) => client.zadd("ranked", ...members.flatMap((member, at) => [at, member])),
    turn: (client) => client.zrange("ranked", 0, 99),
  },
  {
    name: "EVALSHA compare-and-swap",
    prepare: (client) => load(client, compareAndSwap).then(() => client.set("swap", "0")),
    turn: (client, at, sha) => client.evalsha(sha, 1, "swap", at % 2, (at + 1) % 2),
    script: compareAndSwap,
    // It has no SCRIPT LOAD; see its defineCommand below.
    skips: ["ioredis-mock"],
  },
  {
    name: "EVALSHA sliding window",
    prepare: (client) => load(client, slidingWindow),
    turn: (client, at, sha) => client.evalsha(sha, 1, "window", ++clock, 100, 1000),
    script: slidingWindow,
    skips: ["ioredis-mock"],
  },
  {
    name: "defineCommand compare-and-swap",
    prepare(client) {
      client.defineCommand("swap", { numberOfKeys: 1, lua: compareAndSwap });
      return client.set("swapped", "0");
    },
    turn: (client, at) => client.swap("swapped", at % 2, (at + 1) % 2),
    // A bare client has no defineCommand.
    skips: ["js-redis-server"],
  },
];

/** The workloads that the Map can do. */
export const mapCan = new Set(["SET", "GET", "GET of 100 bytes", "INCR", "HSET", "HGETALL of 10"]);

async function fill(client) {
  for (const key of keys) await client.set(key, "value");
}

function load(client, lua) {
  return client.script("LOAD", lua);
}
