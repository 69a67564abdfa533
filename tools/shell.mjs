// Running programs and telling how it goes. Plain Node: the entry scripts use this before anything is installed.

import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
export const at = (...parts) => join(root, ...parts);

/** A failure that the reader can act on: printed as its message, without a stack. */
export class Failure extends Error {}

export function say(text) {
  console.log(text);
}

export function heading(text) {
  say(`\n== ${text} ==`);
}

/** Runs one named step, telling its name and, when it took a while, its seconds. */
export async function step(name, work) {
  const started = performance.now();
  say(`- ${name}`);
  const answer = await work();
  const seconds = (performance.now() - started) / 1000;
  if (seconds >= 2) say(`  ${name}: ${seconds.toFixed(1)} s`);
  return answer;
}

/** Runs a program with its output shown; answers its exit code and, with `keep`, what it printed. */
export function show(program, args, { keep = false, ...options } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd: root,
      ...options,
      stdio: keep ? ["ignore", "pipe", "pipe"] : ["ignore", "inherit", "inherit"],
    });
    let output = "";
    child.stdout?.on("data", (chunk) => (process.stdout.write(chunk), (output += chunk)));
    child.stderr?.on("data", (chunk) => (process.stderr.write(chunk), (output += chunk)));
    child.on("error", (error) => reject(new Failure(`cannot run ${program}: ${error.message}`)));
    child.on("close", (code) => resolve({ code: code ?? 1, output }));
  });
}

/** Runs a program with its output shown, and fails when it does. */
export async function run(program, args, options) {
  const { code, output } = await show(program, args, options);
  if (code !== 0) throw new Failure(`${program} ${args.join(" ")}: exit code ${code}`);
  return output;
}

/** Runs a program in silence; answers its output, or null when it is missing or fails. */
export function ask(program, args, options = {}) {
  const { status, stdout } = spawnSync(program, args, { cwd: root, encoding: "utf8", ...options });
  return status === 0 ? stdout.trim() : null;
}

/** The path of a program on PATH, or null. */
export function which(program) {
  const suffixes = process.platform === "win32" ? [".exe", ".cmd", ""] : [""];
  for (const dir of (process.env.PATH ?? "").split(process.platform === "win32" ? ";" : ":")) {
    for (const suffix of suffixes) {
      const path = join(dir, program + suffix);
      if (dir && existsSync(path) && statSync(path).isFile()) return path;
    }
  }
  return null;
}

/** Every file under the given files and folders of the repository, in a fixed order; build products are left out. */
export function filesUnder(...paths) {
  const skipped = new Set(["node_modules", "dist", "target", ".git"]);
  const found = [];
  const visit = (path) => {
    if (!existsSync(path)) return;
    if (!statSync(path).isDirectory()) return void found.push(path);
    for (const name of readdirSync(path).sort()) if (!skipped.has(name)) visit(join(path, name));
  };
  for (const path of paths) visit(at(path));
  return found;
}

export function hashOf(files, ...words) {
  const hash = createHash("sha256");
  for (const word of words) hash.update(JSON.stringify(word) + "\0");
  for (const file of files) hash.update(file + "\0").update(readFileSync(file)).update("\0");
  return hash.digest("hex");
}

/**
 * Does the work unless it was done before from the same inputs and its outputs are still there.
 *
 * The stamp is written after the work, under target/stamps; `inputs` is a hash.
 */
export async function once(name, inputs, outputs, work) {
  const stamp = at("target/stamps", name);
  const fresh = existsSync(stamp) && readFileSync(stamp, "utf8") === inputs && outputs.every((path) => existsSync(path));
  if (fresh) return false;
  await step(name, work);
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, inputs);
  return true;
}

/** Runs a script's main function and turns a failure into one clear message and exit code 1. */
export async function main(work) {
  try {
    await work();
  } catch (error) {
    console.error(error instanceof Failure ? `\nerror: ${error.message}` : error);
    process.exitCode = 1;
  }
}
