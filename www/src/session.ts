/** The playground's session on the engine: commands as bytes, replies as redis-cli would see them. */

import { Wire } from "redmoon/full";
import { parseReplies, type Reply } from "./reply.js";

const encoder = new TextEncoder();

/** Something that wants to know that a command ran. */
export type Listener = () => void;

/** What the prompt shows of the session. */
export interface State {
  db: number;
  inTransaction: boolean;
}

/**
 * Two sessions on one engine: what is typed runs in the first; the page looks from the second, which no transaction
 * of the first can hold up.
 */
export class Session {
  private readonly listeners = new Set<Listener>();

  private constructor(
    private readonly typed: Wire,
    private readonly observer: Wire,
    private readonly id: string,
  ) {}

  /** Loads the engine and opens a session. */
  static async open(name: string): Promise<Session> {
    const typed = await Wire.open(name);
    const [id] = parseReplies(typed.feed(request(["CLIENT", "ID"])));
    return new Session(typed, await Wire.open(name), id && "text" in id ? id.text : "");
  }

  /** Runs a command; the replies are one, or more for a command that answers so. */
  run(...argv: (string | Uint8Array)[]): Reply[] {
    const replies = parseReplies(this.typed.feed(request(argv)));
    this.ask("SELECT", String(this.state().db));
    for (const listener of this.listeners) listener();
    return replies;
  }

  /** Runs a command that only looks, in the same database. */
  ask(...argv: (string | Uint8Array)[]): Reply[] {
    return parseReplies(this.observer.feed(request(argv)));
  }

  /** Says which database is selected and whether a transaction is open. */
  state(): State {
    const [client] = this.ask("CLIENT", "LIST", "ID", this.id);
    const text = client && "text" in client ? client.text : "";
    const field = (name: string, missing: number): number => Number(new RegExp(`\\b${name}=(-?\\d+)`).exec(text)?.[1] ?? missing);
    return { db: field("db", 0), inTransaction: field("multi", -1) >= 0 };
  }

  /** Calls `listener` after each command. */
  onRun(listener: Listener): void {
    this.listeners.add(listener);
  }
}

function request(argv: (string | Uint8Array)[]): Uint8Array {
  const parts: Uint8Array[] = [encoder.encode(`*${argv.length}\r\n`)];
  for (const arg of argv) {
    const bytes = typeof arg === "string" ? encoder.encode(arg) : arg;
    parts.push(encoder.encode(`$${bytes.length}\r\n`), bytes, encoder.encode("\r\n"));
  }
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
