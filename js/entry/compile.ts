import { readFileSync } from "node:fs";

/**
 * The engine's module. It is begun before all else and compiled on other threads, while this one reads and runs the
 * rest of the package.
 */
export const compiling = WebAssembly.compile(readFileSync(new URL("../wasm/redmoon_bg.wasm", import.meta.url)));

// Who loads the engine hears of it.
compiling.catch(() => {});
