// What this package has of its own beside ioredis's ways.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test } from "node:test";
import Redis, { ReplyError, Redis as Named } from "../dist/entry/node.js";

test("handles of one name share one engine, others do not", async () => {
  const [first, second, other, byUrl] = [new Redis(), new Redis(), new Redis("mem://other"), new Redis("mem://default")];
  await first.set("shared", "yes");
  assert.equal(await second.get("shared"), "yes");
  assert.equal(await byUrl.get("shared"), "yes");
  assert.equal(await other.get("shared"), null);
});

test("an address picks the engine, the database and options", async () => {
  const redis = new Redis("mem://address/2?keyPrefix=p:");
  await redis.set("a", 1);
  assert.equal(redis.options.keyPrefix, "p:");
  assert.equal(await new Redis({ name: "address", db: 2 }).get("p:a"), "1");
  assert.equal(await new Redis({ name: "address" }).get("p:a"), null);
});

test("the address of a server is refused with the ways out", () => {
  const addresses = [[6379], [6379, "localhost"], ["redis://h:1/0"], ["rediss://h"], ["/tmp/redis.sock"], ["localhost:6379"]];
  const options = [{ host: "h" }, { port: 1 }, { path: "/x" }, { sentinels: [{ host: "h" }] }];
  for (const args of [...addresses, ...options.map((option) => [option])]) {
    assert.throws(() => new Redis(...args), /does not reach the server.*mem:\/\/name.*ioredis.*redmoon serve/s, String(args));
  }
});

test("ESM and CommonJS are one class each and share their engines", async () => {
  const require = createRequire(import.meta.url);
  const Common = require("../dist/commonjs/node.js");
  assert.equal(Common.Redis, Common);
  assert.equal(Common.default, Common);
  assert.equal(Named, Redis);
  await new Redis({ name: "both" }).set("k", "v");
  assert.equal(await new Common({ name: "both" }).get("k"), "v");
});

test("Uint8Array is bytes, as argument and key", async () => {
  const redis = new Redis({ name: "bytes" });
  await redis.set(Uint8Array.of(0, 255), Uint8Array.of(1, 2, 3));
  assert.deepEqual(await redis.getBuffer(Buffer.from([0, 255])), Buffer.from([1, 2, 3]));
});

test("after a script fails its writes stay and the engine goes on", async () => {
  const redis = new Redis({ name: "failing" });
  await assert.rejects(redis.eval("redis.call('SET', KEYS[1], 1) error('stop')", 1, "k"), ReplyError);
  assert.equal(await redis.get("k"), "1");
});

test("arguments of many megabytes cross", async () => {
  const redis = new Redis({ name: "large" });
  const text = "é".repeat(3_000_000);
  await redis.set("k", text);
  assert.equal(await redis.get("k"), text);
  const bytes = Buffer.alloc(5_000_000, 7);
  await redis.set("b", bytes);
  assert.ok(bytes.equals(await redis.getBuffer("b")));
});

test("await using ends the handle", async () => {
  const redis = new Redis({ name: "disposed" });
  await redis.set("k", "v");
  await redis[Symbol.asyncDispose]();
  await assert.rejects(redis.get("k"), /Connection is closed/);
});

test("disconnect(true) comes back on the same data", async () => {
  const redis = new Redis({ name: "again", db: 1, retryStrategy: () => 1 });
  await redis.set("k", "v");
  redis.disconnect(true);
  assert.equal(await new Promise((resolve) => redis.once("reconnecting", resolve)), 1);
  assert.equal(await redis.get("k"), "v");
});

test("the version is the package's", async () => {
  const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
  assert.match(readFileSync(new URL("../version.ts", import.meta.url), "utf8"), new RegExp(`"${version.replaceAll(".", "\\.")}"`));
});

test("no built-in of Node is in the browser's bundle", () => {
  for (const entry of ["web", "workerd"]) {
    const bundle = readFileSync(new URL(`../dist/entry/${entry}.js`, import.meta.url), "utf8");
    assert.doesNotMatch(bundle, /from\s*["'](node:|fs|events|buffer|stream)|require\(/);
  }
});

test("an engine is made with settings", async () => {
  const redis = new Redis({ name: "settings", engine: { databases: 2, config: { "script-fuel": 100_000, maxmemory: "64mb" } } });
  await assert.rejects(redis.eval("while true do end", 0), /more than 100000 steps/);
  await assert.rejects(redis.select(2), { message: "ERR DB index is out of range" });
  assert.deepEqual(await redis.config("GET", "maxmemory"), ["maxmemory", "67108864"]);
  await assert.rejects(new Redis({ name: "wrong", lazyConnect: true, engine: { config: { nosuch: 1 } } }).connect(), /nosuch/);
  await redis.quit();
});
