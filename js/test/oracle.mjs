// A redis-server, Debian's if no other is named, on a free port of this machine, for the time of one test file.

import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

export async function redisServer(program = "redis-server") {
  const port = await freePort();
  const dir = mkdtempSync(join(tmpdir(), "redmoon-oracle-"));
  const args = ["--port", port, "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", dir];
  const child = spawn(program, args.map(String), { stdio: ["ignore", "pipe", "inherit"] });
  await new Promise((resolve, reject) => {
    child.once("error", (error) => reject(new Error(`redis-server is needed as the oracle: ${error.message}`)));
    child.once("exit", (code) => reject(new Error(`redis-server ended with ${code}`)));
    child.stdout.on("data", (text) => String(text).includes("Ready to accept") && resolve());
  });
  const stop = () =>
    new Promise((resolve) => {
      child.removeAllListeners("exit").once("exit", resolve);
      child.kill();
    }).then(() => rmSync(dir, { recursive: true, force: true }));
  return { port, stop };
}

export function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
