// redlock: locks held by scripts that run on several instances.

import assert from "node:assert/strict";
import Redlock from "redlock";

export const tests = {
  async "one holds a lock, extends it and lets it go"({ Redis, name }) {
    const clients = ["a", "b", "c"].map((which) => new Redis({ name: `${name} ${which}` }));
    const redlock = new Redlock(clients, { retryCount: 2, retryDelay: 10, retryJitter: 5 });
    const lock = await redlock.lock("resource", 1000);
    assert.equal((await clients[1].get("resource")).length, 32);
    await assert.rejects(redlock.lock("resource", 1000), { name: "LockError", attempts: 3 });
    const extended = await lock.extend(5000);
    assert.ok((await clients[2].pttl("resource")) > 4000);
    await extended.unlock();
    assert.deepEqual(await Promise.all(clients.map((client) => client.exists("resource"))), [0, 0, 0]);
    for (const client of clients) await client.quit();
  },
  async "a lock ends by itself, and a majority is enough"({ Redis, name }) {
    const clients = ["a", "b", "c"].map((which) => new Redis({ name: `${name} ${which}` }));
    const redlock = new Redlock(clients, { retryCount: 20, retryDelay: 20 });
    await redlock.lock(["one", "two"], 60);
    const begun = Date.now();
    const lock = await redlock.lock("two", 1000);
    assert.ok(Date.now() - begun >= 40);
    await lock.unlock();
    await clients[0].set("three", "held by somebody else");
    await (await redlock.lock("three", 500)).unlock();
    assert.equal(await clients[0].get("three"), "held by somebody else");
    for (const client of clients) await client.quit();
  },
};
