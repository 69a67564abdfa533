import { Duplex } from "node:stream";
import { RedisError } from "./errors.js";
import { Wire } from "./wire.js";

/** A connection to an engine of this process, in the place of a socket. Like one, it keeps the process alive. */
class Connection extends Duplex {
  private waiting: Uint8Array[] = [];

  constructor(private readonly wire: Wire) {
    super({ allowHalfOpen: false });
    wire.ref();
    wire.onreply = (bytes) => this.bring(bytes);
  }

  override _read(): void {}

  /** Whoever writes does not expect the reply before it has returned; what is written until then goes together. */
  override _write(chunk: Uint8Array, _encoding: string, done: () => void): void {
    if (this.waiting.push(chunk) === 1) process.nextTick(() => this.flush());
    done();
  }

  override _final(done: () => void): void {
    this.flush();
    this.push(null);
    done();
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.wire.onreply = undefined;
    this.wire.close();
    done(error);
  }

  private flush(): void {
    const { waiting } = this;
    this.waiting = [];
    if (this.destroyed || waiting.length === 0) return;
    try {
      this.bring(this.wire.feed(waiting.length === 1 ? waiting[0]! : Buffer.concat(waiting)));
    } catch (error) {
      this.destroy(error as Error);
    }
  }

  private bring(reply: Uint8Array): void {
    if (reply.length > 0) this.push(reply);
    if (this.wire.closing) this.push(null);
  }

  // What a socket has besides, and a client may call.

  setNoDelay(): this {
    return this;
  }

  setKeepAlive(): this {
    return this;
  }

  setTimeout(): this {
    return this;
  }

  ref(): this {
    this.wire.ref();
    return this;
  }

  unref(): this {
    this.wire.unref();
    return this;
  }
}

class Connector {
  firstError: Error | undefined;
  private connection: Connection | undefined;
  private connecting = false;

  constructor(private readonly options: { name?: string | null } = {}) {}

  /** ioredis asks a server that it has found whether it is the right one. */
  check(): boolean {
    return true;
  }

  async connect(): Promise<Duplex> {
    this.connecting = true;
    const wire = await Wire.open(this.options.name ?? undefined);
    if (!this.connecting) {
      wire.close();
      throw new RedisError("Connection is closed.");
    }
    this.connection = new Connection(wire);
    this.connection.once("error", (error) => (this.firstError = error));
    return this.connection;
  }

  disconnect(): void {
    this.connecting = false;
    this.connection?.end();
  }
}

/**
 * Has the real ioredis speak to an engine of this process. `name` says to which one.
 *
 * ```js
 * const redis = new IORedis({ Connector: RedmoonConnector, name: "own" });
 * ```
 */
// The type is ioredis's to say; its class has private members, so that no other class is one.
export const RedmoonConnector: new (options?: any) => any = Connector;
