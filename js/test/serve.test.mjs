import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { connect } from "node:net";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { createClient } from "@redis/client";
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

for (const RESP of [2, 3]) {
  test(`node-redis works over it, in RESP${RESP}`, async (t) => {
    const redis = await createClient({ socket: { port, host: "127.0.0.1" }, RESP }).connect();
    t.after(() => redis.destroy());
    assert.equal(await redis.set("node-redis", "v"), "OK");
    assert.equal(await redis.get("node-redis"), "v");
    assert.deepEqual({ ...(await redis.multi().hSet("h", { a: "1", b: "2" }).hGetAll("h").exec())[1] }, { a: "1", b: "2" });
    await redis.del("z");
    await redis.zAdd("z", [{ score: 1.5, value: "x" }, { score: 2, value: "y" }]);
    assert.deepEqual(await redis.zRangeWithScores("z", 0, -1), [{ value: "x", score: 1.5 }, { value: "y", score: 2 }]);
    assert.equal(await redis.eval("return redis.call('GET', KEYS[1])", { keys: ["node-redis"] }), "v");
    await assert.rejects(redis.lPush("node-redis", "x"), /WRONGTYPE/);
    const subscriber = await redis.duplicate().connect();
    t.after(() => subscriber.destroy());
    const heard = new Promise((resolve) => void subscriber.subscribe("news", (...message) => resolve(message)));
    while ((await redis.publish("news", "hello")) === 0);
    assert.deepEqual(await heard, ["hello", "news"]);
    const other = await redis.duplicate().connect();
    t.after(() => other.destroy());
    const popped = other.blPop("list", 0);
    await redis.rPush("list", "item");
    assert.deepEqual({ ...(await popped) }, { key: "list", element: "item" });
  });
}

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

/** A connection that shows what it receives: `take(text)` waits until that has come, and nothing else before it. */
function open() {
  const socket = connect(port, "127.0.0.1");
  let text = "";
  let wake = () => {};
  socket.on("data", (chunk) => wake((text += chunk.toString("latin1"))));
  socket.on("close", () => wake((text += "(closed)")));
  socket.on("error", () => {});
  const take = async (expected) => {
    while (text.length < expected.length) await new Promise((resolve) => (wake = resolve));
    assert.equal(text.slice(0, expected.length), expected);
    text = text.slice(expected.length);
  };
  const rest = async () => {
    while (!text.endsWith("(closed)")) await new Promise((resolve) => (wake = resolve));
    return text.slice(0, -"(closed)".length);
  };
  return { socket, send: (request) => socket.write(request), take, rest };
}

/** Asks again until the answer is as it should be. */
async function until(ask, fits) {
  for (const end = Date.now() + 10_000; Date.now() < end; await pause(10)) {
    const answer = await ask().catch((error) => error.message);
    if (fits(answer)) return answer;
  }
  assert.fail(`in ten seconds it never was so: ${fits}`);
}

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const BUSY = "BUSY Redis is busy running a script. You can only call SCRIPT KILL or SHUTDOWN NOSAVE.";

/** Handles of ioredis for the time of one test, and a server on which scripts count as slow soon. */
async function handles(t, count, at = port) {
  const all = Array.from({ length: count }, () => new IORedis(at, "127.0.0.1", { retryStrategy: null }));
  all.forEach((redis) => redis.on("error", () => {}));
  t.after(() => all.forEach((redis) => redis.disconnect()));
  await all[0].config("SET", "busy-reply-threshold", 20);
  return all;
}

test("one who says all and closes its side gets its replies", async () => {
  const replies = await new Promise((resolve) => {
    const socket = connect({ port, host: "127.0.0.1", allowHalfOpen: true }, () => socket.end("PING\r\nECHO a\r\nGET half"));
    let text = "";
    socket.on("data", (chunk) => (text += chunk));
    socket.on("end", () => resolve(text));
  });
  assert.equal(replies, "+PONG\r\n$1\r\na\r\n");
});

