// The scripts of tests/hostile in the packaged wasm: each ends with an error, none traps the instance.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import Redis from "../dist/entry/node.js";

for (const [name, settings] of [
  ["steps", { "script-fuel": 300_000 }],
  ["memory", { "script-memory": 8 << 20 }],
  ["depth", {}],
]) {
  test(`no script breaks the limits of ${name}`, async () => {
    const redis = new Redis({ name: `hostile-${name}` });
    for (const [parameter, value] of Object.entries(settings)) await redis.config("SET", parameter, value);
    const file = readFileSync(new URL(`../../tests/hostile/${name}.txt`, import.meta.url), "utf8");
    const scripts = file.split("\n").filter((line) => line && !line.startsWith("#"));
    assert.ok(scripts.length > 10);
    for (const script of scripts) {
      await assert.rejects(redis.eval(script, 0), { name: "ReplyError" }, script);
      assert.equal(await redis.eval("return 'alive'", 0), "alive", script);
    }
    await redis.quit();
  });
}

test("an answer that contains itself is cut off", async () => {
  const redis = new Redis({ name: "hostile-answer" });
  assert.ok(Array.isArray(await redis.eval("local t = {} t[1] = t return t", 0)));
  assert.equal(await redis.eval("return 1", 0), 1);
  await redis.quit();
});
