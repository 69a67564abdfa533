import { defineConfig, type Plugin } from "vite";

/** Emits `sw.js`, which keeps the files of this build for use without a network. */
function offline(): Plugin {
  return {
    name: "offline",
    generateBundle(_, bundle) {
      const files = Object.keys(bundle).filter((name) => name !== "index.html");
      const version = files.join().split("").reduce((hash, char) => (hash * 31 + char.charCodeAt(0)) >>> 0, 7);
      this.emitFile({
        type: "asset",
        fileName: "sw.js",
        source: worker.replace("FILES", JSON.stringify(["./", ...files])).replace("VERSION", version.toString(36)),
      });
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
  const options = { ignoreSearch: true };
  event.respondWith(caches.match(event.request, options).then((kept) => kept ?? fetch(event.request)));
});
`;

export default defineConfig({
  base: "./",
  plugins: [offline()],
  build: { target: "es2022", assetsInlineLimit: 0, chunkSizeWarningLimit: 1000 },
});
