import type { LogLevel, ScriptDefinition } from "./options.js";
import { sha1 } from "./sha1.js";

/** What a script may use before it is ended with an error. What is left out is as the engine's configuration says. */
export interface ScriptLimits {
  /** Steps: about one for each turn of a loop and each call, more for long work inside a library (`script-fuel`). */
  fuel?: number;
  /** Bytes that it may hold; at least 1 MB (`script-memory`). */
  memory?: number;
  /** Milliseconds; 0 is no limit (`script-time`). */
  time?: number;
  /** Whether keys that were not declared, and keys of different cluster slots, are refused (`script-strict`). */
  strict?: boolean;
}

/** One thing that a traced script has done. Times are in nanoseconds, `at` since the script began. */
export type TraceEvent =
  | { kind: "line"; line: number; at: number }
  | { kind: "call" | "pcall"; line: number; at: number; ns: number; args: string[]; reply: unknown }
  | { kind: "log"; line: number; at: number; level: LogLevel; message: string };

/** A run of a script, as `redis.trace` answers it. */
export interface ScriptTrace {
  /** What the script answered, or the error that it ended with. */
  reply: unknown;
  /** What it did, in order. Of a command that failed, `reply` is the error. */
  events: TraceEvent[];
  /** There was more to be told: only the first 100,000 events are. */
  truncated: boolean;
  /** Steps that it took. */
  fuel: number;
  /** Bytes that it held at its end, what it no longer needed included. */
  memory: number;
  /** How long it took, in nanoseconds. */
  ns: number;
}

const levels: readonly LogLevel[] = ["debug", "verbose", "notice", "warning"];

/** Makes the trace of what the engine answers. */
export function readTrace(answer: unknown): ScriptTrace {
  const trace = answer as ScriptTrace;
  for (const event of trace.events) if (event.kind === "log") event.level = levels[Number(event.level)] ?? "warning";
  return trace;
}

/** A command that `defineCommand` made. */
export class Script {
  readonly lua: string;
  readonly numberOfKeys: number | undefined;
  private digest: string | undefined;

  constructor(definition: ScriptDefinition) {
    this.lua = definition.lua;
    this.numberOfKeys = typeof definition.numberOfKeys === "number" ? definition.numberOfKeys : undefined;
  }

  /** SHA-1 of the source, by which EVALSHA knows it. */
  get sha(): string {
    return (this.digest ??= sha1(this.lua));
  }

  /** The arguments of EVALSHA or EVAL after the script itself. */
  arguments(given: readonly unknown[]): readonly unknown[] {
    return this.numberOfKeys === undefined ? given : [this.numberOfKeys, ...given];
  }
}
