// Types of ioredis that speak of servers and their clusters, so that code which names them compiles. Nothing here
// reaches one.

import type { Callback } from "./command.js";
import type { HimportFieldset, RedisOptions, ScriptDefinition } from "./options.js";

export type NodeRole = "master" | "slave" | "all";

/** The address of a node. */
export type ClusterNode = string | number | { host?: string | undefined; port?: number | undefined };

export type ClusterStatus = "end" | "close" | "wait" | "connecting" | "connect" | "ready" | "reconnecting" | "disconnecting";

interface Address {
  host: string;
  port: number;
}

/** What addresses that nodes have among themselves are to their clients. */
export type NatMap = { [address: string]: Address } | ((address: string) => Address | null);

export type DNSLookupFunction = (
  hostname: string,
  callback: (error: Error | null | undefined, address: string, family?: number) => void,
) => void;

export type DNSResolveSrvFunction = (hostname: string, callback: (error: Error | null | undefined, records?: any[]) => void) => void;

type Retry = ((times: number, reason?: Error) => number | void | null) | null;

export interface ClusterOptions {
  keyPrefix?: string;
  showFriendlyErrorStack?: boolean;
  lazyConnect?: boolean;
  enableOfflineQueue?: boolean;
  enableReadyCheck?: boolean;
  enableAutoPipelining?: boolean;
  autoPipeliningIgnoredCommands?: string[];
  scripts?: Record<string, ScriptDefinition>;
  himportFieldsets?: readonly HimportFieldset[];
  redisOptions?: Omit<RedisOptions, "host" | "port" | "path" | "sentinels" | "retryStrategy" | "enableOfflineQueue" | "readOnly">;
  scaleReads?: NodeRole | Function;
  shardedSubscribers?: boolean;
  maxRedirections?: number;
  clusterRetryStrategy?: Retry;
  clusterNodeRetryStrategy?: Retry;
  retryDelayOnFailover?: number;
  retryDelayOnClusterDown?: number;
  retryDelayOnTryAgain?: number;
  retryDelayOnMoved?: number;
  slotsRefreshTimeout?: number;
  slotsRefreshInterval?: number;
  useSRVRecords?: boolean;
  resolveSrv?: DNSResolveSrvFunction;
  dnsLookup?: DNSLookupFunction;
  natMap?: NatMap;
}

/** What a cluster's client has besides the commands. */
export interface ClusterMethods<Cluster, Node> {
  status: ClusterStatus;
  readonly isCluster: boolean;
  nodes(role?: NodeRole): Node[];
  connect(): Promise<void>;
  quit(callback?: Callback<"OK">): Promise<"OK">;
  duplicate(nodes?: readonly ClusterNode[], options?: ClusterOptions): Cluster;
}

export interface SentinelAddress {
  host: string;
  port: number;
  family?: number;
}

/** How a server is found by its sentinels. */
export interface SentinelConnectionOptions {
  role?: "master" | "slave";
  sentinels?: readonly Partial<SentinelAddress>[] | null;
  sentinelUsername?: string;
  sentinelPassword?: string;
  sentinelRetryStrategy?: Retry;
  sentinelReconnectStrategy?: Retry;
  sentinelCommandTimeout?: number;
  sentinelMaxConnections?: number;
  sentinelTLS?: unknown;
  enableTLSForSentinelMode?: boolean;
  preferredSlaves?: unknown;
  updateSentinels?: boolean;
  failoverDetector?: boolean;
  natMap?: NatMap | null;
}

/** How a server is found by its address. */
export type StandaloneConnectionOptions = Pick<RedisOptions, "host" | "port" | "path" | "family" | "tls" | "disconnectTimeout">;
