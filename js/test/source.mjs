// Loads a source file of the package by itself, for what no caller of the package can see.

import { build } from "esbuild";
import { fileURLToPath } from "node:url";

export async function source(name) {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL(`../${name}`, import.meta.url))],
    bundle: true,
    format: "esm",
    platform: "neutral",
    write: false,
  });
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString("base64")}`);
}
