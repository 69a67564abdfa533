// express-session with connect-redis: sessions over HTTP, kept as JSON with a time to live.

import assert from "node:assert/strict";
import { createServer } from "node:http";
import RedisStore from "connect-redis";
import session from "express-session";

export const tests = {
  async "a session is kept between requests and ended"({ Redis, name }) {
    const client = new Redis({ name });
    const store = new RedisStore({ client, prefix: "sess:", ttl: 60 });
    const sessions = session({ store, secret: "moon", resave: false, saveUninitialized: false, cookie: { secure: false } });
    const server = createServer((request, response) =>
      sessions(request, response, () => {
        if (request.url === "/end") return request.session.destroy(() => response.end("ended"));
        request.session.views = (request.session.views ?? 0) + 1;
        response.end(String(request.session.views));
      }),
    );
    await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
    let cookie = "";
    const visit = async (path) => {
      const response = await fetch(`http://127.0.0.1:${server.address().port}${path}`, { headers: { cookie, connection: "close" } });
      cookie = response.headers.get("set-cookie")?.split(";")[0] ?? cookie;
      return response.text();
    };
    assert.deepEqual([await visit("/"), await visit("/"), await visit("/")], ["1", "2", "3"]);
    const [key] = await client.keys("*");
    assert.match(key, /^sess:.{32}$/);
    assert.equal(JSON.parse(await client.get(key)).views, 3);
    const ttl = await client.ttl(key);
    assert.ok(ttl > 50 && ttl <= 60);
    assert.deepEqual([await visit("/end"), await visit("/"), await client.dbsize()], ["ended", "1", 1]);
    await new Promise((resolve) => server.close(resolve));
    await client.quit();
  },
  async "the store lists, counts, touches and clears"({ Redis, name }) {
    const client = new Redis({ name });
    const store = new RedisStore({ client, prefix: "s:", scanCount: 10 });
    const call = (method, ...args) =>
      new Promise((resolve, reject) => store[method](...args, (error, value) => (error ? reject(error) : resolve(value))));
    for (let i = 0; i < 25; i++) await call("set", `id${i}`, { cookie: { expires: new Date(Date.now() + 9000) }, i });
    assert.equal(await call("length"), 25);
    assert.deepEqual((await call("ids")).length, 25);
    assert.deepEqual((await call("all")).map(({ i }) => i).sort((a, b) => a - b), Array.from({ length: 25 }, (_, i) => i));
    await call("touch", "id1", { cookie: { expires: new Date(Date.now() + 50_000) } });
    assert.ok((await client.ttl("s:id1")) > 40);
    await call("destroy", "id1");
    assert.equal(await call("get", "id1"), undefined);
    await call("clear");
    assert.equal(await client.dbsize(), 0);
    await client.quit();
  },
};
