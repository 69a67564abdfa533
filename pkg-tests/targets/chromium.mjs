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
    `import { smoke } from "./smoke.mjs";
import { suite } from "./suite.mjs";
async function full() {
  const [{ default: Redis, Wire }, { default: cases }] = await Promise.all([import("redmoon/full"), import("./cases.json")]);
  return suite(Redis, Wire, cases);
}
async function slim() {
  const { default: Redis } = await import("redmoon");
  const results = (await smoke(Redis)).map(({ name, error }) => ({ name: "slim: " + name, error }));
  const error = await new Redis().geopos("places", "here").catch((thrown) => thrown);
  const hint = /^ERR unknown command 'geopos'.* \\(this is the slim build of Redmoon; .redmoon.full. has every command\\)$/;
  return [...results, { name: "slim: it says what it has not", error: hint.test(error.message) ? null : error.message }];
}
(location.search === "?slim" ? slim() : full()).then(
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
    const results = [];
    for (const query of ["?slim", ""]) {
      results.push(
        ...(await withPage(browser, async (page, faults) => {
          await page.goto(url + query);
          await page
            .waitForFunction(() => window.results, null, { timeout: 240_000 })
            .catch((error) => faults.push(String(error)));
          const results = (await page.evaluate(() => window.results)) ?? [];
          return [...results, { name: "the page has no errors of its own", error: faults.join("\n") || null }];
        })),
      );
    }
    return results;
  } finally {
    server.close();
  }
}
