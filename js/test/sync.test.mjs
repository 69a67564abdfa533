// `redis.sync`: the commands answered at once.

import assert from "node:assert/strict";
import { test } from "node:test";
import Redis from "../dist/entry/node.js";

let names = 0;
const fresh = async (options) => {
  const redis = new Redis({ name: `sync-${++names}`, ...options });
  await redis.ping();
  return redis;
};

test("a command answers at once what awaiting it would", async () => {
  const redis = await fresh();
  assert.equal(redis.sync.set("a", 1), "OK");
  assert.equal(redis.sync.get("a"), "1");
  assert.equal(redis.sync.incr("a"), 2);
  assert.equal(redis.sync.get("none"), null);
  assert.equal(redis.sync.hset("h", { b: 1, c: "é" }), 2);
  assert.deepEqual(redis.sync.hgetall("h"), await redis.hgetall("h"));
  assert.deepEqual(redis.sync.getBuffer("a"), Buffer.from("2"));
  assert.deepEqual(redis.sync.mget(["a", "none"]), ["2", null]);
  assert.deepEqual(redis.sync.call("LPUSH", "l", "x", "y"), 2);
  assert.deepEqual(redis.sync.lrange("l", 0, -1), ["y", "x"]);
  assert.equal(await redis.get("a"), "2");
});

test("errors are thrown with the command that they answer", async () => {
  const redis = await fresh();
  redis.sync.set("a", "text");
  for (const call of [() => redis.sync.lpush("a", "x"), () => redis.sync.call("lpush", "a", "x")]) {
    assert.throws(call, (error) => {
      assert.equal(error.name, "ReplyError");
      assert.match(error.message, /^WRONGTYPE/);
      assert.deepEqual(error.command, { name: "lpush", args: ["a", "x"] });
      return true;
    });
  }
});

test("the session is the handle's own", async () => {
  const redis = await fresh({ keyPrefix: "p:" });
  redis.sync.set("a", 1);
  assert.deepEqual(redis.sync.keys("*"), ["p:a"]);
  redis.sync.select(3);
  assert.equal(await redis.dbsize(), 0);
  assert.equal(redis.sync.multi(), "OK");
  assert.equal(redis.sync.set("b", 2), "QUEUED");
  assert.equal(redis.sync.incr("b"), "QUEUED");
  assert.deepEqual(redis.sync.exec(), [
    [null, "OK"],
    [null, 3],
  ]);
});

test("scripts are there, whenever they were defined", async () => {
  const redis = await fresh();
  redis.defineCommand("early", { numberOfKeys: 1, lua: "return KEYS[1]" });
  assert.equal(redis.sync.early("k"), "k");
  redis.defineCommand("late", { numberOfKeys: 0, lua: "return {1, ARGV[1]}" });
  assert.deepEqual(redis.sync.late("x"), [1, "x"]);
  redis.sync.script("FLUSH");
  assert.deepEqual(redis.sync.lateBuffer("x"), [1, Buffer.from("x")]);
});

test("a handle that is not ready says so", async () => {
  const redis = new Redis({ name: `sync-${++names}`, lazyConnect: true });
  assert.throws(() => redis.sync.get("a"), /only when the handle is ready \(now: wait\)/);
  await redis.connect();
  assert.equal(redis.sync.get("a"), null);
  redis.disconnect();
  assert.throws(() => redis.sync.get("a"), /closed|ready/);
});
