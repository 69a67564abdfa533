import { Shape } from "./reply.js";
import { subscriptions } from "./subscriber.js";

/** What a reply transformer is told besides the reply. */
export interface ReplyContext {
  commandName: string;
  protocol: 2 | 3;
  replyMapping: "legacy" | "resp3";
}

export type ArgumentTransformer = (args: any[]) => any[];
export type ReplyTransformer = (reply: any, context: ReplyContext) => unknown;

/** What the front knows of a command: its name and what ioredis does to its arguments and its reply. */
export interface Entry {
  readonly name: string;
  argument?: ArgumentTransformer | undefined;
  reply?: ReplyTransformer | undefined;
  /** How its reply is to be read, besides what the caller asks for. */
  shape: number;
  /** Whether the handle itself changes with the command, as it does with QUIT. */
  readonly special: boolean;
  /** Whether `argument` wants to see every call, not only those that bring objects. */
  strict: boolean;
  /** The command's number in a table of the engine, or -1 if it has none; and which table that is. */
  number: number;
  numbers: unknown;
}

/** Commands with which the handle itself changes. */
export const special = new Set(["quit", "select", "exec", "multi", "reset", "monitor", "himport", ...subscriptions]);

const entries = new Map<string, Entry>();

/** The entry of a command, in the spelling of the caller: ioredis transforms `hgetall` but not `HGETALL`. */
export function entryOf(name: string): Entry {
  let entry = entries.get(name);
  if (entry === undefined) {
    entry = {
      name,
      argument: argumentTransformers[name],
      reply: replyTransformers[name],
      shape: name === "hgetall" ? Shape.object : Shape.plain,
      special: special.has(name.toLowerCase()),
      strict: false,
      number: -1,
      numbers: undefined,
    };
    entries.set(name, entry);
  }
  return entry;
}

/** Arguments as the engine takes them: transformed, lists laid out one level deep, everything else a string. */
export function normalize(entry: Entry, given: readonly unknown[]): (string | number | Uint8Array)[] {
  if (!entry.strict && arePlain(given)) return given;
  let args: unknown[] = given.flat();
  if (entry.argument !== undefined) args = entry.argument(args);
  for (let i = 0; i < args.length; i++) {
    const arg = args[i];
    if (isPlain(arg)) continue;
    args[i] = arg === null || arg === undefined ? "" : String(arg);
  }
  return args as (string | number | Uint8Array)[];
}

function arePlain(args: readonly unknown[]): args is (string | number | Uint8Array)[] {
  for (let i = 0; i < args.length; i++) if (typeof args[i] !== "string" && !isPlain(args[i])) return false;
  return true;
}

/** Whether the engine takes an argument as it is. */
export function isPlain(arg: unknown): arg is string | number | Uint8Array {
  return typeof arg === "string" || typeof arg === "number" || arg instanceof Uint8Array;
}

/** Lays out a Map or an object as name, value, name, value; anything else is left alone. */
function pairs(source: unknown): unknown[] | undefined {
  if (typeof source !== "object" || source === null || source instanceof Uint8Array) return undefined;
  const flat: unknown[] = [];
  if (source instanceof Map) {
    for (const [name, value] of source) flat.push(name, value);
  } else {
    for (const name of Object.keys(source)) flat.push(name, (source as Record<string, unknown>)[name]);
  }
  return flat;
}

const pairsOnly: ArgumentTransformer = (args) => (args.length === 1 && pairs(args[0])) || args;

const keyThenPairs: ArgumentTransformer = (args) => {
  const fields = args.length === 2 ? pairs(args[1]) : undefined;
  return fields === undefined ? args : [args[0], ...fields];
};

const argumentTransformers: Record<string, ArgumentTransformer | undefined> = Object.assign(Object.create(null), {
  mset: pairsOnly,
  msetnx: pairsOnly,
  hset: keyThenPairs,
  hmset: keyThenPairs,
});

/** RESP3 answers [[member, score], ...] where RESP2 answered [member, score, ...]; ioredis keeps the latter. */
const flatPairs: ReplyTransformer = (reply, context) => {
  if (context.replyMapping === "resp3" || !Array.isArray(reply) || !Array.isArray(reply[0])) return reply;
  return context.protocol === 3 ? reply.flat() : reply;
};

/** RESP3 answers a map of streams, here a flat list; RESP2 answered [[stream, entries], ...]. */
const streamPairs: ReplyTransformer = (reply, context) => {
  if (context.protocol === 2 || context.replyMapping === "resp3" || !Array.isArray(reply)) return reply;
  const wrapped: unknown[] = [];
  for (let i = 0; i < reply.length; i += 2) wrapped.push([reply[i], reply[i + 1]]);
  return wrapped;
};

const replyTransformers: Record<string, ReplyTransformer | undefined> = Object.assign(Object.create(null), {
  vsim: ((reply, context) =>
    context.replyMapping === "legacy" && Array.isArray(reply) ? reply.flat() : reply) satisfies ReplyTransformer,
  xread: streamPairs,
  xreadgroup: streamPairs,
});
for (const name of ["hrandfield", "zdiff", "zinter", "zpopmax", "zpopmin", "zunion", "zrandmember", "zrange"]) {
  replyTransformers[name] = flatPairs;
}
for (const name of ["zrangebyscore", "zrevrange", "zrevrangebyscore"]) replyTransformers[name] = flatPairs;
