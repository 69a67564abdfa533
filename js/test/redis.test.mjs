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
  assert.equal(Redis.ReplyError, ReplyError);
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

test("writes to keys are heard of by pattern", async () => {
  const redis = new Redis({ name: "heard", db: 1, keyPrefix: "a[1]:" });
  const heard = [];
  const stop = await redis.onWrite("user:*", (key, event) => heard.push([key, event]));
  await redis.set("user:1", 1);
  await redis.set("other:1", 1);
  await redis.multi().hset("user:2", "f", 1).del("user:1").exec();
  await redis.eval("redis.call('RPUSH', KEYS[1], 1)", 1, "user:3");
  await redis.duplicate({ db: 0 }).set("user:4", 1);
  await redis.set("user:5", 1, "PX", 20);
  await new Promise((resolve) => setTimeout(resolve, 60));
  await redis.exists("user:5");
  await new Promise((resolve) => setTimeout(resolve, 10));
  stop();
  await redis.set("user:6", 1);
  const expected = [["1", "set"], ["2", "hset"], ["1", "del"], ["3", "rpush"], ["5", "set"], ["5", "expire"], ["5", "expired"]];
  assert.deepEqual(heard, expected.map(([id, event]) => [`user:${id}`, event]));
  assert.deepEqual(await redis.config("GET", "notify-keyspace-events"), ["notify-keyspace-events", "AK"]);
  redis.disconnect();
});

test("the error of a script says where it failed", async () => {
  const redis = new Redis({ name: "traceback" });
  const script = `local function inner(x)
  return x.field.deep
end
local function outer(x)
  local y = inner(x)
  return y
end
local z = outer({})
return z`;
  const sha = await redis.script("LOAD", script);
  const places = ["user_script:2", "user_script:5", "user_script:8"];
  const calls = [redis.eval(script, 0), redis.evalsha(sha, 0), redis.pipeline().evalsha(sha, 0).exec().then(([[error]]) => Promise.reject(error))];
  for (const call of calls) {
    const error = await call.catch((thrown) => thrown);
    assert.deepEqual([error.name, error.script, error.line, error.traceback], ["ReplyError", sha, 2, places]);
  }
  assert.throws(() => redis.sync.eval(script, 0), { script: sha, line: 2, traceback: places });
  const uncompiled = await redis.eval("return 1\n+ nil nil", 0).catch((error) => error);
  assert.deepEqual([uncompiled.line, uncompiled.script, uncompiled.traceback], [2, undefined, undefined]);
  const ordinary = await redis.call("nosuch").catch((error) => error);
  assert.deepEqual([ordinary.line, ordinary.script], [undefined, undefined]);
  await redis.function("LOAD", "#!lua name=lib\nredis.register_function('fails', function()\n  error('stop')\nend)");
  const error = await redis.fcall("fails", 0).catch((thrown) => thrown);
  assert.deepEqual([error.script, error.line, error.traceback], ["fails", 3, ["user_function:3"]]);
});

test("a command is found by its name, however long that is", async () => {
  const redis = new Redis({ name: "names" });
  assert.equal(await redis.call("ping"), "PONG");
  assert.equal(await redis.call("PiNg"), "PONG");
  for (const length of [0, 64, 65, 1 << 20]) {
    const shown = "x".repeat(Math.min(length, 128));
    await assert.rejects(redis.call("x".repeat(length)), { message: new RegExp(`^ERR unknown command '${shown}'`) });
  }
  await assert.rejects(redis.call("acl whoami"), { message: /^ERR unknown command 'acl whoami'/ });
  await redis.quit();
});

test("an engine is made with settings", async () => {
  const redis = new Redis({ name: "settings", engine: { databases: 2, config: { "script-fuel": 100_000, maxmemory: "64mb" } } });
  await assert.rejects(redis.eval("while true do end", 0), /more than 100000 steps/);
  await assert.rejects(redis.select(2), { message: "ERR DB index is out of range" });
  assert.deepEqual(await redis.config("GET", "maxmemory"), ["maxmemory", "67108864"]);
  const refused = (engine, why) => assert.rejects(new Redis({ name: "wrong", lazyConnect: true, engine }).connect(), why);
  await refused({ config: { nosuch: 1 } }, /nosuch/);
  await refused({ config: { maxmemory: "many" } }, /maxmemory/);
  for (const databases of [0, 1.5, -1, 16_385, "two"]) await refused({ databases }, /1 to 16384 databases, not/);
  await refused({ databases: 1, config: { maxmemory: true } }, /maxmemory/);
  await redis.quit();
});
