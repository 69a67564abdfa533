// The same calls on the real ioredis with a real redis-server, and on this package: results, errors and events equal.

import { callback, commandOf, parity, seen } from "./sides.mjs";

parity("strings, numbers, bytes and nothing at all as arguments", (redis) => [
  redis.set("a", 1),
  redis.set("b", Buffer.from([0, 255, 10, 13])),
  redis.set("c", -0),
  redis.set("d", 1e21),
  redis.set("e", 2 ** 60),
  redis.set("f", 0.1),
  redis.set("g", null),
  redis.set("h", undefined),
  redis.set("i", true),
  redis.set("j", { toString: () => "object" }),
  redis.set(1, "number as key"),
  redis.set("long", "é".repeat(5000)),
  redis.mget("a", "c", "d", "e", "f", "g", "h", "i", "j", "1", "nothing"),
  redis.getBuffer("b"),
  redis.get("b"),
  redis.get("long"),
  redis.getBuffer("nothing"),
]);

parity("lists among the arguments are laid out", (redis) => [
  redis.mset(["a", "1", "b", "2"]),
  redis.mget(["a", "b"]),
  redis.mget("a", ["b", "c"]),
  redis.del(["a"], "b"),
  redis.rpush("l", [1, 2], 3, [[4, 5]]),
  redis.lrange("l", 0, -1),
  redis.zadd("z", [1, "x", 2, "y"]),
  redis.zrange("z", 0, -1, "WITHSCORES"),
  redis.eval("return {KEYS, ARGV}", 2, ["k1", "k2"], ["a", ["b"]]),
]);

parity("objects and Maps where ioredis takes them", (redis) => [
  redis.mset({ a: 1, b: "two" }),
  redis.mset(new Map([["c", 3], [4, "d"]])),
  redis.msetnx({ e: null }),
  redis.mget("a", "b", "c", "4", "e"),
  redis.mset("x", { toString: () => "y" }),
  redis.mset([]),
  redis.mset({}),
  redis.hset("h", { f: 1, g: "x" }),
  redis.hmset("h", new Map([["m", 2]])),
  redis.hset("h", "n", 1, "o", 2),
  redis.hset("h", {}),
  redis.hgetall("h"),
  redis.hgetall("nothing"),
  redis.hgetallBuffer("h"),
]);

parity("names of fields that objects have already", (redis) => [
  redis.hset("h", "__proto__", 1, "constructor", 2, "toString", 3),
  redis.hgetall("h").then((hash) => [Object.keys(hash), Object.getPrototypeOf(hash) === Object.prototype]),
]);

parity("errors say which command they answer", (redis) => [
  redis.set("a"),
  redis.get("a", "b"),
  redis.call("nosuch", "x", 1),
  redis.set("s", "text"),
  redis.lpush("s", 1),
  redis.incr("s"),
  redis.hset("s", { a: 1 }),
  redis.eval("return redis.error_reply('MINE sentence')", 0),
  redis.getBuffer("a", Buffer.from("b")),
]);

parity("call and callBuffer", (redis) => [
  redis.call("SET", "a", "1"),
  redis.call("set", ["b", "2"]),
  redis.call("GET", "a"),
  redis.callBuffer("get", "a"),
  redis.call("HSET", "h", "f", "v"),
  redis.call("HGETALL", "h"),
  redis.call("hgetall", "h"),
  redis.call("hset", "g", { f: 1 }),
  redis.send_command("get", "b"),
]);

parity("callbacks", (redis) => [
  callback((done) => redis.set("a", 1, done)),
  callback((done) => redis.get("a", done)),
  callback((done) => redis.getBuffer("a", done)),
  callback((done) => redis.set("a", done)),
  callback((done) => redis.call("get", "a", done)),
  callback((done) => redis.hset("h", { a: 1 }, done)),
  callback((done) => redis.multi().get("a").exec(done)),
  callback((done) => redis.pipeline().get("a").exec(done)),
]);

parity("stringNumbers", (redis) => [redis.incr("a"), redis.strlen("a"), redis.zadd("z", 1.5, "m"), redis.zscore("z", "m"), redis.exists("a", "b")], {
  stringNumbers: true,
});

