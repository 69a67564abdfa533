// Events and their order, and what comes of calls beside them, on the real ioredis with a real redis-server and here:
// connecting, ending, coming back, subscriptions, blocked calls, the errors of pipelines.

import { callback, parity, seen } from "./sides.mjs";

const names = ["wait", "connecting", "connect", "ready", "close", "end", "reconnecting", "select", "error"];

/** A list of what a handle tells, with its status at that time; others may write into it, too. */
function watched(redis, heard = [], who = "") {
  for (const name of names) redis.on(name, (detail) => heard.push(`${who}${name}:${redis.status}${name === "select" ? detail : ""}`));
  return heard;
}

const told = (redis, event) => new Promise((resolve) => redis.once(event, resolve));
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Notes how a call ends, in the order in which calls end. */
const note = (heard, name, promise) =>
  promise.then((value) => heard.push([name, seen(value)]), (error) => heard.push([name, error.name, error.message]));

parity("connecting and quitting", async (_redis, make) => {
  const redis = make({});
  const heard = watched(redis);
  note(heard, "set", redis.set("a", 1));
  await told(redis, "ready");
  await redis.get("a");
  note(heard, "quit", redis.quit());
  note(heard, "late", redis.get("a"));
  await told(redis, "end");
  await note(heard, "after", redis.get("a"));
  await note(heard, "quit again", redis.quit());
  return heard;
});

parity("disconnecting with calls under way", async (_redis, make) => {
  const redis = make({});
  const heard = watched(redis);
  await told(redis, "ready");
  const waiting = note(heard, "blpop", redis.blpop("none", 0));
  await pause(20);
  redis.disconnect();
  heard.push(`now:${redis.status}`);
  await told(redis, "end");
  await waiting;
  redis.disconnect();
  await pause(20);
  return heard;
});

parity("connecting again after the end", async (_redis, make) => {
  const redis = make({ lazyConnect: true });
  const heard = watched(redis);
  await note(heard, "connect", redis.connect());
  await note(heard, "twice", redis.connect());
  await redis.set("a", 1);
  redis.disconnect();
  await told(redis, "end");
  await note(heard, "again", redis.connect());
  await note(heard, "get", redis.get("a"));
  redis.disconnect();
  await told(redis, "end");
  return heard;
});

parity("coming back by disconnect(true)", async (_redis, make) => {
  const redis = make({ retryStrategy: (times) => (heard.push(`retry ${times}`), 10), db: 2 });
  const heard = watched(redis);
  await redis.set("a", "in 2");
  await redis.select(3);
  redis.disconnect(true);
  await told(redis, "reconnecting");
  await note(heard, "queued", redis.get("a"));
  await redis.select(2);
  await note(heard, "get", redis.get("a"));
  redis.disconnect();
  await told(redis, "end");
  return heard;
});

for (const retryStrategy of [null, () => null, () => "soon"]) {
  parity(`no coming back with ${retryStrategy}`, async (_redis, make) => {
    const redis = make({ retryStrategy });
    const heard = watched(redis);
    await redis.ping();
    redis.disconnect(true);
    await told(redis, "end");
    await note(heard, "late", redis.ping());
    return heard;
  });
}

parity("a handle that another kills comes back, and asks again what it waited for", async (redis, make) => {
  const killed = make({ retryStrategy: () => 10 });
  const [heard, given] = [watched(killed), []];
  const id = await killed.client("ID");
  const popped = note(heard, "blpop", killed.blpop("list", 0));
  await pause(20);
  given.push(await redis.client("KILL", "ID", id));
  await told(killed, "ready");
  given.push(await redis.rpush("list", "x"));
  await popped;
  killed.disconnect();
  await told(killed, "end");
  return [heard, given];
});

parity("duplicates, their options and their events", async (redis, make) => {
  const one = make({ keyPrefix: "app:", db: 1, lazyConnect: true });
  one.defineCommand("mine", { numberOfKeys: 1, lua: "return KEYS" });
  const two = one.duplicate();
  const three = one.duplicate({ db: 2, keyPrefix: "" });
  const heard = watched(two, [], "two ");
  watched(three, heard, "three ");
  await two.set("k", "v");
  await pause(20);
  heard.push(await two.keys("*"), await three.keys("*"), [two.options.db, three.options.db, one.status], typeof two.mine);
  two.disconnect();
  await told(two, "end");
  three.disconnect();
  await told(three, "end");
  return heard;
});

parity("a wrong password, and a database that is not there", async (redis, make) => {
  await redis.acl("SETUSER", "known", "on", ">right", "~*", "+@all");
  const heard = [];
  for (const options of [{ username: "known", password: "right" }, { username: "known", password: "wrong", retryStrategy: null }, { db: 99 }]) {
    const one = make(options);
    watched(one, heard, `${JSON.stringify(options)} `);
    one.on("error", (error) => heard.push(error.message));
    await note(heard, "whoami", one.acl("WHOAMI"));
    one.disconnect();
    await pause(20);
  }
  await redis.acl("DELUSER", "known");
  return heard;
});

parity("reconnectOnError", async (_redis, make) => {
  const heard = [];
  const errors = [];
  for (const wish of [false, true, 1, 2]) {
    let asked = 0;
    const one = make({ retryStrategy: () => 5, reconnectOnError: (error) => (errors.push(error.message), asked++ === 0 && wish) });
    watched(one, heard, `${wish} `);
    await one.set("s", "x");
    await note(heard, "lpush", one.lpush("s", 1));
    await note(heard, "get", one.get("s"));
    one.disconnect();
    await told(one, "end");
  }
  return [heard, errors];
});

