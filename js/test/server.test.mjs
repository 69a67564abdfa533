// Commands whose replies speak of the server itself, which no two servers answer alike: what they look like here.

import assert from "node:assert/strict";
import { test } from "node:test";
import Redis from "../dist/entry/node.js";

let made = 0;

function handle(t, options) {
  const redis = new Redis({ name: `server-${made++}`, ...options });
  t.after(() => redis.disconnect());
  return redis;
}

test("INFO is text, whole and by its sections", async (t) => {
  const redis = handle(t);
  const info = await redis.info();
  assert.match(info, /^# Server\r\nredis_version:\d+\.\d+\.\d+\r\n/);
  await redis.set("a", 1);
  assert.equal(await redis.info("keyspace"), "# Keyspace\r\ndb0:keys=1,expires=0,avg_ttl=0,subexpiry=0\r\n");
  assert.equal(await redis.info("nosuch"), "");
  assert.match(await redis.info("server", "clients"), /# Server[^]*# Clients/);
  assert.ok(Buffer.isBuffer(await redis.infoBuffer()));
});

test("TIME, LASTSAVE and LOLWUT", async (t) => {
  const redis = handle(t);
  const [seconds, microseconds] = await redis.time();
  const time = Number(seconds) * 1000 + Number(microseconds) / 1000;
  assert.ok(Math.abs(Date.now() - time) < 5000, `it is ${time}`);
  assert.ok(Number.isInteger(await redis.lastsave()));
  assert.match(await redis.lolwut(), /Redis ver\. /);
  assert.match(await redis.lolwut("VERSION", 5, 2, 2, 2), /Redis ver\. /);
});

for (const protocol of [2, 3]) {
  test(`HELLO in RESP${protocol}`, async (t) => {
    const redis = handle(t, { protocol, replyMapping: protocol === 3 ? "resp3" : "legacy" });
    const told = await redis.hello();
    const facts = Array.isArray(told) ? Object.fromEntries(Array.from({ length: told.length / 2 }, (_, i) => told.slice(2 * i, 2 * i + 2))) : told;
    assert.deepEqual([facts.server, facts.proto, facts.mode, facts.role], ["redis", protocol, "standalone", "master"]);
    assert.ok(Number.isInteger(facts.id));
  });
}

test("what DUMP gives can be restored, as bytes", async (t) => {
  const redis = handle(t);
  await redis.rpush("list", "a", Buffer.from([0, 255]), 3);
  await redis.hset("hash", { f: "v", g: "w" });
  await redis.zadd("zset", 1.5, "m", "-inf", "n");
  await redis.sadd("set", 1, 2, "x");
  await redis.xadd("stream", "1-1", "f", "v");
  await redis.set("text", Buffer.from([1, 2, 255]));
  for (const key of ["list", "hash", "zset", "set", "stream", "text"]) {
    const dumped = await redis.dumpBuffer(key);
    assert.ok(Buffer.isBuffer(dumped));
    assert.equal(await redis.restore(`${key}2`, 0, dumped), "OK");
    assert.deepEqual(await redis.dumpBuffer(`${key}2`), dumped);
    await assert.rejects(redis.restore(key, 0, dumped), { message: "BUSYKEY Target key name already exists." });
    dumped[dumped.length - 1] ^= 1;
    await assert.rejects(redis.restore("wrong", 0, dumped), { message: "ERR DUMP payload version or checksum are wrong" });
  }
  assert.equal(await redis.dump("none"), null);
  assert.deepEqual(await redis.lrangeBuffer("list2", 0, -1), [Buffer.from("a"), Buffer.from([0, 255]), Buffer.from("3")]);
  assert.equal(await redis.restore("text", 60_000, await redis.dumpBuffer("hash"), "REPLACE"), "OK");
  assert.equal(await redis.type("text"), "hash");
  assert.ok((await redis.pttl("text")) > 50_000);
});

test("events of the fields of hashes", async (t) => {
  const redis = handle(t);
  const subscriber = redis.duplicate();
  t.after(() => subscriber.disconnect());
  await redis.config("SET", "notify-keyspace-events", "STIVh");
  const heard = [];
  subscriber.on("pmessage", (_pattern, channel, message) => heard.push([channel, message]));
  await subscriber.psubscribe("__sub*");
  await redis.hset("h", "f", "v");
  heard.length = 0;
  await redis.hpexpire("h", 20, "FIELDS", 1, "f");
  for (let i = 0; i < 200 && heard.length < 8; i++) await new Promise((resolve) => setTimeout(resolve, 5));
  const events = (event) => [
    [`__subkeyevent@0__:${event}`, "1:h|1:f"],
    [`__subkeyspace@0__:h`, `${event}|1:f`],
    [`__subkeyspaceevent@0__:${event}|h`, "1:f"],
    [`__subkeyspaceitem@0__:h\nf`, event],
  ];
  assert.deepEqual(heard.sort(), [...events("hexpire"), ...events("hexpired")].sort());
});

test("COMMAND speaks of every command as its page does", async (t) => {
  const redis = handle(t);
  assert.ok((await redis.command("COUNT")) > 200);
  const [[name, arity, flags, first, last, step]] = await redis.command("INFO", "get");
  assert.deepEqual([name, arity, flags.includes("readonly"), first, last, step], ["get", 2, true, 1, 1, 1]);
  assert.deepEqual(await redis.command("INFO", "nosuch"), [null]);
  const [called, facts] = await redis.command("DOCS", "get");
  assert.deepEqual([called, facts[0]], ["get", "summary"]);
});

test("no module can be loaded", async (t) => {
  const redis = handle(t);
  const [[word, name]] = await redis.module("LIST");
  assert.deepEqual([word, name], ["name", "vectorset"]);
  await assert.rejects(redis.module("LOAD", "/nowhere.so"), { name: "ReplyError" });
});

test("SLOWLOG, LATENCY and MEMORY have the forms of ioredis", async (t) => {
  const redis = handle(t);
  await redis.config("SET", "slowlog-log-slower-than", 0);
  await redis.set("slow", "x");
  const [[id, time, duration, args, client, name]] = await redis.slowlog("GET", 1);
  assert.deepEqual([typeof id, typeof time, typeof duration, args, typeof client, name], ["number", "number", "number", ["set", "slow", "x"], "string", ""]);
  assert.ok((await redis.slowlog("LEN")) >= 2);
  assert.ok((await redis.memory("USAGE", "slow")) > 0);
  assert.ok(Array.isArray(await redis.memory("STATS")));
  assert.equal(typeof (await redis.memory("DOCTOR")), "string");
  assert.ok(Array.isArray(await redis.latency("LATEST")));
});
