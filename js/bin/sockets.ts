// The thread that has the sockets of `redmoon serve`, so that clients are heard while a script keeps the engine busy.
// What they send goes to the engine in frames, and their replies come back so: `src/engine/exchange.rs` has the rules.

import { createServer, type Socket } from "node:net";
import { parentPort, workerData, type MessagePort } from "node:worker_threads";
import { Frame, Frames, readFrames } from "../frames.js";

/** Bytes that a client may have sent and the engine not taken before no more is read from it. */
const FULL = 256 * 1024;
const HALF = FULL / 2;

/** How long one may stay that was let go, has been sent its replies and does not leave, in ms. */
const PATIENCE = 100;

interface Client {
  readonly socket: Socket;
  /** Bytes that the engine has yet to take. */
  untaken: number;
  /** Bytes that came from the engine, and of which it does not know yet what became of them. */
  untold: number;
}

const { port, host, frames } = workerData as { port: number; host: string; frames: MessagePort };
const clients = new Map<number, Client>();
let last = 0;

const going = new Frames();
let leaving = false;

/** Sends what has gathered when all sockets were asked. */
function leave(): void {
  if (leaving) return;
  leaving = true;
  setImmediate(() => {
    leaving = false;
    const whole = going.take();
    frames.postMessage(whole, [whole.buffer as ArrayBuffer]);
  });
}

/** An address as Redis writes it. */
function address(host = "", port = 0): string {
  return host.includes(":") ? `[${host}]:${port}` : `${host}:${port}`;
}

function attend(socket: Socket): void {
  const number = ++last;
  const client: Client = { socket, untaken: 0, untold: 0 };
  clients.set(number, client);
  const addresses = [address(socket.remoteAddress, socket.remotePort), address(socket.localAddress, socket.localPort)];
  going.add(Frame.open, number, Buffer.from(addresses.join("\n")));
  leave();
  socket.on("data", (chunk) => {
    if (!clients.has(number)) return;
    going.add(Frame.data, number, chunk);
    leave();
    client.untaken += chunk.length;
    if (client.untaken > FULL) socket.pause();
  });
  socket.on("end", () => {
    if (!clients.has(number)) return;
    going.add(Frame.end, number);
    leave();
  });
  socket.on("drain", () => settle(number, client));
  // Whatever went wrong with the socket, it is closed next.
  socket.on("error", () => {});
  socket.on("close", () => {
    if (!clients.delete(number)) return;
    going.add(Frame.gone, number);
    leave();
  });
}

/** Tells the engine of replies that were taken, once they are many. */
function settle(number: number, client: Client): void {
  if (client.untold < HALF || client.socket.writableLength > 0 || !clients.has(number)) return;
  going.addNumber(Frame.took, number, client.untold);
  client.untold = 0;
  leave();
}

frames.on("message", (message: Uint8Array) => {
  readFrames(message, (kind, number, bytes) => {
    const client = clients.get(number);
    if (client === undefined) return;
    const { socket } = client;
    switch (kind) {
      case Frame.data:
        socket.write(bytes);
        client.untold += bytes.length;
        settle(number, client);
        break;
      case Frame.took:
        client.untaken -= Buffer.from(bytes.buffer, bytes.byteOffset).readUInt32LE();
        if (client.untaken < HALF) socket.resume();
        break;
      case Frame.end:
        clients.delete(number);
        // What the client still sends is of no interest; reading it lets the last reply arrive.
        socket.resume();
        socket.end(() => setTimeout(() => socket.destroy(), PATIENCE));
        break;
      case Frame.gone:
        clients.delete(number);
        socket.destroy();
    }
  });
});

const server = createServer({ allowHalfOpen: true, noDelay: true, keepAlive: true, keepAliveInitialDelay: 300_000 }, attend);
server.once("error", (error) => parentPort!.postMessage({ error }));
server.listen(port, host, () => parentPort!.postMessage({ address: server.address() }));
