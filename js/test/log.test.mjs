// What scripts write by `redis.log`, and who hears it.

import assert from "node:assert/strict";
import { test } from "node:test";
import Redis from "../dist/entry/node.js";
import { source } from "./source.mjs";

const { Log } = await source("log.ts");

const script = "redis.log(redis.LOG_DEBUG, 'a', 1) redis.log(redis.LOG_WARNING, 'b') return redis.call('INCR', 'runs')";

test("the engine's log goes where it is told to", async (t) => {
  const lines = [];
  const redis = new Redis({ name: "log", engine: { log: (level, message) => lines.push(`${level}: ${message}`) } });
  t.after(() => redis.disconnect());
  await redis.eval(script, 0);
  assert.deepEqual(lines, ["debug: a 1", "warning: b"]);
});

test("handles that listen hear it, and may call the engine", async (t) => {
  const [redis, other] = Array.from({ length: 2 }, () => new Redis({ name: "log-event" }));
  t.after(() => [redis, other].forEach((handle) => handle.disconnect()));
  await Promise.all([redis.ping(), other.ping()]);
  const [debug, warn] = ["debug", "warn"].map((level) => t.mock.method(console, level, () => {}));
  await redis.eval(script, 0);
  assert.deepEqual([debug, warn].map(({ mock }) => mock.calls[0].arguments), [["a 1"], ["b"]]);
  const lines = [];
  const listener = (level, message) => lines.push([level, message, redis.sync.get("runs")]);
  other.on("log", listener);
  assert.equal(await redis.eval(script, 0), 2);
  assert.deepEqual(lines, [["debug", "a 1", "2"], ["warning", "b", "2"]]);
  assert.equal(warn.mock.callCount(), 1);
  other.off("log", listener);
  await redis.eval(script, 0);
  assert.deepEqual([lines.length, warn.mock.callCount()], [2, 2]);
});

test("a script that writes without end fills no memory; a listener that throws keeps nothing from the others", (t) => {
  const tasks = [];
  t.mock.method(globalThis, "queueMicrotask", (task) => tasks.push(task));
  const log = new Log((level, message) => {
    if (message === "line 0") throw new Error("by the listener");
  });
  const heard = [];
  log.listeners = new Map([[0, { hearsLog: () => true, logged: (...line) => heard.push(line) }], [1, {}]]);
  for (let i = 0; i < 12_000; i++) log.write("notice", `line ${i}`);
  assert.equal(tasks.length, 1);
  tasks.shift()();
  assert.equal(heard.length, 10_001);
  assert.deepEqual([heard[0], heard.at(-1)], [["notice", "line 0"], ["warning", "2000 more lines are lost"]]);
  assert.throws(tasks.shift(), /by the listener/);
  assert.equal(tasks.length, 0);
});
