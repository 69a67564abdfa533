// In Node the engine begins as a part of itself and is completed when more is called, or in the background.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const entry = fileURLToPath(new URL("../dist/entry/node.js", import.meta.url));

/** What a program says that is given `redis`, `modules()`, which counts the modules so far, and `later`, for which the
 *  background waits: for ever unless it is called. */
function said(program) {
  const source = `
    let modules = 0;
    const { Instance } = WebAssembly;
    WebAssembly.Instance = function (...args) { modules++; return new Instance(...args); };
    let later;
    const { setTimeout } = globalThis;
    globalThis.setTimeout = (work, ms) => ms === undefined ? ((later = work), { unref() {} }) : setTimeout(work, ms);
    const { default: Redis } = await import(${JSON.stringify(entry)});
    const redis = new Redis();
    const result = await (async (redis, modules, later) => {${program}})(redis, () => modules, () => later());
    process.stdout.write(JSON.stringify(result), () => process.exit());`;
  return JSON.parse(execFileSync(process.execPath, ["--input-type=module", "-e", source], { encoding: "utf8", timeout: 20_000 }));
}

/** Calls that need the whole engine, with what they answer. */
const rare = [
  [["xadd", "stream", "1-1", "field", "value"], "1-1"],
  [["geoadd", "places", "13.361389", "38.115556", "Palermo"], 1],
  [["eval", "return redis.call('SET', KEYS[1], ARGV[1])", "1", "key", "value"], "OK"],
  [["eval", "local t = {} for i = 1, 1000 do t[i] = 1000 - i end table.sort(t) return t[1]", "0"], 0],
  [["sort", "absent"], []],
  [["object", "encoding", "absent"], null],
  [["pfadd", "log", "a"], 1],
  [["setrange", "range", "3", "a"], 4],
];

test("a start, and what is said first, needs a part of the engine", () => {
  const program = `
    const replies = [await redis.ping(), await redis.set("a", "1"), await redis.incr("a"), await redis.hset("h", "f", "v")];
    return [replies, modules()];`;
  assert.deepEqual(said(program), [["PONG", "OK", 2, 1], 1]);
});

test("any other call brings the whole at once and sees the same data", () => {
  for (const [call, reply] of rare) {
    const program = `
      await redis.set("before", "1");
      const reply = await redis.call(...${JSON.stringify(call)});
      return [reply, await redis.incr("before"), modules()];`;
    assert.deepEqual(said(program), [reply, 2, 2], call.join(" "));
  }
});

test("a script may be what needs it, in the midst of a call", () => {
  const program = `
    await redis.set("before", "1");
    await redis.multi().incr("before").xadd("s", "1-1", "f", "v").incr("before").exec();
    const nested = await redis.eval("local n = 0 local function f(d) if d > 0 then n = n + 1 return f(d - 1) + 1 end return 0 end return {f(150), n}", 0);
    const failed = await redis.eval("return redis.pcall('INCR', 'nosuch', 'more').err", 0);
    return [await redis.get("before"), nested, failed, modules()];`;
  const [count, nested, failed, modules] = said(program);
  assert.deepEqual([count, nested, modules], ["3", [150, 150], 2]);
  assert.match(failed, /^ERR Wrong number of args calling Redis command from script/);
});

test("in the background the whole takes over between two calls", () => {
  const program = `
    for (let at = 0; at < 100; at++) await redis.set("key:" + at, at);
    const before = modules();
    later();
    for (let turn = 0; turn < 2000 && modules() === 1; turn++) await new Promise((resolve) => setTimeout(resolve, 1));
    let sum = 0;
    for (let at = 0; at < 100; at++) sum += Number(await redis.get("key:" + at));
    const reply = await redis.call("xlen", "absent");
    return [before, sum, reply, modules()];`;
  assert.deepEqual(said(program), [1, 4950, 0, 2]);
});

test("a file that is missing is missed at the import, not in the midst of a call", () => {
  const folder = mkdtempSync(join(tmpdir(), "redmoon-split-"));
  try {
    cpSync(fileURLToPath(new URL("../dist", import.meta.url)), folder, { recursive: true });
    writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
    for (const part of ["secondary.wasm", "primary.data", "primary.wasm"]) {
      rmSync(join(folder, `wasm/redmoon_${part}`));
      const source = `await import(${JSON.stringify(join(folder, "entry/node.js"))}).catch((error) => console.log(error.message))`;
      const words = ["--input-type=module", "-e", source];
      const said = execFileSync(process.execPath, words, { encoding: "utf8", timeout: 20_000 });
      assert.match(said, new RegExp(`^ENOENT.*redmoon_${part}`));
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("two engines share both modules", () => {
  const program = `
    const other = new redis.constructor({ name: "other" });
    await other.ping();
    await redis.xadd("s", "1-1", "f", "v");
    await other.xadd("s", "2-1", "f", "v");
    return [await redis.xlen("s"), await other.xrange("s", "-", "+"), modules()];`;
  assert.deepEqual(said(program), [1, [["2-1", ["f", "v"]]], 2]);
});
