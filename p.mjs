import { packageTests } from "./pkg-tests/run.mjs";
console.log(await packageTests({browser:"/usr/bin/chromium"}));
