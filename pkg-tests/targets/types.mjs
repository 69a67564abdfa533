// The declarations, checked as strictly as TypeScript can by a program that uses them.

import { cpSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { at } from "../../tools/shell.mjs";

/** Each way in which a project may find the package: file extension, module system, libraries. */
const ways = {
  "as a bundler, for a browser": { ext: "ts", module: "esnext", moduleResolution: "bundler", lib: ["es2022", "dom"], types: [], customConditions: ["browser"] },
  "as a bundler, for a Worker": { ext: "ts", module: "esnext", moduleResolution: "bundler", lib: ["es2022", "dom"], types: [], customConditions: ["workerd"] },
  "nodenext, ES module": { ext: "mts", module: "nodenext", moduleResolution: "nodenext", lib: ["es2022"], types: ["node"] },
  "nodenext, CommonJS": { ext: "cts", module: "nodenext", moduleResolution: "nodenext", lib: ["es2022"], types: ["node"] },
  // The last: ioredis stays where it is linked.
  "nodenext, beside ioredis": { ext: "mts", program: "beside", links: ["ioredis", "bullmq"], skipLibCheck: true, module: "nodenext", moduleResolution: "nodenext", lib: ["es2022"], types: ["node"] },
};

export async function types({ project }) {
  return Object.entries(ways).map(([name, { ext, program = "program", links = [], ...options }], index) => {
    const folder = join(project, `types${index}`);
    mkdirSync(folder);
    cpSync(at(`pkg-tests/${program}.ts`), join(folder, `program.${ext}`));
    for (const link of links) symlinkSync(at("node_modules", link), join(project, "node_modules", link), "junction");
    const compilerOptions = {
      skipLibCheck: false,
      ...options,
      target: "es2022",
      strict: true,
      noEmit: true,
      esModuleInterop: true,
      exactOptionalPropertyTypes: true,
      noUncheckedIndexedAccess: true,
      typeRoots: [at("node_modules/@types")],
    };
    writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, files: [`program.${ext}`] }));
    const tsc = at("node_modules/typescript/bin/tsc");
    const { status, stdout, stderr } = spawnSync(process.execPath, [tsc, "--project", folder], { cwd: project, encoding: "utf8" });
    return { name: `tsc --strict, ${name}`, error: status === 0 ? null : stdout + stderr };
  });
}
