// Options of a handle that ioredis has and redis-server 7.0 has no use for, and those whose time is all that matters.

import assert from "node:assert/strict";
import { test } from "node:test";
import Redis from "../dist/entry/node.js";
import { parity } from "./sides.mjs";

let made = 0;

function handle(t, options) {
  const redis = new Redis({ name: `options-${made++}`, ...options });
  t.after(() => redis.disconnect());
  return redis;
}

test("fieldsets of HIMPORT are prepared by each connection, and once more where one is missed", async (t) => {
  const fields = ["a", Buffer.from("b")];
  const redis = handle(t, { himportFieldsets: [{ name: "pair", fields }] });
  fields[0] = "changed";
  assert.equal(await redis.himport("SET", "k1", "pair", "1", "2"), "OK");
  await redis.himport("DISCARD", "pair");
  assert.deepEqual(await redis.pipeline().himportBuffer("SET", "k2", Buffer.from("pair"), "3", "4").exec(), [[null, Buffer.from("OK")]]);
  await redis.reset();
  assert.equal(await redis.himport("SET", "k3", "pair", "5", "6"), "OK");
  assert.deepEqual(await redis.hgetall("k3"), { a: "5", b: "6" });
  await assert.rejects(redis.himport("SET", "k4", "other", "7"), /no such fieldset/);
  const heard = [];
  const wrong = handle(t, { himportFieldsets: [{ name: "twice", fields: ["a", "a"] }] });
  wrong.on("error", (error) => heard.push(error.message));
  await assert.rejects(wrong.himport("SET", "k5", "twice", "1", "2"), /duplicate field name/);
  assert.deepEqual(heard, ["ERR duplicate field name in fieldset"]);
  for (const himportFieldsets of [{}, [null], [{ name: 1, fields: [] }], [{ name: "x", fields: [] }, { name: Buffer.from("x"), fields: [] }]]) {
    assert.throws(() => handle(t, { himportFieldsets }), TypeError);
  }
});

test("a handle says who it is, unless it is not to", async (t) => {
  const info = async (options) => Object.fromEntries((await handle(t, options).client("INFO")).trim().split(" ").map((part) => part.split("=")));
  const named = await info({ clientInfoTag: "mine", connectionName: "tests", db: 3 });
  assert.deepEqual([named["lib-name"], named.name, named.db], ["redmoon(mine)", "tests", "3"]);
  assert.match(named["lib-ver"], /^\d+\.\d+\.\d+/);
  assert.equal((await info({}))["lib-name"], "redmoon");
  const silent = await info({ disableClientInfo: true });
  assert.deepEqual([silent["lib-name"], silent["lib-ver"]], ["", ""]);
  const back = handle(t, { clientInfoTag: "back", retryStrategy: () => 1 });
  await back.ping();
  back.disconnect(true);
  assert.match(await back.client("INFO"), /lib-name=redmoon\(back\)/);
});

test("options of a connection that is none are taken without effect", async (t) => {
  const redis = handle(t, {
    connectTimeout: 1, keepAlive: 1, noDelay: false, family: 6, maxRetriesPerRequest: null, maxLoadingRetryTime: 1, socketTimeout: 1, enableReadyCheck: false,
    readOnly: true, connectionName: "x", retryStrategy: null, autoResendUnfulfilledCommands: false,
  });
  assert.equal(await redis.set("a", 1), "OK");
  await new Promise((resolve) => setTimeout(resolve, 20));
  assert.deepEqual([await redis.get("a"), redis.status], ["1", "ready"]);
});

parity("without autoResubscribe a connection that comes back hears nothing", async (redis, make) => {
  const found = [];
  for (const autoResubscribe of [true, false]) {
    const one = make({ autoResubscribe, retryStrategy: () => 5 });
    const heard = [];
    one.on("message", (...parts) => heard.push(parts));
    one.on("pmessage", (...parts) => heard.push(parts));
    await one.subscribe("a", "b");
    await one.psubscribe("a*");
    one.disconnect(true);
    await new Promise((resolve) => one.once("ready", resolve));
    await new Promise((resolve) => setTimeout(resolve, 20));
    const told = await redis.publish("a", "x");
    await new Promise((resolve) => setTimeout(resolve, 20));
    found.push([told, heard, one.mode]);
  }
  return found;
});

for (const keyPrefix of ["p:", Buffer.from("p:")]) {
  parity(`keys of every kind have the prefix ${JSON.stringify(keyPrefix)}`, async (redis, make) => {
    const results = await Promise.allSettled([
      redis.set("a", 1),
      redis.set(Buffer.from([0, 254]), 2),
      redis.set(7, "number"),
      redis.mset(new Map([["m", 1], ["n", 2]])),
      redis.mget("a", Buffer.from([0, 254]), 7, ["m", "n"]),
      redis.rpush("l", 2, 1),
      redis.mset({ w1: 5, w2: 4, o1: "x", o2: "y" }),
      redis.sort("l", "BY", "w*", "GET", "o*", "GET", "#", "STORE", "sorted"),
      redis.lrange("sorted", 0, -1),
      redis.xadd("s", "1-1", "f", "v"),
      redis.xread("COUNT", 1, "STREAMS", "s", "s", 0, 0),
      redis.xgroup("CREATE", "s", "g", 0),
      redis.xreadgroup("GROUP", "g", "c", "STREAMS", "s", ">"),
      redis.zadd("z1", 1, "m"),
      redis.zunionstore("z3", 2, "z1", "z2", "WEIGHTS", 2, 3),
      redis.georadius("geo", 1, 1, 1, "km", "STORE", "near"),
      redis.object("ENCODING", "a"),
      redis.memory("USAGE", "none"),
      redis.bitop("AND", "band", "a", "m"),
      redis.eval("return KEYS[1]", 1, "k"),
      redis.lmpop(2, "l", "none", "LEFT"),
      redis.multi().get("a").del("m", "n").exec(),
      redis.pipeline().call("get", "a").callBuffer("get", "a").exec(),
    ]);
    const keys = await make({}).keysBuffer("*");
    return [results, keys.map((key) => key.toString("hex")).sort()];
  }, { keyPrefix });
}

parity("each command of a pipeline has commandTimeout's time", (redis) => [
  redis.ping().then(() => redis.pipeline().set("a", 1).blpop("nothing", 0.2).get("a").exec()),
], { commandTimeout: 60 });

parity("with blockingTimeout nothing blocks without end", async (redis, make) => {
  const results = [];
  for (const [name, ...args] of [["blpop", "l", 0], ["blmpop", 0, 1, "l", "LEFT"], ["xread", "BLOCK", 0, "STREAMS", "s", "$"]]) {
    const one = make({ blockingTimeout: 40 });
    results.push(await one[name](...args));
    one.disconnect();
  }
  const one = make({ blockingTimeout: 40 });
  await one.ping();
  const popped = one.blpop("l", 5);
  await new Promise((resolve) => setTimeout(resolve, 80));
  await redis.rpush("l", "x");
  results.push(await popped);
  one.disconnect();
  return results;
});

parity("a field may have the name of a read-only property of all objects", async (redis) => {
  Object.defineProperty(Object.prototype, "reserved", { value: 1, configurable: true });
  try {
    await redis.hset("h", "reserved", "mine", "x", "1");
    return Object.entries(await redis.hgetall("h"));
  } finally {
    delete Object.prototype.reserved;
  }
});
