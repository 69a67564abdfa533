// What ioredis does besides sending calls, on the real one with a real redis-server and here: scripts in pipelines and
// transactions, calls that are pipelined of themselves, streams of scans, subscriber mode, monitors, stacks, transformers.

import { basename } from "node:path";
import { commandOf, callback, parity, seen } from "./sides.mjs";

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const told = (emitter, event) => new Promise((resolve) => emitter.once(event, resolve));

/** What a call comes to: its value or its error. */
const outcome = (promise) => Promise.resolve(promise).then((value) => ["value", seen(value)], (error) => ["error", seen(error)]);
const outcomes = (promises) => Promise.all(promises.map(outcome));

// Scripts.

const scripts = {
  put: { lua: "return redis.call('SET', KEYS[1], ARGV[1])", numberOfKeys: 1 },
  both: { lua: "return {KEYS[1], KEYS[2], ARGV[1]}", numberOfKeys: 2 },
  loose: { lua: "return {KEYS, ARGV}" },
  look: { lua: "return redis.call('GET', KEYS[1])", numberOfKeys: 1, readOnly: true },
  fail: { lua: "return redis.error_reply('MINE ' .. KEYS[1])", numberOfKeys: 1 },
  wrong: { lua: "return redis.call('LPUSH', KEYS[1], 1)", numberOfKeys: 1 },
  broken: { lua: "return redis.call('GET'", numberOfKeys: 0 },
};

/** What a reader of errors of scripts sees of them in all releases: 7.0 says more of the line than the sentence. */
const kinds = (results) =>
  JSON.parse(JSON.stringify(seen(results)), (key, value) => (key === "message" ? value.replace(/ script: \w+, on .*/, "").replace(/user_script:1: .*/, "user_script:1") : value));

for (const options of [{}, { keyPrefix: "p:" }, { enableAutoPipelining: true }, { protocol: 3 }, { stringNumbers: true }, { showFriendlyErrorStack: true }]) {
  parity(`scripts of the constructor, ${JSON.stringify(options)}`, async (redis) => {
    const singly = [];
    for (const [name, ...args] of [
      ["put", "a", 1], ["look", "a"], ["lookBuffer", "a"], ["both", "a", "b", "c"], ["both", ["a", "b", "c"]], ["loose", 1, "a", "b"],
      ["loose", 0], ["looseBuffer", 1, "a", Buffer.from([255])], ["fail", "a"], ["wrong", "a"], ["broken"], ["put", "a", null],
    ]) {
      singly.push(await outcome(redis[name](...args)));
    }
    const calls = (batch) => batch.put("a", 2).look("a").fail("a").lookBuffer("a").wrong("a").loose(2, "x", "y", "z").get("a").exec();
    const batches = [await calls(redis.pipeline()), await calls(redis.multi())];
    await redis.script("FLUSH");
    batches.push(await calls(redis.pipeline()));
    await redis.script("FLUSH");
    batches.push(await calls(redis.multi()));
    return kinds([singly, batches]);
  }, { scripts, ...options });
}

parity("scripts that are defined anew, and in place of commands", async (redis) => {
  redis.defineCommand("mine", { lua: "return 1", numberOfKeys: 0 });
  const found = [await redis.mine()];
  redis.defineCommand("mine", { lua: "return {2, KEYS[1]}", numberOfKeys: 1 });
  found.push(await redis.mine("k"), await redis.pipeline().mine("k").exec(), await redis.multi().mine("k").exec());
  redis.defineCommand("strlen", { lua: "return 'in its place'", numberOfKeys: 1 });
  found.push(await redis.strlen("k"), await redis.pipeline().strlen("k").exec());
  return found;
});