for (const options of [{ protocol: 2 }, { protocol: 3 }, { protocol: 3, replyMapping: "resp3" }]) {
  const title = `replies of ${JSON.stringify(options)}`;
  parity(`${title}: sorted sets`, (redis) => [
    redis.zadd("z", 1, "a", 2.5, "b", "+inf", "c"),
    redis.zadd("y", 1, "a"),
    redis.zrange("z", 0, -1, "WITHSCORES"),
    redis.zrangeBuffer("z", 0, -1, "WITHSCORES"),
    redis.zrange("z", 0, -1),
    redis.zrevrange("z", 0, 0, "WITHSCORES"),
    redis.zrangebyscore("z", 1, 2, "WITHSCORES"),
    redis.zscore("z", "b"),
    redis.zscoreBuffer("z", "b"),
    redis.zmscore("z", "a", "x", "c"),
    redis.zincrby("z", 1, "a"),
    redis.zadd("z", "INCR", 1, "a"),
    redis.zinter(2, "z", "y", "WITHSCORES"),
    redis.zdiff(2, "z", "y", "WITHSCORES"),
    redis.zrandmember("y", 1, "WITHSCORES"),
    redis.zpopmin("z"),
    redis.zpopmax("z", 2),
    redis.zmpop(1, "y", "MIN"),
    redis.zscan("y", 0),
  ], options);
  parity(`${title}: hashes and sets`, (redis) => [
    redis.hset("h", "f", "1"),
    redis.hgetall("h"),
    redis.hgetallBuffer("h"),
    redis.hrandfield("h", 1, "WITHVALUES"),
    redis.hincrbyfloat("h", "f", 0.5),
    redis.hscan("h", 0),
    redis.hmget("h", "f", "x"),
    redis.sadd("s", 1),
    redis.smembers("s"),
    redis.smismember("s", 1, 2),
    redis.spop("s", 5),
  ], options);
  parity(`${title}: scripts`, (redis) => [
    redis.eval("return {1, 2.7, 'x', false, true, {ok = 'fine'}, nil, 3}", 0),
    redis.eval("return {{1, {2}}, {}}", 0),
    redis.evalBuffer("return {'x', 1}", 0),
    redis.eval("redis.setresp(3); return {map = {a = 1}}", 0),
    redis.eval("redis.setresp(3); return {double = 1.5}", 0),
    redis.eval("redis.setresp(3); return true", 0),
    redis.eval("return nil", 0),
  ], options);
}

const swap = {
  lua: "if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('SET', KEYS[1], ARGV[2]) return 1 end return 0",
  numberOfKeys: 1,
};

parity("commands that scripts define", (redis) => {
  redis.defineCommand("swap", swap);
  redis.defineCommand("loose", { lua: "return {#KEYS, #ARGV, ARGV[1]}" });
  return [
    redis.swap("k", "a", "b"),
    redis.set("k", "a"),
    redis.swap("k", "a", "b"),
    redis.swap(["k", "b"], "c"),
    redis.get("k"),
    redis.loose(1, "k", "x"),
    redis.looseBuffer(0, "x"),
    redis.loose(3, "k"),
    callback((done) => redis.swap("k", "c", "d", done)),
    redis.script("FLUSH"),
    redis.swap("k", "d", "e"),
    redis.pipeline().swap("k", "e", "f").loose(0).exec(),
  ];
});

parity("a transaction does not send a script again that the server forgot", async (redis) => {
  redis.defineCommand("swap", swap);
  const swaps = () => redis.multi().swap("k", "a", "b").swap("k", "b", "c").get("k").exec();
  const first = await redis.set("k", "a").then(swaps);
  await redis.script("FLUSH");
  return [first, await swaps(), await redis.swap("k", "c", "a"), await swaps()];
});

parity("scripts given to the constructor", (redis) => redis.swap("k", "a", "b"), { scripts: { swap } });

parity("pipelines", (redis) => {
  const pipeline = redis.pipeline();
  pipeline.set("a", 1).get("a").incr("a").hset("h", { x: 1 }).hgetall("h").getBuffer("a").call("get", "a").lpush("a", 1).get("a", "b");
  return [
    Promise.resolve(pipeline.length),
    pipeline.exec(),
    redis.pipeline().exec(),
    redis.pipeline([["set", "b", "2"], ["get", "b"]]).exec(),
    callback((done) => redis.pipeline().get("b", done).exec()),
    redis.pipeline().multi().set("c", 1).hgetall("h").exec().exec(),
  ];
});

parity("transactions", (redis) => [
  redis.multi().set("a", 1).get("a").hset("h", { f: 1 }).hgetall("h").getBuffer("a").exec(),
  redis.multi([["set", "b", 2], ["get", "b"]]).exec(),
  redis.multi().set("s", "x").lpush("s", 1).get("s").exec(),
  redis.multi().set("a").get("a").exec(),
  redis.multi().exec(),
  redis.multi({ pipeline: false }),
  redis.set("x", 1),
  redis.hgetall("h"),
  redis.exec(),
  redis.exec(),
  redis.discard(),
]);

parity("watch", async (redis, make) => {
  const other = make({});
  await redis.set("w", 1);
  await redis.watch("w");
  await other.set("w", 2);
  const lost = await redis.multi().set("w", 3).exec();
  await redis.watch("w");
  const won = await redis.multi().set("w", 4).get("w").exec();
  await other.quit();
  return [lost, won];
});

