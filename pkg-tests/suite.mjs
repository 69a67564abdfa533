// All that is tested at run time, the same in every runtime.

import { smoke } from "./smoke.mjs";
import { replayAll } from "./transcript.mjs";

/** Answers `[{ name, error }]`. */
export async function suite(Redis, cases) {
  return [...(await smoke(Redis)), ...(await replayAll(Redis, cases))];
}
