// What a fresh machine lacks, and how each piece is had: npm packages, the wasm target, a browser, the oracles.

import { existsSync, readdirSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { ask, at, Failure, hashOf, once, run, say, step, which } from "./shell.mjs";

export async function npmPackages() {
  const npm = process.platform === "win32" ? "npm.cmd" : "npm";
  const inputs = hashOf([at("package-lock.json")], process.version);
  await once("npm packages", inputs, [at("node_modules/.package-lock.json")], () =>
    run(npm, ["ci", "--no-audit", "--no-fund", "--loglevel=error"]),
  );
}

/**
 * How cargo is called for wasm: `{ cargo, args, env }`.
 *
 * The ordinary way is rustup's prebuilt standard library. Where rustup cannot bring it and the system is Debian, its
 * packages for building the web (`rustc-web`) build the standard library from source.
 */
export async function wasmCargo(target) {
  if (!which("cargo") || !which("rustc")) {
    throw new Failure("Rust is needed: install it from https://rustup.rs and run this again");
  }
  const ordinary = { cargo: "cargo", args: [], env: {}, compiler: ask("rustc", ["-vV"]) };
  if (hasTarget(target)) return ordinary;
  if (which("rustup")) {
    await step(`rustup target add ${target}`, async () => ask("rustup", ["target", "add", target]));
    if (hasTarget(target)) return ordinary;
    say(`  rustup could not add ${target}; trying Debian's compiler, which builds the standard library from source`);
  }
  await needFiles("the wasm target", ["/usr/lib/rustlib/src/rust/library", "/usr/bin/cargo", "/usr/bin/rustc"], {
    apt: ["rustc-web", "cargo-web", "rust-web-src"],
    otherwise: `run: rustup target add ${target}`,
  });
  const host = /^host: (.+)$/m.exec(ordinary.compiler)[1];
  const linker = [
    join(ask("rustc", ["--print", "sysroot"]), "lib/rustlib", host, "bin/rust-lld"),
    which("rust-lld"),
    which("lld"),
  ].find((path) => path && existsSync(path));
  if (!linker) throw new Failure("no rust-lld found to link wasm with");
  return {
    cargo: "/usr/bin/cargo",
    args: ["-Zbuild-std=std,panic_abort"],
    env: {
      RUSTC: "/usr/bin/rustc",
      RUSTC_BOOTSTRAP: "1",
      [`CARGO_TARGET_${target.toUpperCase().replaceAll("-", "_")}_LINKER`]: linker,
    },
    rustflags: ["-Clinker-flavor=wasm-ld"],
    compiler: ask("/usr/bin/rustc", ["-vV"]),
  };
}

function hasTarget(target) {
  const dir = ask("rustc", ["--print", "target-libdir", "--target", target]);
  return dir !== null && existsSync(dir) && readdirSync(dir).some((name) => name.startsWith("libstd-"));
}

/** The path of a Chrome or Chromium; installs Debian's when none is found. */
export async function browser() {
  const find = () => process.env.CHROME_PATH ?? installedBrowser();
  return find() ?? (await install("Chromium", { apt: ["chromium"], brew: ["--cask", "chromium"] }, find));
}

function installedBrowser() {
  const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];
  const fixed = [
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    join(process.env.PROGRAMFILES ?? "C:\\Program Files", "Google\\Chrome\\Application\\chrome.exe"),
  ];
  return names.map(which).find(Boolean) ?? fixed.find((path) => existsSync(path)) ?? playwrightBrowser();
}

/** A browser that `npx playwright install` left in its cache. */
function playwrightBrowser() {
  const caches = [".cache/ms-playwright", "Library/Caches/ms-playwright", "AppData/Local/ms-playwright"];
  const inside = [
    "chrome-linux/chrome",
    "chrome-linux64/chrome",
    "chrome-mac/Chromium.app/Contents/MacOS/Chromium",
    "chrome-win/chrome.exe",
  ];
  for (const cache of caches.map((dir) => join(homedir(), dir)).filter((dir) => existsSync(dir))) {
    for (const version of readdirSync(cache).filter((name) => name.startsWith("chromium-"))) {
      const found = inside.map((path) => join(cache, version, path)).find((path) => existsSync(path));
      if (found) return found;
    }
  }
  return null;
}

/** The programs that the tests hold Redmoon against. */
export async function oracles() {
  const wanted = [
    ["redis-server", { apt: ["redis-server"], brew: ["redis"] }],
    ["redis-cli", { apt: ["redis-tools"], brew: ["redis"] }],
    ["lua5.1", { apt: ["lua5.1"], brew: ["lua@5.1"] }],
  ];
  for (const [program, packages] of wanted) await ensure(program, packages);
}

/** The path of a program; installs it when it is missing. */
export async function ensure(program, packages) {
  return which(program) ?? (await install(program, packages, () => which(program)));
}

async function needFiles(what, files, ways) {
  const find = () => (files.every((file) => existsSync(file)) ? files : null);
  return find() ?? (await install(what, ways, find));
}

/** Installs system packages by the manager that is here, or says clearly what the reader must do. */
async function install(what, { apt, brew, otherwise }, find) {
  const failed = (why) => {
    const hand = otherwise ?? `install it by hand (Debian: apt-get install ${apt.join(" ")})`;
    return new Failure(`${what} is needed, and ${why}; ${hand}, and run this again`);
  };
  if (which("apt-get")) {
    const sudo = process.getuid() === 0 ? [] : which("sudo") && ask("sudo", ["-n", "true"]) !== null ? ["sudo", "-n"] : null;
    if (!sudo) throw failed("this user may not install packages (neither root nor sudo without a password)");
    await step(`${what}: apt-get install ${apt.join(" ")}`, async () => {
      const call = (...words) =>
        ask([...sudo, "apt-get"][0], [...sudo, "apt-get", ...words].slice(1), {
          env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
        });
      const get = () => call("install", "-y", "--no-install-recommends", ...apt);
      if (get() === null) call("update"), get();
    });
  } else if (brew && which("brew")) {
    await step(`${what}: brew install ${brew.join(" ")}`, async () => ask("brew", ["install", ...brew]));
  } else {
    throw failed("no package manager that this script knows is here");
  }
  const found = find();
  if (!found) throw failed("its installation failed");
  return found;
}
