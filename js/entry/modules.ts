import { builtin } from "../builtin.js";

// An import would have Node make all of `fs` that is made on demand, which takes as long as reading the file.
const { promises, readFileSync } = builtin<typeof import("node:fs")>("fs")!;

/**
 * The engine's module with what a start and the commonest commands call. It is begun before all else and compiled on
 * other threads, while this one reads and runs the rest of the package.
 */
export const primary = WebAssembly.compile(readFileSync(new URL("../wasm/redmoon_primary.wasm", import.meta.url)));

// Who loads the engine hears of it.
primary.catch(() => {});

const secondary = () => new URL("../wasm/redmoon_secondary.wasm", import.meta.url);

/** Compiles the module with the whole engine, which takes over from the primary one, on other threads. */
export const compileSecondary = async () => WebAssembly.compile(await promises.readFile(secondary()));

/** Compiles it at once. */
export const compileSecondaryNow = () => new WebAssembly.Module(readFileSync(secondary()));
