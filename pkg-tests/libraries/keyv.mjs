// Keyv with the last of its adapters that speaks through ioredis.

import assert from "node:assert/strict";
import KeyvRedis from "@keyv/redis";
import Keyv from "keyv";

export const tests = {
  async "values, times to live and namespaces"({ Redis, name }) {
    const redis = new Redis({ name });
    const keyv = new Keyv({ store: new KeyvRedis(redis), namespace: "cache" });
    assert.equal(await keyv.get("a"), undefined);
    await keyv.set("a", { deep: [1, "two", null] });
    await keyv.set("short", "lived", 30);
    assert.deepEqual(await keyv.get("a"), { deep: [1, "two", null] });
    assert.deepEqual(await keyv.get(["a", "short", "none"]), [{ deep: [1, "two", null] }, "lived", undefined]);
    await new Promise((resolve) => setTimeout(resolve, 60));
    assert.deepEqual([await keyv.get("short"), await keyv.has("a"), await keyv.has("short")], [undefined, true, false]);
    const other = new Keyv({ store: new KeyvRedis(redis), namespace: "other" });
    await other.set("a", "mine");
    const found = [];
    for await (const [key, value] of keyv.iterator()) found.push([key, value]);
    assert.deepEqual(found, [["a", { deep: [1, "two", null] }]]);
    assert.deepEqual([await keyv.delete("a"), await keyv.delete("a")], [true, false]);
    await keyv.set("b", 1);
    await keyv.clear();
    assert.deepEqual([await keyv.get("b"), await other.get("a")], [undefined, "mine"]);
    await redis.quit();
  },
};
