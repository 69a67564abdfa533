// Socket.IO: servers that speak to each other, and an emitter without a server, by pub/sub.

import assert from "node:assert/strict";
import { createServer } from "node:http";
import { createAdapter } from "@socket.io/redis-adapter";
import { Emitter } from "@socket.io/redis-emitter";
import { Server } from "socket.io";

/** A server of its own whose namespace needs no browser: its sockets are counted, its events heard. */
function server(client) {
  const http = createServer();
  const io = new Server(http, { adapter: createAdapter(client, client.duplicate()) });
  const heard = [];
  io.on("note", (...args) => heard.push(args));
  io.on("question", (text, answer) => answer(`${text}!`));
  return { io, http, heard };
}

/** What a client of a server is told, who speaks the plainest of Socket.IO's transports: HTTP requests that wait. */
async function visit(http) {
  if (!http.listening) await new Promise((resolve) => http.listen(0, "127.0.0.1", resolve));
  const ask = (sid = "", request) => fetch(`http://127.0.0.1:${http.address().port}/socket.io/?EIO=4&transport=polling${sid}`, request).then((response) => response.text());
  const sid = `&sid=${JSON.parse((await ask()).slice(1)).sid}`;
  await ask(sid, { method: "POST", body: "40" });
  const heard = [];
  const listen = async () => {
    for (;;) {
      for (const packet of (await ask(sid)).split("\x1e")) {
        if (packet.startsWith("42")) heard.push(JSON.parse(packet.slice(2)));
        else if (packet === "1" || packet === "41") return heard.push("end");
      }
    }
  };
  listen().catch(() => heard.push("end"));
  return heard;
}

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Waits until something holds, for at most two seconds. */
async function until(holds) {
  for (let i = 0; i < 200 && !(await holds()); i++) await pause(10);
}

export const tests = {
  async "servers hear each other, answer each other, and an emitter"({ Redis, name }) {
    const clients = [new Redis({ name }), new Redis({ name })];
    const [one, two] = clients.map(server);
    await pause(20);
    one.io.serverSideEmit("note", "hello", 1);
    const emitter = new Emitter(clients[0]);
    emitter.serverSideEmit("note", "from outside");
    await pause(50);
    assert.deepEqual([one.heard, two.heard], [[["from outside"]], [["hello", 1], ["from outside"]]]);
    const answers = await new Promise((resolve, reject) =>
      one.io.serverSideEmit("question", "all well", (error, all) => (error ? reject(error) : resolve(all))),
    );
    assert.deepEqual(answers, ["all well!"]);
    assert.deepEqual(await two.io.fetchSockets(), []);
    const rooms = await one.io.of("/").adapter.allRooms();
    assert.equal(rooms.size, 0);
    emitter.socketsJoin("room");
    emitter.to("room").emit("event", { to: "nobody" });
    await pause(10);
    for (const { io } of [one, two]) await io.close();
    for (const client of clients) client.disconnect();
  },
  async "clients of both servers are reached by room, listed and sent away"({ Redis, name }) {
    const clients = [new Redis({ name }), new Redis({ name })];
    const [one, two] = clients.map(server);
    for (const [{ io }, which] of [[one, "one"], [two, "two"]]) io.on("connection", (socket) => socket.join(["all", which]));
    const [first, second] = [await visit(one.http), await visit(two.http)];
    await until(async () => (await one.io.in("all").fetchSockets()).length === 2);
    assert.deepEqual([...(await one.io.of("/").adapter.allRooms())].filter((room) => room.length < 5).sort(), ["all", "one", "two"]);
    one.io.to("all").emit("said", 1, { deep: ["é"] });
    one.io.to("two").emit("said", 2);
    two.io.except("two").emit("said", 3);
    const emitter = new Emitter(clients[0]);
    emitter.to("all").emit("said", 4);
    emitter.in("two").socketsJoin("late");
    await until(async () => (await two.io.in("late").fetchSockets()).length === 1);
    two.io.to("late").emit("said", 5);
    const said = (heard) => heard.filter(([event]) => event === "said").map(([, number]) => number).sort();
    await until(() => said(first).length === 3 && said(second).length === 4);
    assert.deepEqual([said(first), said(second)], [[1, 3, 4], [1, 2, 4, 5]]);
    assert.deepEqual(first.find(([, number]) => number === 1), ["said", 1, { deep: ["é"] }]);
    emitter.in("two").disconnectSockets(true);
    await until(() => second.includes("end"));
    assert.deepEqual([first.includes("end"), second.includes("end")], [false, true]);
    assert.equal((await two.io.fetchSockets()).length, 1);
    for (const { io } of [one, two]) await io.close();
    for (const client of clients) client.disconnect();
  },
};
