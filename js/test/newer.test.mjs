// The commands that redis 7.0 does not have: this package answers as ioredis does on redis 8.10, as newer.json has it.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import Redis from "../dist/entry/node.js";
import { forms, newer, played } from "./newer.mjs";
import { seen } from "./seen.mjs";

const recorded = JSON.parse(readFileSync(new URL("newer.json", import.meta.url), "utf8"));

for (const [family, list] of Object.entries(newer)) {
  for (const [form, [options, asBytes]] of Object.entries(forms)) {
    test(`${family} of later releases, ${form}`, async () => {
      const redis = new Redis({ name: `newer ${family} ${form}`, ...options });
      const replies = await played(redis, list, asBytes, seen);
      await redis.quit();
      const named = (replies) => replies.map((reply, at) => [JSON.stringify(list[at]), reply]);
      assert.deepEqual(named(replies), named(recorded[family][form]));
    });
  }
}
