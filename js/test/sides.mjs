// The same scenario on the real ioredis with a real redis-server, and on this package: results and errors are equal.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Command as IOCommand, Redis as IORedis } from "ioredis";
import Redis, { Command as OurCommand } from "../dist/entry/node.js";
import { redisServer } from "./oracle.mjs";
import { seen } from "./seen.mjs";

export { seen };

let server;
before(async () => (server = await redisServer()));
after(() => server.stop());

/** Each side begins a scenario without data: the server is flushed, the engine is a new one. */
const theirs = async () => {
  const flusher = new IORedis(server.port, "127.0.0.1");
  await flusher.flushall();
  await flusher.script("FLUSH");
  await flusher.quit();
  return (options) => new IORedis(server.port, "127.0.0.1", options);
};
let engines = 0;
const ours = async () => {
  const name = `parity-${engines++}`;
  return (options) => new Redis({ name, ...options });
};

/** Milliseconds for a scenario on one side, after which it hangs. */
const LONGEST = 20_000;

/** Runs a scenario: what it returns, or what each promise of the list that it returns comes to. */
async function play(side, options, scenario) {
  const open = await side();
  const handles = [];
  const make = (options) => {
    const handle = open(options);
    handle.on("error", () => {});
    handles.push(handle);
    return handle;
  };
  const redis = make(options);
  let timer;
  const late = new Promise((_resolve, reject) => (timer = setTimeout(reject, LONGEST, new Error(`${side.name} hang`))));
  const outcome = async () => {
    let result = scenario(redis, make);
    result = Array.isArray(result) ? await Promise.allSettled(result) : [await Promise.resolve(result).then(fulfilled, rejected)];
    return result.map(({ status, value, reason }) => (status === "fulfilled" ? seen(value) : { rejected: seen(reason) }));
  };
  try {
    return await Promise.race([outcome(), late]);
  } finally {
    clearTimeout(timer);
    for (const handle of handles) handle.disconnect();
  }
}

const fulfilled = (value) => ({ status: "fulfilled", value });
const rejected = (reason) => ({ status: "rejected", reason });

export function parity(name, scenario, options) {
  test(name, async () => {
    const expected = await play(theirs, options, scenario);
    const found = await play(ours, options, scenario);
    assert.deepEqual(found, expected);
  });
}

export const commandOf = (redis) => (redis instanceof Redis ? OurCommand : IOCommand);
export const callback = (start) => new Promise((resolve) => start((error, result) => resolve([error && seen(error), result])));
