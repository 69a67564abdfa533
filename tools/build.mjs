// `npm run build`: the publishable package, in js/. What it is built of and how is said in wasm-pack.toml.
//
// Every step is skipped when its inputs have not changed since it last ran.

import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { npmPackages, wasmCargo } from "./setup.mjs";
import { ask, at, Failure, filesUnder, hashOf, main, once, run, say } from "./shell.mjs";

const help = `npm run build: builds the package into js/, ready for npm pack.

  --size     prints the table of sizes even when nothing was rebuilt
  --help     this

Steps: npm packages, wasm target, cargo, wasm-bindgen, wasm-opt, esbuild, tsc, the split for Node, sizes against the
budget.
All that can be chosen stands in wasm-pack.toml.`;

/** Builds all that has changed; answers the configuration that was read from wasm-pack.toml. */
export async function build({ size = false } = {}) {
  await npmPackages();
  const { parse } = await import("smol-toml");
  const config = parse(readFileSync(at("wasm-pack.toml"), "utf8"));
  for (const [flavour, settings] of Object.entries(config.flavour)) await wasm(config, flavour, settings);
  await javascript(config);
  await split(config);
  for (const [flavour, settings] of Object.entries(config.flavour)) {
    const weighed = hashOf(filesUnder("js/dist/entry", "js/dist/wasm"), config, size && Date.now());
    await once(`sizes-${flavour}`, weighed, [], () => weigh(config, flavour, settings));
  }
  return config;
}

/** The core as js/wasm/<name>.js, .d.ts and _bg.wasm. */
async function wasm(config, flavour, settings) {
  const name = flavour === "full" ? config.crate : `${config.crate}-${flavour}`;
  const target = at("target/wasm");
  const raw = `${target}/${config["wasm-target"]}/${config.profile}/${config.crate}.wasm`;
  const kept = `${target}/${name}.wasm`;
  const tool = await wasmCargo(config["wasm-target"]);
  const sources = filesUnder("src", "base", "Cargo.toml", "Cargo.lock", "tools/build.mjs", "tools/setup.mjs");
  await once(`cargo-${flavour}`, hashOf(sources, config, tool), [kept], async () => {
    const wanted = config["target-features"].map((feature) => `+${feature}`);
    const renounced = config["renounced-features"].map((feature) => `-${feature}`);
    const rustflags = [
      ...(tool.rustflags ?? []),
      `-Ctarget-feature=${[...wanted, ...renounced].join(",")}`,
      `-Clink-arg=-zstack-size=${config["stack-bytes"]}`,
    ];
    const features = ["--no-default-features", "--features", settings.features.join(",")];
    const levels = Object.entries(settings["opt-level"]).flatMap(([crate, level]) => {
      const where = crate === config.crate ? "" : `package.${crate}.`;
      return ["--config", `profile.${config.profile}.${where}opt-level=${JSON.stringify(level)}`];
    });
    await run(
      tool.cargo,
      ["build", "--lib", "--locked", "--profile", config.profile, "--target", config["wasm-target"], "--target-dir", target]
        .concat(features, levels, tool.args),
      { env: { ...process.env, ...tool.env, RUSTFLAGS: rustflags.join(" ") } },
    );
    copyFileSync(raw, kept);
  });

  const bindgen = await wasmBindgen();
  const out = at("js/wasm");
  const outputs = [`${out}/${name}.js`, `${out}/${name}.d.ts`, `${out}/${name}_bg.wasm`];
  await once(`wasm-bindgen-${flavour}`, hashOf([kept, ...filesUnder("tools/bindgen")], config), outputs, async () => {
    mkdirSync(out, { recursive: true });
    await run(bindgen, [config["bindgen-target"], kept, out, name, ...config["renounced-features"]]);
    const bound = `${out}/${name}_bg.wasm`;
    const enabled = config["target-features"].map((feature) => `--enable-${optimiserName[feature] ?? feature}`);
    await run(process.execPath, [
      at("node_modules/binaryen/bin/wasm-opt"),
      ...enabled,
      ...settings.optimiser,
      bound,
      "-o",
      bound,
    ]);
  });
}

/** wasm-opt's names for LLVM's features, where they differ. */
const optimiserName = { "nontrapping-fptoint": "nontrapping-float-to-int", simd128: "simd" };

