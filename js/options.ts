import { encode } from "./bytes.js";
import { RedisError } from "./errors.js";
import type { SentinelConnectionOptions } from "./servers.js";

/** What may be said of an engine when it is made. */
export interface EngineSettings {
  /** How many databases there are. @default 16 */
  databases?: number;
  /** Parameters as `CONFIG SET` takes them, such as `"script-fuel"` or `"script-time"`. */
  config?: Record<string, string | number>;
  /** Hears what scripts write by `redis.log`. Without it the console does. */
  log?: (level: LogLevel, message: string) => void;
}

/** The levels of `redis.log`, the least urgent first. */
export type LogLevel = "debug" | "verbose" | "notice" | "warning";

/** What a handle can be told when it is made. Options of ioredis that speak of sockets are accepted, without effect. */
export interface RedisOptions extends SentinelConnectionOptions {
  /** Which engine of this process to use; handles of one name share their data. @default "default" */
  name?: string | null;
  /** What to make the engine with, if this handle is the first of its name. */
  engine?: EngineSettings;
  /** Database to select. @default 0 */
  db?: number;
  /** Put before every key of every command. @default "" */
  keyPrefix?: string | Uint8Array;
  username?: string | null;
  password?: string | null;
  /** Name of the connection, as CLIENT SETNAME sets it. */
  connectionName?: string | null;
  /** Version of the protocol that the session speaks. @default 3 */
  protocol?: 2 | 3;
  /** How the types that only RESP3 has appear: as RESP2 showed them, or as objects and numbers. @default "legacy" */
  replyMapping?: "legacy" | "resp3";
  /** Answers integers as strings, for those beyond 2^53. @default false */
  stringNumbers?: boolean;
  /** Connects with the first command only. @default false */
  lazyConnect?: boolean;
  /** Keeps commands until the engine is ready, rather than refusing them. @default true */
  enableOfflineQueue?: boolean;
  /** Commands written in Lua, by name: see `defineCommand`. */
  scripts?: Record<string, ScriptDefinition>;
  /** Fieldsets of HIMPORT that each connection prepares: `HIMPORT SET` may name them at any time. */
  himportFieldsets?: readonly HimportFieldset[];
  /** Delay in ms before `disconnect(true)` connects again; anything but a number ends the handle. */
  retryStrategy?: ((times: number) => number | void | null) | null;
  /** Leads errors back to the line that made the call. @default false */
  showFriendlyErrorStack?: boolean;
  disableClientInfo?: boolean;
  clientInfoTag?: string;

  /** The address of a server. Redmoon has none: see the error. */
  host?: string;
  port?: number | string;
  path?: string;
  /** How ioredis connects; in a process it is not asked. */
  Connector?: unknown;

  readOnly?: boolean;
  family?: number;
  tls?: unknown;
  connectTimeout?: number;
  disconnectTimeout?: number;
  commandTimeout?: number;
  blockingTimeout?: number;
  blockingTimeoutGrace?: number;
  socketTimeout?: number;
  keepAlive?: number;
  noDelay?: boolean;
  enableReadyCheck?: boolean;
  enableAutoPipelining?: boolean;
  autoPipeliningIgnoredCommands?: string[];
  /** Subscribes again to what a lost connection was subscribed to. @default true */
  autoResubscribe?: boolean;
  /** Sees every call to the engine, as an event `monitor`: see `Redis.monitor`. @default false */
  monitor?: boolean;
  autoResendUnfulfilledCommands?: boolean;
  maxRetriesPerRequest?: number | null;
  maxLoadingRetryTime?: number;
  reconnectOnError?: ((error: Error) => boolean | 1 | 2) | null;
}

/** A fieldset of HIMPORT: its name, and the names of fields in the order of the values. */
export interface HimportFieldset {
  readonly name: string | Uint8Array;
  readonly fields: readonly (string | Uint8Array)[];
}

/** A command written in Lua. */
export interface ScriptDefinition {
  lua: string;
  /** How many of the arguments are keys. Without it the caller gives the number as the first argument. */
  numberOfKeys?: number;
  readOnly?: boolean;
}

export const defaultOptions = {
  name: "default",
  db: 0,
  keyPrefix: "",
  username: null,
  password: null,
  connectionName: null,
  protocol: 3,
  replyMapping: "legacy",
  stringNumbers: false,
  lazyConnect: false,
  enableOfflineQueue: true,
  retryStrategy: (times: number) => Math.min(2 ** (times - 1) * 50, 5000),
  showFriendlyErrorStack: false,
  // Some libraries know ioredis by this.
  family: 0,
} satisfies RedisOptions;

/** Options with every default filled in. */
export type Settings = RedisOptions & {
  [K in keyof typeof defaultOptions]-?: NonNullable<RedisOptions[K]> | Extract<RedisOptions[K], null>;
} & { name: string };

/**
 * Reads the arguments of `new Redis(...)`, in any of ioredis's forms. The first to say a thing is heard. What engine is
 * meant `engineOf` says.
 */
