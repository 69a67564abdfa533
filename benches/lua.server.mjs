// A redis-server of its own for the scripts' times, on a free port of the loopback.

import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Starts REDIS_SERVER, or the redis-server on the path, without any saving. */
export async function redisServer() {
  const port = await new Promise((resolve) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
  const dir = mkdtempSync(join(tmpdir(), "redmoon-bench-"));
  const program = process.env.REDIS_SERVER ?? "redis-server";
  const args = ["--port", port, "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", dir];
  const child = spawn(program, args.map(String), { stdio: "ignore" });
  await new Promise((resolve, reject) => {
    child.once("error", () => reject(new Error(`${program} cannot be run: install Redis, then run this again`)));
    child.once("spawn", resolve);
  });
  const stop = () => {
    child.kill();
    rmSync(dir, { recursive: true, force: true });
  };
  return { port, stop };
}
