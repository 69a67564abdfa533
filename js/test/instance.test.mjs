// The handle's half of the boundary, against an engine of a few lines in place of the wasm class.

import assert from "node:assert/strict";
import { test } from "node:test";
import { source } from "./source.mjs";

const { Instance, UNWRITTEN, entryOf } = await source("instance.ts", "transforms.ts");

const get = entryOf("get");
const set = entryOf("set");

/** Answers each call with the list of its name and arguments; memory moves whenever the input has to grow. */
class Echo {
  memory = new WebAssembly.Memory({ initial: 1 });
  input = 1024;
  capacity = 256;

  constructor() {
    this.publish();
  }

  publish(output = 0) {
    new Uint32Array(this.memory.buffer, 16, 4).set([this.input, this.capacity, output, 0]);
  }

  control() {
    return 16;
  }

  number(name) {
    return ["get", "set"].indexOf(name);
  }

  reserve(capacity) {
    const written = new Uint8Array(this.memory.buffer.slice(this.input, this.input + this.capacity));
    const pages = Math.ceil(capacity / 65536) + 1;
    this.input = this.memory.grow(pages) * 65536;
    new Uint8Array(this.memory.buffer).set(written, this.input);
    this.capacity = capacity;
    this.publish();
    return true;
  }

  open() {
    return 0;
  }

  close() {}
  tick() {}
  on_heard() {}

  hear() {
    return -1;
  }


  is_parked() {
    return false;
  }

  wake() {
    return Infinity;
  }

  call(_session, command, count) {
    const view = new DataView(this.memory.buffer);
    const words = command < 0 ? [] : [Buffer.from(["get", "set"][command])];
    let at = this.input + 4 * count;
    for (let i = 0; i < count; i++) {
      const size = view.getUint32(this.input + 4 * i, true);
      words.push(Buffer.from(this.memory.buffer.slice(at, at + size)));
      at += (size + 3) & ~3;
    }
    const head = (kind, number) => Buffer.from(Int32Array.of((number << 4) | kind).buffer);
    const reply = words.map((text) => Buffer.concat([head(4, text.length), text, Buffer.alloc(-text.length & 3)]));
    const bytes = Buffer.concat([head(10, words.length), ...reply]);
    const output = this.memory.grow(Math.ceil(bytes.length / 65536)) * 65536;
    new Uint8Array(this.memory.buffer, output).set(bytes);
    this.publish(output);
    return 0;
  }
}

test("arguments arrive as they were, however long, and views follow the memory", () => {
  const engine = new Echo();
  const instance = new Instance(engine, engine.memory);
  const values = ["", "a", "é€😀", "x".repeat(20), "ü".repeat(21), "y".repeat(300_000), "\ud800", 1, -2.5, 2 ** 70];
  const expected = [...values.slice(0, 6), "\ufffd", "1", "-2.5", "1180591620717411303424"];
  assert.deepEqual(instance.call(0, set, values, 0), ["set", ...expected]);
  assert.deepEqual(instance.call(0, entryOf("SET"), values, 0), ["SET", ...expected]);
  assert.deepEqual(instance.call(0, set, Array(1000).fill("many"), 0), ["set", ...Array(1000).fill("many")]);
  const bytes = Uint8Array.from({ length: 256 }, (_, i) => i);
  const [, echoed] = instance.call(0, get, [bytes], 1);
  assert.deepEqual(Uint8Array.from(echoed), bytes);
});

test("what is neither text nor number nor bytes is not sent", () => {
  const engine = new Echo();
  const instance = new Instance(engine, engine.memory);
  for (const odd of [null, undefined, {}, [], true, 1n]) {
    assert.equal(instance.call(0, set, ["a", odd], 0), UNWRITTEN);
    assert.equal(instance.call(0, set, ["x".repeat(1000), odd], 0), UNWRITTEN);
  }
});

test("an engine that traps is dead for good, and says so", () => {
  const engine = new Echo();
  const instance = new Instance(engine, engine.memory);
  engine.call = () => {
    throw new WebAssembly.RuntimeError("unreachable");
  };
  const dead = { name: "EngineError", message: /stopped working and its data is lost: unreachable/ };
  assert.throws(() => instance.call(0, get, ["a"], 0), dead);
  engine.call = () => 0;
  assert.throws(() => instance.call(0, get, ["a"], 0), dead);
  assert.throws(() => instance.open({}, "echo"), dead);
  instance.close(0);
});