test("a script that keeps the engine can be ended by others, even by one who comes meanwhile", async (t) => {
  const [redis, other] = await handles(t, 2);
  const script = redis.eval("while true do end", 0).catch((error) => error.message);
  await until(() => other.ping(), (answer) => answer === BUSY);
  assert.equal(await exchange("GET k\r\n", (text) => text.endsWith("\n")), `-${BUSY}\r\n`);
  assert.equal(await exchange("FUNCTION KILL\r\n", (text) => text.endsWith("\n")), `-${BUSY}\r\n`);
  assert.equal(await exchange("SCRIPT KILL\r\n", (text) => text.endsWith("\n")), "+OK\r\n");
  assert.match(await script, /^ERR Script killed by user with SCRIPT KILL\.\.\. script: [0-9a-f]{40}/);
  assert.equal(await other.ping(), "PONG");
  await assert.rejects(other.script("KILL"), /^ReplyError: NOTBUSY/);
});

test("a function is ended by its own command", async (t) => {
  const [redis, other] = await handles(t, 2);
  await redis.function("LOAD", "REPLACE", "#!lua name=slow\nredis.register_function('slow', function() while true do end end)");
  const call = redis.fcall("slow", 0).catch((error) => error.message);
  const busy = BUSY.replace("SCRIPT", "FUNCTION");
  await until(() => other.ping(), (answer) => answer === busy);
  assert.equal(await other.function("KILL"), "OK");
  assert.match(await call, /^ERR Script killed by user with SCRIPT KILL\.\.\. script: slow/);
});

test("what comes while a script runs stays in its order", async (t) => {
  const [redis] = await handles(t, 1);
  const [first, second] = [open(), open()];
  first.send("EVAL 'while true do end' 0\r\nECHO 1\r\n");
  await until(() => redis.ping(), (answer) => answer === BUSY);
  for (const n of [2, 3, 4]) {
    first.send(`ECHO ${n}\r\n`);
    second.send(`PING\r\nECHO ${n}\r\n`);
    await second.take(`-${BUSY}\r\n-${BUSY}\r\n`);
  }
  second.send("SCRIPT KILL\r\nPING\r\n");
  await second.take("+OK\r\n");
  second.socket.destroy();
  await until(() => redis.ping(), (answer) => answer === "PONG");
  first.send("QUIT\r\n");
  assert.match(await first.rest(), /^-ERR Script killed by user .*\r\n\$1\r\n1\r\n\$1\r\n2\r\n\$1\r\n3\r\n\$1\r\n4\r\n\+OK\r\n$/);
});

test("one who vanishes while its script runs leaves the script to be ended, and is forgotten", async (t) => {
  const [redis] = await handles(t, 1);
  const { socket, send, take } = open();
  send("CLIENT SETNAME vanishing\r\n");
  await take("+OK\r\n");
  send("EVAL 'while true do end' 0\r\nSET after vanished\r\n");
  await until(() => redis.ping(), (answer) => answer === BUSY);
  socket.resetAndDestroy();
  const unfinished = open();
  unfinished.send("*3\r\n$3\r\nSET\r\n$1\r\nk\r\n$1000\r\nabc");
  await new Promise((resolve) => unfinished.socket.once("connect", resolve));
  unfinished.socket.resetAndDestroy();
  assert.equal(await redis.script("KILL"), "OK");
  await until(() => redis.client("LIST"), (list) => list.trim().split("\n").length === 1);
});

test("SHUTDOWN NOSAVE ends even a server that is busy", async (t) => {
  const own = start("serve", "--port", "0");
  t.after(() => own.kill());
  const line = await new Promise((resolve) => own.stdout.once("data", (text) => resolve(String(text))));
  const [redis, other] = await handles(t, 2, Number(line.trim().split(":").pop()));
  redis.eval("redis.call('SET', KEYS[1], 1) while true do end", 1, "k").catch(() => {});
  await until(() => other.ping(), (answer) => answer === BUSY);
  await assert.rejects(other.script("KILL"), /^ReplyError: UNKILLABLE/);
  await assert.rejects(other.call("SHUTDOWN"), { message: BUSY });
  const ended = finish(own);
  other.call("SHUTDOWN", "NOSAVE").catch(() => {});
  assert.equal((await ended).code, 0);
});