parity("keyPrefix", (redis, make) => [
  redis.set("a", 1),
  redis.mset({ b: 2, c: 3 }),
  redis.mget("a", "b", "c"),
  redis.del("b", Buffer.from("c")),
  redis.eval("return KEYS", 1, "k", "v"),
  redis.zadd("z1", 1, "m"),
  redis.zunionstore("z3", 2, "z1", "z2"),
  redis.rename("a", "d"),
  redis.pipeline().get("d").set("e", 1).exec(),
  redis.multi().get("d").exec(),
  (async () => {
    await redis.get("d");
    const plain = make({});
    const keys = (await plain.keys("*")).sort();
    plain.disconnect();
    return keys;
  })(),
], { keyPrefix: "app:" });

for (const protocol of [2, 3]) {
  parity(`a password that nobody asked for, protocol ${protocol}`, (redis) => redis.set("a", 1), { protocol, password: "secret" });
}

parity("commands made by hand", (redis) => {
  const Command = commandOf(redis);
  return [
    redis.sendCommand(new Command("set", ["a", 1])),
    redis.sendCommand(new Command("get", ["a"])),
    redis.sendCommand(new Command("get", ["a"], { replyEncoding: "utf8" })),
    callback((done) => redis.sendCommand(new Command("get", ["a"], { replyEncoding: "utf8" }, done))),
    redis.sendCommand(new Command("lpush", [["l", 1], 2], { replyEncoding: "utf8" })),
    redis.sendCommand(new Command("get", ["l"])),
  ];
});

parity("commands that the list does not have", (redis) => {
  redis.addBuiltinCommand("nosuch");
  return [redis.nosuch("x"), redis.nosuchBuffer(1), redis.pipeline().nosuch("x").exec()];
});

parity("transformers of one's own", async (redis) => {
  const Command = commandOf(redis);
  Command.setArgumentTransformer("setrange", (args) => [args[0], 0, ...args.slice(2)]);
  Command.setReplyTransformer("getrange", (reply) => `<${reply}>`);
  const results = [
    await redis.setrange("a", 5, "xyz"),
    await redis.getrange("a", 0, -1),
    await redis.getrangeBuffer("a", 0, -1),
    await redis.multi().getrange("a", 0, 0).exec(),
  ];
  Command.setArgumentTransformer("setrange", undefined);
  Command.setReplyTransformer("getrange", undefined);
  return results;
});

parity("databases", async (redis, make) => {
  const selected = [];
  redis.on("select", (db) => selected.push(db));
  await redis.set("k", 0);
  await redis.select(3);
  const empty = await redis.get("k");
  await redis.set("k", 3);
  const third = make({ db: 3 });
  const value = await third.get("k");
  third.disconnect();
  const refused = await redis.select("x").catch(seen);
  return [selected, empty, value, refused];
});

parity("a handle's life, event by event", async (_redis, make) => {
  const events = [];
  const watch = (redis) => {
    for (const name of ["connecting", "connect", "ready", "close", "end", "reconnecting", "error"]) {
      redis.on(name, () => events.push(`${name}:${redis.status}`));
    }
    return redis;
  };
  const redis = watch(make({}));
  events.push(redis.status);
  const first = redis.set("queued", 1).then((value) => events.push(`set ${value}`));
  await new Promise((resolve) => redis.once("ready", resolve));
  await first;
  events.push(`connect again: ${await redis.connect().catch((error) => error.message)}`);
  const ended = new Promise((resolve) => redis.once("end", resolve));
  events.push(`quit ${await redis.quit()}`);
  await ended;
  events.push(await redis.get("queued").catch((error) => `${error.name} ${error.message}`));
  return events;
});

parity("a lazy handle waits for its first command", async (_redis, make) => {
  const redis = make({ lazyConnect: true });
  const before = redis.status;
  await redis.set("a", 1);
  const ready = redis.status;
  redis.disconnect();
  const never = make({ lazyConnect: true });
  const ended = new Promise((resolve) => never.once("end", resolve));
  never.disconnect();
  await ended;
  return [before, ready, never.status];
});

parity("quit before the handle is ready", async (_redis, make) => {
  const redis = make({});
  const outcome = await Promise.allSettled([redis.quit(), redis.get("a")]);
  return outcome.map(({ status, value, reason }) => [status, value, reason?.message]);
});

parity("without a queue, commands before ready are refused", async (_redis, make) => {
  const redis = make({ enableOfflineQueue: false });
  const refused = await redis.get("a").catch((error) => error.message);
  redis.disconnect();
  return refused;
});

parity("duplicates share data and not their session", async (redis) => {
  await redis.select(2);
  await redis.set("k", "two");
  const twin = redis.duplicate({ db: 2 });
  const value = await twin.get("k");
  twin.disconnect();
  return [value, twin.options.db];
});

parity("commands without awaiting run in order", (redis) => {
  const order = [];
  const note = (name) => () => order.push(name);
  return Promise.all([
    redis.set("a", 1).then(note("set")),
    redis.get("a").then(note("get")),
    redis.pipeline().get("a").exec().then(note("pipeline")),
    redis.incr("a").then(note("incr")),
    redis.multi().get("a").exec().then(note("multi")),
    redis.get("a").then(note("last")),
  ]).then(() => order.filter((name) => !["pipeline", "multi"].includes(name)));
});
