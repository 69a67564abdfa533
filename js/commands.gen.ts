// Made by js/generate.mjs from the engine's table of commands. Do not edit.

import type { Args, Callback, Bytes, ClientContext, Has, Pairs, RedisKey, RedisValue, Result } from "./types.js";

/** Every command that has a method, in lower case. */
export const commandNames =
  "discard exec get multi unwatch watch";

/** Where keys stand in each command that has any: see keys.ts. */
export const keySpecs = "get=1,r,0,1,0\nwatch=1,r,-1,1,0";

/** A method for each command and its Buffer twin. */
export interface RedisCommander<Context extends ClientContext = { type: "default" }> {
  /** Runs a command by its name. */
  call(command: string, ...args: (RedisValue | readonly RedisValue[])[]): Result<unknown, Context>;
  call(...args: [command: string, ...args: Args, callback: Callback<unknown>]): Result<unknown, Context>;
  /** Runs a command by its name and answers strings as bytes. */
  callBuffer(command: string, ...args: (RedisValue | readonly RedisValue[])[]): Result<unknown, Context>;
  callBuffer(...args: [command: string, ...args: Args, callback: Callback<unknown>]): Result<unknown, Context>;

  /**
   * Discards a transaction.
   *
   *     DISCARD
   *
   * - complexity: O(N), when N is the number of queued commands
   * - since: 2.0.0
   * - group: transactions
   */
  discard(callback?: Callback<"OK">): Result<"OK", Context>;
  discardBuffer(callback?: Callback<Bytes>): Result<Bytes, Context>;

  // EXEC differs between a handle and a pipeline.

  /**
   * Returns the string value of a key.
   *
   *     GET key
   *
   * - complexity: O(1)
   * - since: 1.0.0
   * - group: string
   */
  get(key: RedisKey, callback?: Callback<string | null>): Result<string | null, Context>;
  getBuffer(key: RedisKey, callback?: Callback<Bytes | null>): Result<Bytes | null, Context>;

  // MULTI differs between a handle and a pipeline.

  /**
   * Forgets about watched keys of a transaction.
   *
   *     UNWATCH
   *
   * - complexity: O(1)
   * - since: 2.2.0
   * - group: transactions
   */
  unwatch(callback?: Callback<"OK">): Result<"OK", Context>;
  unwatchBuffer(callback?: Callback<Bytes>): Result<Bytes, Context>;

  /**
   * Monitors changes to keys to determine the execution of a transaction.
   *
   *     WATCH key...
   *
   * - complexity: O(1) for every key.
   * - since: 2.2.0
   * - group: transactions
   */
  watch(...args: Args): Result<"OK", Context>;
  watch(...args: [...args: Args, callback: Callback<"OK">]): Result<"OK", Context>;
  watchBuffer(...args: Args): Result<Bytes, Context>;
  watchBuffer(...args: [...args: Args, callback: Callback<Bytes>]): Result<Bytes, Context>;
}
