// `npm run bench`: builds the package and measures it beside its peers (benches/run.mjs); with the word `lua`, its Lua
// beside other engines of Lua (benches/lua.mjs).

import { build } from "./build.mjs";
import { oracles } from "./setup.mjs";
import { main, run } from "./shell.mjs";

await main(async () => {
  const words = process.argv.slice(2);
  const lua = words[0] === "lua";
  if (!words.includes("--help")) {
    await build();
    await oracles();
    if (lua) await run("cargo", ["build", "--locked", "--release", "--quiet", "--package", "rivals"]);
  }
  await run(process.execPath, lua ? ["benches/lua.mjs", ...words.slice(1)] : ["benches/run.mjs", ...words]);
});