/** The path of the workspace's own wasm-bindgen. */
function wasmBindgen() {
  const locked = /name = "wasm-bindgen"\nversion = "(.+)"/.exec(readFileSync(at("Cargo.lock"), "utf8"))?.[1];
  const wanted = /wasm-bindgen-cli-support = "=(.+)"/.exec(readFileSync(at("tools/bindgen/Cargo.toml"), "utf8"))?.[1];
  if (locked !== wanted) {
    throw new Failure(`Cargo.lock holds wasm-bindgen ${locked}, but tools/bindgen/Cargo.toml asks for ${wanted}`);
  }
  return ownTool("bindgen");
}

/** The path of a program under tools/, built when it is stale. */
async function ownTool(name) {
  const path = at("target/debug", process.platform === "win32" ? `${name}.exe` : name);
  await once(name, hashOf(filesUnder(`tools/${name}`), ask("rustc", ["-vV"])), [path], () =>
    run("cargo", ["build", "--locked", "--package", name, "--target-dir", at("target")]),
  );
  return path;
}

/** The whole engine once more as the two modules that start quickly, cut by a profile of the built package. */
async function split(config) {
  const whole = at(`js/dist/wasm/${config.crate}_bg.wasm`);
  const parts = ["primary.wasm", "primary.data", "secondary.wasm"].map((part) => `${config.crate}_${part}`);
  const outputs = parts.map((part) => at("js/dist/wasm", part));
  const tool = await ownTool("split");
  const inputs = hashOf([whole, at("js/dist/entry/node.js"), ...filesUnder("tools/split", "tools/profile.mjs")], config.split);
  await once("primary-and-secondary", inputs, outputs, async () => {
    const work = at("target/split");
    for (const folder of ["entry", "wasm"]) mkdirSync(`${work}/${folder}`, { recursive: true });
    writeFileSync(`${work}/package.json`, '{ "type": "module" }\n');
    copyFileSync(at("js/dist/entry/node.js"), `${work}/entry/node.js`);
    const [traced, memory, none] = parts.map((part) => `${work}/wasm/${part}`);
    await run(tool, ["trace", whole, traced, memory]);
    // What is traced is the whole and asks for no second module.
    writeFileSync(none, "");
    await run(process.execPath, [at("tools/profile.mjs"), `${work}/entry/node.js`, `${work}/profile`]);
    await run(tool, ["cut", whole, `${work}/profile`, String(config.split["primary-stack-bytes"]), ...outputs]);
  });
}

/** js/dist: each entry bundled for its platform, the wasm beside them, and the declarations. */
async function javascript(config) {
  const dist = at("js/dist");
  const sources = filesUnder("js", "README.md", "LICENSE", "package-lock.json", "tools/build.mjs").filter((path) => !notSource.test(path));
  const inputs = hashOf(sources, config);
  const entries = config.entry.map((entry) => `${dist}/${entry.source.replace(/\.ts$/, ".js")}`);
  return once("javascript", inputs, entries, async () => {
    const { build: bundle } = await import("esbuild");
    rmSync(dist, { recursive: true, force: true });
    for (const entry of config.entry) {
      for (const format of entry.formats) await bundle(bundling(config, entry, format));
    }
    mkdirSync(`${dist}/wasm`, { recursive: true });
    for (const file of filesUnder("js/wasm").filter((path) => path.endsWith(".wasm"))) {
      copyFileSync(file, `${dist}/wasm/${basename(file)}`);
    }
    await declarations(dist);
    copyFileSync(at("README.md"), at("js/README.md"));
    copyFileSync(at("LICENSE"), at("js/LICENSE"));
  });
}

/** What lies in js/ without being built into the package: its tests, and what the build itself puts there. */
const notSource = /[\\/]js[\\/](test[\\/]|README\.md$|LICENSE$)/;

