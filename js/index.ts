import type { Cluster as EitherCluster, Redis as Either, RedisConstructor, ReplyMapping } from "./ioredis.js";
import { Redis as Handle } from "./redis.js";

export const Redis = Handle as unknown as RedisConstructor;
export type Redis<M extends ReplyMapping = "legacy"> = Either<M>;
export { Redis as default };
export type { ChainableCommander, RedisConstructor, ReplyMapping } from "./ioredis.js";
export const { Cluster } = Redis;
export type Cluster<M extends ReplyMapping = "legacy"> = EitherCluster<M>;
export type { Status, Status as RedisStatus } from "./connection.js";
export { Limited } from "./limited.js";
export { Command, type Callback, type CommandOptions } from "./command.js";
export type { SyncCommander } from "./sync.js";
export { Wire } from "./wire.js";
export { Pipeline, type ExecResult } from "./pipeline.js";
export { AbortError, EngineError, RedisError, ReplyError, type FailedCommand } from "./errors.js";
export type { EngineSettings, HimportFieldset, LogLevel, RedisOptions, RedisOptions as CommonRedisOptions, ScriptDefinition } from "./options.js";
export type { ScanStream, ScanStreamOptions } from "./scan.js";
export type * from "./servers.js";
export type { BatchOperationContext, CommandTraceContext, ConnectTraceContext } from "./tracing.js";
export type { ScriptLimits, ScriptTrace, TraceEvent } from "./script.js";
export type { RedisCommander } from "./commands.gen.js";
export type { Bytes, ClientContext, RedisKey, RedisValue, Result, ResultTypes } from "./types.js";

/** Prints an error or a reply: a callback for the first steps. */
export function print(error: Error | null, reply?: unknown): void {
  console.log(error ? `Error: ${error}` : `Reply: ${reply}`);
}
