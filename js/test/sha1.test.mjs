import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { source } from "./source.mjs";

const { sha1 } = await source("sha1.ts");

test("digests are SHA-1 at every length around the blocks", () => {
  for (let length = 0; length < 200; length++) {
    const text = "é".repeat(length % 7) + "return 1 ".repeat(length).slice(0, length);
    assert.equal(sha1(text), createHash("sha1").update(text).digest("hex"), `length ${length}`);
  }
});