/** esbuild's options for one entry in one format; the wasm keeps its place relative to every entry. */
function bundling(config, { source, platform, imports = {} }, format) {
  const common = {
    entryPoints: [at("js", source)],
    bundle: true,
    platform,
    target: config.javascript.syntax,
    external: [...config.javascript.external, "*.wasm", "node:*", "cloudflare:*"],
    legalComments: "none",
    ignoreAnnotations: true, // the "sideEffects" of js/package.json speak of dist
    logLevel: "warning",
    plugins: [renaming(imports)],
  };
  if (format === "esm") {
    const outfile = at("js/dist", source.replace(/\.ts$/, ".js"));
    // A start reads the whole entry. Names stay, and lines short, for those who read where an error came from.
    return { ...common, format, outfile, minifyWhitespace: true, minifySyntax: true, lineLimit: 120 };
  }
  return {
    ...common,
    format,
    outfile: at("js/dist/commonjs", basename(source).replace(/\.ts$/, ".js")),
    define: { "import.meta.url": "moduleUrl" },
    // The directive counts only as the first statement, where this stands before esbuild's own.
    banner: { js: '"use strict"; const moduleUrl = require("node:url").pathToFileURL(__filename).href;' },
    // `require("redmoon")` is the class itself, with the named exports upon it, as ioredis has it.
    footer: {
      js: 'module.exports = Object.defineProperty(Object.assign(module.exports.default, module.exports), "__esModule", { value: true });',
    },
  };
}

/** Has imports stay imports, under another name. */
function renaming(imports) {
  return {
    name: "renaming",
    setup({ onResolve }) {
      onResolve({ filter: /./ }, ({ path }) => (imports[path] ? { path: imports[path], external: true } : undefined));
    },
  };
}

/** The declarations twice: once as an ES module's, once as a CommonJS module's. */
async function declarations(dist) {
  const compile = (out) =>
    run(process.execPath, [
      at("node_modules/typescript/bin/tsc"),
      ...["--project", at("js"), "--noEmit", "false", "--emitDeclarationOnly", "--declaration", "--outDir", out],
    ]);
  await compile(dist);
  await compile(`${dist}/commonjs`);
  writeFileSync(`${dist}/commonjs/package.json`, '{ "type": "commonjs" }\n');
}

/** What a browser has to fetch, against the flavour's budget. */
async function weigh(config, flavour, settings) {
  const { build: bundle } = await import("esbuild");
  const source = settings["browser-entry"];
  const entry = config.entry.find((entry) => entry.source === source);
  const { outputFiles } = await bundle({ ...bundling(config, entry, "esm"), minify: true, lineLimit: undefined, write: false });
  const name = flavour === "full" ? config.crate : `${config.crate}-${flavour}`;
  const rows = [
    [`${name}_bg.wasm`, readFileSync(at("js/dist/wasm", `${name}_bg.wasm`))],
    [`${source} (bundled, minified)`, Buffer.from(outputFiles[0].contents)],
  ].map(([label, bytes]) => [label, bytes.length, gzipSync(bytes, { level: 9 }).length, brotli(bytes).length]);
  const total = ["in all", ...[1, 2, 3].map((column) => rows[0][column] + rows[1][column])];
  say(`\nFlavour \`${flavour}\`, bytes for a browser:`);
  table(["", "raw", "gzip", "brotli"], [...rows, total]);
  for (const [column, kind] of [[1, "raw"], [2, "gzip"], [3, "brotli"]]) {
    const limit = settings.budget[kind];
    if (limit === undefined) continue;
    if (total[column] > limit) {
      throw new Failure(`flavour \`${flavour}\` weighs ${total[column]} bytes with ${kind}: ${total[column] - limit} over its budget of ${limit}`);
    }
    say(`${kind} budget: ${limit} (${Math.round((100 * total[column]) / limit)} % used)`);
  }
}

function brotli(bytes) {
  return brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } });
}

function table(head, rows) {
  const lines = [head, ...rows].map((row) => row.map((cell) => (typeof cell === "number" ? cell.toLocaleString("en") : cell)));
  const widths = head.map((_, column) => Math.max(...lines.map((line) => line[column].length)));
  for (const line of lines) {
    say("  " + line.map((cell, column) => (column ? cell.padStart(widths[column]) : cell.padEnd(widths[column]))).join("  "));
  }
}

if (process.argv[1] === at("tools/build.mjs")) {
  if (process.argv.includes("--help")) say(help);
  else await main(() => build({ size: process.argv.includes("--size") }));
}
