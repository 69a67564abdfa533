import { compiling } from "./compile.js";
import { setLoader } from "../instance.js";
import { Engine, initSync } from "../wasm/redmoon.js";

setLoader("full", async () => ({ Engine, memory: initSync({ module: await compiling }).memory }));

export * from "../index.js";
export { RedmoonConnector } from "../connector.js";
export { default } from "../index.js";
