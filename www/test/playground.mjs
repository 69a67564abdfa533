// The playground in a browser, used as a person would use it.

import { withPage } from "../../tools/page.mjs";
import { at } from "../../tools/shell.mjs";
import { serve } from "../../tools/static.mjs";

/** What each classic script answers when it is run on what it was set up with, in the order of the list. */
const answers = [
  "OK",
  '1) "alice"\n2) "70"\n3) "bob"\n4) "50"',
  '"acquired"',
  '1) "allowed"\n2) "remaining"\n3) (integer) 4',
  '1) "lamp: 20 -> 22.00"\n2) "chair: 55 -> 60.50"\n3) "desk: 240 -> 264.00"',
  /^"\{\\"(total\\":18,\\"lines|lines)\\":.*apple.*\}"$/,
];

/** Runs all on www/dist; answers `[{ name, error }]`. */
export async function playgroundTests({ browser }) {
  const { server, url } = await serve(at("www/dist"));
  try {
    return await withPage(browser, async (page, faults) => {
      await page.goto(url);
      return visit(page, faults, server, url);
    });
  } finally {
    server.close();
  }
}

async function visit(page, faults, server, url) {
  const results = [];
  const check = async (name, work) => {
    const error = await work().then(() => null, (error) => String(error.message ?? error));
    results.push({ name, error });
  };
  const expect = (found, wanted) => {
    const same = wanted instanceof RegExp ? wanted.test(found) : found === wanted;
    if (!same) throw new Error(`expected ${wanted}\n    got ${found}`);
  };
  const last = () => page.locator("#output > div").last().textContent();
  const enter = async (line) => {
    await page.fill("#line", line);
    await page.press("#line", "Escape");
    await page.press("#line", "Enter");
    return last();
  };
  await check("the engine starts", () => page.waitForFunction(() => /ready/.test(document.querySelector("#status").textContent)));

  for (const [index, wanted] of answers.entries()) {
    await check(`script ${index + 1} answers`, async () => {
      await page.selectOption("#example", String(index));
      await page.click("#run");
      expect(await last(), wanted);
    });
  }
  await check("what scripts wrote stands in the keyspace", async () => {
    await page.waitForFunction(() => document.querySelector("#list").textContent.includes("orders:ann"));
    await page.locator("#list button", { hasText: "wallet:ann" }).click();
    expect(await page.locator("#value").textContent(), '"wallet:ann""12"');
  });
  await check("commands answer as in redis-cli", async () => {
    expect(await enter("ZADD board 10 ann 20 bob"), "(integer) 2");
    expect(await enter("ZRANGE board 0 -1 WITHSCORES"), '1) "ann"\n2) "10"\n3) "bob"\n4) "20"');
    expect(await enter("GET board"), "(error) WRONGTYPE Operation against a key holding the wrong kind of value");
    expect(await enter('SET "a b" "\\xff\\n"'), "OK");
    expect(await enter('GET "a b"'), '"\\xff\\n"');
    expect(await enter('SET "a'), "Invalid argument(s)");
  });
  await check("the prompt shows database and transaction", async () => {
    await enter("SELECT 3");
    expect(await page.textContent("#database"), "redmoon[3]>");
    await enter("MULTI");
    expect(await page.textContent("#database"), "redmoon[3](TX)>");
    expect(await enter("INCR n"), "QUEUED");
    expect(await enter("EXEC"), "1) (integer) 1");
    await enter("SELECT 0");
  });
  await check("Tab completes and the arrows recall", async () => {
    await page.fill("#line", "");
    await page.type("#line", "ZRANGEBYL");
    await page.press("#line", "Tab");
    expect(await page.inputValue("#line"), "ZRANGEBYLEX ");
    await page.fill("#line", "");
    await page.press("#line", "ArrowUp");
    expect(await page.inputValue("#line"), "SELECT 0");
  });
  await check("an error marks its line in the editor", async () => {
    await page.locator(".cm-content").fill("local a\nreturn a.b");
    await page.click("#run");
    expect(await last(), /user_script:2: attempt to index local 'a' \(a nil value\)/);
    expect(await page.locator(".cm-failed").textContent(), "return a.b");
  });
  await check("a shared link brings the script back", async () => {
    await page.click("#share");
    const link = page.url();
    await page.goto("about:blank");
    await page.goto(link);
    await page.waitForFunction(() => document.querySelector(".cm-content")?.textContent.includes("return a.b"));
  });
  await check("help tells of a command and leads to its page", async () => {
    await page.goto(url);
    await page.waitForFunction(() => /ready/.test(document.querySelector("#status").textContent));
    expect(await enter("help zrange"), /ZRANGE key start stop .*since: 1\.2\.0/s);
    await page.locator("#output a").last().click();
    await page.waitForURL(/commands\/zrange\.html$/);
    expect(await page.textContent("h1"), "ZRANGE");
    expect(await page.locator("pre").nth(1).textContent(), /^> ZADD z 1 a 2 b 3 c 4 d 5 e\n\(integer\) 5\n/);
  });
  await check("a command's examples are stepped through", async () => {
    await page.click("a.try");
    await page.waitForFunction(() => document.querySelector("#line").value.startsWith("ZADD z"));
    await page.press("#line", "Enter");
    expect(await last(), "(integer) 5");
    expect(await page.inputValue("#line"), "ZRANGE z 0 -1");
  });
  await check("every command has its page, with examples, and all are listed", async () => {
    const commands = await page.evaluate(async () => {
      const list = new DOMParser().parseFromString(await (await fetch("commands/")).text(), "text/html");
      return [...list.querySelectorAll("th a")].map((link) => link.getAttribute("href"));
    });
    const count = await enter("COMMAND COUNT");
    if (commands.length <= Number(/\d+/.exec(count)[0])) throw new Error(`${commands.length} pages, ${count} commands`);
    const poor = await page.evaluate(async (files) => {
      const pages = await Promise.all(files.map(async (file) => (await fetch(`commands/${file}`)).text()));
      return files.filter((_, at) => !/<h2>Examples.*<h2>/s.test(pages[at]) || !/<dt>Reply/.test(pages[at]));
    }, commands);
    expect(poor.join(" "), "");
  });
  await check("it works without a network after the first load", async () => {
    await page.evaluate(() => navigator.serviceWorker.ready);
    await page.waitForFunction(() => caches.keys().then((names) => names.length > 0));
    server.close();
    server.closeAllConnections();
    await page.reload();
    await page.waitForFunction(() => /ready/.test(document.querySelector("#status").textContent));
    expect(await enter("PING"), "PONG");
    await page.goto(`${url}commands/zrange.html`);
    expect(await page.textContent("h1"), "ZRANGE");
  });
  results.push({ name: "the page has no errors of its own", error: faults.join("\n") || null });
  return results;
}
