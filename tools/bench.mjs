// `npm run bench`: builds the package and measures it beside its peers (benches/run.mjs); with one of the words below,
// something else beside others.

import { build } from "./build.mjs";
import { oracles } from "./setup.mjs";
import { main, run } from "./shell.mjs";

const others = ["lua", "memory", "complexity", "engine"];

await main(async () => {
  const words = process.argv.slice(2);
  const other = others.find((name) => name === words[0]);
  if (!words.includes("--help")) {
    await build();
    await oracles();
    if (other === "lua") await run("cargo", ["build", "--locked", "--release", "--quiet", "--package", "rivals"]);
  }
  await run(process.execPath, other ? [`benches/${other}.mjs`, ...words.slice(1)] : ["benches/run.mjs", ...words]);
});
