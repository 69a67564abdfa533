import { builtin } from "../builtin.js";

// An import would have Node make all of `fs` that is made on demand, which takes as long as reading the file.
const { closeSync, openSync, promises, readFileSync, readSync } = builtin<typeof import("node:fs")>("fs")!;

/** More bytes than the whole engine has. Those that are not written take no memory. */
const ROOM = 1 << 22;

/** Does what `readFileSync` does by a dozen functions more, which a start would have to compile. */
function bytesOf(url: URL): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(ROOM);
  const file = openSync(url, "r");
  const length = readSync(file, bytes);
  closeSync(file);
  return bytes.subarray(0, length);
}

/**
 * The engine's module with what a start and the commonest commands call. It is begun before all else and compiled on
 * other threads, while this one reads and runs the rest of the package.
 */
export const primary = WebAssembly.compile(bytesOf(new URL("../wasm/redmoon_primary.wasm", import.meta.url)));

// Who loads the engine hears of it.
primary.catch(() => {});

const secondary = () => new URL("../wasm/redmoon_secondary.wasm", import.meta.url);

/** Compiles the module with the whole engine, which takes over from the primary one, on other threads. */
export const compileSecondary = async () => WebAssembly.compile(await promises.readFile(secondary()));

/** Compiles it at once. */
export const compileSecondaryNow = () => new WebAssembly.Module(readFileSync(secondary()));
