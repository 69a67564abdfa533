import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { connect } from "node:net";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { Redis as IORedis } from "ioredis";

const program = fileURLToPath(new URL("../dist/bin/redmoon.js", import.meta.url));

function start(...args) {
  return spawn(process.execPath, [program, ...args], { stdio: ["ignore", "pipe", "pipe"] });
}

async function finish(child) {
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => (output += text));
  const code = await new Promise((resolve) => child.once("close", resolve));
  return { code, output };
}

let child;
let port;
before(async () => {
  child = start("serve", "--port", "0");
  const line = await new Promise((resolve) => child.stdout.once("data", (text) => resolve(String(text))));
  port = Number(/^redmoon: listening on 127\.0\.0\.1:(\d+)\n$/.exec(line)[1]);
});
after(() => child.kill());

/** Sends bytes and gives what comes back until the server closes or `enough` says so. */
function exchange(bytes, enough = () => false) {
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1", () => socket.write(bytes));
    let text = "";
    socket.on("data", (chunk) => {
      text += chunk.toString("latin1");
      if (enough(text)) socket.destroy();
    });
    socket.on("error", reject);
    socket.on("close", () => resolve(text));
  });
}

test("ioredis works over it", async () => {
  const redis = new IORedis(port, "127.0.0.1");
  assert.equal(await redis.set("k", "v"), "OK");
  assert.equal(await redis.get("k"), "v");
  assert.equal(await redis.eval("return redis.call('GET', KEYS[1])", 1, "k"), "v");
  assert.equal(await redis.quit(), "OK");
});

test("requests may come in pieces, many at once, or as plain lines", async () => {
  const six = (text) => text.split("+PONG\r\n").length > 6;
  assert.equal(await exchange("PING\r\n".repeat(6), six), "+PONG\r\n".repeat(6));
  const reply = await new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.setNoDelay(true);
    socket.on("data", (chunk) => {
      socket.destroy();
      resolve(String(chunk));
    });
    let at = 0;
    const bytes = "*2\r\n$4\r\nECHO\r\n$5\r\nhello\r\n";
    const timer = setInterval(() => (at < bytes.length ? socket.write(bytes[at++]) : clearInterval(timer)), 1);
  });
  assert.equal(reply, "$5\r\nhello\r\n");
});

for (const [bytes, sentence] of [
  ["*1\r\n:4\r\n", "expected '$', got ':'"],
  ["*x\r\n", "invalid multibulk length"],
  ["*1\r\n$-5\r\n", "invalid bulk length"],
  ['PING "\r\n', "unbalanced quotes in request"],
]) {
  test(`hostile bytes end the connection: ${sentence}`, async () => {
    assert.equal(await exchange(bytes), `-ERR Protocol error: ${sentence}\r\n`);
  });
}

test("QUIT is answered, then the connection ends", async () => {
  assert.equal(await exchange("QUIT\r\nPING\r\n"), "+OK\r\n");
});

test("a client that does not read holds up nobody, and gets all of it in the end", async () => {
  const redis = new IORedis(port, "127.0.0.1");
  await redis.set("large", "x".repeat(1_000_000));
  const slow = connect(port, "127.0.0.1");
  slow.pause();
  slow.write("GET large\r\n".repeat(200));
  await new Promise((resolve) => setTimeout(resolve, 100));
  const started = performance.now();
  for (let i = 0; i < 20; i++) assert.equal(await redis.incr("n"), i + 1);
  assert.ok(performance.now() - started < 2000);
  let received = 0;
  await new Promise((resolve) => {
    slow.on("data", (chunk) => {
      received += chunk.length;
      if (received === 200 * 1_000_012) resolve();
    });
    slow.resume();
  });
  slow.destroy();
  redis.disconnect();
});

test("a client that vanishes leaves the others alone", async () => {
  const gone = connect(port, "127.0.0.1", () => {
    gone.write("*3\r\n$3\r\nSET\r\n$1\r\nk\r\n$1000\r\nabc");
    gone.resetAndDestroy();
  });
  await new Promise((resolve) => gone.once("close", resolve));
  assert.equal(await exchange("PING\r\n", (text) => text.length > 0), "+PONG\r\n");
});

test("the command line says what it takes", async () => {
  const help = await finish(start("--help"));
  assert.equal(help.code, 0);
  assert.match(help.output, /redmoon serve \[--port N\]/);
  for (const args of [["dance"], ["serve", "--port", "x"], ["serve", "--nope"], ["serve", "--port", "70000"]]) {
    const { code, output } = await finish(start(...args));
    assert.equal(code, 2, args.join(" "));
    assert.match(output, /^redmoon: .*--help says more/);
  }
  const taken = await finish(start("serve", "--port", String(port)));
  assert.equal(taken.code, 1);
  assert.match(taken.output, /EADDRINUSE/);
});
