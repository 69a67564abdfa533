// `npm run asan`: the Lua machine's tests under AddressSanitizer, which needs a nightly toolchain. All the unsafe code
// there is serves this machine. With --help it says this.

import { ask, at, Failure, main, run, say } from "./shell.mjs";

await main(async () => {
  if (process.argv.includes("--help")) {
    return say("npm run asan: runs the tests of src/lua under AddressSanitizer (rustup toolchain install nightly)");
  }
  const host = /^host: (.+)$/m.exec(ask("rustc", ["+nightly", "-vV"]) ?? "")?.[1];
  if (!host) throw new Failure("a nightly Rust is needed: rustup toolchain install nightly");
  const env = {
    ...process.env,
    RUSTFLAGS: `${process.env.RUSTFLAGS ?? ""} -Zsanitizer=address`.trim(),
    // The coroutines and the deepest recursion of the tests need more stack with the sanitizer's red zones.
    RUST_MIN_STACK: String(64 << 20),
    CARGO_TARGET_DIR: at("target", "asan"),
  };
  // A target of its own keeps the flags away from build scripts and macros.
  const tests = ["--lib", "--test", "lua", "--test", "scripts_limits", "--test", "lua_random"];
  await run("cargo", ["+nightly", "test", "--target", host, ...tests], { env });
});
