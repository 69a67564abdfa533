// `npm run bench`: builds the package and measures it beside its peers (benches/run.mjs).

import { build } from "./build.mjs";
import { oracles } from "./setup.mjs";
import { main, run } from "./shell.mjs";

await main(async () => {
  await build();
  await oracles();
  await run(process.execPath, ["benches/run.mjs", ...process.argv.slice(2)]);
});
