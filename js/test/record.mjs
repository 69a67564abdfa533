// `node js/test/record.mjs PROGRAM`: writes newer.json, what the calls of newer.mjs come to on a redis-server of 8.10.

import { writeFileSync } from "node:fs";
import { Redis } from "ioredis";
import { forms, newer, played } from "./newer.mjs";
import { redisServer } from "./oracle.mjs";
import { seen } from "./seen.mjs";

const [, , program] = process.argv;
if (program === undefined) throw new Error("usage: node js/test/record.mjs PROGRAM, the path of a redis-server of 8.10");
const server = await redisServer(program);
const recorded = {};
for (const [family, list] of Object.entries(newer)) {
  recorded[family] = {};
  for (const [form, [options, asBytes]] of Object.entries(forms)) {
    const redis = new Redis(server.port, "127.0.0.1", options);
    await redis.flushall();
    recorded[family][form] = await played(redis, list, asBytes, seen);
    await redis.quit();
  }
}
const lines = Object.entries(recorded).map(([family, played]) => {
  const rows = Object.entries(played).map(([form, replies]) => `    "${form}": [\n${replies.map((reply) => `      ${JSON.stringify(reply)}`).join(",\n")}\n    ]`);
  return `  "${family}": {\n${rows.join(",\n")}\n  }`;
});
writeFileSync(new URL("newer.json", import.meta.url), `{\n${lines.join(",\n")}\n}\n`);
await server.stop();
