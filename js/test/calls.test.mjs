// Several hundred calls of all families of commands, a file of calls/ each, on the real ioredis with a real redis-server
// and here: one by one, by callbacks, in pipelines and transactions, as bytes, in each protocol, with a prefix. Their
// results are equal.

import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { test } from "node:test";
import { parity } from "./sides.mjs";

/**
 * Families by their names: calls in the order in which they are made, each a name, then arguments as a caller of ioredis
 * gives them. They are those of redis 7.0, whose server says what they come to.
 */
const calls = {};
for (const file of readdirSync(new URL("calls/", import.meta.url)).sort()) {
  calls[file.replace(".mjs", "").replace("_", " ")] = (await import(`./calls/${file}`)).default;
}

/** Whose replies have no order of their own, or one that later releases keep and 7.0 does not. */
const unordered = new Set("smembers sinter sunion sdiff sscan keys scan spop srandmember".split(" "));

/** Makes one call; names that have no method go by `call`. */
const make = (redis, [name, ...args]) => (typeof redis[name] === "function" ? redis[name](...args) : redis.call(name, ...args));

const isOrdered = ([name]) => !unordered.has(name.replace(/Buffer$/, ""));

/** Puts lists in one order, those within a SCAN's reply, too. */
function inOrder(reply) {
  if (!Array.isArray(reply)) return reply;
  const items = reply.map(inOrder);
  return items.some(Array.isArray) ? items : items.sort((a, b) => (String(a) < String(b) ? -1 : 1));
}

/** 7.0 writes doubles in 17 digits, and later releases in as few as say the same. */
function rounded(reply) {
  if (Array.isArray(reply)) return reply.map(rounded);
  if (typeof reply === "number" && !Number.isInteger(reply)) return Number(reply.toPrecision(14));
  if (Buffer.isBuffer(reply)) return Buffer.from(rounded(reply.toString("latin1")), "latin1");
  return typeof reply === "string" && /^-?\d+\.\d{9,}$/.test(reply) ? `${Number(Number(reply).toPrecision(14))}` : reply;
}

const settled = (call, reply) => rounded(isOrdered(call) ? reply : inOrder(reply));

/** A call whose reply is bytes where it can be. */
const inBytes = ([name, ...args]) => [name.endsWith("Buffer") || name === "nosuch" ? name : `${name}Buffer`, ...args];

/** What ends or begins a transaction, or speaks of the connection, has no place among others that are sent together. */
const isFree = ([name]) => !/^(exec|discard|watch|unwatch|select|auth|client)$/.test(name);

/** Where keys are missing that the arguments speak of, ioredis itself fails to put a prefix before them. */
const hasItsKeys = ([name, ...args]) => name !== "migrate" && args[1] !== 5;

const oneByOne = (list) => async (redis) => {
  const replies = [];
  for (const call of list) {
    replies.push(await make(redis, call).then((reply) => [settled(call, reply)], (error) => [error]));
  }
  return replies;
};

const byCallbacks = (list) => async (redis) => {
  const replies = [];
  for (const call of list) {
    replies.push(await new Promise((resolve) => make(redis, [...call, (error, reply) => resolve(error ? [error] : [settled(call, reply)])])));
  }
  return replies;
};

const together = (list) => (redis) => list.map((call) => make(redis, call).then((reply) => settled(call, reply)));

const inPipeline = (list) => async (redis) => {
  const pipeline = redis.pipeline();
  for (const call of list) make(pipeline, call);
  const results = await pipeline.exec();
  return results.map(([error, reply], at) => [error, settled(list[at], reply)]);
};

/** Of the commands of a transaction one that is refused when it is queued discards the others, so there are several. */
const inTransactions = (list) => async (redis) => {
  const outcomes = [];
  const queued = list.filter(isFree);
  for (let from = 0; from < queued.length; from += 6) {
    const part = queued.slice(from, from + 6);
    const transaction = redis.multi();
    for (const call of part) make(transaction, call);
    const reply = ([error, value], at) => [error, settled(part[at], value)];
    outcomes.push(await transaction.exec().then((results) => results.map(reply), (error) => error));
  }
  return outcomes;
};

for (const [family, list] of Object.entries(calls)) {
  for (const options of [{ protocol: 2 }, { protocol: 3 }, { protocol: 3, replyMapping: "resp3" }]) {
    parity(`${family}, one by one, ${JSON.stringify(options)}`, oneByOne(list), options);
  }
  parity(`${family}, by callbacks`, byCallbacks(list), {});
  parity(`${family}, at once`, together(list), {});
  parity(`${family}, as bytes`, oneByOne(list.map(inBytes)), {});
  parity(`${family}, in a pipeline`, inPipeline(list), {});
  parity(`${family}, in a pipeline, as bytes`, inPipeline(list.map(inBytes)), { protocol: 2 });
  parity(`${family}, in transactions`, inTransactions(list), {});
  parity(`${family}, pipelined of themselves`, together(list.filter(isFree)), { enableAutoPipelining: true });
  parity(`${family}, with a prefix`, oneByOne(list.filter(hasItsKeys)), { keyPrefix: "app:" });
  parity(`${family}, numbers as strings`, oneByOne(list), { stringNumbers: true });
}

test("there are at least 400 different calls", () => {
  const text = (arg) => (arg instanceof Map ? JSON.stringify([...arg]) : JSON.stringify(arg));
  const different = new Set(Object.values(calls).flat().map((call) => call.map(text).join()));
  assert.ok(different.size >= 400, `there are ${different.size}`);
});
