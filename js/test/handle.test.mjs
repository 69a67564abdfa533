// What a handle does around its commands, on the real ioredis with a real redis-server and here: scans as streams,
// calls that wait for each other, reconnection, monitors, whoever looks at commands.

import assert from "node:assert/strict";
import { tracingChannel } from "node:diagnostics_channel";
import { EventEmitter, once } from "node:events";
import { Readable } from "node:stream";
import { test } from "node:test";
import Redis, { Command } from "../dist/entry/node.js";
import { callback, commandOf, parity, seen } from "./sides.mjs";

const turn = () => new Promise((resolve) => setTimeout(resolve, 5));

const names = (count) => Array.from({ length: count }, (_, i) => `name:${i}`);

/** All that a stream gives, in one list, sorted: the order is the table's. */
async function all(stream) {
  const found = [];
  for await (const step of stream) found.push(...step.map(String));
  return found.sort();
}

parity("scans as streams", async (redis) => {
  await redis.mset(...names(300).flatMap((name) => [name, 1]));
  await redis.sadd("set", names(600));
  await redis.hset("hash", Object.fromEntries(names(600).map((name) => [name, "v"])));
  await redis.zadd("zset", ...names(600).flatMap((name, score) => [score, name]));
  return Promise.all([
    all(redis.scanStream()),
    all(redis.scanStream({ match: "name:1?", count: 7 })),
    all(redis.scanStream({ type: "zset" })),
    all(redis.scanBufferStream({ match: "name:2??" })),
    all(redis.sscanStream("set", { count: 50 })),
    all(redis.sscanBufferStream("set", { match: "*9" })),
    all(redis.hscanStream("hash", { match: "*:5" })),
    all(redis.hscanBufferStream("hash", { match: "*:55" })),
    all(redis.zscanStream("zset", { match: "name:59?" })),
    all(redis.zscanBufferStream("zset", { match: "name:1" })),
    all(redis.sscanStream("none")),
    all(redis.sscanStream("hash")).catch(seen),
  ]);
});

parity("a scan's stream is a Readable that can be paused, piped and closed", async (redis) => {
  await redis.sadd("set", names(500));
  const stream = redis.sscanStream("set", { count: 20, highWaterMark: 2 });
  const heard = [];
  stream.on("data", () => {
    heard.push("data");
    stream.close();
  });
  await once(stream, "end");
  heard.push("end", stream instanceof Readable, stream.readableObjectMode, stream.readableHighWaterMark);
  redis.disconnect();
  const [error] = await once(redis.sscanStream("set").on("data", () => {}), "error");
  return [heard.filter((word, at) => heard.indexOf(word) === at), error.message];
});

parity("calls of one turn run together with enableAutoPipelining", async (redis) => {
  const sizes = [redis.autoPipelineQueueSize];
  redis.defineCommand("twice", { numberOfKeys: 1, lua: "return redis.call('GET', KEYS[1]) * 2" });
  const calls = [redis.set("a", 1), redis.incr("a"), redis.getBuffer("a"), redis.call("get", "a"), redis.hset("h", { f: 1 })];
  calls.push(redis.hgetall("h"), redis.lpush("a", 1).catch(seen), redis.set("b").catch(seen));
  sizes.push(redis.autoPipelineQueueSize);
  const ignored = redis.hget("h", "f").catch(seen);
  calls.push(redis.twice("a"), redis.twiceBuffer("a"), callback((done) => redis.get("a", done)));
  sizes.push(redis.autoPipelineQueueSize);
  const replies = await Promise.all([...calls, ignored, redis.select(1), redis.info("server").then((text) => typeof text)]);
  return [sizes, replies, redis.autoPipelineQueueSize];
}, { enableAutoPipelining: true, autoPipeliningIgnoredCommands: ["hget"] });

for (const wish of [false, true, 2]) {
  parity(`an error with reconnectOnError ${wish}`, async (redis) => {
    const events = [];
    await once(redis, "ready");
    for (const event of ["close", "reconnecting", "connect", "ready"]) redis.on(event, () => events.push(event));
    redis.options.reconnectOnError = (error) => {
      events.push(error.message, error.command.name);
      redis.del("string");
      return wish;
    };
    redis.set("string", "x");
    const replies = [await redis.sadd("string", "y").catch(seen)];
    await redis.ping();
    redis.set("string", "x");
    replies.push(await redis.pipeline().get("string").sadd("string", "y").exec());
    await redis.ping();
    await redis.client("nosuch").catch(() => {});
    return [replies, events];
  }, { reconnectOnError: () => false, retryStrategy: () => 1 });
}

parity("a stream that ends loses the connection, which comes back with its database and what waited", async (redis, make) => {
  await once(redis, "ready");
  const other = make();
  await redis.select(2);
  const blocked = redis.blpop("list", 0);
  await turn();
  redis.stream.end();
  await once(redis, "close");
  await other.select(2);
  await other.rpush("list", "late");
  const replies = [await blocked, await redis.set("k", "v"), await other.get("k")];
  other.disconnect();
  return replies;
}, { retryStrategy: () => 1 });

parity("a monitor takes no commands, and goes on after a lost connection", async (redis) => {
  const monitor = await redis.monitor();
  const refused = await monitor.get("a").catch(seen);
  const heard = [];
  monitor.on("monitor", (time, args) => args[0] === "set" && heard.push(args));
  await redis.set("a", 1);
  monitor.disconnect(true);
  await once(monitor, "monitoring");
  await redis.set("b", 2);
  await turn();
  monitor.disconnect();
  return [refused, heard, monitor.mode];
}, { retryStrategy: () => 1 });

