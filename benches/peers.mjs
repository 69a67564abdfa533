// What is measured: this package and its peers, each behind `call(name, ...args)`-like methods of its own kind.

import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createServer } from "node:net";
import RealRedis from "ioredis-6";
import MockRedis from "ioredis-mock";
import { createInMemoryClient } from "js-redis-server";
import Redmoon from "redmoon";

/** An async function over a JS Map: no server, no bytes, no copies. What any such package can at best come near to. */
class AsyncMap {
  #map = new Map();
  async set(key, value) {
    this.#map.set(key, value);
    return "OK";
  }
  async get(key) {
    return this.#map.get(key) ?? null;
  }
  async incr(key) {
    const next = Number(this.#map.get(key) ?? 0) + 1;
    this.#map.set(key, String(next));
    return next;
  }
  async hset(key, ...pairs) {
    let hash = this.#map.get(key);
    if (!hash) this.#map.set(key, (hash = new Map()));
    const before = hash.size;
    for (let at = 0; at < pairs.length; at += 2) hash.set(pairs[at], pairs[at + 1]);
    return hash.size - before;
  }
  async hgetall(key) {
    return Object.fromEntries(this.#map.get(key) ?? []);
  }
}

/** js-redis-server's own client in the process, with methods. */
function methods(client) {
  return new Proxy({}, { get: (_, name) => (name === "then" ? undefined : (...args) => client.command(name, ...args.map(String))) });
}

/** Starts redis-server on a free port of the loopback, without any saving. */
async function redisServer() {
  const port = await new Promise((resolve) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
  const dir = mkdtempSync(join(tmpdir(), "redmoon-bench-"));
  const args = ["--port", port, "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", dir];
  const child = spawn("redis-server", args.map(String), { stdio: "ignore" });
  await new Promise((resolve, reject) => {
    child.once("error", () => reject(new Error("redis-server is missing: install Redis, then run this again")));
    child.once("spawn", resolve);
  });
  const stop = () => {
    child.kill();
    rmSync(dir, { recursive: true, force: true });
  };
  return { port, stop };
}

/** Every peer with a client that is ready, and how to end them all. */
export async function openPeers() {
  const server = await redisServer();
  const real = new RealRedis(server.port, "127.0.0.1", { retryStrategy: (times) => Math.min(50 * times, 500) });
  const redmoon = new Redmoon({ name: "bench" });
  const batching = [redmoon, real].map((client) => client.duplicate({ enableAutoPipelining: true }));
  const mock = new MockRedis();
  const jsServer = await createInMemoryClient();
  await Promise.all([real, redmoon, mock, ...batching].map((client) => client.ping()));
  return {
    peers: [
      { name: "redmoon", client: redmoon, sync: redmoon.sync, batching: batching[0] },
      { name: "async Map", client: new AsyncMap() },
      { name: "ioredis-mock", client: mock },
      { name: "js-redis-server", client: methods(jsServer) },
      { name: "ioredis, loopback", client: real, batching: batching[1] },
    ],
    version: /redis_version:(\S+)/.exec(await real.info("server"))?.[1],
    async close() {
      await Promise.allSettled([real, redmoon, mock, ...batching].map((client) => client.quit()));
      jsServer.close();
      server.stop();
    },
  };
}
