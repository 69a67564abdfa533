import { setLoader } from "../instance.js";
import init, { Engine } from "../wasm/redmoon.js";

const load = () => init({ module_or_path: new URL("../wasm/redmoon_bg.wasm", import.meta.url) });
setLoader("full", async () => ({ Engine, memory: (await load()).memory }));

export * from "../index.js";
export { default } from "../index.js";
