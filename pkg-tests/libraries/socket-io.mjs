// Socket.IO: servers that speak to each other, and an emitter without a server, by pub/sub.

import assert from "node:assert/strict";
import { createServer } from "node:http";
import { createAdapter } from "@socket.io/redis-adapter";
import { Emitter } from "@socket.io/redis-emitter";
import { Server } from "socket.io";

/** A server of its own whose namespace needs no browser: its sockets are counted, its events heard. */
function server(client) {
  const io = new Server(createServer(), { adapter: createAdapter(client, client.duplicate()) });
  const heard = [];
  io.on("note", (...args) => heard.push(args));
  io.on("question", (text, answer) => answer(`${text}!`));
  return { io, heard };
}

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

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
};
