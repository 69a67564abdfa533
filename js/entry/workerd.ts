import { setLoader } from "../instance.js";
import { Engine, initSync } from "../wasm/redmoon.js";
import module from "../wasm/redmoon_bg.wasm";

setLoader("full", () => ({ Engine, memory: initSync({ module }).memory }));

export * from "../index.js";
export { default } from "../index.js";
