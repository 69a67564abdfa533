import { readFileSync } from "node:fs";
import { defineConfig, type Plugin } from "vite";
import { readExamples } from "./reference/examples.js";
import { readFacts } from "./reference/facts.js";
import { makePages } from "./reference/pages.js";

/** Emits `sw.js`, which keeps the files of this build for use without a network, and what else was visited. */
function offline(): Plugin {
  return {
    name: "offline",
    generateBundle(_, bundle) {
      const files = Object.keys(bundle).filter((name) => name !== "index.html");
      const version = files.join().split("").reduce((hash, char) => (hash * 31 + char.charCodeAt(0)) >>> 0, 7);
      this.emitFile({
        type: "asset",
        fileName: "sw.js",
        source: worker.replace("FILES", JSON.stringify(["./", "./moon.svg", ...files])).replace("VERSION", version.toString(36)),
      });
    },
  };
}

/** Emits the folder `commands`: a page for each command. */
function reference(): Plugin {
  const style = (path: string): string => readFileSync(new URL(path, import.meta.url), "utf8");
  return {
    name: "reference",
    async generateBundle() {
      const emit = (file: string, source: string): void => void this.emitFile({ type: "asset", fileName: `commands/${file}`, source });
      for (const { file, html } of makePages(await readFacts(), readExamples())) emit(file, html);
      emit("reference.css", style("./src/theme.css") + style("./reference/reference.css"));
    },
  };
}

const worker = `const cacheName = "redmoon-VERSION";
const files = FILES;
self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(cacheName).then((cache) => cache.addAll(files)).then(() => self.skipWaiting()));
});
self.addEventListener("activate", (event) => {
  const old = (names) => names.filter((name) => name.startsWith("redmoon-") && name !== cacheName);
  event.waitUntil(
    caches.keys().then((names) => Promise.all(old(names).map((name) => caches.delete(name)))).then(() => clients.claim()),
  );
});
self.addEventListener("fetch", (event) => {
  if (event.request.method !== "GET" || new URL(event.request.url).origin !== location.origin) return;
  const kept = caches.open(cacheName).then((cache) => cache.match(event.request, options));
  event.respondWith(kept.then((response) => response ?? visit(event.request)));
});
const options = { ignoreSearch: true };
// What is not of the playground itself, such as the pages of commands, is kept when it has been visited.
async function visit(request) {
  const visited = await caches.open("redmoon visited");
  try {
    const response = await fetch(request);
    if (response.ok) await visited.put(request, response.clone());
    return response;
  } catch (error) {
    const response = await visited.match(request, options);
    if (response) return response;
    throw error;
  }
}
`;

export default defineConfig({
  base: "./",
  plugins: [offline(), reference()],
  build: { target: "es2022", assetsInlineLimit: 0, chunkSizeWarningLimit: 1000 },
});
