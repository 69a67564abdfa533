import { readFileSync } from "node:fs";
import { setLoader } from "../instance.js";
import { Engine, initSync } from "../wasm/redmoon.js";

const file = new URL("../wasm/redmoon_bg.wasm", import.meta.url);
setLoader("full", () => ({ Engine, memory: initSync({ module: readFileSync(file) }).memory }));

export * from "../index.js";
export { RedmoonConnector } from "../connector.js";
export { default } from "../index.js";
