import { decode } from "./bytes.js";
import type { Emitter } from "./events.js";

/** The ways to subscribe, by the command that begins each, and the commands that end them. */
const kinds = { subscribe: "unsubscribe", psubscribe: "punsubscribe", ssubscribe: "sunsubscribe" } as const;
export type Kind = keyof typeof kinds;
const names = Object.keys(kinds) as Kind[];

/** The commands that change subscriptions. */
export const subscriptions = new Set<string>([...names, ...Object.values(kinds)]);

/** Those that a subscriber may call in RESP2. */
export const subscriberCommands = new Set([...subscriptions, "ping", "quit"]);

/** What a handle is subscribed to. */
export class Subscriptions {
  private readonly sets: Record<Kind, Set<string>> = {
    subscribe: new Set(),
    psubscribe: new Set(),
    ssubscribe: new Set(),
  };

  get isEmpty(): boolean {
    return names.every((kind) => this.sets[kind].size === 0);
  }

  /** The channels, patterns or shard channels. */
  channels(kind: Kind): string[] {
    return [...this.sets[kind]];
  }

  /**
   * Takes note of what one command did, by its confirmations: what was done, to which channel, and how many are left.
   * Returns the count of the last.
   */
  confirm(confirmations: unknown): number {
    let left = 0;
    for (const [word, channel, count] of confirmations as [string, string | null, number][]) {
      left = Number(count);
      for (const kind of names) {
        if (word === kind) this.sets[kind].add(String(channel));
        else if (word === kinds[kind]) this.sets[kind].delete(String(channel));
      }
    }
    return left;
  }

  /** Calls `subscribe` once for each kind that there is something of. */
  renew(subscribe: (kind: Kind, channels: string[]) => void): void {
    for (const kind of names) {
      if (this.sets[kind].size > 0) subscribe(kind, this.channels(kind));
    }
  }
}

/** Emits a message as ioredis does: in strings, then in bytes. Other pushes are nothing to a handle. */
export function emitMessage(handle: Emitter, push: unknown): void {
  if (!Array.isArray(push)) return;
  const [word, ...rest] = push as Uint8Array[];
  const event = word === undefined ? "" : decode(word);
  if (event === "message" || event === "smessage") {
    const [channel, message] = rest as [Uint8Array, Uint8Array];
    if (handle.listenerCount(event) > 0) handle.emit(event, decode(channel), text(message));
    handle.emit(`${event}Buffer`, channel, message);
  } else if (event === "pmessage") {
    const [pattern, channel, message] = rest as [Uint8Array, Uint8Array, Uint8Array];
    if (handle.listenerCount(event) > 0) handle.emit(event, decode(pattern), decode(channel), text(message));
    handle.emit("pmessageBuffer", decode(pattern), channel, message);
  }
}

/** Keys that changed come to a channel as a list, or as null when all did. */
function text(message: Uint8Array | Uint8Array[] | null): string {
  if (message === null) return "";
  return Array.isArray(message) ? message.map(decode).join() : decode(message);
}

/** Emits a line of MONITOR as ioredis does: time, arguments, source, database. */
export function emitMonitored(handle: Emitter, line: string): void {
  const time = line.slice(0, line.indexOf(" "));
  const quote = line.indexOf('"');
  const args = line
    .slice(quote + 1, -1)
    .split('" "')
    .map((arg) => arg.replace(/\\"/g, '"'));
  const [db, source] = line.slice(time.length + 2, quote - 2).split(" ");
  handle.emit("monitor", time, args, source, db);
}
