import { closeSecondary, primary, secondaryBytes, writeData } from "./modules.js";
import { setLoader, type Loaded } from "../instance.js";
import { Engine, __wbg_finalize_init, __wbg_get_imports } from "../wasm/redmoon.js";

/**
 * Starts the engine in its primary module: `tools/split` says how the two work together. The secondary module is
 * compiled in the background and takes over between two calls; a call that needs it before compiles it at once.
 */
async function start(): Promise<Loaded> {
  const glue = __wbg_get_imports();
  const module = await primary;
  let loaded = false;
  const link = (secondary: WebAssembly.Module): void => {
    if (loaded) return;
    new WebAssembly.Instance(secondary, { ...glue, primary: instance.exports });
    loaded = true;
    closeSecondary();
  };
  const load = (): void => {
    if (!loaded) link(new WebAssembly.Module(secondaryBytes()));
  };
  const instance: WebAssembly.Instance = new WebAssembly.Instance(module, { ...glue, secondary: { load } });
  const { memory, data } = instance.exports as { memory: WebAssembly.Memory; data: WebAssembly.Global<"i32"> };
  writeData(memory, data.value);
  const prepare = async (): Promise<void> => {
    if (!loaded) link(await WebAssembly.compile(secondaryBytes()));
  };
  // If this fails, whoever needs the module hears why. Tests may have replaced the timers by others.
  const timer: { unref?(): void } = setTimeout(() => prepare().catch(() => {}));
  timer.unref?.();
  return { Engine, memory: __wbg_finalize_init(instance, module).memory };
}

let starting: Promise<Loaded> | undefined;
setLoader("full", async () => await (starting ??= start()));

export * from "../index.js";
export { RedmoonConnector } from "../connector.js";
export { default } from "../index.js";