parity("EVALSHA by hand, and callbacks of scripts", async (redis) => {
  redis.defineCommand("mine", { lua: "return ARGV[1]", numberOfKeys: 0 });
  const sha = await redis.script("LOAD", "return {KEYS[1], 'x'}");
  return [
    sha,
    ...(await outcomes([
      redis.evalsha(sha, 1, "k"),
      redis.evalshaBuffer(sha, 1, "k"),
      redis.evalsha("f".repeat(40), 0),
      redis.script("EXISTS", sha, "f".repeat(40)),
      redis.pipeline().evalsha(sha, 1, "k").evalsha("f".repeat(40), 0).exec(),
      redis.eval("return 1", "x"),
      redis.eval("return 1", 5, "k"),
      redis.eval("return 1", -1),
    ])),
    await callback((done) => redis.mine("x", done)),
    await callback((done) => redis.mineBuffer("x", done)),
    await callback((done) => redis.pipeline().mine("x", done).exec()),
  ];
});

// Calls that are pipelined of themselves.

for (const options of [{}, { protocol: 3 }, { keyPrefix: "p:" }, { stringNumbers: true }, { autoPipeliningIgnoredCommands: ["get"] }]) {
  parity(`autopipelining, ${JSON.stringify(options)}`, async (redis) => {
    const sizes = [redis.autoPipelineQueueSize];
    const order = [];
    const note = (name, promise) => promise.then(() => order.push(name), (error) => order.push(`${name}: ${error.message}`));
    await redis.ping();
    const calls = [
      note("set", redis.set("a", 1)),
      note("get", redis.get("a")),
      note("incr", redis.incr("a")),
      note("wrong", redis.lpush("a", 1)),
      note("short", redis.set("a")),
      note("bytes", redis.getBuffer("a")),
      note("call", redis.call("get", "a")),
    ];
    sizes.push(redis.autoPipelineQueueSize);
    await Promise.all(calls);
    sizes.push(redis.autoPipelineQueueSize);
    const results = await outcomes([
      redis.get("a"),
      redis.mget("a", "b"),
      redis.hset("h", { f: 1 }),
      redis.hgetall("h"),
      redis.multi().incr("a").exec(),
      redis.pipeline().incr("a").lpush("a", 1).exec(),
      redis.eval("return KEYS[1]", 1, "k"),
      redis.lpush("a", 1),
      redis.select(1),
      redis.get("a"),
    ]);
    return [sizes, order.sort(), results, await callback((done) => redis.get("a", done)), await callback((done) => redis.set("a", done))];
  }, { enableAutoPipelining: true, ...options });
}

parity("autopipelining before the handle is ready, and after its end", async (_redis, make) => {
  const one = make({ enableAutoPipelining: true, lazyConnect: true });
  const early = await outcomes([one.set("a", 1), one.get("a"), one.lpush("a", 1)]);
  one.disconnect();
  await told(one, "end");
  return [early, await outcomes([one.get("a"), one.set("b", 1)])];
});

// Streams of scans.

const fill = async (redis, count) => {
  const names = Array.from({ length: count }, (_, i) => `m${i}`);
  await redis.mset(Object.fromEntries(names.map((name) => [name, 1])));
  await redis.sadd("set", names);
  await redis.hset("hash", Object.fromEntries(names.map((name) => [name, name])));
  await redis.zadd("zset", ...names.flatMap((name, i) => [i, name]));
};

/** All that a stream tells: its items in one order, and the names of its events, those that repeat once. */
async function streamed(stream) {
  const items = [];
  const heard = [];
  const hear = (name) => heard.at(-1) !== name && heard.push(name);
  for (const name of ["data", "end", "close", "error", "pause", "resume"]) stream.on(name, () => hear(name));
  stream.on("data", (found) => items.push(...found.map(String)));
  stream.on("error", (error) => heard.push(error.message));
  // One that has failed is not closed.
  await Promise.race([told(stream, "close"), told(stream, "error")]);
  return [items.sort(), heard, stream.destroyed];
}

