#!/usr/bin/env node
import "../entry/node.js";
import { parseArgs } from "node:util";
import { serve } from "../serve.js";
import { version } from "../version.js";

const help = `redmoon: an in-memory Redis with Lua, as WebAssembly

Usage: redmoon serve [--port N] [--host ADDRESS]

  serve            puts the engine behind RESP, for redis-cli and every other client
  --port N         port to listen on; 0 takes a free one (default 6379)
  --host ADDRESS   address to listen on (default 127.0.0.1)
  --help           this
  --version        the version`;

class Complaint extends Error {}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      port: { type: "string", short: "p", default: "6379" },
      host: { type: "string", default: "127.0.0.1" },
      help: { type: "boolean", short: "h" },
      version: { type: "boolean", short: "v" },
    },
  });
  if (values.version) return console.log(version);
  if (values.help || positionals.length === 0) return console.log(help);
  if (positionals.length > 1 || positionals[0] !== "serve") throw new Complaint(`there is no command ${positionals.join(" ")}`);
  const port = Number(values.port);
  if (!/^\d+$/.test(values.port) || port > 65535) throw new Complaint(`${values.port} is no port`);
  const listening = await serve({ port, host: values.host });
  console.log(`redmoon: listening on ${listening.address}:${listening.port}`);
}

main().catch((error: NodeJS.ErrnoException) => {
  const usage = error instanceof Complaint || error.code?.startsWith("ERR_PARSE_ARGS");
  console.error(`redmoon: ${error.message}${usage ? "; --help says more" : ""}`);
  process.exitCode = usage ? 2 : 1;
});
