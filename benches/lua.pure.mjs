// Lua itself: each file of benches/lua on every engine, in turns.

import { spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { LuaWasmEngine } from "lua-redis-wasm";
import { median, spent, table, wanted, wasmEngine } from "./lua.tools.mjs";

const at = (path) => fileURLToPath(new URL(path, import.meta.url));

/** This engine, as the package ships it. */
async function redmoonInWasm() {
  const engine = await wasmEngine();
  const runs = new Map();
  return (path) => {
    if (!runs.has(path)) {
      const sha = engine.call("SCRIPT", "LOAD", readFileSync(path, "utf8")).split("\r\n")[1];
      engine.call("EVALSHA", sha, 0);
      runs.set(path, engine.prepared("EVALSHA", sha, 0));
    }
    const before = spent();
    runs.get(path)(1);
    return spent() - before;
  };
}

/** C Lua in wasm. A state is kept as long as one file is measured: it has little memory and keeps what it took. */
function luaRedisWasm() {
  let engine, last, source;
  return async (path) => {
    if (last !== path) {
      engine = await LuaWasmEngine.createStandalone({ limits: { maxFuel: Number.MAX_SAFE_INTEGER } });
      [last, source] = [path, readFileSync(path, "utf8")];
    }
    const before = spent();
    const reply = engine.eval(source);
    const time = spent() - before;
    if (reply?.err) throw new Error(reply.err.toString());
    return time;
  };
}

/** A program that reads paths and answers milliseconds. */
function program(command, ...args) {
  const child = spawn(command, args, { stdio: ["pipe", "pipe", "ignore"] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const run = async (path) => {
    child.stdin.write(`${path}\n`);
    const { value, done } = await lines.next();
    if (done) throw new Error(`${command} has ended`);
    if (value.startsWith("error")) throw new Error(value);
    return Number(value);
  };
  return Object.assign(run, { close: () => child.stdin.end() });
}

export async function pure(options) {
  const names = readdirSync(at("lua/")).map((file) => file.replace(/\.lua$/, "")).filter((name) => wanted(name, options));
  if (names.length === 0) return null;
  const rivals = at("../target/release/rivals");
  const engines = new Map([
    ["redmoon in wasm", await redmoonInWasm()],
    ["redmoon natively", program(rivals, "redmoon")],
    ["lua5.1 natively", program("lua5.1", at("lua.native.lua"))],
    ["lua-redis-wasm", luaRedisWasm()],
    ["piccolo natively", program(rivals, "piccolo")],
    ["rilua natively", program(rivals, "rilua")],
  ]);
  const medians = [];
  for (const name of names) {
    const path = at(`lua/${name}.lua`);
    const times = new Map([...engines.keys()].map((engine) => [engine, []]));
    // They take turns, so that a noisy moment falls on all; the first rounds warm up.
    for (let round = -3; round < options.rounds; round++) {
      for (const [engine, run] of engines) {
        const kept = times.get(engine);
        // What cannot run it is asked once.
        if (kept === null) continue;
        try {
          const time = await run(path);
          if (round >= 0) kept.push(time);
        } catch {
          times.set(engine, null);
        }
      }
    }
    medians.push(new Map([...times].map(([engine, values]) => [engine, values && median(values)])));
    process.stderr.write(`${name}\n`);
  }
  for (const run of engines.values()) run.close?.();

  const own = "redmoon in wasm";
  const cell = (row, engine) => {
    const value = row.get(engine);
    if (value === null) return "–";
    return engine === own ? value.toFixed(1) : `${value.toFixed(1)} (${(value / row.get(own)).toFixed(2)}×)`;
  };
  const rows = medians.map((row, at) => [names[at], ...[...engines.keys()].map((engine) => cell(row, engine))]);
  // The geometric mean of the ratios, over what the other can run at all.
  const mean = (engine) => {
    const ratios = medians.filter((row) => row.get(engine)).map((row) => row.get(engine) / row.get(own));
    return `${Math.exp(ratios.reduce((sum, ratio) => sum + Math.log(ratio), 0) / ratios.length).toFixed(2)}×`;
  };
  rows.push(["geometric mean", ...[...engines.keys()].map((engine) => (engine === own ? "1" : mean(engine)))]);
  const note = "Milliseconds on the processor; in brackets how many times as long as in redmoon's wasm. A dash: it cannot run it.";
  return `${table(["Lua, ms", ...engines.keys()], rows)}\n\n${note}`;
}
