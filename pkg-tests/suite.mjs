// All that is tested at run time, the same in every runtime.

import { smoke } from "./smoke.mjs";
import { replayAll } from "./transcript.mjs";
import { isAboutConnections, replayOverWire } from "./wire.mjs";

/** Answers `[{ name, error }]`. */
export async function suite(Redis, Wire, cases) {
  const wired = cases.filter(isAboutConnections);
  const others = cases.filter((file) => !wired.includes(file));
  return [...(await smoke(Redis)), ...(await replayAll(Redis, others)), ...(await replayOverWire(Wire, wired))];
}
