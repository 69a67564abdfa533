// What this package has of its own around scripts: limits, traces, the log.

import assert from "node:assert/strict";
import { test } from "node:test";
import Redis, { ReplyError } from "../dist/entry/node.js";

test("scripts may have limits of their own", async () => {
  const redis = new Redis({ name: "limits" });
  redis.defineCommand("spin", { numberOfKeys: 0, lua: "for i = 1, ARGV[1] do end return 'done'" });
  const short = redis.limits({ fuel: 10_000 });
  await assert.rejects(short.eval("while true do end", 0), /took more than 10000 steps \(script-fuel\)/);
  await assert.rejects(short.spin(100_000), /script-fuel/);
  assert.equal(await short.spin(10), "done");
  assert.equal(await redis.spin(100_000), "done");
  await assert.rejects(redis.limits({ time: 20 }).eval("while true do end", 0), /more than 20 ms \(script-time\)/);
  await assert.rejects(redis.limits({ memory: 2 << 20 }).eval("return #string.rep('x', 3e6)", 0), /not enough memory/);
  await assert.rejects(redis.limits({ strict: true }).eval("return redis.call('GET', 'k')", 0), /key 'k' without declaring/);
  assert.equal(await redis.eval("return redis.call('GET', 'k')", 0), null);
  assert.equal(await short.set("k", "v"), "OK");
});

test("a trace tells what a script did", async () => {
  const redis = new Redis({ name: "trace", keyPrefix: "p:", engine: { log() {} } });
  const script = "local n = redis.call('INCR', KEYS[1])\nredis.log(redis.LOG_NOTICE, 'n is', n)\nredis.pcall('LPUSH', KEYS[1], ARGV[1])\nreturn {n, ARGV[1]}";
  const trace = await redis.trace(script, ["counter"], ["x"]);
  assert.deepEqual(trace.reply, [1, "x"]);
  const shown = trace.events.map(({ kind, line }) => `${line} ${kind}`);
  assert.deepEqual(shown, ["1 line", "1 call", "2 line", "2 log", "3 line", "3 pcall", "4 line"]);
  const [, call, , log, , pcall] = trace.events;
  assert.deepEqual([call.args, call.reply], [["INCR", "p:counter"], 1]);
  assert.deepEqual([log.level, log.message], ["notice", "n is 1"]);
  assert.ok(pcall.reply instanceof ReplyError && pcall.reply.message.startsWith("WRONGTYPE"));
  assert.ok(trace.fuel > 0 && trace.memory > 0 && trace.ns >= 0 && trace.truncated === false);
  assert.ok(trace.events.every((event, i, all) => i === 0 || event.at >= all[i - 1].at));
  const failed = await redis.trace("return redis.call('NOPE')");
  assert.ok(failed.reply instanceof ReplyError);
  await redis.call("FUNCTION", "LOAD", "#!lua name=lib\nredis.register_function('f', function(keys)\n  return #keys\nend)");
  const traced = await redis.traceFunction("f", ["a", "b"]);
  assert.equal(traced.reply, 2);
  assert.deepEqual(traced.events.map((event) => event.line), [3]);
});