const messages = ["message", "pmessage", "smessage", "messageBuffer", "pmessageBuffer", "smessageBuffer"];

/** A list of the messages that a handle is sent. */
function listening(redis, heard = []) {
  for (const name of messages) redis.on(name, (...parts) => heard.push([name, ...seen(parts)]));
  return heard;
}

for (const protocol of [2, 3]) {
  parity(`subscribers in RESP${protocol}`, async (redis, make) => {
    const one = make({ protocol, retryStrategy: () => 5 });
    const [heard, given] = [listening(one), []];
    heard.push(await one.subscribe("a", "b"), await one.subscribe(["c"]), await one.psubscribe("a*"), one.mode);
    if (protocol === 2) await note(heard, "get", one.get("k"));
    await note(heard, "ping", one.ping());
    given.push(await redis.publish("a", Buffer.from([97, 255])), await redis.publish("none", "x"));
    await pause(20);
    heard.push(await one.unsubscribe("a"), await one.punsubscribe("a*"), await one.punsubscribe("none"), one.mode);
    heard.push(await one.unsubscribe(), one.mode, await one.unsubscribe());
    await note(heard, "get", one.get("k"));
    await note(heard, "transaction", one.multi().get("k").exec());
    await one.subscribe("x");
    one.disconnect(true);
    await told(one, "ready");
    await pause(20);
    given.push(one.mode, await redis.publish("x", "again"));
    await pause(20);
    heard.push(await one.quit());
    return [heard, given];
  });

  parity(`subscribers of channels of slots in RESP${protocol}`, async (redis, make) => {
    const one = make({ protocol });
    const [heard, given] = [listening(one), []];
    heard.push(await one.ssubscribe("s"), await one.ssubscribe("{s}2"), one.mode);
    given.push(await redis.spublish("s", "y"));
    await pause(20);
    heard.push(await one.sunsubscribe("s"), await one.sunsubscribe(), one.mode);
    given.push(await redis.spublish("s", "y"));
    await note(heard, "get", one.get("k"));
    return [heard, given];
  });
}

parity("errors of pipelines and transactions", async (redis) => {
  await redis.set("s", "text");
  const heard = [];
  const all = (batch) => batch.exec().then((results) => heard.push(seen(results)), (error) => heard.push(["refused", seen(error)]));
  await all(redis.pipeline().lpush("s", 1).get("s").incr("s").set("s").call("nosuch", 1).get("s"));
  await all(redis.pipeline([["lpush", "s", 1], ["get", "s"]]));
  await all(redis.pipeline().multi().lpush("s", 1).get("s").exec().get("s"));
  await all(redis.pipeline().multi().set("s").get("s").exec());
  await all(redis.pipeline().multi().set("a", 1).discard().get("a"));
  await all(redis.pipeline().multi().multi().exec());
  await all(redis.pipeline().watch("w").unwatch().discard());
  await all(redis.multi().lpush("s", 1).incr("s").get("s"));
  await all(redis.multi().set("s").lpush("s").get("s"));
  await all(redis.multi().call("nosuch").get("s"));
  await all(redis.multi().eval("return redis.call('LPUSH', KEYS[1], 1)", 1, "s").eval("error({err = 'MINE x'})", 0));
  await all(redis.multi().watch("a").get("s"));
  await all(redis.multi([["get", "s"], ["lpush", "s", 1]]));
  await all(redis.multi([["get", "s"]], { pipeline: true }));
  const twice = redis.pipeline().get("s");
  await all(twice);
  await all(twice);
  heard.push(await callback((done) => redis.multi().set("s").exec(done)));
  heard.push(await callback((done) => redis.pipeline().set("s").exec(done)));
  heard.push(await callback((done) => redis.pipeline().lpush("s", 1, done).exec()));
  for (const wrong of [() => redis.pipeline([["nosuch"]]), () => redis.pipeline("get")]) {
    try {
      heard.push(wrong().length);
    } catch (error) {
      heard.push(error.name);
    }
  }
  heard.push(await redis.multi({ pipeline: false }), await redis.set("q", 1), await redis.lpush("q", 1), seen(await redis.exec()));
  await note(heard, "exec", redis.exec());
  return heard;
});

parity("calls that block hold up their own handle, in its order", async (redis, make) => {
  const one = make({});
  const [heard, given] = [[], []];
  await one.ping();
  const calls = [
    note(heard, "blpop", one.blpop("l", "m", 0)),
    note(heard, "behind", one.echo("behind")),
    note(heard, "bzpopmin", one.bzpopmin("z", 0)),
    note(heard, "xread", one.xread("BLOCK", 0, "STREAMS", "s", "$")),
    note(heard, "pipeline", one.pipeline().brpoplpush("p", "q", 0).echo("last").exec()),
  ];
  for (const [name, ...args] of [["rpush", "m", 1], ["zadd", "z", 1, "a"], ["xadd", "s", "1-1", "f", "v"], ["rpush", "p", 2]]) {
    await pause(20);
    given.push(await redis[name](...args));
  }
  await Promise.all(calls);
  return [heard, given];
});

parity("without a queue nothing waits for a connection", async (_redis, make) => {
  const one = make({ enableOfflineQueue: false });
  const [events, heard] = [watched(one), []];
  await note(heard, "early", one.get("a"));
  await note(heard, "pipeline", one.pipeline().get("a").exec());
  await told(one, "ready");
  await note(heard, "get", one.get("a"));
  await note(heard, "quit", one.quit());
  events.push("has quit", one.status);
  await told(one, "end");
  return [events, heard];
});
