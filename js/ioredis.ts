// Where ioredis is installed, `Redis` is also what its types say, for libraries that ask for nothing but that.

import type { Callback } from "./command.js";
import type { RedisOptions } from "./options.js";
import type { ChainableCommander as Chain } from "./pipeline.js";
import type { Redis as Handle } from "./redis.js";
import type { ClusterMethods, ClusterNode, ClusterOptions } from "./servers.js";

/** @ts-ignore It may not be installed, and then this is `any`. */
type Theirs<M extends ReplyMapping> = import("ioredis").Redis<M>;
/** @ts-ignore The same before its sixth version. */
type Older = import("ioredis").Redis;
/** @ts-ignore */
type TheirCluster<M extends ReplyMapping> = import("ioredis").Cluster<M>;
/** @ts-ignore */
type OlderCluster = import("ioredis").Cluster;
/** @ts-ignore */
type TheirChain = import("ioredis").ChainableCommander;

/** Whether a type could not be found. Only `keyof` makes of such a type what can be asked. */
type IsMissing<T> = string extends keyof T ? true : false;
type Installed<M extends ReplyMapping> = IsMissing<Theirs<M>> extends false ? Theirs<M> : Older;

/** How RESP3's own types appear: see `RedisOptions.replyMapping`. */
export type ReplyMapping = "legacy" | "resp3";

/** A handle: see the class. */
export type Redis<M extends ReplyMapping = "legacy"> =
  IsMissing<Older> extends true ? Handle : Again<M> & Installed<M> & Omit<Handle, keyof Again<M>>;

/** A cluster's client: see the error of its constructor. */
export type Cluster<M extends ReplyMapping = "legacy"> =
  IsMissing<OlderCluster> extends true
    ? ClusterMethods<Cluster<M>, Redis<M>> & Omit<Redis<M>, keyof ClusterMethods<unknown, unknown>>
    : IsMissing<TheirCluster<M>> extends false
      ? TheirCluster<M>
      : OlderCluster;

/** What makes other handles, and pipelines: they, too, are both. */
type Again<M extends ReplyMapping> = {
  duplicate<Override extends RedisOptions | undefined = undefined>(override?: Override): Redis<MappingOf<Override, M>>;
  monitor(callback?: Callback<Redis<M>>): Promise<Redis<M>>;
} & (M extends "legacy" ? Pick<Handle, "pipeline" | "multi"> : unknown);

type MappingOf<Options, Default> = Options extends { replyMapping: infer M extends ReplyMapping } ? M : Default & ReplyMapping;

/** A pipeline as its caller sees it: every command answers the pipeline itself. */
export type ChainableCommander = IsMissing<TheirChain> extends true ? Chain : Chain & TheirChain;

type Statics = Omit<typeof Handle, "prototype" | "createClient" | "Cluster">;

type Mapped<M> = RedisOptions & { replyMapping?: M };

/** Makes handles. */
export interface RedisConstructor extends Statics {
  new <M extends ReplyMapping = "legacy">(options?: Mapped<M>): Redis<M>;
  new <M extends ReplyMapping = "legacy">(address: string, options?: Mapped<M>): Redis<M>;
  new <M extends ReplyMapping = "legacy">(port: number, options?: Mapped<M>): Redis<M>;
  new <M extends ReplyMapping = "legacy">(port: number, host?: string, options?: Mapped<M>): Redis<M>;
  readonly prototype: Redis;
  /** Where ioredis has its client for clusters: see the error that it throws. */
  readonly Cluster: new <M extends ReplyMapping = "legacy">(
    nodes?: readonly ClusterNode[],
    options?: ClusterOptions & { redisOptions?: { replyMapping?: M } },
  ) => Cluster<M>;
  /** Makes a handle; the same as `new Redis(...)`. */
  createClient(...args: ConstructorParameters<typeof Handle>): Redis;
}