test("input beyond the memory is refused and the engine lives on", () => {
  const engine = new Echo();
  const instance = new Instance(engine, engine.memory);
  engine.reserve = () => false;
  assert.throws(() => instance.call(0, set, ["x".repeat(1000)], 0), { message: /larger than the engine's memory/ });
  assert.deepEqual(instance.call(0, get, ["a"], 0), ["get", "a"]);
});

test("calls make up for a timer that never comes", (t) => {
  const engine = new Echo();
  const instance = new Instance(engine, engine.memory);
  let ticks = 0;
  engine.tick = () => ticks++;
  t.mock.method(globalThis, "setTimeout", () => ({}));
  const found = [0, 500, 1200, 1300, 2500].map((late) => {
    t.mock.method(Date, "now", () => 2e12 + late);
    for (let call = 0; call < 100; call++) instance.call(0, get, ["a"], 0);
    return ticks;
  });
  assert.deepEqual(found, [1, 1, 2, 2, 3]);
});

test("the first call after a rest has the engine look at the clock", (t) => {
  t.mock.timers.enable({ apis: ["setTimeout", "Date"] });
  const engine = new Echo();
  const instance = new Instance(engine, engine.memory);
  let ticks = 0;
  engine.tick = () => ticks++;
  const after = (ms) => {
    t.mock.timers.tick(ms);
    instance.call(0, get, ["a"], 0);
    return ticks;
  };
  // Once for the call, once more for the heartbeat that ends in a rest.
  assert.deepEqual([after(1), after(50), after(10_000), after(1)], [1, 1, 3, 3]);
});

/** An instance, how its engine rings, and the errors that come of what it puts off. */
function ringing(t, engine) {
  const tasks = [];
  t.mock.method(globalThis, "queueMicrotask", (task) => tasks.push(task));
  let call;
  engine.on_heard = (ring) => (call = ring);
  const instance = new Instance(engine, engine.memory);
  const ring = () => {
    const errors = [];
    call();
    for (let turns = 0; tasks.length > 0 && turns < 1000; turns++) {
      try {
        tasks.shift()();
      } catch (error) {
        errors.push(error.message);
      }
    }
    return errors;
  };
  return { instance, ring };
}

test("an engine that cannot even tell what was heard is dead, and asked no more", (t) => {
  const engine = new Echo();
  const { instance, ring } = ringing(t, engine);
  let died;
  instance.open({ killed: () => {}, died: (error) => (died = error) }, "echo");
  const hear = t.mock.method(engine, "hear", () => {
    throw new RangeError("Maximum call stack size exceeded");
  });
  assert.deepEqual(ring(), []);
  assert.deepEqual([hear.mock.callCount(), died?.name], [1, "EngineError"]);
});

test("a listener that throws is heard of, and keeps nothing from the others", (t) => {
  const engine = new Echo();
  const { instance, ring } = ringing(t, engine);
  const told = [];
  const listen = (session, heard) => {
    engine.open = () => session;
    instance.open({ heard, killed: () => {} }, "echo");
  };
  listen(7, () => {
    throw new Error("by the listener");
  });
  listen(0, () => told.push("told"));
  const heard = [7, 0, 7, 0];
  engine.hear = () => {
    new Int32Array(engine.memory.buffer, 16)[3] = 7;
    return heard.pop() ?? -1;
  };
  assert.deepEqual(ring(), ["by the listener", "by the listener"]);
  assert.deepEqual(told, ["told", "told"]);
});

test("engines of one name are shared by copies of one flavour, and by no others", async () => {
  const copies = [await source("instance.ts"), await source("instance.ts", "errors.ts"), await source("instance.ts", "keys.ts")];
  const flavours = ["full", "full", "slim"];
  const engines = copies.map(({ instanceOf, setLoader }, at) => {
    setLoader(flavours[at], () => {
      const engine = new Echo();
      return { Engine: function () { return engine; }, memory: engine.memory };
    });
    return instanceOf("shared");
  });
  assert.equal(engines[0], engines[1]);
  assert.notEqual(engines[0], engines[2]);
});
