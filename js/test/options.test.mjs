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
