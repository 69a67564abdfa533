// redmoon/mock: any address names an engine of this process.

import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { test } from "node:test";
import Redis from "redmoon";
import Mock, { Cluster, Redis as Named, ReplyError } from "redmoon/mock";

test("handles of one address share an engine, others do not", async () => {
  const [first, second, byUrl, local] = [new Mock(6380, "host"), new Mock({ host: "host", port: 6380 }), new Mock("redis://host:6380/0"), new Mock()];
  await first.set("k", "v");
  assert.deepEqual(await Promise.all([second.get("k"), byUrl.get("k"), local.get("k")]), ["v", "v", null]);
  await local.set("k", "local");
  const same = [new Mock("127.0.0.1:6379"), new Mock("6379"), new Mock("redis://localhost"), new Mock({ port: "6379" }), local.duplicate()];
  assert.deepEqual(await Promise.all(same.map((redis) => redis.get("k"))), Array(5).fill("local"));
  assert.equal(await local.duplicate({ port: 1 }).get("k"), null);
  await new Mock("/tmp/redis.sock?db=1").set("k", "path");
  assert.equal(await new Mock({ path: "/tmp/redis.sock", db: 1 }).get("k"), "path");
  await new Redis("mem://shared").set("k", "by name");
  assert.equal(await new Mock("mem://shared").get("k"), "by name");
});

test("an address says what ioredis reads in it", () => {
  const read = (...args) => new Mock(...args, { lazyConnect: true }).options;
  const { host, port, username, password, db, tls, family } = read("rediss://user:p%40ss@h:7/3?family=6");
  assert.deepEqual([host, port, username, password, db, tls, family], ["h", 7, "user", "p@ss", 3, true, 6]);
  assert.equal(read("redis://:1+1@h").password, "1+1");
  assert.equal(read("redis://[::1]:1").host, "::1");
  assert.equal(read(6381, "10.0.0.1", { db: 2 }).db, 2);
  assert.deepEqual([read().host, read().port], ["localhost", 6379]);
});

test("a cluster is one node that has it all", async () => {
  const cluster = new Mock.Cluster([{ host: "node", port: 7000 }, "node:7001"], { redisOptions: { password: "" }, keyPrefix: "c:" });
  assert.equal(Mock.Cluster, Cluster);
  await cluster.mset({ a: 1, b: 2 });
  assert.deepEqual([cluster.isCluster, await cluster.mget("a", "b"), cluster.nodes("master")[0]], [true, ["1", "2"], cluster]);
  assert.equal(await new Mock(7000, "node").get("c:a"), "1");
  assert.throws(() => new Redis.Cluster(["h:1"]), /does not reach the server cluster/);
});

test("it is the same class as the package's, imported and required", async () => {
  const require = createRequire(import.meta.url);
  const Common = require("redmoon/mock");
  assert.deepEqual([Named, Common.default, Common.Redis], [Mock, Common, Common]);
  assert.ok(new Mock({ lazyConnect: true }) instanceof Redis);
  assert.ok(new Mock({ lazyConnect: true }).duplicate({ lazyConnect: true }) instanceof Mock);
  assert.ok((await new Mock().call("nosuch").catch((error) => error)) instanceof ReplyError);
  await new Common(1, "both").set("k", "v");
  assert.equal(await new Mock(1, "both").get("k"), "v");
});
