// `npm start`: builds the package and the playground, serves the playground and opens it.

import { spawn } from "node:child_process";
import { build } from "./build.mjs";
import { at, filesUnder, hashOf, main, once, run, say } from "./shell.mjs";
import { serve } from "./static.mjs";

const help = `npm start: builds the package, then serves the playground on 127.0.0.1 and opens it in a browser.

  npm start -- --port N     the port (default 5700; another one is picked when it is taken)
  npm start -- --no-open    prints the URL only
  npm start -- --help       this`;

async function start(args) {
  if (args.includes("--help")) return say(help);
  await build();
  await playground();
  const port = args.includes("--port") ? Number(args[args.indexOf("--port") + 1]) : 5700;
  const { url } = await serve(at("www/dist"), port);
  say(`\nThe playground is at ${url}  (Ctrl-C ends it)`);
  if (!args.includes("--no-open") && process.stdout.isTTY && !process.env.CI) open(url);
}

/** www/dist: static files that any host can serve. */
export async function playground() {
  const inputs = hashOf(filesUnder("www", "tests/cases", "js/commands.gen.ts", "package-lock.json").concat(filesUnder("js/dist/entry", "js/dist/wasm")));
  await once("playground", inputs, [at("www/dist/index.html")], () =>
    run(process.execPath, [at("node_modules/vite/bin/vite.js"), "build", "--logLevel", "warn"], { cwd: at("www") }),
  );
}

function open(url) {
  const [program, ...args] = { darwin: ["open"], win32: ["cmd", "/c", "start"] }[process.platform] ?? ["xdg-open"];
  const child = spawn(program, [...args, url], { stdio: "ignore", detached: true });
  child.on("error", () => {}); // no desktop: the URL stands above
  child.unref();
}

if (process.argv[1] === at("tools/start.mjs")) await main(() => start(process.argv.slice(2)));
