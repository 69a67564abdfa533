import { builtin } from "./builtin.js";
import type { Command } from "./command.js";
import { keyIndexes } from "./keys.js";

/** What Node's diagnostics_channel has for calls that take time: who subscribes is told of them and how they end. */
interface Diagnostics {
  hasSubscribers(channel: string): boolean;
  tracingChannel?(name: string): { tracePromise<T>(run: () => Promise<T>, context: object): Promise<T> };
}

/** Where a handle says that it is; an engine's name stands for a server's address. */
export interface Place {
  database: number;
  serverAddress: string;
  serverPort: number | undefined;
}

/** What subscribers are told of a command. */
export interface CommandTraceContext extends Place {
  command: string;
  args: string[];
}

/** What they are told of a transaction. */
export interface BatchOperationContext extends Place {
  batchMode: "MULTI";
  batchSize: number;
}

/** What they are told of a connection. */
export interface ConnectTraceContext extends Omit<Place, "database"> {
  connectionEpoch: number;
}

let diagnostics: Diagnostics | undefined | null;

/** What can be traced, under ioredis's names. */
type Kind = "command" | "batch" | "connect";

/** The channels by which a call is told of. */
const phases = ["start", "end", "asyncStart", "asyncEnd", "error"];

/** Whether somebody hears of commands. No channel is made to find out, for that takes time at every start. */
export function isTraced(kind: Kind = "command"): boolean {
  diagnostics ??= builtin<Diagnostics>("diagnostics_channel") ?? null;
  if (diagnostics?.tracingChannel === undefined) return false;
  return phases.some((phase) => diagnostics!.hasSubscribers(`tracing:ioredis:${kind}:${phase}`));
}

/** Runs something of which subscribers are told. */
export function traced<T>(kind: Kind, run: () => Promise<T>, context: () => object): Promise<T> {
  if (!isTraced(kind)) return run();
  const promise = diagnostics!.tracingChannel!(`ioredis:${kind}`).tracePromise(run, context());
  // Whoever waits for it hears of its error; for some nobody does.
  promise.catch(() => {});
  return promise;
}

/** What subscribers are told of a command: of its arguments the keys, for the others may be secrets. */
export function contextOf({ name, args }: Command, place: Place): CommandTraceContext {
  const keys = new Set(keyIndexes(name, args));
  return { command: name, args: args.map((arg, at) => (keys.has(at) ? String(arg) : "?")), ...place };
}
