// A page in a headless browser with a fresh profile, for the tests.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const flags = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Opens an empty page, hands it to `work` with the list of errors that it will have, and closes the browser. */
export async function withPage(executablePath, work) {
  const { chromium } = await import("playwright-core");
  const profile = mkdtempSync(join(tmpdir(), "redmoon-chromium-"));
  const context = await chromium.launchPersistentContext(profile, { executablePath, headless: true, args: flags });
  try {
    const page = await context.newPage();
    const faults = [];
    page.on("pageerror", (error) => faults.push(String(error.stack ?? error)));
    page.on("requestfailed", (request) => faults.push(`${request.url()}: ${request.failure()?.errorText}`));
    return await work(page, faults);
  } finally {
    await context.close();
    rmSync(profile, { recursive: true, force: true });
  }
}