export function parseOptions(args: unknown[], engineOf: (options: RedisOptions) => string): Settings {
  const options: Record<string, unknown> = {};
  const add = (more: object): void => {
    for (const [name, value] of Object.entries(more)) {
      if (options[name] === undefined && value !== undefined) options[name] = value;
    }
  };
  for (const arg of args) {
    if (arg === null || arg === undefined) continue;
    if (typeof arg === "string") add(parseAddress(arg));
    else if (typeof arg === "number") options.port = arg;
    else if (typeof arg === "object") add(arg);
    else throw new RedisError(`Invalid argument ${String(arg)}`);
  }
  if (options.name === null) options.name = undefined;
  options.name = engineOf(options);
  const { himportFieldsets } = options as RedisOptions;
  if (himportFieldsets !== undefined) options.himportFieldsets = copyFieldsets(himportFieldsets);
  add(defaultOptions);
  for (const name of ["db", "port"]) if (typeof options[name] === "string") options[name] = parseInt(options[name], 10);
  if (options.replyMapping === "resp3" && options.protocol !== 3) {
    throw new RedisError('The "resp3" replyMapping is only supported with protocol 3');
  }
  return options as unknown as Settings;
}

/** Fieldsets as they are now, for whoever gave them may change them. */
function copyFieldsets(given: RedisOptions["himportFieldsets"]): RedisOptions["himportFieldsets"] {
  if (!Array.isArray(given)) throw new TypeError("himportFieldsets must be an array");
  const copy = (value: unknown): string | Uint8Array => {
    if (typeof value === "string") return value;
    if (value instanceof Uint8Array) return value.slice();
    throw new TypeError("Names of HIMPORT fieldsets and of their fields must be strings or Buffers");
  };
  const names = new Set<string>();
  return given.map((fieldset: Partial<HimportFieldset> | null) => {
    if (!Array.isArray(fieldset?.fields)) throw new TypeError("Each HIMPORT fieldset must be an object with an array of fields");
    const name = copy(fieldset.name);
    if (names.size === names.add(nameOf(name)).size) throw new TypeError("Duplicate HIMPORT fieldset name");
    return { name, fields: fieldset.fields.map(copy) };
  });
}

/** One string for one name, as text or as bytes. */
export function nameOf(name: unknown): string {
  return String(name instanceof Uint8Array ? name : encode(String(name)));
}

/** `mem://name/db?option=value` names an engine of this process; everything else is the address of a server. */
function parseAddress(address: string): Record<string, unknown> {
  const scheme = /^(?:([a-z]+):)?\/\//i.exec(address);
  if (scheme === null && /^\d+$/.test(address)) return { port: Number(address) };
  const [, path, query] = /^([^?]*)(?:\?(.*))?$/s.exec(address)!;
  const parsed: Record<string, unknown> = {};
  if (scheme === null && address.startsWith("/")) {
    parsed.path = path;
  } else if (scheme?.[1]?.toLowerCase() === "mem") {
    const [, name, db] = /^mem:\/\/([^/#]*)(?:\/(\d*))?/i.exec(path!)!;
    if (name) parsed.name = decodeURIComponent(name);
    if (db) parsed.db = Number(db);
  } else {
    const url = new URL(scheme === null ? `redis://${path}` : scheme[1] ? path! : `redis:${path}`);
    if (url.username || url.password) {
      parsed.username = decodeURIComponent(url.username);
      parsed.password = decodeURIComponent(url.password);
    }
    if (url.pathname.length > 1) parsed[scheme === null ? "path" : "db"] = scheme === null ? url.pathname : url.pathname.slice(1);
    if (url.hostname) parsed.host = url.hostname.replace(/^\[|\]$/g, "");
    if (url.port) parsed.port = Number(url.port);
    if (url.protocol === "rediss:") parsed.tls = true;
  }
  new URLSearchParams(query ?? "").forEach((value, name) => {
    parsed[name] ??= name === "family" ? Number(value) : value;
  });
  return parsed;
}

/** The engine that options name; a server's address is refused. */
export function engineOf(options: RedisOptions): string {
  const { host, port, path, sentinels } = options;
  const at = path ?? (host !== undefined && port !== undefined ? `${host}:${port}` : (host ?? port));
  if (at === undefined && !sentinels) return options.name ?? defaultOptions.name;
  throw noServer(at === undefined ? "behind sentinels" : `"${at}"`);
}

/** The error that names the ways to what was wanted of a server. */
export function noServer(which: string): RedisError {
  return new RedisError(
    `Redmoon runs inside this process and does not reach the server ${which}. ` +
      'For an engine of this process use new Redis(), or new Redis("mem://name") for one of its own; ' +
      "for tests, redmoon/mock takes any address as the name of one; " +
      "for a server use ioredis, which takes the same calls, and `npx redmoon serve` if that server is to be Redmoon.",
  );
}
