import { builtin } from "../builtin.js";

// An import would have Node make all of `fs` that is made on demand, which takes as long as reading the file.
const { closeSync, openSync, readSync } = builtin<typeof import("node:fs")>("fs")!;

/** More bytes than the whole engine has. Those that are not written take no memory. */
const ROOM = 1 << 22;

/** Reads a whole file, as `readFileSync` does by a dozen functions more, which a start would have to compile. */
function read(file: number, into: Uint8Array): number {
  let length = 0;
  for (let more = 1; more > 0; length += more) more = readSync(file, into, length, into.length - length, length);
  return length;
}

function bytesOf(file: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(ROOM);
  return bytes.subarray(0, read(file, bytes));
}

const primaryFile = openSync(new URL("../wasm/redmoon_primary.wasm", import.meta.url), "r");
// These are read later, in the midst of a call perhaps: that they are there and can be opened has to be known before.
const dataFile = openSync(new URL("../wasm/redmoon_primary.data", import.meta.url), "r");
const secondaryFile = openSync(new URL("../wasm/redmoon_secondary.wasm", import.meta.url), "r");

/**
 * The engine's module with what a start and the commonest commands call. It is begun before all else and compiled on
 * other threads, while this one reads and runs the rest of the package.
 */
export const primary = WebAssembly.compile(bytesOf(primaryFile));

// Who loads the engine hears of it.
primary.catch(() => {});
closeSync(primaryFile);

/** Writes into memory what the engine has there as it starts. */
export function writeData(memory: WebAssembly.Memory, address: number): void {
  read(dataFile, new Uint8Array(memory.buffer, address));
  closeSync(dataFile);
}

/** The bytes of the module with the whole engine, which takes over from the primary one. */
export const secondaryBytes = () => bytesOf(secondaryFile);

/** Lets go of the file of the secondary module. */
export const closeSecondary = () => closeSync(secondaryFile);
