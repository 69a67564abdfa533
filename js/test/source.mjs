// Loads source files of the package by themselves, for what no caller of the package can see.

import { build } from "esbuild";
import { fileURLToPath } from "node:url";

/** All that the files export, as one module. */
export async function source(...names) {
  const contents = names.map((name) => `export * from "./${name}";`).join("\n");
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: fileURLToPath(new URL("..", import.meta.url)) },
    bundle: true,
    format: "esm",
    platform: "neutral",
    write: false,
  });
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString("base64")}`);
}
