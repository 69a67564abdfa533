// The package in a Cloudflare Worker: bundled by esbuild as wrangler does, its wasm a compiled module beside it.

import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { build } from "esbuild";
import { Miniflare } from "miniflare";

export async function workerd({ project }) {
  writeFileSync(
    join(project, "worker.js"),
    `import Redis, { Wire } from "redmoon";
import cases from "./cases.json";
import { suite } from "./suite.mjs";
// A handle at module scope, where a Worker may ask for neither time nor randomness.
const redis = new Redis({ name: "module scope" });
const faults = [];
redis.on("error", (error) => faults.push(String(error.stack ?? error)));
export default {
  async fetch(request) {
    if (new URL(request.url).pathname === "/module-scope") {
      const answer = await redis.set("key", "value").catch((error) => String(error.stack ?? error));
      return new Response([answer, ...faults].join("\\n"));
    }
    return Response.json(await suite(Redis, Wire, cases));
  },
};
`,
  );
  const out = join(project, "worker");
  mkdirSync(out, { recursive: true });
  const compiled = [];
  await build({
    absWorkingDir: project,
    entryPoints: ["worker.js"],
    bundle: true,
    format: "esm",
    conditions: ["workerd", "worker", "browser"],
    outfile: join(out, "worker.js"),
    logLevel: "warning",
    plugins: [compiledModules(out, compiled)],
  });
  const flare = new Miniflare({
    modules: [
      { type: "ESModule", path: "worker.js", contents: readFileSync(join(out, "worker.js"), "utf8") },
      ...compiled.map((name) => ({ type: "CompiledWasm", path: name, contents: readFileSync(join(out, name)) })),
    ],
    compatibilityDate: "2025-09-01",
    compatibilityFlags: [],
    log: undefined,
  });
  try {
    const scoped = await (await flare.dispatchFetch("http://worker/module-scope")).text();
    const answer = await flare.dispatchFetch("http://worker/");
    const text = await answer.text();
    if (answer.status !== 200) return [{ name: "workerd", error: text }];
    return [...JSON.parse(text), { name: "a handle at module scope", error: scoped === "OK" ? null : scoped }];
  } finally {
    await flare.dispose();
  }
}

/** Leaves imports of `.wasm` in the bundle, and the file beside it. */
function compiledModules(out, names) {
  return {
    name: "compiled modules",
    setup({ onResolve }) {
      onResolve({ filter: /\.wasm$/ }, ({ path, resolveDir }) => {
        const name = basename(path);
        cpSync(resolve(resolveDir, path), join(out, name));
        if (!names.includes(name)) names.push(name);
        return { path: `./${name}`, external: true };
      });
    },
  };
}
