// Has the functional tests of ioredis find this package where they ask for ioredis itself: see tools/ioredis.mjs.

const Module = require("node:module");
const { join } = require("node:path");

const { REDMOON_IOREDIS: from, REDMOON_MOCK: mock } = process.env;
const theirs = new Set([join(from, "lib/Redis.ts"), join(from, "lib/index.ts")]);
const tests = [join(from, "test/functional"), join(from, "test/helpers")];
const { _resolveFilename } = Module;

Module._resolveFilename = function (request, parent, ...rest) {
  const found = _resolveFilename.call(this, request, parent, ...rest);
  const asked = tests.some((folder) => parent?.filename?.startsWith(folder));
  return asked && theirs.has(found) ? mock : found;
};
