// Only its types are checked: where ioredis is installed, a handle is what libraries ask for that know only ioredis.

import { Queue, Worker, type ConnectionOptions } from "bullmq";
import type { ChainableCommander as TheirChain, Redis as Theirs } from "ioredis";
import Redis, { type ChainableCommander, type Result } from "redmoon";

declare module "redmoon" {
  interface RedisCommander<Context> {
    swap(key: string, from: string, to: string): Result<number, Context>;
  }
}

declare module "ioredis" {
  interface RedisCommander<Context> {
    flip(key: string): import("ioredis").Result<string, Context>;
  }
}

class Extended extends Redis {
  readonly extra = 1;
}

export async function program(): Promise<void> {
  const redis = new Redis({ name: "types" });
  const theirs: Theirs[] = [redis, redis.duplicate(), new Extended(), await redis.monitor()];
  const connection: ConnectionOptions = redis;
  const queue = new Queue("jobs", { connection });
  const worker = new Worker("jobs", async () => 1, { connection: redis.duplicate() });
  const [swapped, flipped]: [number, string] = [await redis.swap("key", "a", "b"), await redis.flip("key")];
  const now: string | null = redis.sync.get("key");
  const chain: ChainableCommander = redis.pipeline().set("a", 1).swap("key", "a", "b");
  const theirChain: TheirChain = chain.flip("key");
  const again: Redis = redis.duplicate({ db: 1 });
  const score: number | null = await new Redis({ protocol: 3, replyMapping: "resp3" }).zscore("zset", "member");
  redis.on("message", (channel: string, message: string) => console.log(channel, message));
  // @ts-expect-error A key is needed.
  await redis.get();
  // @ts-expect-error No such command.
  await redis.nosuch();
  // @ts-expect-error Not a string.
  const wrong: string = await redis.incr("counter");
  console.log(theirs, queue, worker, swapped, flipped, now, theirChain, again, score, wrong);
}
