import { builtin } from "./builtin.js";
import type { Command } from "./command.js";
import { keyIndexes } from "./keys.js";

/** What Node's diagnostics_channel gives for a name: who subscribes is told of calls and how they end. */
interface Channel {
  readonly hasSubscribers?: boolean;
  tracePromise<T>(run: () => Promise<T>, context: object): Promise<T>;
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

let channels: Record<"command" | "batch" | "connect", Channel> | undefined | null;

/** The channels under the names of ioredis, if somebody may subscribe to them. */
function known(): typeof channels {
  if (channels !== undefined) return channels;
  const { tracingChannel } = builtin<{ tracingChannel?(name: string): Channel }>("diagnostics_channel") ?? {};
  if (tracingChannel === undefined) return (channels = null);
  const [command, batch, connect] = ["command", "batch", "connect"].map((kind) => tracingChannel(`ioredis:${kind}`));
  return (channels = { command: command!, batch: batch!, connect: connect! });
}

/** Whether somebody hears of commands. */
export function isTraced(kind: "command" | "batch" | "connect" = "command"): boolean {
  return known()?.[kind].hasSubscribers === true;
}

/** Runs something of which subscribers are told. */
export function traced<T>(kind: "command" | "batch" | "connect", run: () => Promise<T>, context: () => object): Promise<T> {
  if (!isTraced(kind)) return run();
  const promise = channels![kind].tracePromise(run, context());
  // Whoever waits for it hears of its error; for some nobody does.
  promise.catch(() => {});
  return promise;
}

/** What subscribers are told of a command: of its arguments the keys, for the others may be secrets. */
export function contextOf({ name, args }: Command, place: Place): CommandTraceContext {
  const keys = new Set(keyIndexes(name, args));
  return { command: name, args: args.map((arg, at) => (keys.has(at) ? String(arg) : "?")), ...place };
}