test("commands that wait hold their own client only, who may vanish", async (t) => {
  const [waiter, redis] = await handles(t, 2);
  const popped = waiter.blpop("q", 0);
  const gone = open();
  gone.send("BLPOP q2 0\r\nSET behind 1\r\n");
  await until(() => redis.info("clients"), (info) => info.includes("blocked_clients:2"));
  assert.equal(await redis.rpush("q", "a"), 1);
  assert.deepEqual(await popped, ["q", "a"]);
  gone.socket.resetAndDestroy();
  await until(() => redis.info("clients"), (info) => info.includes("blocked_clients:0"));
  assert.equal(await redis.rpush("q2", "kept"), 1);
  assert.deepEqual(await redis.lrange("q2", 0, -1), ["kept"]);
  const { socket, send, take } = open();
  send("BLPOP q3 0\r\nECHO behind\r\n");
  await until(() => redis.info("clients"), (info) => info.includes("blocked_clients:1"));
  await redis.rpush("q3", "x");
  await take("*2\r\n$2\r\nq3\r\n$1\r\nx\r\n$6\r\nbehind\r\n");
  socket.destroy();
});

test("one who sends on while its call waits is not read from", async (t) => {
  const [redis] = await handles(t, 1);
  const { socket, send, take } = open();
  send("BLPOP never 0.7\r\n");
  const many = "ECHO 1\r\n".repeat(3_000_000);
  send(many);
  await until(() => redis.info("clients"), (info) => info.includes("blocked_clients:1"));
  await pause(300);
  assert.ok(socket.writableLength > 0, "all of it was read");
  await take("*-1\r\n$1\r\n1\r\n");
  socket.destroy();
});

test("messages come to subscribers, and one who does not read them is let go", async (t) => {
  const [subscriber, redis] = await handles(t, 2);
  await subscriber.subscribe("news");
  const heard = new Promise((resolve) => subscriber.once("message", (...message) => resolve(message)));
  const deaf = open();
  deaf.send("CLIENT SETNAME deaf\r\nSUBSCRIBE news\r\n");
  await deaf.take("+OK\r\n*3\r\n$9\r\nsubscribe\r\n$4\r\nnews\r\n:1\r\n");
  assert.equal(await redis.publish("news", "hello"), 2);
  assert.deepEqual(await heard, ["news", "hello"]);
  deaf.socket.pause();
  const long = "x".repeat(1_000_000);
  for (let i = 0; i < 60 && (await redis.client("LIST")).includes("name=deaf"); i++) await redis.publish("news", long);
  assert.ok(!(await redis.client("LIST")).includes("name=deaf"));
  deaf.socket.destroy();
});

test("MONITOR shows the calls of others, those of scripts too", async (t) => {
  const [redis] = await handles(t, 1);
  const monitor = await redis.monitor();
  t.after(() => monitor.disconnect());
  const seen = [];
  monitor.on("monitor", (_time, args, source) => seen.push([args.join(" "), source]));
  await redis.eval("return redis.call('SET', KEYS[1], 'v')", 1, "k");
  await until(async () => seen.length, (count) => count >= 2);
  assert.deepEqual(seen[1], ["SET k v", "lua"]);
});

test("CLIENT KILL lets a client go, and its reply is whole before it goes by QUIT", async (t) => {
  const [redis] = await handles(t, 1);
  const { send, take } = open();
  send("CLIENT ID\r\n");
  await until(() => redis.client("LIST"), (list) => list.includes("cmd=client|id"));
  const id = /id=(\d+)[^\n]*cmd=client\|id/.exec(await redis.client("LIST"))[1];
  assert.equal(await redis.client("KILL", "ID", id), 1);
  await take(`:${id}\r\n(closed)`);
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
