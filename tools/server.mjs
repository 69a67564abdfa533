// Servers of RESP on ports of their own, for the suites that were written for a server.

import { spawn } from "node:child_process";
import { build } from "./build.mjs";
import { at, Failure, run, step } from "./shell.mjs";

/**
 * How a server of the target is started: a program and its arguments but for the port. "wasm" is `redmoon serve`,
 * "native" is redmoon-server, and `{ program }` is another one's command line.
 */
export async function starter(target) {
  if (target === "native") {
    await step("redmoon-server", () => run("cargo", ["build", "--release", "--locked", "--quiet", "--bin", "redmoon-server"]));
    return [at("target/release/redmoon-server"), []];
  }
  if (target === "wasm") {
    await build();
    return [process.execPath, [at("js/dist/bin/redmoon.js"), "serve"]];
  }
  const [program, ...args] = target.program.split(" ");
  return [program, args];
}

/** Below the ports that systems give to clients: one of those may be taken though nobody listens there. */
let port = 10_000 + (process.pid % 100) * 100;

/** Starts a server in a folder; answers `{ port, stop }` once it listens. */
export async function serve([program, args], cwd) {
  for (let attempt = 0; attempt < 20; attempt++) {
    const wanted = port++;
    const child = spawn(program, [...args, "--port", String(wanted)], { cwd, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    const listening = await new Promise((resolve) => {
      const told = (chunk) => (output += chunk) && /listening|Ready to accept/.test(output) && resolve(true);
      child.stdout.on("data", told);
      child.stderr.on("data", told);
      child.on("error", () => resolve(false));
      child.on("exit", () => resolve(false));
    });
    const gone = new Promise((resolve) => child.once("exit", resolve));
    if (listening) return { port: wanted, stop: () => (child.kill("SIGKILL"), child.exitCode === null && child.signalCode === null ? gone : null) };
    if (!/in use|EADDRINUSE/i.test(output)) throw new Failure(`${program} does not start:\n${output}`);
  }
  throw new Failure("no free port was found");
}
