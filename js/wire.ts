import { instanceOf, type Instance } from "./instance.js";

/**
 * A session on an engine of this process in the protocol of Redis itself: requests in, replies out, as bytes.
 *
 * For what speaks RESP already: servers, consoles, other clients.
 */
export class Wire {
  /** The engine wants the connection closed once the last reply has been read (QUIT). */
  closing = false;

  /**
   * Is given the bytes that come without being asked for: messages, and the replies that a blocking command has waited
   * for. Look at `closing` after it: a client may have been killed.
   */
  onreply: ((bytes: Uint8Array) => void) | undefined;

  private held = false;
  private closed = false;

  private constructor(
    private readonly instance: Instance,
    private readonly session: number,
  ) {}

  /** Opens a session on the engine of a name, loading it first if need be. */
  static async open(name = "default"): Promise<Wire> {
    const instance = await instanceOf(name);
    const wire: Wire = new Wire(
      instance,
      instance.open(
        {
          heard: () => wire.goOn(),
          killed: () => {
            wire.closing = true;
            wire.onreply?.(new Uint8Array(0));
          },
        },
        name,
      ),
    );
    return wire;
  }

  /** Takes what the session has heard, and runs what had to wait. */
  private goOn(): void {
    const heard = this.instance.overhear(this.session);
    const more = this.feed(new Uint8Array(0));
    if (heard.length > 0) this.onreply?.(heard);
    if (more.length > 0) this.onreply?.(more);
  }

  /**
   * Runs the whole requests in `chunk` (the rest waits for more) and answers their replies. Behind a request that blocks
   * the others wait, and their replies come by `onreply`.
   */
  feed(chunk: Uint8Array): Uint8Array {
    const parts: Uint8Array[] = [];
    for (let next = chunk; ; next = new Uint8Array(0)) {
      const { reply, closing, more } = this.instance.feed(this.session, next);
      parts.push(reply);
      this.closing = closing;
      if (!more) break;
    }
    if (parts.length === 1) return parts[0]!;
    const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
    let at = 0;
    for (const part of parts) {
      whole.set(part, at);
      at += part.length;
    }
    return whole;
  }

  /** Keeps the process alive until `unref` or `close`, as a socket does. */
  ref(): void {
    if (!this.held) this.instance.hold();
    this.held = true;
  }

  unref(): void {
    if (this.held) this.instance.release();
    this.held = false;
  }

  /** Ends the session: its transaction and its watches are gone. */
  close(): void {
    this.unref();
    if (!this.closed) this.instance.close(this.session);
    this.closed = true;
  }
}
