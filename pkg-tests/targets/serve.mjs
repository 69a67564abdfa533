// `npx redmoon serve`: the installed binary, spoken to by redis-cli and by clients that misbehave.

import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { connect } from "node:net";
import { join } from "node:path";
import { createInterface } from "node:readline";

const tests = {
  async "redis-cli sets, gets and evaluates"({ cli }) {
    same(cli("SET", "key", "value"), "OK");
    same(cli("GET", "key"), "value");
    same(cli("EVAL", "return redis.call('INCRBY', KEYS[1], ARGV[1])", "1", "n", "5"), "5");
    same(cli("LPUSH", "key", "x"), "WRONGTYPE Operation against a key holding the wrong kind of value");
  },
  async "a client that stops in the middle of a command harms no other"({ cli, port }) {
    const slow = await open(port);
    slow.write("*3\r\n$3\r\nSET\r\n$4\r\nslow");
    same(cli("PING"), "PONG");
    slow.write("\r\n$1\r\n1\r\n");
    same(await answer(slow), "+OK\r\n");
    slow.destroy();
    same(cli("GET", "slow"), "1");
  },
  async "a client that takes no replies and vanishes harms no other"({ cli, port }) {
    cli("SETRANGE", "big", "1000000", "x");
    const deaf = await open(port);
    deaf.pause();
    deaf.write("*2\r\n$3\r\nGET\r\n$3\r\nbig\r\n".repeat(200));
    same(cli("PING"), "PONG");
    deaf.destroy();
    same(cli("PING"), "PONG");
  },
  async "bytes that are not RESP end that connection with an error"({ cli, port }) {
    for (const bytes of ["*1\r\n$-5\r\n", "*99999999999\r\n", "*1\r\n:5\r\n"]) {
      const hostile = await open(port);
      hostile.write(bytes);
      const text = await answer(hostile);
      if (!text.startsWith("-ERR Protocol error")) throw new Error(`${JSON.stringify(bytes)} was answered by ${JSON.stringify(text)}`);
      hostile.destroy();
    }
    same(cli("PING"), "PONG");
  },
  async "a script without end is ended from another connection"({ cli, port }) {
    same(cli("CONFIG", "SET", "busy-reply-threshold", "20"), "OK");
    const busy = await open(port);
    busy.write("EVAL 'while true do end' 0\r\n");
    const end = Date.now() + 10_000;
    while (!cli("GET", "key").startsWith("BUSY") && Date.now() < end);
    same(cli("SCRIPT", "KILL"), "OK");
    const text = await answer(busy);
    if (!text.startsWith("-ERR Script killed by user")) throw new Error(`it was told ${JSON.stringify(text)}`);
    busy.destroy();
    same(cli("PING"), "PONG");
  },
  async "a pipeline of many commands"({ port }) {
    const socket = await open(port);
    const count = 10_000;
    let text = "";
    socket.on("data", (chunk) => (text += chunk));
    socket.write("*2\r\n$4\r\nINCR\r\n$4\r\nmany\r\n".repeat(count));
    while (!text.endsWith(`:${count}\r\n`)) await once(socket, "data");
    socket.destroy();
  },
};

export async function serve({ project }) {
  const server = spawn(process.execPath, [join(project, "node_modules/redmoon/dist/bin/redmoon.js"), "serve", "--port", "0"], {
    cwd: project,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = once(server, "exit");
  try {
    const [line] = await soon(Promise.race([once(createInterface(server.stdout), "line"), ended.then(() => ["it ended"])]));
    const port = Number(/:(\d+)$/.exec(line)?.[1]);
    if (!port) return [{ name: "redmoon serve", error: `said: ${line}` }];
    const cli = (...args) => spawnSync("redis-cli", ["-p", String(port), ...args], { encoding: "utf8", timeout: 10_000 }).stdout.trim();
    const results = [];
    for (const [name, test] of Object.entries(tests)) {
      const error = await soon(test({ cli, port })).then(() => null, (thrown) => String(thrown.stack ?? thrown));
      results.push({ name: `serve: ${name}`, error });
    }
    return results;
  } finally {
    server.kill();
    await ended;
  }
}

async function open(port) {
  const socket = connect(port, "127.0.0.1");
  await once(socket, "connect");
  socket.on("error", () => {}); // what a server does to a bad client
  return socket;
}

async function answer(socket) {
  return String((await once(socket, "data"))[0]);
}

function soon(promise) {
  const late = new Promise((_, reject) => setTimeout(reject, 20_000, new Error("no answer within 20 s")).unref());
  return Promise.race([promise, late]);
}

function same(got, expected) {
  if (got !== expected) throw new Error(`expected ${JSON.stringify(expected)}, got ${JSON.stringify(got)}`);
}
