// `npm run fuzz`: random bytes into the targets of fuzz/, one after the other, for so many seconds each.

import { existsSync, mkdirSync } from "node:fs";
import { ask, at, Failure, main, run, say } from "./shell.mjs";

const targets = {
  source: "Lua source, and what it compiles to",
  code: "compiled functions that no compiler made",
  script: "EVAL: the sandbox, Redis's libraries, redis.call",
  libraries: "JSON, MessagePack, packed structures, formats, patterns",
  requests: "a client's bytes",
  payloads: "what RESTORE and FUNCTION RESTORE are given",
};

const help = `npm run fuzz: looks for bytes that stop, hang or swell the engine, with cargo-fuzz and a nightly Rust.

  npm run fuzz -- [SECONDS] [TARGET...]    so long for each target (60), and only these
${Object.entries(targets)
  .map(([name, about]) => `    ${name.padEnd(10)} ${about}`)
  .join("\n")}

What it finds stays in fuzz/artifacts; what it has learnt, in fuzz/corpus. Give a finding a test before it is fixed.`;

await main(async () => {
  const words = process.argv.slice(2);
  if (words.includes("--help")) return say(help);
  const seconds = Number(words.find((word) => /^\d+$/.test(word)) ?? 60);
  const chosen = words.filter((word) => !/^\d+$/.test(word));
  const unknown = chosen.find((name) => !targets[name]);
  if (unknown) throw new Failure(`no target \`${unknown}\`: one of ${Object.keys(targets).join(", ")}`);
  if (ask("cargo", ["+nightly", "--version"]) === null) {
    throw new Failure("a nightly Rust is needed: rustup toolchain install nightly");
  }
  if (ask("cargo", ["fuzz", "--version"]) === null) throw new Failure("cargo-fuzz is needed: cargo install cargo-fuzz");
  for (const name of chosen.length ? chosen : Object.keys(targets)) {
    const corpus = at("fuzz", "corpus", name);
    if (!existsSync(corpus)) mkdirSync(corpus, { recursive: true });
    const limits = [`-max_total_time=${seconds}`, "-timeout=10", "-rss_limit_mb=1500", "-malloc_limit_mb=200"];
    const seeds = at("fuzz", "seeds", name);
    await run("cargo", ["+nightly", "fuzz", "run", name, corpus, seeds, "--", ...limits, "-max_len=1000"]);
  }
});
