// Commands that wait, and what a handle hears without having asked.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import Redis from "../dist/entry/node.js";

let made = 0;

/** Handles on an engine of their own, closed when the test is over. */
function handles(t, count, options = {}) {
  const name = `waiting-${made++}`;
  const all = Array.from({ length: count }, () => new Redis({ name, ...options }));
  t.after(() => all.forEach((redis) => redis.disconnect()));
  return all;
}

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

test("a blocking command holds its handle and no other", async (t) => {
  const [waiter, other] = handles(t, 2);
  const order = [];
  const popped = waiter.blpop("q", 0).then((reply) => (order.push("blpop"), reply));
  const got = waiter.get("key").then((value) => (order.push("get"), value));
  await other.set("key", "value");
  assert.deepEqual(order, []);
  await other.rpush("q", "a");
  assert.deepEqual(await popped, ["q", "a"]);
  assert.equal(await got, "value");
  assert.deepEqual(order, ["blpop", "get"]);
});

test("timeouts end by the clock", async (t) => {
  const [redis] = handles(t, 1);
  const start = Date.now();
  assert.equal(await redis.blpop("none", 0.05), null);
  assert.equal(await redis.bzpopmin("none", 0.05), null);
  assert.ok(Date.now() - start >= 98);
});

test("replies that come later have the forms of those that come at once", async (t) => {
  const [waiter, other] = handles(t, 2);
  const popped = waiter.blpopBuffer("q", 0);
  await other.rpush("q", Buffer.from([0xff]));
  assert.deepEqual(await popped, [Buffer.from("q"), Buffer.from([0xff])]);
  const wrong = assert.rejects(waiter.blmove("from", "to", "LEFT", "LEFT", 0), /^ReplyError: WRONGTYPE/);
  await other.set("to", "a string");
  await other.rpush("from", "a");
  await wrong;
});

test("pipelines and transactions wait where they stand", async (t) => {
  const [waiter, other] = handles(t, 2);
  const results = waiter.pipeline().set("a", 1).blpop("q", 0).get("a").exec();
  const later = waiter.get("a");
  await pause(5);
  await other.set("a", 2);
  await other.rpush("q", "x");
  assert.deepEqual(await results, [[null, "OK"], [null, ["q", "x"]], [null, "2"]]);
  assert.equal(await later, "2");
  assert.deepEqual(await waiter.multi().blpop("q", 0).exec(), [[null, null]]);
});

test("disconnect frees who waits; a connection that was killed asks again", async (t) => {
  const [waiter, killed, other] = handles(t, 3);
  const given = assert.rejects(waiter.blpop("q", 0), /Connection is closed/);
  setTimeout(() => waiter.disconnect(), 5);
  await given;
  const id = await killed.client("ID");
  const popped = killed.brpop("q", 0);
  assert.equal(await other.client("KILL", "ID", id), 1);
  await pause(150);
  await other.rpush("q", "a");
  assert.deepEqual(await popped, ["q", "a"]);
});

test("a process lives while somebody waits, and ends when nobody does", () => {
  const program = (code) => {
    const entry = new URL("../dist/entry/node.js", import.meta.url);
    const source = `import Redis from ${JSON.stringify(entry.href)}; const redis = new Redis(); ${code}`;
    return spawnSync(process.execPath, ["--input-type=module", "-e", source], { encoding: "utf8", timeout: 20_000 });
  };
  assert.equal(program("redis.blpop('q', 0.3).then(console.log)").stdout, "null\n");
  assert.equal(program("await redis.set('a', 1, 'EX', 1000); console.log('done')").stdout, "done\n");
});

for (const protocol of [2, 3]) {
  test(`messages come as events, in RESP${protocol}`, async (t) => {
    const [subscriber, publisher] = handles(t, 2, { protocol });
    const heard = [];
    for (const event of ["message", "messageBuffer", "pmessage", "pmessageBuffer", "smessage", "smessageBuffer"]) {
      subscriber.on(event, (...args) => heard.push([event, ...args]));
    }
    assert.equal(subscriber.mode, "normal");
    assert.equal(await subscriber.subscribe("news", "weather"), 2);
    assert.equal(await subscriber.psubscribe("n*"), 3);
    assert.equal(await subscriber.ssubscribe("shard"), 1);
    assert.equal(subscriber.mode, protocol === 2 ? "subscriber" : "normal");
    assert.equal(await publisher.publish("news", "hello"), 2);
    assert.equal(await publisher.spublish("shard", "s"), 1);
    await pause(1);
    const [news, hello] = [Buffer.from("news"), Buffer.from("hello")];
    assert.deepEqual(heard, [
      ["message", "news", "hello"],
      ["messageBuffer", news, hello],
      ["pmessage", "n*", "news", "hello"],
      ["pmessageBuffer", "n*", news, hello],
      ["smessage", "shard", "s"],
      ["smessageBuffer", Buffer.from("shard"), Buffer.from("s")],
    ]);
    const attempt = subscriber.get("key");
    if (protocol === 2) await assert.rejects(attempt, /Connection in subscriber mode, only subscriber commands may be used/);
    else assert.equal(await attempt, null);
    assert.equal(await subscriber.unsubscribe(), 1);
    assert.equal(await subscriber.sunsubscribe(), 0);
  });
}

test("subscriptions come back with the connection", async (t) => {
  const [subscriber, publisher] = handles(t, 2);
  const id = await subscriber.client("ID");
  await subscriber.subscribe("news");
  await publisher.client("KILL", "ID", id);
  await pause(150);
  const message = new Promise((resolve) => subscriber.once("message", (...args) => resolve(args)));
  assert.equal(await publisher.publish("news", "again"), 1);
  assert.deepEqual(await message, ["news", "again"]);
});

test("a monitor sees every call", async (t) => {
  const [redis] = handles(t, 1);
  const monitor = await redis.monitor();
  t.after(() => monitor.disconnect());
  const seen = new Promise((resolve) => monitor.once("monitor", (time, args, source, db) => resolve([args, db])));
  await redis.set("key", 'a "value"');
  assert.deepEqual(await seen, [["set", "key", 'a "value"'], "0"]);
});

test("a handle that connects while clients are paused waits until they go on", async (t) => {
  const [redis] = handles(t, 1);
  await redis.client("PAUSE", 150, "ALL");
  const others = [{}, { db: 2, connectionName: "late" }, { protocol: 2 }].map((options) => redis.duplicate(options));
  t.after(() => others.forEach((handle) => handle.disconnect()));
  const statuses = () => others.map(({ status }) => status);
  await pause(10);
  assert.ok(statuses().every((status) => status === "connect"), String(statuses()));
  const pinged = Promise.all(others.map((handle) => handle.ping()));
  const leaving = redis.duplicate();
  const refused = assert.rejects(leaving.ping(), /Connection is closed/);
  await pause(5);
  leaving.disconnect();
  await refused;
  assert.deepEqual(await pinged, ["PONG", "PONG", "PONG"]);
  assert.match(await others[1].client("INFO"), /name=late .*db=2 /);
});
