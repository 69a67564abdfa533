import assert from "node:assert/strict";
import { once } from "node:events";
import { test } from "node:test";
import { source } from "./source.mjs";

const { Emitter } = await source("events.ts");

test("listeners are called in order, and those of once only once", () => {
  const emitter = new Emitter();
  const heard = [];
  emitter.on("x", (value) => heard.push(`a${value}`));
  emitter.once("x", (value) => heard.push(`b${value}`));
  emitter.prependListener("x", (value) => heard.push(`c${value}`));
  assert.equal(emitter.emit("x", 1), true);
  assert.equal(emitter.emit("x", 2), true);
  assert.equal(emitter.emit("y"), false);
  assert.deepEqual(heard, ["c1", "a1", "b1", "c2", "a2"]);
});

test("listeners may come and go while an event is told", () => {
  const emitter = new Emitter();
  const heard = [];
  const late = () => heard.push("late");
  const first = () => {
    emitter.off("x", second);
    emitter.on("x", late);
    heard.push("first");
  };
  const second = () => heard.push("second");
  emitter.on("x", first).on("x", second);
  emitter.emit("x");
  assert.deepEqual(heard, ["first", "second"]);
  assert.deepEqual(emitter.listeners("x"), [first, late]);
});

test("a once listener can be taken off by its own name", () => {
  const emitter = new Emitter();
  const listener = () => assert.fail();
  emitter.once("x", listener);
  emitter.removeListener("x", listener);
  assert.equal(emitter.emit("x"), false);
  assert.deepEqual(emitter.eventNames(), []);
});

test("an error that nobody listens to is thrown", () => {
  assert.throws(() => new Emitter().emit("error", new Error("alone")), /alone/);
});

test("Node's once() takes it for an EventEmitter", async () => {
  const emitter = new Emitter();
  setTimeout(() => emitter.emit("ready", 7));
  assert.deepEqual(await once(emitter, "ready"), [7]);
});