for (const protocol of [2, 3]) {
  parity(`streams of scans in RESP${protocol}`, async (redis) => {
    await fill(redis, 150);
    await redis.set("text", "x");
    const found = [];
    for (const [name, ...args] of [
      ["scanStream"], ["scanStream", { match: "m1*", count: 7 }], ["scanStream", { type: "set" }], ["scanBufferStream", { match: "m2?" }],
      ["sscanStream", "set"], ["sscanStream", "set", { match: "m1??" }], ["hscanStream", "hash", { count: 1000 }], ["hscanBufferStream", "hash"],
      ["zscanStream", "zset"], ["zscanStream", "none"], ["sscanStream", "text"], ["zscanBufferStream", "text"],
    ]) {
      found.push([name, await streamed(redis[name](...args))]);
    }
    return found;
  }, { protocol });
}

parity("streams of scans that are paused, read by hand, iterated, left and destroyed", async (redis) => {
  await fill(redis, 300);
  const found = [];
  const stream = redis.sscanStream("set", { count: 20 });
  const items = new Set();
  stream.on("data", (part) => {
    part.forEach((item) => items.add(item));
    stream.pause();
    setTimeout(() => stream.resume(), 1);
  });
  await told(stream, "end");
  found.push(items.size);

  const iterated = new Set();
  for await (const part of redis.hscanStream("hash", { count: 50 })) part.forEach((item) => iterated.add(item));
  found.push(iterated.size);

  const left = redis.zscanStream("zset", { count: 10 });
  for await (const part of left) {
    found.push(Array.isArray(part));
    break;
  }
  found.push(left.destroyed);

  const destroyed = redis.scanStream();
  const heard = [];
  for (const name of ["end", "close", "error"]) destroyed.on(name, (error) => heard.push(error ? `${name} ${error.message}` : name));
  destroyed.destroy(new Error("enough"));
  await told(destroyed, "close");
  found.push(heard);

  const ended = redis.sscanStream("set", { count: 5 });
  ended.close();
  found.push(await streamed(ended).then(([items]) => items.length <= 300));
  found.push(await redis.get("m1"));
  return found;
});

parity("a stream of a handle with a prefix, and of one that ends", async (redis, make) => {
  const one = make({ keyPrefix: "p:" });
  await one.sadd("s", "a", "b");
  const found = [await streamed(one.sscanStream("s")), await streamed(one.scanStream({ match: "p:*" }))];
  one.disconnect();
  await told(one, "end");
  found.push(await streamed(one.scanStream()));
  return found;
});

// Subscriber mode.

parity("subscriber mode and its errors", async (redis, make) => {
  const one = make({ protocol: 2 });
  await one.subscribe("c");
  const results = await outcomes([
    one.get("a"),
    one.set("a"),
    one.call("get", "a"),
    one.publish("c", "x"),
    one.select(1),
    one.multi().get("a").exec(),
    one.pipeline().get("a").set("a", 1).exec(),
    one.eval("return 1", 0),
    one.ping(),
    one.psubscribe("c*"),
  ]);
  results.push(await callback((done) => one.get("a", done)), await callback((done) => one.subscribe("d", "e", done)));
  results.push(await callback((done) => one.unsubscribe("d", "e", "none", done)));
  results.push(await outcome(one.punsubscribe("c*")), await outcome(one.unsubscribe("c")), one.mode, await outcome(one.get("a")));
  return results;
});

parity("subscriptions in a pipeline", async (redis, make) => {
  const one = make({ protocol: 2 });
  const heard = [];
  one.on("message", (...parts) => heard.push(parts));
  const results = [await outcome(one.pipeline().subscribe("a").subscribe("b", "c").exec())];
  await redis.publish("b", "x");
  await pause(20);
  results.push(one.mode, await outcome(one.unsubscribe("a", "b", "c")), one.mode);
  return [results, heard];
});

// Monitors.

