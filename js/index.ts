export { Cluster, Limited, Redis, Redis as default, type ExecResult, type Status } from "./redis.js";
export { Command, type Callback, type CommandOptions } from "./command.js";
export type { SyncCommander } from "./sync.js";
export { Wire } from "./wire.js";
export { Pipeline, type ChainableCommander } from "./pipeline.js";
export { AbortError, EngineError, RedisError, ReplyError, type FailedCommand } from "./errors.js";
export type { EngineSettings, LogLevel, RedisOptions, ScriptDefinition } from "./options.js";
export type { ScanStream, ScanStreamOptions } from "./scan.js";
export type { ScriptLimits, ScriptTrace, TraceEvent } from "./script.js";
export type { RedisCommander } from "./commands.gen.js";
export type { Bytes, ClientContext, RedisKey, RedisValue, Result, ResultTypes } from "./types.js";

/** Prints an error or a reply: a callback for the first steps. */
export function print(error: Error | null, reply?: unknown): void {
  console.log(error ? `Error: ${error}` : `Reply: ${reply}`);
}
