// The real ioredis over an engine of this process, without a socket.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { Redis as IORedis } from "ioredis";
import Redis, { RedmoonConnector } from "../dist/entry/node.js";

let made = 0;

function handles(t, count, options = {}) {
  const name = `connected-${made++}`;
  const all = Array.from({ length: count }, () => new IORedis({ Connector: RedmoonConnector, name, ...options }));
  const own = new Redis({ name });
  t.after(() => [...all, own].forEach((redis) => redis.disconnect()));
  return [...all, own];
}

test("ioredis and handles of this package share an engine", async (t) => {
  const [redis, own] = handles(t, 1);
  assert.equal(await redis.set("k", "v"), "OK");
  assert.equal(await own.get("k"), "v");
  assert.deepEqual(await redis.getBuffer("k"), Buffer.from("v"));
  assert.equal(await redis.eval("return redis.call('GET', KEYS[1])", 1, "k"), "v");
  await assert.rejects(redis.lpush("k", 1), /^ReplyError: WRONGTYPE/);
});

for (const protocol of [2, 3]) {
  test(`pipelines, transactions, messages, monitors, in RESP${protocol}`, async (t) => {
    const [redis, subscriber, own] = handles(t, 2, { protocol });
    assert.deepEqual(await redis.pipeline().incr("n").incr("n").exec(), [[null, 1], [null, 2]]);
    assert.deepEqual(await redis.multi().incr("n").get("n").exec(), [[null, 3], [null, "3"]]);
    await subscriber.subscribe("news");
    const heard = new Promise((resolve) => subscriber.once("message", (...message) => resolve(message)));
    assert.equal(await own.publish("news", "x"), 1);
    assert.deepEqual(await heard, ["news", "x"]);
    const monitor = await redis.monitor();
    t.after(() => monitor.disconnect());
    const seen = new Promise((resolve) => monitor.once("monitor", (_time, args) => resolve(args)));
    await own.set("seen", "1");
    assert.deepEqual(await seen, ["set", "seen", "1"]);
  });
}

test("a large value and many at once", async (t) => {
  const [redis] = handles(t, 1);
  const large = "x".repeat(3_000_000);
  await redis.set("large", large);
  assert.ok((await redis.get("large")) === large);
  const all = await Promise.all(Array.from({ length: 20_000 }, () => redis.incr("many")));
  assert.deepEqual([all[0], all.at(-1)], [1, 20_000]);
});

test("what blocks holds the connection; one that was killed connects again", async (t) => {
  const [waiter, other, own] = handles(t, 2);
  const popped = waiter.blpop("q", 0);
  const later = waiter.get("behind");
  await other.set("behind", "1");
  await own.rpush("q", "a");
  assert.deepEqual([await popped, await later], [["q", "a"], "1"]);
  const id = await waiter.client("ID");
  const again = new Promise((resolve) => waiter.once("ready", resolve));
  await own.client("KILL", "ID", id);
  await again;
  assert.equal(await waiter.get("behind"), "1");
});

test("QUIT and disconnect end the session, and the handle", async (t) => {
  const [one, two, own] = handles(t, 2);
  await Promise.all([one.ping(), two.ping()]);
  const ended = [one, two].map((redis) => new Promise((resolve) => redis.once("end", resolve)));
  assert.equal(await one.quit(), "OK");
  two.disconnect();
  await Promise.all(ended);
  assert.match(await own.info("clients"), /connected_clients:1\r\n/);
});

test("an open connection keeps the process alive, as a socket does", () => {
  const run = (ending) => {
    const script = `
      import { Redis as IORedis } from "ioredis";
      import { RedmoonConnector } from ${JSON.stringify(new URL("../dist/entry/node.js", import.meta.url).href)};
      const redis = new IORedis({ Connector: RedmoonConnector });
      console.log(await redis.blpop("none", 0.1));
      ${ending}`;
    const { stdout, status, signal } = spawnSync(process.execPath, ["--input-type=module", "--eval", script], {
      cwd: import.meta.dirname, encoding: "utf8", timeout: 3000,
    });
    return [stdout, status, signal];
  };
  assert.deepEqual(run("redis.disconnect();"), ["null\n", 0, null]);
  assert.deepEqual(run(""), ["null\n", null, "SIGTERM"]);
});

test("each connection has an address of its own, by which it is killed alone", async (t) => {
  const [redis, other, own] = handles(t, 2);
  const addresses = (await own.client("LIST")).match(/(?<= addr=)\S+/g);
  assert.equal(new Set(addresses).size, addresses.length);
  const address = / addr=(\S+)/.exec(await redis.client("INFO"))[1];
  const lost = new Promise((resolve) => redis.once("close", resolve));
  assert.equal(await other.client("KILL", "ADDR", address), 1);
  await lost;
  assert.equal(await redis.ping(), "PONG");
});

test("the reply to QUIT is heard before the end", async (t) => {
  const [redis] = handles(t, 1, { protocol: 2 });
  const heard = [];
  await redis.subscribe("news");
  const ended = new Promise((resolve) => redis.once("end", resolve));
  redis.on("end", () => heard.push("end"));
  redis.quit(() => heard.push("quit"));
  await ended;
  assert.deepEqual(heard, ["quit", "end"]);
});

test("a connection that is given up in the midst of its replies is made again", async (t) => {
  const reconnectOnError = () => own.sync.del("s") >= 0 && 2;
  const [redis, own] = handles(t, 1, { reconnectOnError });
  await Promise.all([redis.ping(), own.set("s", "text")]);
  assert.deepEqual(await Promise.all([redis.lpush("s", "x"), redis.llen("s"), redis.echo("later")]), [1, 1, "later"]);
});