parity("monitors", async (redis, make) => {
  await redis.select(2);
  const monitor = await redis.monitor();
  const heard = [];
  monitor.on("monitor", (time, args, source, database) => heard.push([/^\d+\.\d{6}$/.test(time), args, typeof source, database]));
  const facts = [monitor.status, monitor.mode, monitor === redis, monitor.options.monitor];
  await redis.set("key", "a \"quoted\" \n value");
  await redis.set(Buffer.from([0, 255]), "é");
  await redis.multi().incr("n").exec();
  await redis.eval("return redis.call('GET', KEYS[1])", 1, "key");
  await redis.auth("secret").catch(() => {});
  await pause(30);
  const refused = await outcomes([monitor.get("a"), monitor.pipeline().get("a").exec(), monitor.subscribe("x")]);
  monitor.disconnect();
  await told(monitor, "end");
  await redis.set("after", 1);
  await pause(10);
  return [facts, heard, refused, monitor.status];
});

parity("a monitor by a callback", async (redis) => {
  const [error, monitor] = await new Promise((resolve) => redis.monitor((...outcome) => resolve(outcome)));
  const heard = told(monitor, "monitor");
  await redis.get("x");
  await heard;
  monitor.disconnect();
  return [error, monitor.status !== undefined];
});

// Stacks, transformers, callbacks.

/** Whether the first line of an error's stack that is a place in a file is in this one. */
const leadsHere = (error) => /at .*?([^/]+\.m?js):\d+:\d+/.exec(error.stack)?.[1] === basename(import.meta.url);

parity("stacks of errors lead to the call", async (redis) => {
  await redis.set("text", "x");
  const errors = [];
  const keep = (error) => errors.push([error.name, leadsHere(error)]);
  await redis.lpush("text", 1).catch(keep);
  await redis.set("text").catch(keep);
  await redis.call("nosuch").catch(keep);
  await redis.eval("return redis.error_reply('x')", 0).catch(keep);
  await redis.pipeline().lpush("text", 1).exec().then(([[error]]) => keep(error));
  await redis.multi().lpush("text", 1).exec().then(([[error]]) => keep(error));
  await redis.multi().set("text").exec().catch(keep);
  await new Promise((resolve) => redis.lpush("text", 1, (error) => resolve(keep(error))));
  return errors;
}, { showFriendlyErrorStack: true });

for (const options of [{ protocol: 2 }, { protocol: 3 }, { protocol: 3, replyMapping: "resp3" }]) {
  parity(`transformers of one's own, ${JSON.stringify(options)}`, async (redis) => {
    const Command = commandOf(redis);
    const kept = ["hgetall", "zrange", "smembers", "mget"];
    Command.setArgumentTransformer("zadd", (args) => (args[1] instanceof Map ? [args[0], ...[...args[1]].flatMap(([member, score]) => [score, member])] : args));
    for (const name of kept) Command.setReplyTransformer(name, (reply) => ({ [name]: seen(reply) }));
    try {
      return await outcomes([
        redis.zadd("z", new Map([["a", 1], ["b", 2.5]])),
        redis.hset("h", { f: "v", g: "w" }),
        redis.sadd("s", "one"),
        redis.hgetall("h"),
        redis.hgetallBuffer("h"),
        redis.zrange("z", 0, -1, "WITHSCORES"),
        redis.smembers("s"),
        redis.mget("h", "none"),
        redis.pipeline().hgetall("h").mget("a").exec(),
        redis.multi().hgetall("h").zrange("z", 0, 0).exec(),
        callback((done) => redis.smembers("s", done)),
      ]);
    } finally {
      // The transformers that ioredis itself has are lost with this: no other test of this file asks for them after.
      for (const name of ["zadd"]) Command.setArgumentTransformer(name, undefined);
    }
  }, options);
}

parity("callbacks are called in the order of the calls, and before what awaits", async (redis) => {
  const order = [];
  await redis.ping();
  const done = new Promise((resolve) => {
    redis.set("a", 1, () => order.push("set"));
    redis.get("a", () => order.push("get"));
    redis.pipeline().get("a", () => order.push("piped")).exec();
    redis.get("a", () => {
      order.push("last");
      resolve();
    });
  });
  await done;
  await pause(5);
  return order;
});