parity("what may be called when connected and not yet ready", async (redis) => {
  let early;
  redis.once("connect", () => {
    early = [redis.status, redis.select(2), redis.get("a").catch(seen), redis.info("server").then((text) => typeof text)];
  });
  await once(redis, "ready");
  return [...(await Promise.all(early)), await redis.ping()];
}, { enableOfflineQueue: false });

parity("whoever replaces sendCommand sees every command", async (redis) => {
  redis.defineCommand("answer", { numberOfKeys: 0, lua: "return 42" });
  await redis.answer();
  const seenNames = [];
  const { sendCommand } = redis;
  redis.sendCommand = function (command, ...rest) {
    seenNames.push([command.name, command.args.length]);
    return sendCommand.call(this, command, ...rest);
  };
  const replies = [await redis.set("a", 1), await redis.answer()];
  replies.push(await redis.pipeline().get("a").getBuffer("a").answer().exec());
  replies.push(await redis.multi().hset("h", { f: 1 }).hgetall("h").exec());
  return [replies, seenNames];
});

parity("commands made by hand", async (redis) => {
  const Command = commandOf(redis);
  const made = new Command("get", ["key", ["more"]], { replyEncoding: "utf8", keyPrefix: "p:" });
  const facts = [made.args, made.getKeys(), made.getSlot(), new Command("ping").getSlot(), made.isResolved];
  made.resolve(Buffer.from("by hand"));
  facts.push(await made.promise, made.isResolved);
  const slots = ["123", "ab{c}2", "ab{{c}2", "ab}", "", "{}x"].map((key) => new Command("get", [key]).getSlot());
  const flags = ["PING", "get", "quit"].map((name) => Command.checkFlag("VALID_IN_SUBSCRIBER_MODE", name));
  const late = new Command("get", ["key"]);
  const timeout = late.promise.catch(seen);
  late.setTimeout(1);
  const doubled = new Command("get", ["key"], { replyEncoding: "hex" });
  doubled.resolve([Buffer.from("a"), [Buffer.from("b")]]);
  await redis.set("key", "value");
  return [facts, slots, flags, await timeout, await doubled.promise, await redis.sendCommand(new Command("get", ["key"]))];
}, { keyPrefix: "prefix:" });

parity("a prefix stands before every key, those of SORT's options included", async (redis) => {
  await redis.rpush("list", 1, 2);
  await redis.mset("weight:1", 9, "weight:2", 3, "name:1", "one", "name:2", "two");
  const sorted = await redis.sort("list", "BY", "weight:*", "LIMIT", 0, 5, "GET", "name:*", "GET", "#", "STORE", "out");
  redis.defineCommand("where", { lua: "return {KEYS[1], ARGV[1]}" });
  const piped = await redis.pipeline().where(1, "k", "a").mset({ x: 1 }).exec();
  return [sorted, await redis.lrange("out", 0, -1), piped, (await redis.keys("*")).sort()];
}, { keyPrefix: "p:" });

parity("friendly stacks lead to the call", async (redis) => {
  const here = (error) => [error.stack.split("\n")[0], error.stack.split("\n")[1].includes("handle.test.mjs")];
  return [await redis.set("a").catch(here), await redis.set("a", 1).then(() => redis.lpush("a", 1)).catch(here)];
}, { showFriendlyErrorStack: true });

parity("counts of subscriptions with stringNumbers", async (redis) => {
  const counts = [await redis.subscribe("a", "b"), await redis.unsubscribe()];
  return [counts, redis.mode];
}, { stringNumbers: true });

parity("a QUIT before anything was asked", async (redis, make) => {
  const lazy = make({ lazyConnect: true });
  const events = [];
  for (const event of ["connecting", "connect", "ready", "close", "end"]) lazy.on(event, () => events.push(event));
  const reply = await lazy.quit();
  await turn();
  return [reply, lazy.status, events, await lazy.get("a").catch(seen)];
});

parity("those who subscribe to the diagnostics channels hear of every call", async (redis, make) => {
  const heard = [];
  const subscribed = ["command", "batch", "connect"].map((kind) => {
    const channel = tracingChannel(`ioredis:${kind}`);
    const note = (phase) => ({ command, args, database, batchMode, batchSize, error }) => {
      // Of the handshake, and of arguments that are no keys, ioredis tells more.
      if (!["client", "hello", "info"].includes(command)) heard.push([kind, phase, command, args?.[0], database, batchMode, batchSize, error?.message]);
    };
    const listeners = { start: note("start"), end() {}, asyncStart() {}, asyncEnd: note("end"), error: note("error") };
    channel.subscribe(listeners);
    return () => channel.unsubscribe(listeners);
  });
  const traced = make({ lazyConnect: true });
  await traced.connect();
  await traced.set("a", "secret");
  await traced.lpush("a", 1).catch(() => {});
  await traced.pipeline().get("a").lpush("a", 1).exec();
  await traced.multi().get("a").exec();
  for (const unsubscribe of subscribed) unsubscribe();
  await traced.quit();
  return heard.filter(([kind, phase]) => kind !== "command" || phase !== "end").map(String).sort();
});

test("a handle passes for an EventEmitter", () => {
  const redis = new Redis({ name: "emits", lazyConnect: true });
  assert.ok(redis instanceof EventEmitter);
  assert.deepEqual(redis.on("x", () => {}).eventNames(), ["x"]);
});

test("a command that never comes to run ends by its timeout", async () => {
  const redis = new Redis({ name: "late", commandTimeout: 10 });
  await assert.rejects(redis.blpop("none", 0), { message: "Command timed out" });
  const closed = new Redis({ name: "late", lazyConnect: true, commandTimeout: 10 });
  closed.connect = () => new Promise(() => {});
  await assert.rejects(closed.sendCommand(new Command("get", ["a"])), { message: "Command timed out" });
  redis.disconnect();
});
