// The package in a browser, as Vite bundles it for an application.

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium as playwright } from "playwright-core";
import { build } from "vite";
import { serve } from "../../tools/static.mjs";

const flags = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export async function chromium({ project, browser: executablePath }) {
  writeFileSync(join(project, "index.html"), '<!doctype html><script type="module" src="./page.js"></script>\n');
  writeFileSync(
    join(project, "page.js"),
    `import Redis from "redmoon";
import cases from "./cases.json";
import { suite } from "./suite.mjs";
suite(Redis, cases).then(
  (results) => (window.results = results),
  (error) => (window.results = [{ name: "page", error: String(error.stack ?? error) }]),
);
`,
  );
  await build({ root: project, logLevel: "warn", configFile: false, build: { outDir: "site", emptyOutDir: true, chunkSizeWarningLimit: 10_000 } });

  const { server, url } = await serve(join(project, "site"));
  const profile = mkdtempSync(join(tmpdir(), "redmoon-chromium-"));
  const context = await playwright.launchPersistentContext(profile, { executablePath, headless: true, args: flags });
  try {
    const page = await context.newPage();
    const faults = [];
    page.on("pageerror", (error) => faults.push(String(error)));
    await page.goto(url);
    await page
      .waitForFunction(() => window.results, null, { timeout: 240_000 })
      .catch((error) => faults.push(String(error)));
    const results = (await page.evaluate(() => window.results)) ?? [];
    return [...results, { name: "the page has no errors of its own", error: faults.join("\n") || null }];
  } finally {
    await context.close();
    server.close();
    rmSync(profile, { recursive: true, force: true });
  }
}
