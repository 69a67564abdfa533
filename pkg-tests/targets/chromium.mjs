// The package in a browser, as Vite bundles it for an application.

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "vite";
import { withPage } from "../../tools/page.mjs";
import { serve } from "../../tools/static.mjs";

export async function chromium({ project, browser }) {
  writeFileSync(join(project, "index.html"), '<!doctype html><link rel="icon" href="data:," /><script type="module" src="./page.js"></script>\n');
  // What a browser gets by default is the slim build, which has not every command: it does what anybody does first.
  writeFileSync(
    join(project, "page.js"),
    `import Redis from "redmoon/full";
import Slim from "redmoon";
import cases from "./cases.json";
import { smoke } from "./smoke.mjs";
import { suite } from "./suite.mjs";
async function slim() {
  const redis = new Slim("mem://slim");
  const error = await redis.geopos("places", "here").catch((thrown) => thrown);
  const said = "ERR unknown command 'geopos', with args beginning with: 'places' 'here'  (this is the slim build of Redmoon; \`redmoon/full\` has every command)";
  return { name: "the slim build says what it has not", error: error.message === said ? null : error.message };
}
async function all() {
  const results = (await smoke(Slim)).map((result) => ({ ...result, name: "slim: " + result.name }));
  return [...results, await slim(), ...(await suite(Redis, cases))];
}
all().then(
  (results) => (window.results = results),
  (error) => (window.results = [{ name: "page", error: String(error.stack ?? error) }]),
);
`,
  );
  await build({
    root: project,
    logLevel: "warn",
    configFile: false,
    build: { outDir: "site", emptyOutDir: true, chunkSizeWarningLimit: 10_000 },
  });

  const { server, url } = await serve(join(project, "site"));
  try {
    return await withPage(browser, async (page, faults) => {
      await page.goto(url);
      await page
        .waitForFunction(() => window.results, null, { timeout: 240_000 })
        .catch((error) => faults.push(String(error)));
      const results = (await page.evaluate(() => window.results)) ?? [];
      return [...results, { name: "the page has no errors of its own", error: faults.join("\n") || null }];
    });
  } finally {
    server.close();
  }
}
