// The playground in a browser, as a visitor uses it.

import { withPage } from "../../tools/page.mjs";
import { at } from "../../tools/shell.mjs";
import { serve } from "../../tools/static.mjs";

const tests = {
  async "the engine starts"({ page }) {
    await page.waitForFunction(() => /ready/.test(document.getElementById("status").textContent), null, { timeout: 20_000 });
  },
  async "a command typed into the console is answered, and its key appears"({ page }) {
    await type(page, 'SET greeting "hello moon"');
    await type(page, "GET greeting");
    await shows(page, "#output", '"hello moon"');
    await shows(page, "#list", "greeting");
  },
  async "an error is shown"({ page }) {
    await type(page, "LPUSH greeting x");
    await shows(page, "#output", "(error) WRONGTYPE");
  },
  async "every script that it offers runs without an error"({ page }) {
    const count = await page.locator("#example option").count();
    if (count < 6) throw new Error(`only ${count} scripts`);
    for (let index = 0; index < count; index++) {
      await page.selectOption("#example", { index });
      const before = await page.locator("#output").innerText();
      await page.click("#run");
      await page.waitForFunction((length) => document.getElementById("output").innerText.length > length, before.length);
      const added = (await page.locator("#output").innerText()).slice(before.length);
      if (/\(error\)/.test(added)) throw new Error(added);
    }
  },
  async "it works without a network after the first load"({ page, server }) {
    await page.evaluate(() => navigator.serviceWorker.ready);
    await page.waitForFunction(async () => (await caches.keys()).length > 0);
    await page.reload();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await page.reload();
    await page.waitForFunction(() => /ready/.test(document.getElementById("status").textContent), null, { timeout: 20_000 });
    await type(page, "ECHO offline");
    await shows(page, "#output", '"offline"');
  },
  async "the page has no errors of its own"({ faults }) {
    if (faults.length) throw new Error(faults.join("\n"));
  },
};

/** Runs all on www/dist; answers `[{ name, error }]`. */
export async function playgroundTests({ browser }) {
  const { server, url } = await serve(at("www/dist"));
  try {
    return await withPage(browser, async (page, faults) => {
      await page.goto(url);
      const results = [];
      for (const [name, test] of Object.entries(tests)) {
        const error = await test({ page, server, faults }).then(() => null, (thrown) => String(thrown.stack ?? thrown));
        results.push({ name, error });
      }
      return results;
    });
  } finally {
    server.close();
  }
}

async function type(page, line) {
  await page.fill("#line", line);
  await page.press("#line", "Escape"); // closes the choices
  await page.press("#line", "Enter");
}

async function shows(page, selector, text) {
  await page.waitForFunction(([where, what]) => document.querySelector(where).innerText.includes(what), [selector, text], {
    timeout: 10_000,
  });
}
