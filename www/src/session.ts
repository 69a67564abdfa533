/** The playground's session on the engine: commands as bytes, replies as redis-cli would see them. */

import { Wire } from "redmoon";
import { parseReplies, type Reply } from "./reply.js";

const encoder = new TextEncoder();

/** Something that wants to know that a command ran. */
export type Listener = () => void;

export class Session {
  private readonly listeners = new Set<Listener>();

  private constructor(private readonly wire: Wire) {}

  /** Loads the engine and opens a session. */
  static async open(name: string): Promise<Session> {
    return new Session(await Wire.open(name));
  }

  /** Runs a command; the replies are one, or more for a command that answers so. */
  run(...argv: (string | Uint8Array)[]): Reply[] {
    const replies = this.ask(...argv);
    for (const listener of this.listeners) listener();
    return replies;
  }

  /** Runs a command that only looks, without telling anybody. */
  ask(...argv: (string | Uint8Array)[]): Reply[] {
    return parseReplies(this.wire.feed(request(argv)));
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
