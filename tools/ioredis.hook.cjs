// Has the functional tests of ioredis find this package or its engine: see tools/ioredis.mjs.

const Module = require("node:module");
const { Socket } = require("node:net");
const { join } = require("node:path");

const { REDMOON_SLOW: slow, REDMOON_IOREDIS: from, REDMOON_WAY: way, REDMOON_DIST: dist, REDMOON_PORT: port } = process.env;

/** The port that the tests take for a server's. */
const SERVER = 6379;

exports.mochaHooks = {
  beforeEach() {
    const title = this.currentTest.fullTitle();
    if (JSON.parse(slow).some((part) => title.includes(part))) this.currentTest.timeout(90_000);
  },
};

if (way === "process") inPlace();
else if (way === "connector") connect();
else redirect();

/** Puts this package in the place of ioredis. */
function inPlace() {
  const theirs = new Set([join(from, "lib/Redis.ts"), join(from, "lib/index.ts")]);
  const tests = [join(from, "test/functional"), join(from, "test/helpers")];
  const { _resolveFilename } = Module;
  Module._resolveFilename = function (request, parent, ...rest) {
    const found = _resolveFilename.call(this, request, parent, ...rest);
    const asked = tests.some((folder) => parent?.filename?.startsWith(folder));
    return asked && theirs.has(found) ? join(dist, "mock.js") : found;
  };
}

/** Gives ioredis the option `Connector` where it would speak to the server. */
function connect() {
  const { RedmoonConnector } = require(join(dist, "node.js"));
  const { _load } = Module;
  Module._load = function (...request) {
    const loaded = _load.apply(this, request);
    if (Module._resolveFilename(...request) !== join(from, "lib/Redis.ts")) return loaded;
    // It asks for others that ask for it again.
    if (loaded.default === undefined) return loaded;
    Module._load = _load;
    const { prototype } = loaded.default;
    const { parseOptions } = prototype;
    prototype.parseOptions = function (...args) {
      parseOptions.apply(this, args);
      const { port, path, sentinels, tls } = this.options;
      if (port === SERVER && !path && !sentinels && !tls) this.options.Connector ??= RedmoonConnector;
    };
    return loaded;
  };
}

/** Leads what would be sent to the server to another port. */
function redirect() {
  const { connect } = Socket.prototype;
  const other = (options) => (options?.port === SERVER ? { ...options, port } : options);
  Socket.prototype.connect = function (first, ...rest) {
    // What net.createConnection gives is a list that is marked as its own.
    if (Array.isArray(first)) first[0] = other(first[0]);
    return connect.call(this, first === SERVER ? port : other(first), ...rest);
  };
}
