import type { AddressInfo } from "node:net";
import { MessageChannel, receiveMessageOnPort, Worker } from "node:worker_threads";
import { instanceOf } from "./instance.js";

export interface ServeOptions {
  /** Port to listen on; 0 takes a free one. */
  port: number;
  /** @default "127.0.0.1" */
  host?: string;
  /** The engine's name, as in `mem://name`. @default "default" */
  name?: string;
}

/** Whoever waits for a script here can end it by SCRIPT KILL. */
const engine = { config: { "script-time": 0, "script-fuel": 0 } };

/**
 * Puts an engine of this process behind RESP over TCP. Resolves with the address when it listens; rejects when it cannot.
 *
 * The sockets are another thread's, so that a script may keep the engine and others can still end it.
 */
export async function serve({ port, host = "127.0.0.1", name = "default" }: ServeOptions): Promise<AddressInfo> {
  const instance = await instanceOf(name, engine);
  const { port1: near, port2: far } = new MessageChannel();
  const sockets = new Worker(new URL("./sockets.js", import.meta.url), {
    workerData: { port, host, frames: far },
    transferList: [far],
  });
  const address = await new Promise<AddressInfo>((resolve, reject) => {
    sockets.once("error", reject);
    sockets.once("message", ({ error, address }) => {
      if (error === undefined) return resolve(address);
      reject(error);
      void sockets.terminate();
    });
  });
  sockets.on("error", (error) => {
    throw error;
  });
  instance.serve({
    send: (frames) => near.postMessage(frames, [frames.buffer as ArrayBuffer]),
    receive: () => receiveMessageOnPort(near)?.message,
    exit: () => process.exit(0),
  });
  near.on("message", (frames: Uint8Array) => instance.takeIn(frames));
  return address;
}
