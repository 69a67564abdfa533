import type { ChainableCommander } from "./ioredis.js";

export type { Callback } from "./command.js";

/** @ts-ignore Where the types of Node are not known this is `any`. */
type NodeBuffer = Buffer;

/** What Buffer twins answer: a Buffer where the types of Node are known, a Uint8Array elsewhere. */
export type Bytes = string extends keyof NodeBuffer ? Uint8Array : NodeBuffer;

export type RedisKey = string | Uint8Array;
export type RedisValue = string | Uint8Array | number;

/** Arguments that are passed on as they come; lists among them are laid out. */
export type Args = readonly (RedisValue | readonly RedisValue[])[];

/** The same where there must be one. */
export type SomeArgs = readonly [Args[number], ...Args];

/** Names and values, for the commands that take them as one object. An interface has no index signature but this. */
export type Pairs = Record<string, any> | Map<RedisValue, RedisValue>;

/** Whether one of the words stands among the arguments, in any case. */
export type Has<A extends Args, Words extends string> =
  Extract<Uppercase<Extract<A[number], string>>, Words> extends never ? false : true;

/** Who answers a command: a handle with a promise, a pipeline with itself, `sync` with the reply. */
export interface ClientContext {
  type: keyof ResultTypes<unknown, unknown>;
}

export interface ResultTypes<Result, _Context> {
  default: Promise<Result>;
  pipeline: ChainableCommander;
  sync: Result;
}

export type Result<T, Context extends ClientContext> = ResultTypes<T, Context>[Context["type"]];
