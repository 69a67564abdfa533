import { createServer, type Server, type Socket } from "node:net";
import { EngineError } from "./errors.js";
import { instanceOf, type Instance } from "./instance.js";

export interface ServeOptions {
  /** Port to listen on; 0 takes a free one. */
  port: number;
  /** @default "127.0.0.1" */
  host?: string;
  /** The engine's name, as in `mem://name`. @default "default" */
  name?: string;
}

/** Puts an engine of this process behind RESP over TCP. Resolves when it listens; rejects when it cannot. */
export async function serve({ port, host = "127.0.0.1", name = "default" }: ServeOptions): Promise<Server> {
  const instance = await instanceOf(name);
  const server = createServer((socket) => attend(socket, instance));
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  });
  return server;
}

/** An address as Redis writes it. */
function address(host = "", port = 0): string {
  return host.includes(":") ? `[${host}]:${port}` : `${host}:${port}`;
}

const NOTHING = new Uint8Array(0);

/** Bytes of messages that a client may leave unread before it is let go, as `client-output-buffer-limit pubsub` has it. */
const MAX_UNREAD = 32 * 1024 * 1024;

/**
 * Serves one client: its bytes in, its replies out.
 *
 * While the client has not taken its replies nothing more is read from it and none of its requests run, so a client
 * that is slow or gone holds up nobody.
 */
function attend(socket: Socket, instance: Instance): void {
  const session = instance.open({
    // The replies go out, and what stood behind a call that waited is run.
    heard: () => {
      const heard = instance.overhear(session);
      if (socket.destroyed) return;
      if (heard.length > 0) socket.write(heard);
      if (socket.writableLength > MAX_UNREAD) socket.destroy();
      else if (!socket.writableNeedDrain) take(NOTHING);
    },
    killed: () => socket.destroySoon(),
  });
  instance.setAddresses(session, address(socket.remoteAddress, socket.remotePort), address(socket.localAddress, socket.localPort));
  socket.setNoDelay(true);
  socket.setKeepAlive(true, 300_000);

  const take = (chunk: Uint8Array): void => {
    if (socket.destroyed) return;
    let fed;
    try {
      fed = instance.feed(session, chunk);
    } catch (error) {
      socket.destroy();
      if (!(error instanceof EngineError)) return;
      throw error;
    }
    const flowing = fed.reply.length === 0 || socket.write(fed.reply);
    if (fed.closing) {
      // What the client still sends is of no interest; reading it lets the last reply arrive.
      socket.off("data", take);
      socket.resume();
      socket.end();
    } else if (fed.more || !flowing) {
      socket.pause();
      const goOn = (): void => {
        socket.resume();
        take(NOTHING);
      };
      if (flowing) setImmediate(goOn);
      else socket.once("drain", goOn);
    }
  };

  socket.on("data", take);
  // Whatever went wrong with the socket, it is closed next.
  socket.on("error", () => {});
  socket.on("close", () => instance.close(session));
}
