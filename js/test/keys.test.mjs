import assert from "node:assert/strict";
import { test } from "node:test";
import { source } from "./source.mjs";

const { keyIndexes, prefixKeys } = await source("keys.ts");

const cases = [
  ["GET a", "0"],
  ["DEL a b c", "0 1 2"],
  ["MSET a 1 b 2", "0 2"],
  ["EVAL script 2 a b x", "2 3"],
  ["EVAL script 0 x", ""],
  ["EVAL script 9 a b", "2 3"],
  ["EVALSHA sha many a b", ""],
  ["ZUNIONSTORE d 2 a b WEIGHTS 1 2", "0 2 3"],
  ["RENAME a b", "0 1"],
  ["OBJECT ENCODING a", "1"],
  ["PING x", ""],
  ["NOSUCH x", ""],
];

for (const [call, expected] of cases) {
  test(`the keys of ${call}`, () => {
    const [name, ...args] = call.split(" ");
    const found = keyIndexes(name, args).sort((a, b) => a - b);
    assert.equal([...new Set(found)].join(" "), expected);
  });
}

test("a prefix is put before each key, text or bytes", () => {
  assert.deepEqual(prefixKeys("mget", ["a", 1], "p:"), ["p:a", "p:1"]);
  const [key] = prefixKeys("get", [Buffer.from([0xff])], "p:");
  assert.deepEqual([...key], [0x70, 0x3a, 0xff]);
  const [other] = prefixKeys("get", ["a"], Buffer.from([0xfe]));
  assert.deepEqual([...other], [0xfe, 0x61]);
  const args = ["a"];
  assert.equal(prefixKeys("get", args, ""), args);
});
