import type { Duplex } from "node:stream";
import { builtin } from "./builtin.js";
import { RedisError } from "./errors.js";
import { Wire } from "./wire.js";

/** A connection to an engine of this process, in the place of a socket. Like one, it keeps the process alive. */
function connect(wire: Wire): Duplex {
  const { Duplex } = builtin<typeof import("node:stream")>("stream")!;
  let waiting: Uint8Array[] = [];
  const bring = (reply: Uint8Array) => {
    if (reply.length > 0) connection.push(reply);
    if (!wire.closing) return;
    wire.close();
    // A socket's end comes after its last bytes: their reader has seen to them by then.
    setImmediate(() => connection.push(null));
  };
  const flush = () => {
    const chunks = waiting;
    waiting = [];
    if (connection.destroyed || wire.closing || chunks.length === 0) return;
    try {
      bring(wire.feed(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)));
    } catch (error) {
      connection.destroy(error as Error);
    }
  };
  const connection = new Duplex({
    allowHalfOpen: false,
    read() {},
    // Whoever writes does not expect the reply before it has returned; what is written until then goes together.
    write(chunk, _encoding, done) {
      if (waiting.push(chunk) === 1) process.nextTick(flush);
      done();
    },
    // Whoever ends it may be reading a reply: what comes is not given to them in the midst of that.
    final(done) {
      process.nextTick(() => {
        flush();
        connection.push(null);
        done();
      });
    },
    destroy(error, done) {
      wire.onreply = undefined;
      wire.close();
      done(error);
    },
  });
  wire.ref();
  wire.onreply = bring;
  const itself = () => connection;
  // What a socket has besides, and a client may call.
  return Object.assign(connection, {
    setNoDelay: itself,
    setKeepAlive: itself,
    setTimeout: itself,
    ref() {
      wire.ref();
      return connection;
    },
    unref() {
      wire.unref();
      return connection;
    },
  });
}

class Connector {
  firstError: Error | undefined = undefined;
  private connection: Duplex | undefined = undefined;
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
    this.connection = connect(wire);
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
