import {
  AbortError,
  Command,
  EngineError,
  Limited,
  Pipeline,
  print,
  Redis as Index,
  RedisError,
  ReplyError,
  Wire,
  type Redis as Either,
  type RedisConstructor,
  type RedisOptions,
  type ReplyMapping,
} from "../index.js";
import type { Redis as Handle } from "../redis.js";

const Base = Index as unknown as typeof Handle;

/**
 * The same class for tests of code that was written for a server: any address, or none, is the name of an engine of
 * this process, and those of one address share it.
 *
 * ```js
 * vi.mock("ioredis", () => import("redmoon/mock"));
 * ```
 */
class Mock extends Base {
  protected static override engineOf(options: RedisOptions): string {
    const { path, host, port, name } = options;
    if (path === undefined && host === undefined && port === undefined && name) return name;
    options.host ??= "localhost";
    options.port ??= 6379;
    const local = /^(127\.0\.0\.1|::1)$/.test(options.host);
    return path ?? `${local ? "localhost" : options.host}:${options.port}`;
  }
}

/** A cluster of one node, which has all slots: the first that is named. */
export class Cluster extends Mock {
  override readonly isCluster = true;

  constructor(nodes: readonly (RedisOptions | string | number)[] = [], options: ClusterOptions = {}) {
    const { redisOptions, ...own } = options;
    const [first = {}] = nodes;
    const { host, port } = typeof first === "object" ? first : new Mock(String(first), { lazyConnect: true }).options;
    super({ ...own, ...redisOptions, host, port });
  }

  /** Its nodes. */
  nodes(_role?: "all" | "master" | "slave"): Mock[] {
    return [this];
  }
}

/** What of ioredis's options for clusters says something here. */
export interface ClusterOptions extends Pick<RedisOptions, "keyPrefix" | "lazyConnect" | "scripts" | "enableOfflineQueue"> {
  redisOptions?: RedisOptions;
}

Mock.Cluster = Cluster;

export const Redis = Mock as unknown as RedisConstructor;
export type Redis<M extends ReplyMapping = "legacy"> = Either<M>;
export { AbortError, Command, EngineError, Limited, Pipeline, print, RedisError, ReplyError, Wire, Redis as default };
export type * from "../index.js";
