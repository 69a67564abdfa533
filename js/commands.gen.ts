// Made by js/generate.mjs from the engine's table of commands. Do not edit.

import type { Args, Callback, Bytes, ClientContext, Has, Pairs, RedisKey, RedisValue, Result } from "./types.js";

/** Every command that has a method, in lower case. */
export const commandNames =
  "discard eval evalsha evalsha_ro eval_ro exec get multi script unwatch watch";

/** Where keys stand in each command that has any: see keys.ts. */
export const keySpecs = "eval=2,n,0,1,1\nevalsha=2,n,0,1,1\nevalsha_ro=2,n,0,1,1\neval_ro=2,n,0,1,1\nget=1,r,0,1,0\nwatch=1,r,-1,1,0";

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

  /**
   * Executes a server-side Lua script.
   *
   *     EVAL script numkeys:int [key...] [arg...]
   *
   * - complexity: Depends on the script that is executed.
   * - since: 2.6.0
   * - group: scripting
   */
  eval(script: RedisValue, numkeys: number | string, ...args: Args): Result<unknown, Context>;
  eval(...args: [script: RedisValue, numkeys: number | string, ...args: Args, callback: Callback<unknown>]): Result<unknown, Context>;
  evalBuffer(script: RedisValue, numkeys: number | string, ...args: Args): Result<unknown, Context>;
  evalBuffer(...args: [script: RedisValue, numkeys: number | string, ...args: Args, callback: Callback<unknown>]): Result<unknown, Context>;

  /**
   * Executes a server-side Lua script by SHA1 digest.
   *
   *     EVALSHA sha1 numkeys:int [key...] [arg...]
   *
   * - complexity: Depends on the script that is executed.
   * - since: 2.6.0
   * - group: scripting
   */
  evalsha(sha1: RedisValue, numkeys: number | string, ...args: Args): Result<unknown, Context>;
  evalsha(...args: [sha1: RedisValue, numkeys: number | string, ...args: Args, callback: Callback<unknown>]): Result<unknown, Context>;
  evalshaBuffer(sha1: RedisValue, numkeys: number | string, ...args: Args): Result<unknown, Context>;
  evalshaBuffer(...args: [sha1: RedisValue, numkeys: number | string, ...args: Args, callback: Callback<unknown>]): Result<unknown, Context>;

  /**
   * Executes a read-only server-side Lua script by SHA1 digest.
   *
   *     EVALSHA_RO sha1 numkeys:int [key...] [arg...]
   *
   * - complexity: Depends on the script that is executed.
   * - since: 7.0.0
   * - group: scripting
   */
  evalsha_ro(sha1: RedisValue, numkeys: number | string, ...args: Args): Result<unknown, Context>;
  evalsha_ro(...args: [sha1: RedisValue, numkeys: number | string, ...args: Args, callback: Callback<unknown>]): Result<unknown, Context>;
  evalsha_roBuffer(sha1: RedisValue, numkeys: number | string, ...args: Args): Result<unknown, Context>;
  evalsha_roBuffer(...args: [sha1: RedisValue, numkeys: number | string, ...args: Args, callback: Callback<unknown>]): Result<unknown, Context>;

  /**
   * Executes a read-only server-side Lua script.
   *
   *     EVAL_RO script numkeys:int [key...] [arg...]
   *
   * - complexity: Depends on the script that is executed.
   * - since: 7.0.0
   * - group: scripting
   */
  eval_ro(script: RedisValue, numkeys: number | string, ...args: Args): Result<unknown, Context>;
  eval_ro(...args: [script: RedisValue, numkeys: number | string, ...args: Args, callback: Callback<unknown>]): Result<unknown, Context>;
  eval_roBuffer(script: RedisValue, numkeys: number | string, ...args: Args): Result<unknown, Context>;
  eval_roBuffer(...args: [script: RedisValue, numkeys: number | string, ...args: Args, callback: Callback<unknown>]): Result<unknown, Context>;

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

  // SCRIPT is typed by its subcommands.

  /**
   * Determines whether server-side Lua scripts exist in the script cache.
   *
   *     SCRIPT EXISTS sha1...
   *
   * - complexity: O(N) with N being the number of scripts to check.
   * - since: 2.6.0
   * - group: scripting
   */
  script(subcommand: "EXISTS" | "exists", ...args: Args): Result<number[], Context>;
  script(...args: [subcommand: "EXISTS" | "exists", ...args: Args, callback: Callback<number[]>]): Result<number[], Context>;
  scriptBuffer(subcommand: "EXISTS" | "exists", ...args: Args): Result<number[], Context>;
  scriptBuffer(...args: [subcommand: "EXISTS" | "exists", ...args: Args, callback: Callback<number[]>]): Result<number[], Context>;

  /**
   * Removes all server-side Lua scripts from the script cache.
   *
   *     SCRIPT FLUSH [<ASYNC | SYNC>]
   *
   * - complexity: O(N) with N being the number of scripts in cache.
   * - since: 2.6.0
   * - group: scripting
   */
  script(subcommand: "FLUSH" | "flush", ...args: Args): Result<"OK", Context>;
  script(...args: [subcommand: "FLUSH" | "flush", ...args: Args, callback: Callback<"OK">]): Result<"OK", Context>;
  scriptBuffer(subcommand: "FLUSH" | "flush", ...args: Args): Result<Bytes, Context>;
  scriptBuffer(...args: [subcommand: "FLUSH" | "flush", ...args: Args, callback: Callback<Bytes>]): Result<Bytes, Context>;

  /**
   * Returns helpful text about the different subcommands.
   *
   *     SCRIPT HELP
   *
   * - complexity: O(1)
   * - since: 5.0.0
   * - group: scripting
   */
  script(subcommand: "HELP" | "help", callback?: Callback<string[]>): Result<string[], Context>;
  scriptBuffer(subcommand: "HELP" | "help", callback?: Callback<Bytes[]>): Result<Bytes[], Context>;

  /**
   * Terminates a server-side Lua script during execution.
   *
   *     SCRIPT KILL
   *
   * - complexity: O(1)
   * - since: 2.6.0
   * - group: scripting
   */
  script(subcommand: "KILL" | "kill", callback?: Callback<"OK">): Result<"OK", Context>;
  scriptBuffer(subcommand: "KILL" | "kill", callback?: Callback<Bytes>): Result<Bytes, Context>;

  /**
   * Loads a server-side Lua script to the script cache.
   *
   *     SCRIPT LOAD script
   *
   * - complexity: O(N) with N being the length in bytes of the script body.
   * - since: 2.6.0
   * - group: scripting
   */
  script(subcommand: "LOAD" | "load", script: RedisValue, callback?: Callback<string>): Result<string, Context>;
  scriptBuffer(subcommand: "LOAD" | "load", script: RedisValue, callback?: Callback<Bytes>): Result<Bytes, Context>;

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
