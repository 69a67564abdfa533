// Only its types are checked: what a program that uses the package may rely on.

import Redis, { ReplyError, type RedisOptions, type Result } from "redmoon";

declare module "redmoon" {
  interface RedisCommander<Context> {
    swap(key: string, from: string, to: string): Result<number, Context>;
  }
}

const options: RedisOptions = { name: "types", db: 1, keyPrefix: "app:" };

export async function program(): Promise<void> {
  const redis = new Redis(options);
  const ok: "OK" | null = await redis.set("key", "value", "EX", 10, "NX");
  const text: string | null = await redis.get("key");
  const bytes: Uint8Array | null = await redis.getBuffer("key");
  const count: number = await redis.incr("counter");
  const added: number = await redis.hset("hash", { field: 1 });
  const hash: Record<string, string> = await redis.hgetall("hash");
  const members: string[] = await redis.zrange("zset", 0, -1);
  const any: unknown = await redis.call("OBJECT", "ENCODING", "key");
  const returned: unknown = await redis.eval("return 1", 0);
  const results = await redis.multi().set("a", 1).get("a").exec();
  const [failure, second]: [error: Error | null, result?: unknown] = results?.[1] ?? [null];
  const swapped: number = await redis.swap("key", "a", "b");
  const piped = await redis.pipeline().incr("a").exec();
  const [now, none, queued]: [string | null, number, "OK"] = [redis.sync.get("key"), redis.sync.del("none"), redis.sync.multi()];
  const swappedNow: number = redis.sync.swap("key", "a", "b");
  try {
    await redis.lpush("key", "x");
  } catch (error) {
    if (error instanceof ReplyError) console.log(error.message);
  }
  // @ts-expect-error A key is needed.
  await redis.get();
  // @ts-expect-error No such command.
  await redis.nosuch();
  // @ts-expect-error Not a string.
  const wrong: string = await redis.incr("counter");
  console.log(ok, text, bytes, count, added, hash, members, any, returned, failure, second, swapped, piped, wrong);
  console.log(now, none, queued, swappedNow);
  await redis.quit();
}
