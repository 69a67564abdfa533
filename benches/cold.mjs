// Cold starts: milliseconds from the import of the package to its first reply, in each runtime; the median of several,
// each in a process, a browser or a worker of its own.

import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Miniflare } from "miniflare";
import { withPage } from "../tools/page.mjs";
import { browser } from "../tools/setup.mjs";
import { serve } from "../tools/static.mjs";

const dist = fileURLToPath(new URL("../js/dist/", import.meta.url));

/** What is timed, as the body of an async function. */
const program = (module) => `
  const began = performance.now();
  const { default: Redis } = await import(${JSON.stringify(module)});
  await new Redis().ping();
  return performance.now() - began;`;

/** The median of some measurements, after one that warms up the files. */
async function medianOf(rounds, measure) {
  const times = [];
  for (let round = 0; round <= rounds; round++) times.push(await measure());
  return times.slice(1).sort((a, b) => a - b)[rounds >> 1];
}

const inProcess = (module) => `console.log(await (async () => {${program(module)}})()); process.exit()`;

const said = (words) => Number(execFileSync(process.execPath, words, { cwd: import.meta.dirname, encoding: "utf8" }));

/** In a new process of Node that runs a file. */
export async function inNode(module, rounds) {
  // Within this folder, so that packages are found.
  const folder = mkdtempSync(join(import.meta.dirname, "cold-"));
  const file = join(folder, "program.mjs");
  writeFileSync(file, inProcess(module));
  try {
    return await medianOf(rounds, () => said([file]));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** In a new process of Node that is given the program by `-e`, and only for it begins to load modules. */
export function inEval(module, rounds) {
  return medianOf(rounds, () => said(["--input-type=module", "-e", inProcess(module)]));
}

/** In a page of a new browser without a cache, served from this machine. `entry` is a file of the package's `entry`. */
export async function inChromium(entry, rounds) {
  const executable = await browser();
  const folder = mkdtempSync(join(tmpdir(), "redmoon-cold-"));
  cpSync(dist, folder, { recursive: true });
  writeFileSync(join(folder, "index.html"), '<!doctype html><link rel="icon" href="data:," />');
  const { server, url } = await serve(folder);
  try {
    return await medianOf(rounds, () =>
      withPage(executable, async (page) => {
        await page.goto(url);
        return page.evaluate(`(async () => {${program(`./entry/${entry}`)}})()`);
      }),
    );
  } finally {
    server.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** In a new Cloudflare Worker, which has the module compiled as it begins; the import is that of its first request. */
export function inWorkerd(rounds) {
  const source = `export default {
    async fetch() {
      return new Response(await (async () => {${program("./entry/workerd.js")}})());
    },
  };`;
  const file = (type, path) => ({ type, path, contents: readFileSync(join(dist, path)) });
  const modules = [
    { type: "ESModule", path: "worker.js", contents: source },
    file("ESModule", "entry/workerd.js"),
    file("CompiledWasm", "wasm/redmoon_bg.wasm"),
  ];
  return medianOf(rounds, async () => {
    const flare = new Miniflare({ modules, compatibilityDate: "2025-09-01" });
    try {
      return Number(await (await flare.dispatchFetch("http://worker/")).text());
    } finally {
      await flare.dispose();
    }
  });
}
