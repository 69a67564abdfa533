// The first things that anybody does with the package, in any runtime.

const decode = (bytes) => new TextDecoder().decode(bytes);

const tests = {
  async "set and get"({ redis }) {
    same(await redis.set("key", "value"), "OK");
    same(await redis.get("key"), "value");
    same(await redis.get("no such key"), null);
  },
  async "bytes survive"({ redis }) {
    const bytes = Uint8Array.from({ length: 256 }, (_, byte) => byte);
    await redis.set("bytes", bytes);
    same(Array.from(await redis.getBuffer("bytes")), Array.from(bytes));
    same(await redis.strlen("bytes"), 256);
    const key = Uint8Array.of(0, 255, 10);
    await redis.set(key, "at a key of bytes");
    same(decode(await redis.getBuffer(key)), "at a key of bytes");
    await redis.set("text", "ключ 🌙");
    same(await redis.get("text"), "ключ 🌙");
  },
  async "an error is a ReplyError with Redis's message"({ redis }) {
    await redis.set("string", "x");
    const error = await redis.lpush("string", "y").catch((thrown) => thrown);
    same(error.name, "ReplyError");
    same(error.message, "WRONGTYPE Operation against a key holding the wrong kind of value");
  },
  async "call"({ redis }) {
    same(await redis.call("INCRBY", "counter", 5), 5);
  },
  async "a hash in and out as an object"({ redis }) {
    same(await redis.hset("hash", { a: 1, b: "two" }), 2);
    same(await redis.hset("hash", new Map([["c", 3]])), 1);
    same(await redis.hgetall("hash"), { a: "1", b: "two", c: "3" });
    same(await redis.hgetall("no such key"), {});
  },
  async "a sorted set"({ redis }) {
    same(await redis.zadd("zset", 1, "one", 2, "two"), 2);
    same(await redis.zrange("zset", 0, -1, "WITHSCORES"), ["one", "1", "two", "2"]);
  },
  async "eval and evalsha"({ redis }) {
    same(await redis.eval("return {KEYS[1], ARGV[1], 42, false}", 1, "k", "v"), ["k", "v", 42, null]);
    const sha = await redis.script("LOAD", "return redis.call('SET', KEYS[1], ARGV[1])");
    same(sha.length, 40);
    same(await redis.evalsha(sha, 1, "by script", "yes"), "OK");
    same(await redis.get("by script"), "yes");
    const error = await redis.eval("return redis.call('NOSUCH')", 0).catch((thrown) => thrown);
    if (!/Unknown Redis command/i.test(error.message)) throw new Error(`not the error of a script: ${error.message}`);
  },
  async "a script without end is stopped, and the engine goes on"({ redis }) {
    const error = await redis.eval("while true do end", 0).catch((thrown) => thrown);
    same(error.name, "ReplyError");
    same(await redis.ping(), "PONG");
  },
  async "defineCommand"({ redis }) {
    redis.defineCommand("swap", {
      numberOfKeys: 1,
      lua: "local old = redis.call('GET', KEYS[1]) if old ~= ARGV[1] then return 0 end redis.call('SET', KEYS[1], ARGV[2]) return 1",
    });
    await redis.set("swapped", "a");
    same([await redis.swap("swapped", "a", "b"), await redis.swap("swapped", "a", "c")], [1, 0]);
    await redis.script("FLUSH");
    same(await redis.swap("swapped", "b", "d"), 1);
    redis.defineCommand("echoes", { lua: "return {#KEYS, ARGV[1]}" });
    same(await redis.echoes(2, "k1", "k2", "arg"), [2, "arg"]);
  },
  async "pipeline"({ redis }) {
    const answers = await redis.pipeline().set("p", 1).incr("p").lpush("p", "x").get("p").exec();
    same(answers.map(([error, value]) => (error ? error.name : value)), ["OK", 2, "ReplyError", "2"]);
  },
  async "multi"({ redis }) {
    same(await redis.multi().set("m", 1).incrby("m", 4).exec(), [[null, "OK"], [null, 5]]);
    const other = redis.duplicate();
    await redis.watch("m");
    await other.set("m", "changed");
    same(await redis.multi().set("m", 0).exec(), null);
    other.disconnect();
  },
  async "scans as streams"({ redis }) {
    const names = Array.from({ length: 40 }, (_, i) => `scan:${i}`);
    await redis.mset(names.flatMap((name) => [name, 1]));
    const iterated = [];
    for await (const step of redis.scanStream({ match: "scan:*", count: 7 })) iterated.push(...step);
    same(iterated.sort(), [...names].sort());
    const heard = [];
    await new Promise((resolve, reject) => {
      const stream = redis.scanBufferStream({ match: "scan:*", count: 7 });
      stream.on("data", (step) => {
        heard.push(...step.map(decode));
        stream.pause();
        setTimeout(() => stream.resume(), 1);
      });
      stream.on("end", resolve);
      stream.on("error", reject);
    });
    same(heard.sort(), [...names].sort());
  },
  async "calls of one turn together"({ Redis, name }) {
    const redis = new Redis({ name, enableAutoPipelining: true });
    const calls = [redis.set("batched", 1), redis.incr("batched"), redis.get("batched")];
    same(redis.autoPipelineQueueSize, 3);
    same(await Promise.all(calls), ["OK", 2, "2"]);
    redis.disconnect();
  },
  async "writes heard of by pattern"({ redis }) {
    const heard = [];
    const stop = await redis.onWrite("watched:*", (key, event) => heard.push([key, event]));
    await redis.set("watched:1", "x");
    await redis.del("watched:1", "other");
    await new Promise((resolve) => setTimeout(resolve, 10));
    stop();
    same(heard, [["watched:1", "set"], ["watched:1", "del"]]);
  },
  async "where a script failed"({ redis }) {
    const error = await redis.eval("local function f(x)\n  return x.y.z\nend\nreturn f({})", 0).catch((thrown) => thrown);
    // The call of f is a tail call: its caller is gone.
    same([error.line, error.traceback], [2, ["user_script:2"]]);
  },
  async "handles of one name share an engine; others do not"({ Redis, redis, name }) {
    await redis.set("shared", "yes");
    const twin = new Redis({ name });
    const other = new Redis({ name: `${name} other` });
    same([await twin.get("shared"), await other.get("shared")], ["yes", null]);
    twin.disconnect();
    other.disconnect();
  },
  async "expiry"({ redis }) {
    await redis.set("short", "lived", "PX", 30);
    same((await redis.pttl("short")) > 0, true);
    await new Promise((resolve) => setTimeout(resolve, 80));
    same(await redis.get("short"), null);
  },
  async "quit"({ Redis }) {
    const redis = new Redis({ name: "quits" });
    same(await redis.quit(), "OK");
  },
};

/** Runs all on a handle of their own; answers `[{ name, error }]`. */
export async function smoke(Redis) {
  const results = [];
  for (const [title, test] of Object.entries(tests)) {
    const name = `smoke: ${title}`;
    const redis = new Redis({ name });
    const error = await test({ Redis, redis, name }).then(() => null, (thrown) => String(thrown.stack ?? thrown));
    redis.disconnect();
    results.push({ name, error });
  }
  return results;
}

function same(got, expected) {
  const [a, b] = [JSON.stringify(got), JSON.stringify(expected)];
  if (a !== b) throw new Error(`expected ${b}, got ${a}`);
}
