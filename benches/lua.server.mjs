// A redis-server of its own for a benchmark, on a free port of the loopback.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createConnection, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";

/** What ends the servers that run, however this process ends. */
const running = new Set();
process.once("exit", () => running.forEach((stop) => stop()));
for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => process.exit(1));

/** Starts `program`, else REDIS_SERVER, else the redis-server on the path, without any saving. */
export async function redisServer(program = process.env.REDIS_SERVER ?? "redis-server") {
  const port = await new Promise((resolve) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
  const dir = mkdtempSync(join(tmpdir(), "redmoon-bench-"));
  const args = ["--port", port, "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", dir];
  const child = spawn(program, args.map(String), { stdio: "ignore" });
  await new Promise((resolve, reject) => {
    child.once("error", () => reject(new Error(`${program} cannot be run: install Redis, then run this again`)));
    child.once("spawn", resolve);
  });
  const stop = () => {
    running.delete(stop);
    child.kill();
    rmSync(dir, { recursive: true, force: true });
  };
  running.add(stop);
  /** Opens a socket, as soon as the server takes one. */
  const connect = async () => {
    for (let wait = 10; ; wait *= 2) {
      const socket = createConnection(port, "127.0.0.1");
      try {
        await once(socket, "connect");
        return socket;
      } catch (error) {
        if (wait > 5000) throw error;
        await setTimeout(wait);
      }
    }
  };
  return { port, stop, connect };
}
