import { setLoader } from "../instance.js";
import init, { Engine } from "../wasm/redmoon-slim.js";

const load = () => init({ module_or_path: new URL("../wasm/redmoon-slim_bg.wasm", import.meta.url) });
setLoader("slim", async () => ({ Engine, memory: (await load()).memory }));

export * from "../index.js";
export { default } from "../index.js";
