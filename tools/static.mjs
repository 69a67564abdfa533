// A small server of static files on 127.0.0.1, for the playground and for the tests in a browser.

import { createReadStream, existsSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize, sep } from "node:path";

const types = {
  ".css": "text/css",
  ".html": "text/html; charset=utf-8",
  ".ico": "image/x-icon",
  ".js": "text/javascript",
  ".json": "application/json",
  ".lua": "text/plain; charset=utf-8",
  ".map": "application/json",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".wasm": "application/wasm",
  ".webmanifest": "application/manifest+json",
  ".woff2": "font/woff2",
};

/** Serves a folder; answers `{ server, url }`. A port that is taken gives way to one that the system picks. */
export async function serve(folder, port = 0) {
  const server = createServer((request, response) => {
    const path = fileFor(folder, request.url);
    if (!path) return void response.writeHead(404, { "content-type": "text/plain" }).end("not found\n");
    const type = types[extname(path)] ?? "application/octet-stream";
    response.writeHead(200, { "content-type": type, "cache-control": "no-cache", "content-length": statSync(path).size });
    if (request.method === "HEAD") return void response.end();
    createReadStream(path).on("error", () => response.destroy()).pipe(response);
  });
  await listen(server, port).catch((error) => {
    if (error.code !== "EADDRINUSE") throw error;
    return listen(server, 0);
  });
  return { server, url: `http://localhost:${server.address().port}/` };
}

function listen(server, port) {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => (server.off("error", reject), resolve()));
  });
}

function fileFor(folder, url) {
  let path;
  try {
    path = join(folder, normalize(decodeURIComponent(new URL(url, "http://localhost").pathname)));
  } catch {
    return null;
  }
  if (path !== folder && !path.startsWith(folder.endsWith(sep) ? folder : folder + sep)) return null;
  if (existsSync(path) && statSync(path).isDirectory()) path = join(path, "index.html");
  return existsSync(path) && statSync(path).isFile() ? path : null;
}
