// rate-limiter-flexible: limits kept by defineCommand, multi and TTLs.

import assert from "node:assert/strict";
import { BurstyRateLimiter, RateLimiterQueue, RateLimiterRedis } from "rate-limiter-flexible";

export const tests = {
  async "points are consumed, and come back in time"({ Redis, name }) {
    const storeClient = new Redis({ name });
    const limiter = new RateLimiterRedis({ storeClient, points: 2, duration: 1, keyPrefix: "limit" });
    assert.equal((await limiter.consume("user")).remainingPoints, 1);
    assert.equal((await limiter.consume("user")).remainingPoints, 0);
    const refused = await limiter.consume("user").catch((result) => result);
    assert.deepEqual([refused.remainingPoints, refused.consumedPoints, refused.isFirstInDuration], [0, 3, false]);
    assert.ok(refused.msBeforeNext > 0 && refused.msBeforeNext <= 1000);
    assert.equal(await storeClient.get("limit:user"), "3");
    await new Promise((resolve) => setTimeout(resolve, refused.msBeforeNext + 5));
    assert.equal((await limiter.consume("user")).consumedPoints, 1);
    await limiter.penalty("user", 5);
    await limiter.reward("user", 2);
    assert.equal((await limiter.get("user")).consumedPoints, 4);
    await limiter.block("user", 10);
    assert.ok((await limiter.get("user")).msBeforeNext > 9000);
    assert.deepEqual([await limiter.delete("user"), await limiter.get("user")], [true, null]);
    await storeClient.quit();
  },
  async "many at once do not pass more than the limit"({ Redis, name }) {
    const storeClient = new Redis({ name });
    const limiter = new RateLimiterRedis({ storeClient, points: 25, duration: 10 });
    const results = await Promise.allSettled(Array.from({ length: 100 }, () => limiter.consume("all")));
    assert.equal(results.filter(({ status }) => status === "fulfilled").length, 25);
    await storeClient.quit();
  },
  async "bursts and queues"({ Redis, name }) {
    const storeClient = new Redis({ name });
    const limiter = (points, keyPrefix) => new RateLimiterRedis({ storeClient, points, duration: 1, keyPrefix });
    const bursty = new BurstyRateLimiter(limiter(1, "steady"), limiter(2, "burst"));
    const bursts = await Promise.allSettled([1, 2, 3, 4].map(() => bursty.consume("user")));
    assert.equal(bursts.filter(({ status }) => status === "fulfilled").length, 3);
    const queue = new RateLimiterQueue(limiter(2, "queue"));
    const begun = Date.now();
    await Promise.all([1, 2, 3].map(() => queue.removeTokens(1)));
    assert.ok(Date.now() - begun >= 500);
    await storeClient.quit();
  },
};
