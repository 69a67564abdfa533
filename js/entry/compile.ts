import { builtin } from "../builtin.js";

// An import would have Node make all of `fs` that is made on demand, which takes as long as reading the file.
const { readFileSync } = builtin<typeof import("node:fs")>("fs")!;

/**
 * The engine's module. It is begun before all else and compiled on other threads, while this one reads and runs the
 * rest of the package.
 */
export const compiling = WebAssembly.compile(readFileSync(new URL("../wasm/redmoon_bg.wasm", import.meta.url)));

// Who loads the engine hears of it.
compiling.catch(() => {});
