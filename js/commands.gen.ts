// Made by js/generate.mjs from the engine's table of commands. Do not edit.

import type { Args, Callback, Bytes, ClientContext, Has, Pairs, RedisKey, RedisValue, Result } from "./types.js";

/** Every command that has a method, in lower case. */
export const commandNames =
  "append auth client command config copy dbsize decr decrby del delex digest discard echo eval evalsha evalsha_ro eval_ro exec exists expire expireat expiretime flushall flushdb get getdel getex getrange getset hdel hello hexists hexpire hexpireat hexpiretime hget hgetall hgetdel hgetex himport hincrby hincrbyfloat hkeys hlen hmget hmset hpersist hpexpire hpexpireat hpexpiretime hpttl hrandfield hscan hset hsetex hsetnx hstrlen httl hvals incr incrby incrbyfloat increx info keys lcs lindex linsert llen lmove lmovem lmpop lolwut lpop lpos lpush lpushx lrange lrem lset ltrim memory mget move mset msetex msetnx multi object persist pexpire pexpireat pexpiretime ping psetex pttl quit randomkey rename renamenx reset rpop rpoplpush rpush rpushx sadd scan scard script sdiff sdiffcard sdiffstore select set setex setnx setrange sinter sintercard sinterstore sismember smembers smismember smove spop srandmember srem sscan strlen substr sunion sunioncard sunionstore swapdb time touch ttl type unlink unwatch watch zadd zcard zcount zdiff zdiffstore zincrby zinter zintercard zinterstore zlexcount zmpop zmscore zpopmax zpopmin zrandmember zrange zrangebylex zrangebyscore zrangestore zrank zrem zremrangebylex zremrangebyrank zremrangebyscore zrevrange zrevrangebylex zrevrangebyscore zrevrank zscan zscore zunion zunionstore";

/** Where keys stand in each command that has any: see keys.ts. */
export const keySpecs = "append=1,r,0,1,0\ncopy=1,r,0,1,0;2,r,0,1,0\ndecr=1,r,0,1,0\ndecrby=1,r,0,1,0\ndel=1,r,-1,1,0\ndelex=1,r,0,1,0\ndigest=1,r,0,1,0\neval=2,n,0,1,1\nevalsha=2,n,0,1,1\nevalsha_ro=2,n,0,1,1\neval_ro=2,n,0,1,1\nexists=1,r,-1,1,0\nexpire=1,r,0,1,0\nexpireat=1,r,0,1,0\nexpiretime=1,r,0,1,0\nget=1,r,0,1,0\ngetdel=1,r,0,1,0\ngetex=1,r,0,1,0\ngetrange=1,r,0,1,0\ngetset=1,r,0,1,0\nhdel=1,r,0,1,0\nhexists=1,r,0,1,0\nhexpire=1,r,0,1,0\nhexpireat=1,r,0,1,0\nhexpiretime=1,r,0,1,0\nhget=1,r,0,1,0\nhgetall=1,r,0,1,0\nhgetdel=1,r,0,1,0\nhgetex=1,r,0,1,0\nhimport set=2,r,0,1,0\nhincrby=1,r,0,1,0\nhincrbyfloat=1,r,0,1,0\nhkeys=1,r,0,1,0\nhlen=1,r,0,1,0\nhmget=1,r,0,1,0\nhmset=1,r,0,1,0\nhpersist=1,r,0,1,0\nhpexpire=1,r,0,1,0\nhpexpireat=1,r,0,1,0\nhpexpiretime=1,r,0,1,0\nhpttl=1,r,0,1,0\nhrandfield=1,r,0,1,0\nhscan=1,r,0,1,0\nhset=1,r,0,1,0\nhsetex=1,r,0,1,0\nhsetnx=1,r,0,1,0\nhstrlen=1,r,0,1,0\nhttl=1,r,0,1,0\nhvals=1,r,0,1,0\nincr=1,r,0,1,0\nincrby=1,r,0,1,0\nincrbyfloat=1,r,0,1,0\nincrex=1,r,0,1,0\nlcs=1,r,1,1,0\nlindex=1,r,0,1,0\nlinsert=1,r,0,1,0\nllen=1,r,0,1,0\nlmove=1,r,0,1,0;2,r,0,1,0\nlmovem=1,r,0,1,0;2,r,0,1,0\nlmpop=1,n,0,1,1\nlpop=1,r,0,1,0\nlpos=1,r,0,1,0\nlpush=1,r,0,1,0\nlpushx=1,r,0,1,0\nlrange=1,r,0,1,0\nlrem=1,r,0,1,0\nlset=1,r,0,1,0\nltrim=1,r,0,1,0\nmemory usage=2,r,0,1,0\nmget=1,r,-1,1,0\nmove=1,r,0,1,0\nmset=1,r,-1,2,0\nmsetex=1,n,0,1,2\nmsetnx=1,r,-1,2,0\nobject encoding=2,r,0,1,0\nobject freq=2,r,0,1,0\nobject idletime=2,r,0,1,0\nobject refcount=2,r,0,1,0\npersist=1,r,0,1,0\npexpire=1,r,0,1,0\npexpireat=1,r,0,1,0\npexpiretime=1,r,0,1,0\npsetex=1,r,0,1,0\npttl=1,r,0,1,0\nrename=1,r,0,1,0;2,r,0,1,0\nrenamenx=1,r,0,1,0;2,r,0,1,0\nrpop=1,r,0,1,0\nrpoplpush=1,r,0,1,0;2,r,0,1,0\nrpush=1,r,0,1,0\nrpushx=1,r,0,1,0\nsadd=1,r,0,1,0\nscard=1,r,0,1,0\nsdiff=1,r,-1,1,0\nsdiffcard=1,n,0,1,1\nsdiffstore=1,r,0,1,0;2,r,-1,1,0\nset=1,r,0,1,0\nsetex=1,r,0,1,0\nsetnx=1,r,0,1,0\nsetrange=1,r,0,1,0\nsinter=1,r,-1,1,0\nsintercard=1,n,0,1,1\nsinterstore=1,r,0,1,0;2,r,-1,1,0\nsismember=1,r,0,1,0\nsmembers=1,r,0,1,0\nsmismember=1,r,0,1,0\nsmove=1,r,0,1,0;2,r,0,1,0\nspop=1,r,0,1,0\nsrandmember=1,r,0,1,0\nsrem=1,r,0,1,0\nsscan=1,r,0,1,0\nstrlen=1,r,0,1,0\nsubstr=1,r,0,1,0\nsunion=1,r,-1,1,0\nsunioncard=1,n,0,1,1\nsunionstore=1,r,0,1,0;2,r,-1,1,0\ntouch=1,r,-1,1,0\nttl=1,r,0,1,0\ntype=1,r,0,1,0\nunlink=1,r,-1,1,0\nwatch=1,r,-1,1,0\nzadd=1,r,0,1,0\nzcard=1,r,0,1,0\nzcount=1,r,0,1,0\nzdiff=1,n,0,1,1\nzdiffstore=1,r,0,1,0;2,n,0,1,1\nzincrby=1,r,0,1,0\nzinter=1,n,0,1,1\nzintercard=1,n,0,1,1\nzinterstore=1,r,0,1,0;2,n,0,1,1\nzlexcount=1,r,0,1,0\nzmpop=1,n,0,1,1\nzmscore=1,r,0,1,0\nzpopmax=1,r,0,1,0\nzpopmin=1,r,0,1,0\nzrandmember=1,r,0,1,0\nzrange=1,r,0,1,0\nzrangebylex=1,r,0,1,0\nzrangebyscore=1,r,0,1,0\nzrangestore=1,r,0,1,0;2,r,0,1,0\nzrank=1,r,0,1,0\nzrem=1,r,0,1,0\nzremrangebylex=1,r,0,1,0\nzremrangebyrank=1,r,0,1,0\nzremrangebyscore=1,r,0,1,0\nzrevrange=1,r,0,1,0\nzrevrangebylex=1,r,0,1,0\nzrevrangebyscore=1,r,0,1,0\nzrevrank=1,r,0,1,0\nzscan=1,r,0,1,0\nzscore=1,r,0,1,0\nzunion=1,n,0,1,1\nzunionstore=1,r,0,1,0;2,n,0,1,1";

/** A method for each command and its Buffer twin. */
export interface RedisCommander<Context extends ClientContext = { type: "default" }> {
  /** Runs a command by its name. */
  call(command: string, ...args: (RedisValue | readonly RedisValue[])[]): Result<unknown, Context>;
  call(...args: [command: string, ...args: Args, callback: Callback<unknown>]): Result<unknown, Context>;
  /** Runs a command by its name and answers strings as bytes. */
  callBuffer(command: string, ...args: (RedisValue | readonly RedisValue[])[]): Result<unknown, Context>;
  callBuffer(...args: [command: string, ...args: Args, callback: Callback<unknown>]): Result<unknown, Context>;

  /**
   * Appends a string to the value of a key. The key is made if it doesn't exist.
   *
   *     APPEND key value
   *
   * - complexity: O(1). The amortized time complexity is O(1) assuming the appended value is small and the already present value is of any size, since the dynamic string library used by Redis will double the free space available on every reallocation.
   * - since: 2.0.0
   * - group: string
   */
  append(key: RedisKey, value: RedisValue, callback?: Callback<number>): Result<number, Context>;
  appendBuffer(key: RedisKey, value: RedisValue, callback?: Callback<number>): Result<number, Context>;

  /**
   * Authenticates the connection.
   *
   *     AUTH [username] password
   *
   * - complexity: O(N) where N is the number of passwords defined for the user
   * - since: 1.0.0
   * - group: connection
   */
  auth(...args: Args): Result<"OK", Context>;
  auth(...args: [...args: Args, callback: Callback<"OK">]): Result<"OK", Context>;
  authBuffer(...args: Args): Result<Bytes, Context>;
  authBuffer(...args: [...args: Args, callback: Callback<Bytes>]): Result<Bytes, Context>;

  // CLIENT is typed by its subcommands.

  /**
   * Returns the name of the connection.
   *
   *     CLIENT GETNAME
   *
   * - complexity: O(1)
   * - since: 2.6.9
   * - group: connection
   */
  client(subcommand: "GETNAME" | "getname", callback?: Callback<string | null>): Result<string | null, Context>;
  clientBuffer(subcommand: "GETNAME" | "getname", callback?: Callback<Bytes | null>): Result<Bytes | null, Context>;

  /**
   * Returns the client ID to which the connection's tracking notifications are redirected.
   *
   *     CLIENT GETREDIR
   *
   * - complexity: O(1)
   * - since: 6.0.0
   * - group: connection
   */
  client(subcommand: "GETREDIR" | "getredir", callback?: Callback<number>): Result<number, Context>;
  clientBuffer(subcommand: "GETREDIR" | "getredir", callback?: Callback<number>): Result<number, Context>;

  /**
   * Returns helpful text about the different subcommands.
   *
   *     CLIENT HELP
   *
   * - complexity: O(1)
   * - since: 5.0.0
   * - group: connection
   */
  client(subcommand: "HELP" | "help", callback?: Callback<string[]>): Result<string[], Context>;
  clientBuffer(subcommand: "HELP" | "help", callback?: Callback<Bytes[]>): Result<Bytes[], Context>;

  /**
   * Returns the unique client ID of the connection.
   *
   *     CLIENT ID
   *
   * - complexity: O(1)
   * - since: 5.0.0
   * - group: connection
   */
  client(subcommand: "ID" | "id", callback?: Callback<number>): Result<number, Context>;
  clientBuffer(subcommand: "ID" | "id", callback?: Callback<number>): Result<number, Context>;

  /**
   * Returns information about the connection.
   *
   *     CLIENT INFO
   *
   * - complexity: O(1)
   * - since: 6.2.0
   * - group: connection
   */
  client(subcommand: "INFO" | "info", callback?: Callback<string>): Result<string, Context>;
  clientBuffer(subcommand: "INFO" | "info", callback?: Callback<Bytes>): Result<Bytes, Context>;

  /**
   * Terminates open connections.
   *
   *     CLIENT KILL <old-format | <[ID client-id:int] | [TYPE <NORMAL | MASTER | SLAVE | REPLICA | PUBSUB>] | [USER username] | [ADDR addr] | [LADDR laddr] | [SKIPME <YES | NO>] | [MAXAGE maxage:int]>...>
   *
   * - complexity: O(N) where N is the number of client connections
   * - since: 2.4.0
   * - group: connection
   */
  client(subcommand: "KILL" | "kill", ...args: Args): Result<number | "OK", Context>;
  client(...args: [subcommand: "KILL" | "kill", ...args: Args, callback: Callback<number | "OK">]): Result<number | "OK", Context>;
  clientBuffer(subcommand: "KILL" | "kill", ...args: Args): Result<number | Bytes, Context>;
  clientBuffer(...args: [subcommand: "KILL" | "kill", ...args: Args, callback: Callback<number | Bytes>]): Result<number | Bytes, Context>;

  /**
   * Lists open connections.
   *
   *     CLIENT LIST [TYPE <NORMAL | MASTER | REPLICA | PUBSUB>] [ID client-id:int...]
   *
   * - complexity: O(N) where N is the number of client connections
   * - since: 2.4.0
   * - group: connection
   */
  client(subcommand: "LIST" | "list", ...args: Args): Result<string, Context>;
  client(...args: [subcommand: "LIST" | "list", ...args: Args, callback: Callback<string>]): Result<string, Context>;
  clientBuffer(subcommand: "LIST" | "list", ...args: Args): Result<Bytes, Context>;
  clientBuffer(...args: [subcommand: "LIST" | "list", ...args: Args, callback: Callback<Bytes>]): Result<Bytes, Context>;

  /**
   * Sets the client eviction mode of the connection.
   *
   *     CLIENT NO-EVICT <ON | OFF>
   *
   * - complexity: O(1)
   * - since: 7.0.0
   * - group: connection
   */
  client(subcommand: "NO-EVICT" | "no-evict", ...args: Args): Result<"OK", Context>;
  client(...args: [subcommand: "NO-EVICT" | "no-evict", ...args: Args, callback: Callback<"OK">]): Result<"OK", Context>;
  clientBuffer(subcommand: "NO-EVICT" | "no-evict", ...args: Args): Result<Bytes, Context>;
  clientBuffer(...args: [subcommand: "NO-EVICT" | "no-evict", ...args: Args, callback: Callback<Bytes>]): Result<Bytes, Context>;

  /**
   * Controls whether commands sent by the client affect the LRU/LFU of accessed keys.
   *
   *     CLIENT NO-TOUCH <ON | OFF>
   *
   * - complexity: O(1)
   * - since: 7.2.0
   * - group: connection
   */
  client(subcommand: "NO-TOUCH" | "no-touch", ...args: Args): Result<"OK", Context>;
  client(...args: [subcommand: "NO-TOUCH" | "no-touch", ...args: Args, callback: Callback<"OK">]): Result<"OK", Context>;
  clientBuffer(subcommand: "NO-TOUCH" | "no-touch", ...args: Args): Result<Bytes, Context>;
  clientBuffer(...args: [subcommand: "NO-TOUCH" | "no-touch", ...args: Args, callback: Callback<Bytes>]): Result<Bytes, Context>;

  /**
   * Instructs the server whether to reply to commands.
   *
   *     CLIENT REPLY <ON | OFF | SKIP>
   *
   * - complexity: O(1)
   * - since: 3.2.0
   * - group: connection
   */
  client(subcommand: "REPLY" | "reply", ...args: Args): Result<"OK", Context>;
  client(...args: [subcommand: "REPLY" | "reply", ...args: Args, callback: Callback<"OK">]): Result<"OK", Context>;
  clientBuffer(subcommand: "REPLY" | "reply", ...args: Args): Result<Bytes, Context>;
  clientBuffer(...args: [subcommand: "REPLY" | "reply", ...args: Args, callback: Callback<Bytes>]): Result<Bytes, Context>;

  /**
   * Sets information specific to the client or connection.
   *
   *     CLIENT SETINFO <LIB-NAME libname | LIB-VER libver>
   *
   * - complexity: O(1)
   * - since: 7.2.0
   * - group: connection
   */
  client(subcommand: "SETINFO" | "setinfo", ...args: Args): Result<"OK", Context>;
  client(...args: [subcommand: "SETINFO" | "setinfo", ...args: Args, callback: Callback<"OK">]): Result<"OK", Context>;
  clientBuffer(subcommand: "SETINFO" | "setinfo", ...args: Args): Result<Bytes, Context>;
  clientBuffer(...args: [subcommand: "SETINFO" | "setinfo", ...args: Args, callback: Callback<Bytes>]): Result<Bytes, Context>;

  /**
   * Sets the connection name.
   *
   *     CLIENT SETNAME connection-name
   *
   * - complexity: O(1)
   * - since: 2.6.9
   * - group: connection
   */
  client(subcommand: "SETNAME" | "setname", connectionName: RedisValue, callback?: Callback<"OK">): Result<"OK", Context>;
  clientBuffer(subcommand: "SETNAME" | "setname", connectionName: RedisValue, callback?: Callback<Bytes>): Result<Bytes, Context>;

  // COMMAND is typed by its subcommands.

  /**
   * Returns a count of commands.
   *
   *     COMMAND COUNT
   *
   * - complexity: O(1)
   * - since: 2.8.13
   * - group: server
   */
  command(subcommand: "COUNT" | "count", callback?: Callback<number>): Result<number, Context>;
  commandBuffer(subcommand: "COUNT" | "count", callback?: Callback<number>): Result<number, Context>;

  /**
   * Returns documentary information about one, multiple or all commands.
   *
   *     COMMAND DOCS [command-name...]
   *
   * - complexity: O(N) where N is the number of commands to look up
   * - since: 7.0.0
   * - group: server
   */
  command(subcommand: "DOCS" | "docs", ...args: Args): Result<unknown[], Context>;
  command(...args: [subcommand: "DOCS" | "docs", ...args: Args, callback: Callback<unknown[]>]): Result<unknown[], Context>;
  commandBuffer(subcommand: "DOCS" | "docs", ...args: Args): Result<unknown[], Context>;
  commandBuffer(...args: [subcommand: "DOCS" | "docs", ...args: Args, callback: Callback<unknown[]>]): Result<unknown[], Context>;

  /**
   * Extracts the key names from an arbitrary command.
   *
   *     COMMAND GETKEYS command [arg...]
   *
   * - complexity: O(N) where N is the number of arguments to the command
   * - since: 2.8.13
   * - group: server
   */
  command(subcommand: "GETKEYS" | "getkeys", command: RedisValue, ...args: Args): Result<string[], Context>;
  command(...args: [subcommand: "GETKEYS" | "getkeys", command: RedisValue, ...args: Args, callback: Callback<string[]>]): Result<string[], Context>;
  commandBuffer(subcommand: "GETKEYS" | "getkeys", command: RedisValue, ...args: Args): Result<Bytes[], Context>;
  commandBuffer(...args: [subcommand: "GETKEYS" | "getkeys", command: RedisValue, ...args: Args, callback: Callback<Bytes[]>]): Result<Bytes[], Context>;

  /**
   * Extracts the key names and access flags from an arbitrary command.
   *
   *     COMMAND GETKEYSANDFLAGS command [arg...]
   *
   * - complexity: O(N) where N is the number of arguments to the command
   * - since: 7.0.0
   * - group: server
   */
  command(subcommand: "GETKEYSANDFLAGS" | "getkeysandflags", command: RedisValue, ...args: Args): Result<unknown[], Context>;
  command(...args: [subcommand: "GETKEYSANDFLAGS" | "getkeysandflags", command: RedisValue, ...args: Args, callback: Callback<unknown[]>]): Result<unknown[], Context>;
  commandBuffer(subcommand: "GETKEYSANDFLAGS" | "getkeysandflags", command: RedisValue, ...args: Args): Result<unknown[], Context>;
  commandBuffer(...args: [subcommand: "GETKEYSANDFLAGS" | "getkeysandflags", command: RedisValue, ...args: Args, callback: Callback<unknown[]>]): Result<unknown[], Context>;

  /**
   * Returns helpful text about the different subcommands.
   *
   *     COMMAND HELP
   *
   * - complexity: O(1)
   * - since: 5.0.0
   * - group: server
   */
  command(subcommand: "HELP" | "help", callback?: Callback<string[]>): Result<string[], Context>;
  commandBuffer(subcommand: "HELP" | "help", callback?: Callback<Bytes[]>): Result<Bytes[], Context>;

  /**
   * Returns information about one, multiple or all commands.
   *
   *     COMMAND INFO [command-name...]
   *
   * - complexity: O(N) where N is the number of commands to look up
   * - since: 2.8.13
   * - group: server
   */
  command(subcommand: "INFO" | "info", ...args: Args): Result<unknown[], Context>;
  command(...args: [subcommand: "INFO" | "info", ...args: Args, callback: Callback<unknown[]>]): Result<unknown[], Context>;
  commandBuffer(subcommand: "INFO" | "info", ...args: Args): Result<unknown[], Context>;
  commandBuffer(...args: [subcommand: "INFO" | "info", ...args: Args, callback: Callback<unknown[]>]): Result<unknown[], Context>;

  /**
   * Returns a list of command names.
   *
   *     COMMAND LIST [FILTERBY <MODULE module-name | ACLCAT category | PATTERN pattern:pattern>]
   *
   * - complexity: O(N) where N is the total number of Redis commands
   * - since: 7.0.0
   * - group: server
   */
  command(subcommand: "LIST" | "list", ...args: Args): Result<string[], Context>;
  command(...args: [subcommand: "LIST" | "list", ...args: Args, callback: Callback<string[]>]): Result<string[], Context>;
  commandBuffer(subcommand: "LIST" | "list", ...args: Args): Result<Bytes[], Context>;
  commandBuffer(...args: [subcommand: "LIST" | "list", ...args: Args, callback: Callback<Bytes[]>]): Result<Bytes[], Context>;

  // CONFIG is typed by its subcommands.

  /**
   * Returns the effective values of configuration parameters.
   *
   *     CONFIG GET parameter...
   *
   * - complexity: O(N) when N is the number of configuration parameters provided
   * - since: 2.0.0
   * - group: server
   */
  config(subcommand: "GET" | "get", ...args: Args): Result<unknown[], Context>;
  config(...args: [subcommand: "GET" | "get", ...args: Args, callback: Callback<unknown[]>]): Result<unknown[], Context>;
  configBuffer(subcommand: "GET" | "get", ...args: Args): Result<unknown[], Context>;
  configBuffer(...args: [subcommand: "GET" | "get", ...args: Args, callback: Callback<unknown[]>]): Result<unknown[], Context>;

  /**
   * Returns helpful text about the different subcommands.
   *
   *     CONFIG HELP
   *
   * - complexity: O(1)
   * - since: 5.0.0
   * - group: server
   */
  config(subcommand: "HELP" | "help", callback?: Callback<string[]>): Result<string[], Context>;
  configBuffer(subcommand: "HELP" | "help", callback?: Callback<Bytes[]>): Result<Bytes[], Context>;

  /**
   * Resets the server's statistics.
   *
   *     CONFIG RESETSTAT
   *
   * - complexity: O(1)
   * - since: 2.0.0
   * - group: server
   */
  config(subcommand: "RESETSTAT" | "resetstat", callback?: Callback<"OK">): Result<"OK", Context>;
  configBuffer(subcommand: "RESETSTAT" | "resetstat", callback?: Callback<Bytes>): Result<Bytes, Context>;

  /**
   * Persists the effective configuration to file.
   *
   *     CONFIG REWRITE
   *
   * - complexity: O(1)
   * - since: 2.8.0
   * - group: server
   */
  config(subcommand: "REWRITE" | "rewrite", callback?: Callback<"OK">): Result<"OK", Context>;
  configBuffer(subcommand: "REWRITE" | "rewrite", callback?: Callback<Bytes>): Result<Bytes, Context>;

  /**
   * Sets configuration parameters in-flight.
   *
   *     CONFIG SET (parameter value)...
   *
   * - complexity: O(N) when N is the number of configuration parameters provided
   * - since: 2.0.0
   * - group: server
   */
  config(subcommand: "SET" | "set", ...args: Args): Result<"OK", Context>;
  config(...args: [subcommand: "SET" | "set", ...args: Args, callback: Callback<"OK">]): Result<"OK", Context>;
  configBuffer(subcommand: "SET" | "set", ...args: Args): Result<Bytes, Context>;
  configBuffer(...args: [subcommand: "SET" | "set", ...args: Args, callback: Callback<Bytes>]): Result<Bytes, Context>;

  /**
   * Copies the value of a key to a new key.
   *
   *     COPY source:key destination:key [DB destination-db:int] [REPLACE]
   *
   * - complexity: O(N) worst case for collections, where N is the number of nested items. O(1) for string values.
   * - since: 6.2.0
   * - group: generic
   */
  copy(source: RedisKey, destination: RedisKey, ...args: Args): Result<number, Context>;
  copy(...args: [source: RedisKey, destination: RedisKey, ...args: Args, callback: Callback<number>]): Result<number, Context>;
  copyBuffer(source: RedisKey, destination: RedisKey, ...args: Args): Result<number, Context>;
  copyBuffer(...args: [source: RedisKey, destination: RedisKey, ...args: Args, callback: Callback<number>]): Result<number, Context>;

  /**
   * Returns the number of keys in the database.
   *
   *     DBSIZE
   *
   * - complexity: O(1)
   * - since: 1.0.0
   * - group: server
   */
  dbsize(callback?: Callback<number>): Result<number, Context>;
  dbsizeBuffer(callback?: Callback<number>): Result<number, Context>;

  /**
   * Decrements the integer value of a key by one. A missing key counts as 0.
   *
   *     DECR key
   *
   * - complexity: O(1)
   * - since: 1.0.0
   * - group: string
   */
  decr(key: RedisKey, callback?: Callback<number>): Result<number, Context>;
  decrBuffer(key: RedisKey, callback?: Callback<number>): Result<number, Context>;

  /**
   * Decrements the integer value of a key by a number. A missing key counts as 0.
   *
   *     DECRBY key decrement:int
   *
   * - complexity: O(1)
   * - since: 1.0.0
   * - group: string
   */
  decrby(key: RedisKey, decrement: number | string, callback?: Callback<number>): Result<number, Context>;
  decrbyBuffer(key: RedisKey, decrement: number | string, callback?: Callback<number>): Result<number, Context>;

  /**
   * Deletes one or more keys.
   *
   *     DEL key...
   *
   * - complexity: O(N) where N is the number of keys that will be removed. When a key to remove holds a value other than a string, the individual complexity for this key is O(M) where M is the number of elements in the list, set, sorted set or hash. Removing a single key that holds a string value is O(1).
   * - since: 1.0.0
   * - group: generic
   */
  del(...args: Args): Result<number, Context>;
  del(...args: [...args: Args, callback: Callback<number>]): Result<number, Context>;
  delBuffer(...args: Args): Result<number, Context>;
  delBuffer(...args: [...args: Args, callback: Callback<number>]): Result<number, Context>;

  /**
   * Deletes a key if its string value, or the digest of it, compares as asked.
   *
   *     DELEX key [<IFEQ ifeq-value | IFNE ifne-value | IFDEQ ifdeq-digest | IFDNE ifdne-digest>]
   *
   * - complexity: O(1) for IFEQ/IFNE, O(N) for IFDEQ/IFDNE where N is the length of the string value.
   * - since: 8.4.0
   * - group: string
   */
  delex(key: RedisKey, ...args: Args): Result<number, Context>;
  delex(...args: [key: RedisKey, ...args: Args, callback: Callback<number>]): Result<number, Context>;
  delexBuffer(key: RedisKey, ...args: Args): Result<number, Context>;
  delexBuffer(...args: [key: RedisKey, ...args: Args, callback: Callback<number>]): Result<number, Context>;

  /**
   * Returns the XXH3 hash of a string value.
   *
   *     DIGEST key
   *
   * - complexity: O(N) where N is the length of the string value.
   * - since: 8.4.0
   * - group: string
   */
  digest(key: RedisKey, callback?: Callback<string | null>): Result<string | null, Context>;
  digestBuffer(key: RedisKey, callback?: Callback<Bytes | null>): Result<Bytes | null, Context>;

  /**
   * Discards a transaction.
   *
   *     DISCARD
   *
   * - complexity: O(N), when N is the number of queued commands
   * - since: 2.0.0
   * - group: transactions
   */
  discard(callback?: Callback<"OK">): Result<"OK", Context>;
  discardBuffer(callback?: Callback<Bytes>): Result<Bytes, Context>;

  /**
   * Returns the given string.
   *
   *     ECHO message
   *
   * - complexity: O(1)
   * - since: 1.0.0
   * - group: connection
   */
  echo(message: RedisValue, callback?: Callback<string>): Result<string, Context>;
  echoBuffer(message: RedisValue, callback?: Callback<Bytes>): Result<Bytes, Context>;

  /**
   * Executes a server-side Lua script.
   *
   *     EVAL script numkeys:int [key...] [arg...]
   *
   * - complexity: Depends on the script that is executed.
   * - since: 2.6.0
   * - group: scripting
   */
  eval(script: RedisValue, numkeys: number | string, ...args: Args): Result<unknown, Context>;
  eval(...args: [script: RedisValue, numkeys: number | string, ...args: Args, callback: Callback<unknown>]): Result<unknown, Context>;
  evalBuffer(script: RedisValue, numkeys: number | string, ...args: Args): Result<unknown, Context>;
  evalBuffer(...args: [script: RedisValue, numkeys: number | string, ...args: Args, callback: Callback<unknown>]): Result<unknown, Context>;

  /**
   * Executes a server-side Lua script by SHA1 digest.
   *
   *     EVALSHA sha1 numkeys:int [key...] [arg...]
   *
   * - complexity: Depends on the script that is executed.
   * - since: 2.6.0
   * - group: scripting
   */
  evalsha(sha1: RedisValue, numkeys: number | string, ...args: Args): Result<unknown, Context>;
  evalsha(...args: [sha1: RedisValue, numkeys: number | string, ...args: Args, callback: Callback<unknown>]): Result<unknown, Context>;
  evalshaBuffer(sha1: RedisValue, numkeys: number | string, ...args: Args): Result<unknown, Context>;
  evalshaBuffer(...args: [sha1: RedisValue, numkeys: number | string, ...args: Args, callback: Callback<unknown>]): Result<unknown, Context>;

  /**
   * Executes a read-only server-side Lua script by SHA1 digest.
   *
   *     EVALSHA_RO sha1 numkeys:int [key...] [arg...]
   *
   * - complexity: Depends on the script that is executed.
   * - since: 7.0.0
   * - group: scripting
   */
  evalsha_ro(sha1: RedisValue, numkeys: number | string, ...args: Args): Result<unknown, Context>;
  evalsha_ro(...args: [sha1: RedisValue, numkeys: number | string, ...args: Args, callback: Callback<unknown>]): Result<unknown, Context>;
  evalsha_roBuffer(sha1: RedisValue, numkeys: number | string, ...args: Args): Result<unknown, Context>;
  evalsha_roBuffer(...args: [sha1: RedisValue, numkeys: number | string, ...args: Args, callback: Callback<unknown>]): Result<unknown, Context>;

  /**
   * Executes a read-only server-side Lua script.
   *
   *     EVAL_RO script numkeys:int [key...] [arg...]
   *
   * - complexity: Depends on the script that is executed.
   * - since: 7.0.0
   * - group: scripting
   */
  eval_ro(script: RedisValue, numkeys: number | string, ...args: Args): Result<unknown, Context>;
  eval_ro(...args: [script: RedisValue, numkeys: number | string, ...args: Args, callback: Callback<unknown>]): Result<unknown, Context>;
  eval_roBuffer(script: RedisValue, numkeys: number | string, ...args: Args): Result<unknown, Context>;
  eval_roBuffer(...args: [script: RedisValue, numkeys: number | string, ...args: Args, callback: Callback<unknown>]): Result<unknown, Context>;

  // EXEC differs between a handle and a pipeline.

  /**
   * Counts how many of the keys exist; a key given twice counts twice.
   *
   *     EXISTS key...
   *
   * - complexity: O(N) where N is the number of keys to check.
   * - since: 1.0.0
   * - group: generic
   */
  exists(...args: Args): Result<number, Context>;
  exists(...args: [...args: Args, callback: Callback<number>]): Result<number, Context>;
  existsBuffer(...args: Args): Result<number, Context>;
  existsBuffer(...args: [...args: Args, callback: Callback<number>]): Result<number, Context>;

  /**
   * Sets the expiration time of a key in seconds.
   *
   *     EXPIRE key seconds:int [<NX | XX | GT | LT>]
   *
   * - complexity: O(1)
   * - since: 1.0.0
   * - group: generic
   */
  expire(key: RedisKey, seconds: number | string, ...args: Args): Result<number, Context>;
  expire(...args: [key: RedisKey, seconds: number | string, ...args: Args, callback: Callback<number>]): Result<number, Context>;
  expireBuffer(key: RedisKey, seconds: number | string, ...args: Args): Result<number, Context>;
  expireBuffer(...args: [key: RedisKey, seconds: number | string, ...args: Args, callback: Callback<number>]): Result<number, Context>;

  /**
   * Sets the expiration time of a key to a Unix timestamp.
   *
   *     EXPIREAT key unix-time-seconds:unix [<NX | XX | GT | LT>]
   *
   * - complexity: O(1)
   * - since: 1.2.0
   * - group: generic
   */
  expireat(key: RedisKey, unixTimeSeconds: number | string, ...args: Args): Result<number, Context>;
  expireat(...args: [key: RedisKey, unixTimeSeconds: number | string, ...args: Args, callback: Callback<number>]): Result<number, Context>;
  expireatBuffer(key: RedisKey, unixTimeSeconds: number | string, ...args: Args): Result<number, Context>;
  expireatBuffer(...args: [key: RedisKey, unixTimeSeconds: number | string, ...args: Args, callback: Callback<number>]): Result<number, Context>;

  /**
   * Returns the expiration time of a key as a Unix timestamp.
   *
   *     EXPIRETIME key
   *
   * - complexity: O(1)
   * - since: 7.0.0
   * - group: generic
   */
  expiretime(key: RedisKey, callback?: Callback<number>): Result<number, Context>;
  expiretimeBuffer(key: RedisKey, callback?: Callback<number>): Result<number, Context>;

  /**
   * Removes all keys from all databases.
   *
   *     FLUSHALL [<ASYNC | SYNC>]
   *
   * - complexity: O(N) where N is the total number of keys in all databases
   * - since: 1.0.0
   * - group: server
   */
  flushall(...args: Args): Result<"OK", Context>;
  flushall(...args: [...args: Args, callback: Callback<"OK">]): Result<"OK", Context>;
  flushallBuffer(...args: Args): Result<Bytes, Context>;
  flushallBuffer(...args: [...args: Args, callback: Callback<Bytes>]): Result<Bytes, Context>;

  /**
   * Removes all keys from the current database.
   *
   *     FLUSHDB [<ASYNC | SYNC>]
   *
   * - complexity: O(N) where N is the number of keys in the selected database
   * - since: 1.0.0
   * - group: server
   */
  flushdb(...args: Args): Result<"OK", Context>;
  flushdb(...args: [...args: Args, callback: Callback<"OK">]): Result<"OK", Context>;
  flushdbBuffer(...args: Args): Result<Bytes, Context>;
  flushdbBuffer(...args: [...args: Args, callback: Callback<Bytes>]): Result<Bytes, Context>;

  /**
   * Returns the string value of a key.
   *
   *     GET key
   *
   * - complexity: O(1)
   * - since: 1.0.0
   * - group: string
   */
  get(key: RedisKey, callback?: Callback<string | null>): Result<string | null, Context>;
  getBuffer(key: RedisKey, callback?: Callback<Bytes | null>): Result<Bytes | null, Context>;

  /**
   * Returns the string value of a key after deleting the key.
   *
   *     GETDEL key
   *
   * - complexity: O(1)
   * - since: 6.2.0
   * - group: string
   */
  getdel(key: RedisKey, callback?: Callback<string | null>): Result<string | null, Context>;
  getdelBuffer(key: RedisKey, callback?: Callback<Bytes | null>): Result<Bytes | null, Context>;

  /**
   * Returns the string value of a key after setting its expiration time.
   *
   *     GETEX key [<EX seconds:int | PX milliseconds:int | EXAT unix-time-seconds:unix | PXAT unix-time-milliseconds:unix | PERSIST>]
   *
   * - complexity: O(1)
   * - since: 6.2.0
   * - group: string
   */
  getex(key: RedisKey, ...args: Args): Result<string | null, Context>;
  getex(...args: [key: RedisKey, ...args: Args, callback: Callback<string | null>]): Result<string | null, Context>;
  getexBuffer(key: RedisKey, ...args: Args): Result<Bytes | null, Context>;
  getexBuffer(...args: [key: RedisKey, ...args: Args, callback: Callback<Bytes | null>]): Result<Bytes | null, Context>;

  /**
   * Returns a substring of the string stored at a key.
   *
   *     GETRANGE key start:int end:int
   *
   * - complexity: O(N) where N is the length of the returned string. The complexity is ultimately determined by the returned length, but because creating a substring from an existing string is very cheap, it can be considered O(1) for small strings.
   * - since: 2.4.0
   * - group: string
   */
  getrange(key: RedisKey, start: number | string, end: number | string, callback?: Callback<string>): Result<string, Context>;
  getrangeBuffer(key: RedisKey, start: number | string, end: number | string, callback?: Callback<Bytes>): Result<Bytes, Context>;

  /**
   * Returns the previous string value of a key after setting it to a new value.
   *
   *     GETSET key value
   *
   * - complexity: O(1)
   * - since: 1.0.0
   * - group: string
   * @deprecated since 6.2.0: `SET` with the `!GET` argument
   */
  getset(key: RedisKey, value: RedisValue, callback?: Callback<string | null>): Result<string | null, Context>;
  getsetBuffer(key: RedisKey, value: RedisValue, callback?: Callback<Bytes | null>): Result<Bytes | null, Context>;

  /**
   * Deletes fields of a hash, and the hash with its last field.
   *
   *     HDEL key field...
   *
   * - complexity: O(N) for N fields
   * - since: 2.0.0
   * - group: hash
   */
  hdel(key: RedisKey, ...args: Args): Result<number, Context>;
  hdel(...args: [key: RedisKey, ...args: Args, callback: Callback<number>]): Result<number, Context>;
  hdelBuffer(key: RedisKey, ...args: Args): Result<number, Context>;
  hdelBuffer(...args: [key: RedisKey, ...args: Args, callback: Callback<number>]): Result<number, Context>;

  /**
   * Handshakes with the server: chooses the protocol, authenticates, names the connection.
   *
   *     HELLO [(protover:int [AUTH (username password)] [SETNAME clientname])]
   *
   * - complexity: O(1)
   * - since: 6.0.0
   * - group: connection
   */
  hello(...args: Args): Result<unknown[], Context>;
  hello(...args: [...args: Args, callback: Callback<unknown[]>]): Result<unknown[], Context>;
  helloBuffer(...args: Args): Result<unknown[], Context>;
  helloBuffer(...args: [...args: Args, callback: Callback<unknown[]>]): Result<unknown[], Context>;

  /**
   * Tells whether a hash has a field.
   *
   *     HEXISTS key field
   *
   * - complexity: O(1)
   * - since: 2.0.0
   * - group: hash
   */
  hexists(key: RedisKey, field: RedisValue, callback?: Callback<number>): Result<number, Context>;
  hexistsBuffer(key: RedisKey, field: RedisValue, callback?: Callback<number>): Result<number, Context>;

  /**
   * Lets fields of a hash expire in some seconds.
   *
   *     HEXPIRE key seconds:int [<NX | XX | GT | LT>] FIELDS (numfields:int field...)
   *
   * - complexity: O(N) for N fields
   * - since: 7.4.0
   * - group: hash
   */
  hexpire(key: RedisKey, seconds: number | string, ...args: Args): Result<number[], Context>;
  hexpire(...args: [key: RedisKey, seconds: number | string, ...args: Args, callback: Callback<number[]>]): Result<number[], Context>;
  hexpireBuffer(key: RedisKey, seconds: number | string, ...args: Args): Result<number[], Context>;
  hexpireBuffer(...args: [key: RedisKey, seconds: number | string, ...args: Args, callback: Callback<number[]>]): Result<number[], Context>;

  /**
   * Lets fields of a hash expire at a Unix time in seconds.
   *
   *     HEXPIREAT key unix-time-seconds:unix [<NX | XX | GT | LT>] FIELDS (numfields:int field...)
   *
   * - complexity: O(N) for N fields
   * - since: 7.4.0
   * - group: hash
   */
  hexpireat(key: RedisKey, unixTimeSeconds: number | string, ...args: Args): Result<number[], Context>;
  hexpireat(...args: [key: RedisKey, unixTimeSeconds: number | string, ...args: Args, callback: Callback<number[]>]): Result<number[], Context>;
  hexpireatBuffer(key: RedisKey, unixTimeSeconds: number | string, ...args: Args): Result<number[], Context>;
  hexpireatBuffer(...args: [key: RedisKey, unixTimeSeconds: number | string, ...args: Args, callback: Callback<number[]>]): Result<number[], Context>;

  /**
   * Returns the Unix time in seconds at which fields expire.
   *
   *     HEXPIRETIME key FIELDS (numfields:int field...)
   *
   * - complexity: O(N) for N fields
   * - since: 7.4.0
   * - group: hash
   */
  hexpiretime(key: RedisKey, ...args: Args): Result<number[], Context>;
  hexpiretime(...args: [key: RedisKey, ...args: Args, callback: Callback<number[]>]): Result<number[], Context>;
  hexpiretimeBuffer(key: RedisKey, ...args: Args): Result<number[], Context>;
  hexpiretimeBuffer(...args: [key: RedisKey, ...args: Args, callback: Callback<number[]>]): Result<number[], Context>;

  /**
   * Returns the value of a field.
   *
   *     HGET key field
   *
   * - complexity: O(1)
   * - since: 2.0.0
   * - group: hash
   */
  hget(key: RedisKey, field: RedisValue, callback?: Callback<string | null>): Result<string | null, Context>;
  hgetBuffer(key: RedisKey, field: RedisValue, callback?: Callback<Bytes | null>): Result<Bytes | null, Context>;

  /**
   * Returns all fields of a hash with their values.
   *
   *     HGETALL key
   *
   * - complexity: O(N) for a hash of N fields
   * - since: 2.0.0
   * - group: hash
   */
  hgetall(key: RedisKey, callback?: Callback<Record<string, string>>): Result<Record<string, string>, Context>;
  hgetallBuffer(key: RedisKey, callback?: Callback<Record<string, Bytes>>): Result<Record<string, Bytes>, Context>;

  /**
   * Returns the values of fields and deletes them.
   *
   *     HGETDEL key FIELDS (numfields:int field...)
   *
   * - complexity: O(N) for N fields
   * - since: 8.0.0
   * - group: hash
   */
  hgetdel(key: RedisKey, ...args: Args): Result<(string | null)[], Context>;
  hgetdel(...args: [key: RedisKey, ...args: Args, callback: Callback<(string | null)[]>]): Result<(string | null)[], Context>;
  hgetdelBuffer(key: RedisKey, ...args: Args): Result<(Bytes | null)[], Context>;
  hgetdelBuffer(...args: [key: RedisKey, ...args: Args, callback: Callback<(Bytes | null)[]>]): Result<(Bytes | null)[], Context>;

  /**
   * Returns the values of fields and sets or removes their time to live.
   *
   *     HGETEX key [<EX seconds:int | PX milliseconds:int | EXAT unix-time-seconds:unix | PXAT unix-time-milliseconds:unix | PERSIST>] FIELDS (numfields:int field...)
   *
   * - complexity: O(N) for N fields
   * - since: 8.0.0
   * - group: hash
   */
  hgetex(key: RedisKey, ...args: Args): Result<(string | null)[], Context>;
  hgetex(...args: [key: RedisKey, ...args: Args, callback: Callback<(string | null)[]>]): Result<(string | null)[], Context>;
  hgetexBuffer(key: RedisKey, ...args: Args): Result<(Bytes | null)[], Context>;
  hgetexBuffer(...args: [key: RedisKey, ...args: Args, callback: Callback<(Bytes | null)[]>]): Result<(Bytes | null)[], Context>;

  // HIMPORT is typed by its subcommands.

  /**
   * Forgets a set of fields.
   *
   *     HIMPORT DISCARD fieldset-name
   *
   * - complexity: O(1)
   * - since: 8.10.0
   * - group: hash
   */
  himport(subcommand: "DISCARD" | "discard", fieldsetName: RedisValue, callback?: Callback<number>): Result<number, Context>;
  himportBuffer(subcommand: "DISCARD" | "discard", fieldsetName: RedisValue, callback?: Callback<number>): Result<number, Context>;

  /**
   * Forgets all sets of fields of the session.
   *
   *     HIMPORT DISCARDALL
   *
   * - complexity: O(N) for N sets of fields
   * - since: 8.10.0
   * - group: hash
   */
  himport(subcommand: "DISCARDALL" | "discardall", callback?: Callback<number>): Result<number, Context>;
  himportBuffer(subcommand: "DISCARDALL" | "discardall", callback?: Callback<number>): Result<number, Context>;

  /**
   * Names a set of fields for the session.
   *
   *     HIMPORT PREPARE fieldset-name field...
   *
   * - complexity: O(N*log(N)) for N fields
   * - since: 8.10.0
   * - group: hash
   */
  himport(subcommand: "PREPARE" | "prepare", fieldsetName: RedisValue, ...args: Args): Result<"OK", Context>;
  himport(...args: [subcommand: "PREPARE" | "prepare", fieldsetName: RedisValue, ...args: Args, callback: Callback<"OK">]): Result<"OK", Context>;
  himportBuffer(subcommand: "PREPARE" | "prepare", fieldsetName: RedisValue, ...args: Args): Result<Bytes, Context>;
  himportBuffer(...args: [subcommand: "PREPARE" | "prepare", fieldsetName: RedisValue, ...args: Args, callback: Callback<Bytes>]): Result<Bytes, Context>;

  /**
   * Makes a hash out of the prepared fields and their values.
   *
   *     HIMPORT SET key fieldset-name value...
   *
   * - complexity: O(N) for N fields
   * - since: 8.10.0
   * - group: hash
   */
  himport(subcommand: "SET" | "set", key: RedisKey, fieldsetName: RedisValue, ...args: Args): Result<"OK", Context>;
  himport(...args: [subcommand: "SET" | "set", key: RedisKey, fieldsetName: RedisValue, ...args: Args, callback: Callback<"OK">]): Result<"OK", Context>;
  himportBuffer(subcommand: "SET" | "set", key: RedisKey, fieldsetName: RedisValue, ...args: Args): Result<Bytes, Context>;
  himportBuffer(...args: [subcommand: "SET" | "set", key: RedisKey, fieldsetName: RedisValue, ...args: Args, callback: Callback<Bytes>]): Result<Bytes, Context>;

  /**
   * Adds an integer to a field, which counts as 0 if it is absent.
   *
   *     HINCRBY key field increment:int
   *
   * - complexity: O(1)
   * - since: 2.0.0
   * - group: hash
   */
  hincrby(key: RedisKey, field: RedisValue, increment: number | string, callback?: Callback<number>): Result<number, Context>;
  hincrbyBuffer(key: RedisKey, field: RedisValue, increment: number | string, callback?: Callback<number>): Result<number, Context>;

  /**
   * Adds a number to a field, which counts as 0 if it is absent.
   *
   *     HINCRBYFLOAT key field increment:double
   *
   * - complexity: O(1)
   * - since: 2.6.0
   * - group: hash
   */
  hincrbyfloat(key: RedisKey, field: RedisValue, increment: number | string, callback?: Callback<string>): Result<string, Context>;
  hincrbyfloatBuffer(key: RedisKey, field: RedisValue, increment: number | string, callback?: Callback<Bytes>): Result<Bytes, Context>;

  /**
   * Returns all fields of a hash.
   *
   *     HKEYS key
   *
   * - complexity: O(N) for a hash of N fields
   * - since: 2.0.0
   * - group: hash
   */
  hkeys(key: RedisKey, callback?: Callback<string[]>): Result<string[], Context>;
  hkeysBuffer(key: RedisKey, callback?: Callback<Bytes[]>): Result<Bytes[], Context>;

  /**
   * Returns the number of fields of a hash.
   *
   *     HLEN key
   *
   * - complexity: O(1)
   * - since: 2.0.0
   * - group: hash
   */
  hlen(key: RedisKey, callback?: Callback<number>): Result<number, Context>;
  hlenBuffer(key: RedisKey, callback?: Callback<number>): Result<number, Context>;

  /**
   * Returns the values of the given fields.
   *
   *     HMGET key field...
   *
   * - complexity: O(N) for N fields
   * - since: 2.0.0
   * - group: hash
   */
  hmget(key: RedisKey, ...args: Args): Result<(string | null)[], Context>;
  hmget(...args: [key: RedisKey, ...args: Args, callback: Callback<(string | null)[]>]): Result<(string | null)[], Context>;
  hmgetBuffer(key: RedisKey, ...args: Args): Result<(Bytes | null)[], Context>;
  hmgetBuffer(...args: [key: RedisKey, ...args: Args, callback: Callback<(Bytes | null)[]>]): Result<(Bytes | null)[], Context>;

  /**
   * Sets fields of a hash to values.
   *
   *     HMSET key (field value)...
   *
   * - complexity: O(N) for N pairs
   * - since: 2.0.0
   * - group: hash
   * @deprecated since 4.0.0: `HSET` with multiple field-value pairs
   */
  hmset(key: RedisKey, ...args: Args): Result<"OK", Context>;
  hmset(...args: [key: RedisKey, ...args: Args, callback: Callback<"OK">]): Result<"OK", Context>;
  hmset(key: RedisKey, pairs: Pairs, callback?: Callback<"OK">): Result<"OK", Context>;
  hmsetBuffer(key: RedisKey, ...args: Args): Result<Bytes, Context>;
  hmsetBuffer(...args: [key: RedisKey, ...args: Args, callback: Callback<Bytes>]): Result<Bytes, Context>;
  hmsetBuffer(key: RedisKey, pairs: Pairs, callback?: Callback<Bytes>): Result<Bytes, Context>;

  /**
   * Removes the time to live of fields.
   *
   *     HPERSIST key FIELDS (numfields:int field...)
   *
   * - complexity: O(N) for N fields
   * - since: 7.4.0
   * - group: hash
   */
  hpersist(key: RedisKey, ...args: Args): Result<number[], Context>;
  hpersist(...args: [key: RedisKey, ...args: Args, callback: Callback<number[]>]): Result<number[], Context>;
  hpersistBuffer(key: RedisKey, ...args: Args): Result<number[], Context>;
  hpersistBuffer(...args: [key: RedisKey, ...args: Args, callback: Callback<number[]>]): Result<number[], Context>;

  /**
   * Lets fields of a hash expire in some milliseconds.
   *
   *     HPEXPIRE key milliseconds:int [<NX | XX | GT | LT>] FIELDS (numfields:int field...)
   *
   * - complexity: O(N) for N fields
   * - since: 7.4.0
   * - group: hash
   */
  hpexpire(key: RedisKey, milliseconds: number | string, ...args: Args): Result<number[], Context>;
  hpexpire(...args: [key: RedisKey, milliseconds: number | string, ...args: Args, callback: Callback<number[]>]): Result<number[], Context>;
  hpexpireBuffer(key: RedisKey, milliseconds: number | string, ...args: Args): Result<number[], Context>;
  hpexpireBuffer(...args: [key: RedisKey, milliseconds: number | string, ...args: Args, callback: Callback<number[]>]): Result<number[], Context>;

  /**
   * Lets fields of a hash expire at a Unix time in milliseconds.
   *
   *     HPEXPIREAT key unix-time-milliseconds:unix [<NX | XX | GT | LT>] FIELDS (numfields:int field...)
   *
   * - complexity: O(N) for N fields
   * - since: 7.4.0
   * - group: hash
   */
  hpexpireat(key: RedisKey, unixTimeMilliseconds: number | string, ...args: Args): Result<number[], Context>;
  hpexpireat(...args: [key: RedisKey, unixTimeMilliseconds: number | string, ...args: Args, callback: Callback<number[]>]): Result<number[], Context>;
  hpexpireatBuffer(key: RedisKey, unixTimeMilliseconds: number | string, ...args: Args): Result<number[], Context>;
  hpexpireatBuffer(...args: [key: RedisKey, unixTimeMilliseconds: number | string, ...args: Args, callback: Callback<number[]>]): Result<number[], Context>;

  /**
   * Returns the Unix time in milliseconds at which fields expire.
   *
   *     HPEXPIRETIME key FIELDS (numfields:int field...)
   *
   * - complexity: O(N) for N fields
   * - since: 7.4.0
   * - group: hash
   */
  hpexpiretime(key: RedisKey, ...args: Args): Result<number[], Context>;
  hpexpiretime(...args: [key: RedisKey, ...args: Args, callback: Callback<number[]>]): Result<number[], Context>;
  hpexpiretimeBuffer(key: RedisKey, ...args: Args): Result<number[], Context>;
  hpexpiretimeBuffer(...args: [key: RedisKey, ...args: Args, callback: Callback<number[]>]): Result<number[], Context>;

  /**
   * Returns the time to live of fields in milliseconds.
   *
   *     HPTTL key FIELDS (numfields:int field...)
   *
   * - complexity: O(N) for N fields
   * - since: 7.4.0
   * - group: hash
   */
  hpttl(key: RedisKey, ...args: Args): Result<number[], Context>;
  hpttl(...args: [key: RedisKey, ...args: Args, callback: Callback<number[]>]): Result<number[], Context>;
  hpttlBuffer(key: RedisKey, ...args: Args): Result<number[], Context>;
  hpttlBuffer(...args: [key: RedisKey, ...args: Args, callback: Callback<number[]>]): Result<number[], Context>;

  /**
   * Returns one or more random fields of a hash.
   *
   *     HRANDFIELD key [(count:int [WITHVALUES])]
   *
   * - complexity: O(N) for N fields returned
   * - since: 6.2.0
   * - group: hash
   */
  hrandfield(key: RedisKey, ...args: Args): Result<string | null | string[], Context>;
  hrandfield(...args: [key: RedisKey, ...args: Args, callback: Callback<string | null | string[]>]): Result<string | null | string[], Context>;
  hrandfieldBuffer(key: RedisKey, ...args: Args): Result<Bytes | null | Bytes[], Context>;
  hrandfieldBuffer(...args: [key: RedisKey, ...args: Args, callback: Callback<Bytes | null | Bytes[]>]): Result<Bytes | null | Bytes[], Context>;

  /**
   * Iterates over the fields of a hash.
   *
   *     HSCAN key cursor:int [MATCH pattern:pattern] [COUNT count:int] [NOVALUES]
   *
   * - complexity: O(1) for every call; O(N) for a whole scan of N elements
   * - since: 2.8.0
   * - group: hash
   */
  hscan(key: RedisKey, cursor: number | string, ...args: Args): Result<[cursor: string, elements: string[]], Context>;
  hscan(...args: [key: RedisKey, cursor: number | string, ...args: Args, callback: Callback<[cursor: string, elements: string[]]>]): Result<[cursor: string, elements: string[]], Context>;
  hscanBuffer(key: RedisKey, cursor: number | string, ...args: Args): Result<[cursor: Bytes, elements: Bytes[]], Context>;
  hscanBuffer(...args: [key: RedisKey, cursor: number | string, ...args: Args, callback: Callback<[cursor: Bytes, elements: Bytes[]]>]): Result<[cursor: Bytes, elements: Bytes[]], Context>;

  /**
   * Sets fields of a hash to values.
   *
   *     HSET key (field value)...
   *
   * - complexity: O(1) for each pair, so O(N) for N pairs
   * - since: 2.0.0
   * - group: hash
   */
  hset(key: RedisKey, ...args: Args): Result<number, Context>;
  hset(...args: [key: RedisKey, ...args: Args, callback: Callback<number>]): Result<number, Context>;
  hset(key: RedisKey, pairs: Pairs, callback?: Callback<number>): Result<number, Context>;
  hsetBuffer(key: RedisKey, ...args: Args): Result<number, Context>;
  hsetBuffer(...args: [key: RedisKey, ...args: Args, callback: Callback<number>]): Result<number, Context>;
  hsetBuffer(key: RedisKey, pairs: Pairs, callback?: Callback<number>): Result<number, Context>;

  /**
   * Sets fields of a hash together with their time to live.
   *
   *     HSETEX key [<FNX | FXX>] [<EX seconds:int | PX milliseconds:int | EXAT unix-time-seconds:unix | PXAT unix-time-milliseconds:unix | KEEPTTL>] FIELDS (numfields:int (field value)...)
   *
   * - complexity: O(N) for N fields
   * - since: 8.0.0
   * - group: hash
   */
  hsetex(key: RedisKey, ...args: Args): Result<number, Context>;
  hsetex(...args: [key: RedisKey, ...args: Args, callback: Callback<number>]): Result<number, Context>;
  hsetexBuffer(key: RedisKey, ...args: Args): Result<number, Context>;
  hsetexBuffer(...args: [key: RedisKey, ...args: Args, callback: Callback<number>]): Result<number, Context>;

  /**
   * Sets a field of a hash unless it exists.
   *
   *     HSETNX key field value
   *
   * - complexity: O(1)
   * - since: 2.0.0
   * - group: hash
   */
  hsetnx(key: RedisKey, field: RedisValue, value: RedisValue, callback?: Callback<number>): Result<number, Context>;
  hsetnxBuffer(key: RedisKey, field: RedisValue, value: RedisValue, callback?: Callback<number>): Result<number, Context>;

  /**
   * Returns the length of a field's value in bytes.
   *
   *     HSTRLEN key field
   *
   * - complexity: O(1)
   * - since: 3.2.0
   * - group: hash
   */
  hstrlen(key: RedisKey, field: RedisValue, callback?: Callback<number>): Result<number, Context>;
  hstrlenBuffer(key: RedisKey, field: RedisValue, callback?: Callback<number>): Result<number, Context>;

  /**
   * Returns the time to live of fields in seconds.
   *
   *     HTTL key FIELDS (numfields:int field...)
   *
   * - complexity: O(N) for N fields
   * - since: 7.4.0
   * - group: hash
   */
  httl(key: RedisKey, ...args: Args): Result<number[], Context>;
  httl(...args: [key: RedisKey, ...args: Args, callback: Callback<number[]>]): Result<number[], Context>;
  httlBuffer(key: RedisKey, ...args: Args): Result<number[], Context>;
  httlBuffer(...args: [key: RedisKey, ...args: Args, callback: Callback<number[]>]): Result<number[], Context>;

  /**
   * Returns all values of a hash.
   *
   *     HVALS key
   *
   * - complexity: O(N) for a hash of N fields
   * - since: 2.0.0
   * - group: hash
   */
  hvals(key: RedisKey, callback?: Callback<string[]>): Result<string[], Context>;
  hvalsBuffer(key: RedisKey, callback?: Callback<Bytes[]>): Result<Bytes[], Context>;

  /**
   * Increments the integer value of a key by one. A missing key counts as 0.
   *
   *     INCR key
   *
   * - complexity: O(1)
   * - since: 1.0.0
   * - group: string
   */
  incr(key: RedisKey, callback?: Callback<number>): Result<number, Context>;
  incrBuffer(key: RedisKey, callback?: Callback<number>): Result<number, Context>;

  /**
   * Increments the integer value of a key by a number. A missing key counts as 0.
   *
   *     INCRBY key increment:int
   *
   * - complexity: O(1)
   * - since: 1.0.0
   * - group: string
   */
  incrby(key: RedisKey, increment: number | string, callback?: Callback<number>): Result<number, Context>;
  incrbyBuffer(key: RedisKey, increment: number | string, callback?: Callback<number>): Result<number, Context>;

  /**
   * Increments the floating point value of a key by a number. A missing key counts as 0.
   *
   *     INCRBYFLOAT key increment:double
   *
   * - complexity: O(1)
   * - since: 2.6.0
   * - group: string
   */
  incrbyfloat(key: RedisKey, increment: number | string, callback?: Callback<string>): Result<string, Context>;
  incrbyfloatBuffer(key: RedisKey, increment: number | string, callback?: Callback<Bytes>): Result<Bytes, Context>;

  /**
   * Increments the number of a key within bounds and sets its expiration time. A missing key counts as 0.
   *
   *     INCREX key [<BYFLOAT float:double | BYINT integer:int>] [SATURATE] [LBOUND lowerbound] [UBOUND upperbound] [<EX seconds:int | PX milliseconds:int | EXAT unix-time-seconds:unix | PXAT unix-time-milliseconds:unix | PERSIST>] [ENX]
   *
   * - complexity: O(1)
   * - since: 8.8.0
   * - group: string
   */
  increx<const A extends Args>(key: RedisKey, ...args: A): Result<Has<A, "BYFLOAT"> extends true ? string[] : number[], Context>;
  increx<const A extends Args>(...args: [key: RedisKey, ...args: A, callback: Callback<Has<A, "BYFLOAT"> extends true ? string[] : number[]>]): Result<Has<A, "BYFLOAT"> extends true ? string[] : number[], Context>;
  increxBuffer<const A extends Args>(key: RedisKey, ...args: A): Result<Has<A, "BYFLOAT"> extends true ? Bytes[] : number[], Context>;
  increxBuffer<const A extends Args>(...args: [key: RedisKey, ...args: A, callback: Callback<Has<A, "BYFLOAT"> extends true ? Bytes[] : number[]>]): Result<Has<A, "BYFLOAT"> extends true ? Bytes[] : number[], Context>;

  /**
   * Returns information and statistics about the server.
   *
   *     INFO [section...]
   *
   * - complexity: O(1)
   * - since: 1.0.0
   * - group: server
   */
  info(...args: Args): Result<string, Context>;
  info(...args: [...args: Args, callback: Callback<string>]): Result<string, Context>;
  infoBuffer(...args: Args): Result<Bytes, Context>;
  infoBuffer(...args: [...args: Args, callback: Callback<Bytes>]): Result<Bytes, Context>;

  /**
   * Returns all key names that match a pattern.
   *
   *     KEYS pattern:pattern
   *
   * - complexity: O(N) with N being the number of keys in the database, under the assumption that the key names in the database and the given pattern have limited length.
   * - since: 1.0.0
   * - group: generic
   */
  keys(pattern: RedisValue, callback?: Callback<string[]>): Result<string[], Context>;
  keysBuffer(pattern: RedisValue, callback?: Callback<Bytes[]>): Result<Bytes[], Context>;

  /**
   * Finds the longest common subsequence of two strings.
   *
   *     LCS key1:key key2:key [LEN] [IDX] [MINMATCHLEN min-match-len:int] [WITHMATCHLEN]
   *
   * - complexity: O(N*M) where N and M are the lengths of s1 and s2, respectively
   * - since: 7.0.0
   * - group: string
   */
  lcs<const A extends Args>(key1: RedisKey, key2: RedisKey, ...args: A): Result<Has<A, "LEN"> extends true ? number : Has<A, "IDX"> extends true ? unknown[] : string, Context>;
  lcs<const A extends Args>(...args: [key1: RedisKey, key2: RedisKey, ...args: A, callback: Callback<Has<A, "LEN"> extends true ? number : Has<A, "IDX"> extends true ? unknown[] : string>]): Result<Has<A, "LEN"> extends true ? number : Has<A, "IDX"> extends true ? unknown[] : string, Context>;
  lcsBuffer<const A extends Args>(key1: RedisKey, key2: RedisKey, ...args: A): Result<Has<A, "LEN"> extends true ? number : Has<A, "IDX"> extends true ? unknown[] : Bytes, Context>;
  lcsBuffer<const A extends Args>(...args: [key1: RedisKey, key2: RedisKey, ...args: A, callback: Callback<Has<A, "LEN"> extends true ? number : Has<A, "IDX"> extends true ? unknown[] : Bytes>]): Result<Has<A, "LEN"> extends true ? number : Has<A, "IDX"> extends true ? unknown[] : Bytes, Context>;

  /**
   * Returns the element of a list at an index.
   *
   *     LINDEX key index:int
   *
   * - complexity: O(N) where N is the number of elements to traverse to get to the element at index. This makes asking for the first or the last element of the list O(1).
   * - since: 1.0.0
   * - group: list
   */
  lindex(key: RedisKey, index: number | string, callback?: Callback<string | null>): Result<string | null, Context>;
  lindexBuffer(key: RedisKey, index: number | string, callback?: Callback<Bytes | null>): Result<Bytes | null, Context>;

  /**
   * Inserts an element before or after another one of a list.
   *
   *     LINSERT key <BEFORE | AFTER> pivot element
   *
   * - complexity: O(N) where N is the number of elements to traverse before seeing the value pivot. This means that inserting somewhere on the left end on the list (head) can be considered O(1) and inserting somewhere on the right end (tail) is O(N).
   * - since: 2.2.0
   * - group: list
   */
  linsert(key: RedisKey, ...args: Args): Result<number, Context>;
  linsert(...args: [key: RedisKey, ...args: Args, callback: Callback<number>]): Result<number, Context>;
  linsertBuffer(key: RedisKey, ...args: Args): Result<number, Context>;
  linsertBuffer(...args: [key: RedisKey, ...args: Args, callback: Callback<number>]): Result<number, Context>;

  /**
   * Counts the elements of a list.
   *
   *     LLEN key
   *
   * - complexity: O(1)
   * - since: 1.0.0
   * - group: list
   */
  llen(key: RedisKey, callback?: Callback<number>): Result<number, Context>;
  llenBuffer(key: RedisKey, callback?: Callback<number>): Result<number, Context>;

  /**
   * Moves an element from an end of one list to an end of another and returns it.
   *
   *     LMOVE source:key destination:key <LEFT | RIGHT> <LEFT | RIGHT>
   *
   * - complexity: O(1)
   * - since: 6.2.0
   * - group: list
   */
  lmove(source: RedisKey, destination: RedisKey, ...args: Args): Result<string | null, Context>;
  lmove(...args: [source: RedisKey, destination: RedisKey, ...args: Args, callback: Callback<string | null>]): Result<string | null, Context>;
  lmoveBuffer(source: RedisKey, destination: RedisKey, ...args: Args): Result<Bytes | null, Context>;
  lmoveBuffer(...args: [source: RedisKey, destination: RedisKey, ...args: Args, callback: Callback<Bytes | null>]): Result<Bytes | null, Context>;

  /**
   * Moves elements from an end of one list to an end of another and returns them.
   *
   *     LMOVEM source:key destination:key <LEFT | RIGHT> <LEFT | RIGHT> [(<COUNT count:int | EXACTLY exactly:int> <OBO | BULK>)]
   *
   * - complexity: O(N) where N is the number of elements moved.
   * - since: 8.10.0
   * - group: list
   */
  lmovem(source: RedisKey, destination: RedisKey, ...args: Args): Result<string[] | null, Context>;
  lmovem(...args: [source: RedisKey, destination: RedisKey, ...args: Args, callback: Callback<string[] | null>]): Result<string[] | null, Context>;
  lmovemBuffer(source: RedisKey, destination: RedisKey, ...args: Args): Result<Bytes[] | null, Context>;
  lmovemBuffer(...args: [source: RedisKey, destination: RedisKey, ...args: Args, callback: Callback<Bytes[] | null>]): Result<Bytes[] | null, Context>;

  /**
   * Removes elements from an end of the first list that is not empty, and returns them.
   *
   *     LMPOP numkeys:int key... <LEFT | RIGHT> [COUNT count:int]
   *
   * - complexity: O(N+M) where N is the number of provided keys and M is the number of elements returned.
   * - since: 7.0.0
   * - group: list
   */
  lmpop(numkeys: number | string, ...args: Args): Result<[string, string[]] | null, Context>;
  lmpop(...args: [numkeys: number | string, ...args: Args, callback: Callback<[string, string[]] | null>]): Result<[string, string[]] | null, Context>;
  lmpopBuffer(numkeys: number | string, ...args: Args): Result<[Bytes, Bytes[]] | null, Context>;
  lmpopBuffer(...args: [numkeys: number | string, ...args: Args, callback: Callback<[Bytes, Bytes[]] | null>]): Result<[Bytes, Bytes[]] | null, Context>;

  /**
   * Displays computer art and the Redis version.
   *
   *     LOLWUT [VERSION version:int]
   *
   * - since: 5.0.0
   * - group: server
   */
  lolwut(...args: Args): Result<string, Context>;
  lolwut(...args: [...args: Args, callback: Callback<string>]): Result<string, Context>;
  lolwutBuffer(...args: Args): Result<Bytes, Context>;
  lolwutBuffer(...args: [...args: Args, callback: Callback<Bytes>]): Result<Bytes, Context>;

  /**
   * Removes elements from the head of a list and returns them.
   *
   *     LPOP key [count:int]
   *
   * - complexity: O(N) where N is the number of elements returned
   * - since: 1.0.0
   * - group: list
   */
  lpop<const A extends Args>(key: RedisKey, ...args: A): Result<A extends readonly [] ? string | null : string[] | null, Context>;
  lpop<const A extends Args>(...args: [key: RedisKey, ...args: A, callback: Callback<A extends readonly [] ? string | null : string[] | null>]): Result<A extends readonly [] ? string | null : string[] | null, Context>;
  lpopBuffer<const A extends Args>(key: RedisKey, ...args: A): Result<A extends readonly [] ? Bytes | null : Bytes[] | null, Context>;
  lpopBuffer<const A extends Args>(...args: [key: RedisKey, ...args: A, callback: Callback<A extends readonly [] ? Bytes | null : Bytes[] | null>]): Result<A extends readonly [] ? Bytes | null : Bytes[] | null, Context>;

  /**
   * Returns the indices at which an element stands in a list.
   *
   *     LPOS key element [RANK rank:int] [COUNT num-matches:int] [MAXLEN len:int]
   *
   * - complexity: O(N) where N is the number of elements in the list, for the average case. When searching for elements near the head or the tail of the list, or when the MAXLEN option is provided, the command may run in constant time.
   * - since: 6.0.6
   * - group: list
   */
  lpos<const A extends Args>(key: RedisKey, element: RedisValue, ...args: A): Result<Has<A, "COUNT"> extends true ? number[] : number | null, Context>;
  lpos<const A extends Args>(...args: [key: RedisKey, element: RedisValue, ...args: A, callback: Callback<Has<A, "COUNT"> extends true ? number[] : number | null>]): Result<Has<A, "COUNT"> extends true ? number[] : number | null, Context>;
  lposBuffer<const A extends Args>(key: RedisKey, element: RedisValue, ...args: A): Result<Has<A, "COUNT"> extends true ? number[] : number | null, Context>;
  lposBuffer<const A extends Args>(...args: [key: RedisKey, element: RedisValue, ...args: A, callback: Callback<Has<A, "COUNT"> extends true ? number[] : number | null>]): Result<Has<A, "COUNT"> extends true ? number[] : number | null, Context>;

  /**
   * Adds elements at the head of a list.
   *
   *     LPUSH key element...
   *
   * - complexity: O(1) for each element added, so O(N) to add N elements when the command is called with multiple arguments.
   * - since: 1.0.0
   * - group: list
   */
  lpush(key: RedisKey, ...args: Args): Result<number, Context>;
  lpush(...args: [key: RedisKey, ...args: Args, callback: Callback<number>]): Result<number, Context>;
  lpushBuffer(key: RedisKey, ...args: Args): Result<number, Context>;
  lpushBuffer(...args: [key: RedisKey, ...args: Args, callback: Callback<number>]): Result<number, Context>;

  /**
   * Adds elements at the head of a list that exists.
   *
   *     LPUSHX key element...
   *
   * - complexity: O(1) for each element added, so O(N) to add N elements when the command is called with multiple arguments.
   * - since: 2.2.0
   * - group: list
   */
  lpushx(key: RedisKey, ...args: Args): Result<number, Context>;
  lpushx(...args: [key: RedisKey, ...args: Args, callback: Callback<number>]): Result<number, Context>;
  lpushxBuffer(key: RedisKey, ...args: Args): Result<number, Context>;
  lpushxBuffer(...args: [key: RedisKey, ...args: Args, callback: Callback<number>]): Result<number, Context>;

  /**
   * Returns a range of the elements of a list.
   *
   *     LRANGE key start:int stop:int
   *
   * - complexity: O(S+N) where S is the distance of start offset from HEAD for small lists, from nearest end (HEAD or TAIL) for large lists; and N is the number of elements in the specified range.
   * - since: 1.0.0
   * - group: list
   */
  lrange(key: RedisKey, start: number | string, stop: number | string, callback?: Callback<string[]>): Result<string[], Context>;
  lrangeBuffer(key: RedisKey, start: number | string, stop: number | string, callback?: Callback<Bytes[]>): Result<Bytes[], Context>;

  /**
   * Removes elements of one value from a list.
   *
   *     LREM key count:int element
   *
   * - complexity: O(N+M) where N is the length of the list and M is the number of elements removed.
   * - since: 1.0.0
   * - group: list
   */
  lrem(key: RedisKey, count: number | string, element: RedisValue, callback?: Callback<number>): Result<number, Context>;
  lremBuffer(key: RedisKey, count: number | string, element: RedisValue, callback?: Callback<number>): Result<number, Context>;

  /**
   * Sets the element of a list at an index.
   *
   *     LSET key index:int element
   *
   * - complexity: O(N) where N is the length of the list. Setting either the first or the last element of the list is O(1).
   * - since: 1.0.0
   * - group: list
   */
  lset(key: RedisKey, index: number | string, element: RedisValue, callback?: Callback<"OK">): Result<"OK", Context>;
  lsetBuffer(key: RedisKey, index: number | string, element: RedisValue, callback?: Callback<Bytes>): Result<Bytes, Context>;

  /**
   * Keeps only a range of the elements of a list.
   *
   *     LTRIM key start:int stop:int
   *
   * - complexity: O(N) where N is the number of elements to be removed by the operation.
   * - since: 1.0.0
   * - group: list
   */
  ltrim(key: RedisKey, start: number | string, stop: number | string, callback?: Callback<"OK">): Result<"OK", Context>;
  ltrimBuffer(key: RedisKey, start: number | string, stop: number | string, callback?: Callback<Bytes>): Result<Bytes, Context>;

  // MEMORY is typed by its subcommands.

  /**
   * Returns helpful text about the different subcommands.
   *
   *     MEMORY HELP
   *
   * - complexity: O(1)
   * - since: 4.0.0
   * - group: server
   */
  memory(subcommand: "HELP" | "help", callback?: Callback<string[]>): Result<string[], Context>;
  memoryBuffer(subcommand: "HELP" | "help", callback?: Callback<Bytes[]>): Result<Bytes[], Context>;

  /**
   * Estimates the memory usage of a key.
   *
   *     MEMORY USAGE key [SAMPLES count:int]
   *
   * - complexity: O(N) where N is the number of samples.
   * - since: 4.0.0
   * - group: server
   */
  memory(subcommand: "USAGE" | "usage", key: RedisKey, ...args: Args): Result<number | null, Context>;
  memory(...args: [subcommand: "USAGE" | "usage", key: RedisKey, ...args: Args, callback: Callback<number | null>]): Result<number | null, Context>;
  memoryBuffer(subcommand: "USAGE" | "usage", key: RedisKey, ...args: Args): Result<number | null, Context>;
  memoryBuffer(...args: [subcommand: "USAGE" | "usage", key: RedisKey, ...args: Args, callback: Callback<number | null>]): Result<number | null, Context>;

  /**
   * Returns the string values of one or more keys.
   *
   *     MGET key...
   *
   * - complexity: O(N) where N is the number of keys to retrieve.
   * - since: 1.0.0
   * - group: string
   */
  mget(...args: Args): Result<(string | null)[], Context>;
  mget(...args: [...args: Args, callback: Callback<(string | null)[]>]): Result<(string | null)[], Context>;
  mgetBuffer(...args: Args): Result<(Bytes | null)[], Context>;
  mgetBuffer(...args: [...args: Args, callback: Callback<(Bytes | null)[]>]): Result<(Bytes | null)[], Context>;

  /**
   * Moves a key to another database.
   *
   *     MOVE key db:int
   *
   * - complexity: O(1)
   * - since: 1.0.0
   * - group: generic
   */
  move(key: RedisKey, db: number | string, callback?: Callback<number>): Result<number, Context>;
  moveBuffer(key: RedisKey, db: number | string, callback?: Callback<number>): Result<number, Context>;

  /**
   * Sets the string values of one or more keys.
   *
   *     MSET (key value)...
   *
   * - complexity: O(N) where N is the number of keys to set.
   * - since: 1.0.1
   * - group: string
   */
  mset(...args: Args): Result<"OK", Context>;
  mset(...args: [...args: Args, callback: Callback<"OK">]): Result<"OK", Context>;
  mset(pairs: Pairs, callback?: Callback<"OK">): Result<"OK", Context>;
  msetBuffer(...args: Args): Result<Bytes, Context>;
  msetBuffer(...args: [...args: Args, callback: Callback<Bytes>]): Result<Bytes, Context>;
  msetBuffer(pairs: Pairs, callback?: Callback<Bytes>): Result<Bytes, Context>;

  /**
   * Sets the string values of one or more keys and one expiration time for all of them.
   *
   *     MSETEX numkeys:int (key value)... [<NX | XX>] [<EX seconds:int | PX milliseconds:int | EXAT unix-time-seconds:unix | PXAT unix-time-milliseconds:unix | KEEPTTL>]
   *
   * - complexity: O(N) where N is the number of keys to set.
   * - since: 8.4.0
   * - group: string
   */
  msetex(numkeys: number | string, ...args: Args): Result<number, Context>;
  msetex(...args: [numkeys: number | string, ...args: Args, callback: Callback<number>]): Result<number, Context>;
  msetexBuffer(numkeys: number | string, ...args: Args): Result<number, Context>;
  msetexBuffer(...args: [numkeys: number | string, ...args: Args, callback: Callback<number>]): Result<number, Context>;

  /**
   * Sets the string values of one or more keys only when none of the keys exists.
   *
   *     MSETNX (key value)...
   *
   * - complexity: O(N) where N is the number of keys to set.
   * - since: 1.0.1
   * - group: string
   */
  msetnx(...args: Args): Result<number, Context>;
  msetnx(...args: [...args: Args, callback: Callback<number>]): Result<number, Context>;
  msetnx(pairs: Pairs, callback?: Callback<number>): Result<number, Context>;
  msetnxBuffer(...args: Args): Result<number, Context>;
  msetnxBuffer(...args: [...args: Args, callback: Callback<number>]): Result<number, Context>;
  msetnxBuffer(pairs: Pairs, callback?: Callback<number>): Result<number, Context>;

  // MULTI differs between a handle and a pipeline.

  // OBJECT is typed by its subcommands.

  /**
   * Returns the internal encoding of a value.
   *
   *     OBJECT ENCODING key
   *
   * - complexity: O(1)
   * - since: 2.2.3
   * - group: generic
   */
  object(subcommand: "ENCODING" | "encoding", key: RedisKey, callback?: Callback<string | null>): Result<string | null, Context>;
  objectBuffer(subcommand: "ENCODING" | "encoding", key: RedisKey, callback?: Callback<Bytes | null>): Result<Bytes | null, Context>;

  /**
   * Returns the logarithmic access frequency counter of a value, which needs an LFU policy.
   *
   *     OBJECT FREQ key
   *
   * - complexity: O(1)
   * - since: 4.0.0
   * - group: generic
   */
  object(subcommand: "FREQ" | "freq", key: RedisKey, callback?: Callback<number | null>): Result<number | null, Context>;
  objectBuffer(subcommand: "FREQ" | "freq", key: RedisKey, callback?: Callback<number | null>): Result<number | null, Context>;

  /**
   * Returns helpful text about the different subcommands.
   *
   *     OBJECT HELP
   *
   * - complexity: O(1)
   * - since: 6.2.0
   * - group: generic
   */
  object(subcommand: "HELP" | "help", callback?: Callback<string[]>): Result<string[], Context>;
  objectBuffer(subcommand: "HELP" | "help", callback?: Callback<Bytes[]>): Result<Bytes[], Context>;

  /**
   * Returns the seconds since a value was last used.
   *
   *     OBJECT IDLETIME key
   *
   * - complexity: O(1)
   * - since: 2.2.3
   * - group: generic
   */
  object(subcommand: "IDLETIME" | "idletime", key: RedisKey, callback?: Callback<number | null>): Result<number | null, Context>;
  objectBuffer(subcommand: "IDLETIME" | "idletime", key: RedisKey, callback?: Callback<number | null>): Result<number | null, Context>;

  /**
   * Returns the number of references to a value.
   *
   *     OBJECT REFCOUNT key
   *
   * - complexity: O(1)
   * - since: 2.2.3
   * - group: generic
   */
  object(subcommand: "REFCOUNT" | "refcount", key: RedisKey, callback?: Callback<number | null>): Result<number | null, Context>;
  objectBuffer(subcommand: "REFCOUNT" | "refcount", key: RedisKey, callback?: Callback<number | null>): Result<number | null, Context>;

  /**
   * Removes the expiration time of a key.
   *
   *     PERSIST key
   *
   * - complexity: O(1)
   * - since: 2.2.0
   * - group: generic
   */
  persist(key: RedisKey, callback?: Callback<number>): Result<number, Context>;
  persistBuffer(key: RedisKey, callback?: Callback<number>): Result<number, Context>;

  /**
   * Sets the expiration time of a key in milliseconds.
   *
   *     PEXPIRE key milliseconds:int [<NX | XX | GT | LT>]
   *
   * - complexity: O(1)
   * - since: 2.6.0
   * - group: generic
   */
  pexpire(key: RedisKey, milliseconds: number | string, ...args: Args): Result<number, Context>;
  pexpire(...args: [key: RedisKey, milliseconds: number | string, ...args: Args, callback: Callback<number>]): Result<number, Context>;
  pexpireBuffer(key: RedisKey, milliseconds: number | string, ...args: Args): Result<number, Context>;
  pexpireBuffer(...args: [key: RedisKey, milliseconds: number | string, ...args: Args, callback: Callback<number>]): Result<number, Context>;

  /**
   * Sets the expiration time of a key to a Unix timestamp in milliseconds.
   *
   *     PEXPIREAT key unix-time-milliseconds:unix [<NX | XX | GT | LT>]
   *
   * - complexity: O(1)
   * - since: 2.6.0
   * - group: generic
   */
  pexpireat(key: RedisKey, unixTimeMilliseconds: number | string, ...args: Args): Result<number, Context>;
  pexpireat(...args: [key: RedisKey, unixTimeMilliseconds: number | string, ...args: Args, callback: Callback<number>]): Result<number, Context>;
  pexpireatBuffer(key: RedisKey, unixTimeMilliseconds: number | string, ...args: Args): Result<number, Context>;
  pexpireatBuffer(...args: [key: RedisKey, unixTimeMilliseconds: number | string, ...args: Args, callback: Callback<number>]): Result<number, Context>;

  /**
   * Returns the expiration time of a key as a Unix timestamp in milliseconds.
   *
   *     PEXPIRETIME key
   *
   * - complexity: O(1)
   * - since: 7.0.0
   * - group: generic
   */
  pexpiretime(key: RedisKey, callback?: Callback<number>): Result<number, Context>;
  pexpiretimeBuffer(key: RedisKey, callback?: Callback<number>): Result<number, Context>;

  /**
   * Returns the server's liveliness response.
   *
   *     PING [message]
   *
   * - complexity: O(1)
   * - since: 1.0.0
   * - group: connection
   */
  ping<const A extends Args>(...args: A): Result<A extends readonly [] ? string : string, Context>;
  ping<const A extends Args>(...args: [...args: A, callback: Callback<A extends readonly [] ? string : string>]): Result<A extends readonly [] ? string : string, Context>;
  pingBuffer<const A extends Args>(...args: A): Result<A extends readonly [] ? Bytes : Bytes, Context>;
  pingBuffer<const A extends Args>(...args: [...args: A, callback: Callback<A extends readonly [] ? Bytes : Bytes>]): Result<A extends readonly [] ? Bytes : Bytes, Context>;

  /**
   * Sets the string value of a key and its expiration time in milliseconds.
   *
   *     PSETEX key milliseconds:int value
   *
   * - complexity: O(1)
   * - since: 2.6.0
   * - group: string
   * @deprecated since 2.6.12: `SET` with the `PX` argument
   */
  psetex(key: RedisKey, milliseconds: number | string, value: RedisValue, callback?: Callback<"OK">): Result<"OK", Context>;
  psetexBuffer(key: RedisKey, milliseconds: number | string, value: RedisValue, callback?: Callback<Bytes>): Result<Bytes, Context>;

  /**
   * Returns the remaining time to live of a key in milliseconds.
   *
   *     PTTL key
   *
   * - complexity: O(1)
   * - since: 2.6.0
   * - group: generic
   */
  pttl(key: RedisKey, callback?: Callback<number>): Result<number, Context>;
  pttlBuffer(key: RedisKey, callback?: Callback<number>): Result<number, Context>;

  /**
   * Closes the connection.
   *
   *     QUIT
   *
   * - complexity: O(1)
   * - since: 1.0.0
   * - group: connection
   * @deprecated since 7.2.0: just closing the connection
   */
  quit(callback?: Callback<"OK">): Result<"OK", Context>;
  quitBuffer(callback?: Callback<Bytes>): Result<Bytes, Context>;

  /**
   * Returns a random key name from the database.
   *
   *     RANDOMKEY
   *
   * - complexity: O(1)
   * - since: 1.0.0
   * - group: generic
   */
  randomkey(callback?: Callback<string | null>): Result<string | null, Context>;
  randomkeyBuffer(callback?: Callback<Bytes | null>): Result<Bytes | null, Context>;

  /**
   * Renames a key and overwrites the destination.
   *
   *     RENAME key newkey:key
   *
   * - complexity: O(1)
   * - since: 1.0.0
   * - group: generic
   */
  rename(key: RedisKey, newkey: RedisKey, callback?: Callback<"OK">): Result<"OK", Context>;
  renameBuffer(key: RedisKey, newkey: RedisKey, callback?: Callback<Bytes>): Result<Bytes, Context>;

  /**
   * Renames a key only when the target key name doesn't exist.
   *
   *     RENAMENX key newkey:key
   *
   * - complexity: O(1)
   * - since: 1.0.0
   * - group: generic
   */
  renamenx(key: RedisKey, newkey: RedisKey, callback?: Callback<number>): Result<number, Context>;
  renamenxBuffer(key: RedisKey, newkey: RedisKey, callback?: Callback<number>): Result<number, Context>;

  /**
   * Resets the connection.
   *
   *     RESET
   *
   * - complexity: O(1)
   * - since: 6.2.0
   * - group: connection
   */
  reset(callback?: Callback<string>): Result<string, Context>;
  resetBuffer(callback?: Callback<Bytes>): Result<Bytes, Context>;

  /**
   * Removes elements from the tail of a list and returns them.
   *
   *     RPOP key [count:int]
   *
   * - complexity: O(N) where N is the number of elements returned
   * - since: 1.0.0
   * - group: list
   */
  rpop<const A extends Args>(key: RedisKey, ...args: A): Result<A extends readonly [] ? string | null : string[] | null, Context>;
  rpop<const A extends Args>(...args: [key: RedisKey, ...args: A, callback: Callback<A extends readonly [] ? string | null : string[] | null>]): Result<A extends readonly [] ? string | null : string[] | null, Context>;
  rpopBuffer<const A extends Args>(key: RedisKey, ...args: A): Result<A extends readonly [] ? Bytes | null : Bytes[] | null, Context>;
  rpopBuffer<const A extends Args>(...args: [key: RedisKey, ...args: A, callback: Callback<A extends readonly [] ? Bytes | null : Bytes[] | null>]): Result<A extends readonly [] ? Bytes | null : Bytes[] | null, Context>;

  /**
   * Moves the last element of one list to the head of another and returns it.
   *
   *     RPOPLPUSH source:key destination:key
   *
   * - complexity: O(1)
   * - since: 1.2.0
   * - group: list
   * @deprecated since 6.2.0: `LMOVE` with the `RIGHT` and `LEFT` arguments
   */
  rpoplpush(source: RedisKey, destination: RedisKey, callback?: Callback<string | null>): Result<string | null, Context>;
  rpoplpushBuffer(source: RedisKey, destination: RedisKey, callback?: Callback<Bytes | null>): Result<Bytes | null, Context>;

  /**
   * Adds elements at the tail of a list.
   *
   *     RPUSH key element...
   *
   * - complexity: O(1) for each element added, so O(N) to add N elements when the command is called with multiple arguments.
   * - since: 1.0.0
   * - group: list
   */
  rpush(key: RedisKey, ...args: Args): Result<number, Context>;
  rpush(...args: [key: RedisKey, ...args: Args, callback: Callback<number>]): Result<number, Context>;
  rpushBuffer(key: RedisKey, ...args: Args): Result<number, Context>;
  rpushBuffer(...args: [key: RedisKey, ...args: Args, callback: Callback<number>]): Result<number, Context>;

  /**
   * Adds elements at the tail of a list that exists.
   *
   *     RPUSHX key element...
   *
   * - complexity: O(1) for each element added, so O(N) to add N elements when the command is called with multiple arguments.
   * - since: 2.2.0
   * - group: list
   */
  rpushx(key: RedisKey, ...args: Args): Result<number, Context>;
  rpushx(...args: [key: RedisKey, ...args: Args, callback: Callback<number>]): Result<number, Context>;
  rpushxBuffer(key: RedisKey, ...args: Args): Result<number, Context>;
  rpushxBuffer(...args: [key: RedisKey, ...args: Args, callback: Callback<number>]): Result<number, Context>;

  /**
   * Adds members to a set, which is made if there is none.
   *
   *     SADD key member...
   *
   * - complexity: O(1) for each member, so O(N) for N members
   * - since: 1.0.0
   * - group: set
   */
  sadd(key: RedisKey, ...args: Args): Result<number, Context>;
  sadd(...args: [key: RedisKey, ...args: Args, callback: Callback<number>]): Result<number, Context>;
  saddBuffer(key: RedisKey, ...args: Args): Result<number, Context>;
  saddBuffer(...args: [key: RedisKey, ...args: Args, callback: Callback<number>]): Result<number, Context>;

  /**
   * Iterates over the key names in the database.
   *
   *     SCAN cursor:int [MATCH pattern:pattern] [COUNT count:int] [TYPE type]
   *
   * - complexity: O(1) for every call. O(N) for a complete iteration, including enough command calls for the cursor to return back to 0. N is the number of elements inside the collection.
   * - since: 2.8.0
   * - group: generic
   */
  scan(cursor: number | string, ...args: Args): Result<[cursor: string, elements: string[]], Context>;
  scan(...args: [cursor: number | string, ...args: Args, callback: Callback<[cursor: string, elements: string[]]>]): Result<[cursor: string, elements: string[]], Context>;
  scanBuffer(cursor: number | string, ...args: Args): Result<[cursor: Bytes, elements: Bytes[]], Context>;
  scanBuffer(...args: [cursor: number | string, ...args: Args, callback: Callback<[cursor: Bytes, elements: Bytes[]]>]): Result<[cursor: Bytes, elements: Bytes[]], Context>;

  /**
   * Returns the number of members of a set.
   *
   *     SCARD key
   *
   * - complexity: O(1)
   * - since: 1.0.0
   * - group: set
   */
  scard(key: RedisKey, callback?: Callback<number>): Result<number, Context>;
  scardBuffer(key: RedisKey, callback?: Callback<number>): Result<number, Context>;

  // SCRIPT is typed by its subcommands.

  /**
   * Determines whether server-side Lua scripts exist in the script cache.
   *
   *     SCRIPT EXISTS sha1...
   *
   * - complexity: O(N) with N being the number of scripts to check.
   * - since: 2.6.0
   * - group: scripting
   */
  script(subcommand: "EXISTS" | "exists", ...args: Args): Result<number[], Context>;
  script(...args: [subcommand: "EXISTS" | "exists", ...args: Args, callback: Callback<number[]>]): Result<number[], Context>;
  scriptBuffer(subcommand: "EXISTS" | "exists", ...args: Args): Result<number[], Context>;
  scriptBuffer(...args: [subcommand: "EXISTS" | "exists", ...args: Args, callback: Callback<number[]>]): Result<number[], Context>;

  /**
   * Removes all server-side Lua scripts from the script cache.
   *
   *     SCRIPT FLUSH [<ASYNC | SYNC>]
   *
   * - complexity: O(N) with N being the number of scripts in cache.
   * - since: 2.6.0
   * - group: scripting
   */
  script(subcommand: "FLUSH" | "flush", ...args: Args): Result<"OK", Context>;
  script(...args: [subcommand: "FLUSH" | "flush", ...args: Args, callback: Callback<"OK">]): Result<"OK", Context>;
  scriptBuffer(subcommand: "FLUSH" | "flush", ...args: Args): Result<Bytes, Context>;
  scriptBuffer(...args: [subcommand: "FLUSH" | "flush", ...args: Args, callback: Callback<Bytes>]): Result<Bytes, Context>;

  /**
   * Returns helpful text about the different subcommands.
   *
   *     SCRIPT HELP
   *
   * - complexity: O(1)
   * - since: 5.0.0
   * - group: scripting
   */
  script(subcommand: "HELP" | "help", callback?: Callback<string[]>): Result<string[], Context>;
  scriptBuffer(subcommand: "HELP" | "help", callback?: Callback<Bytes[]>): Result<Bytes[], Context>;

  /**
   * Terminates a server-side Lua script during execution.
   *
   *     SCRIPT KILL
   *
   * - complexity: O(1)
   * - since: 2.6.0
   * - group: scripting
   */
  script(subcommand: "KILL" | "kill", callback?: Callback<"OK">): Result<"OK", Context>;
  scriptBuffer(subcommand: "KILL" | "kill", callback?: Callback<Bytes>): Result<Bytes, Context>;

  /**
   * Loads a server-side Lua script to the script cache.
   *
   *     SCRIPT LOAD script
   *
   * - complexity: O(N) with N being the length in bytes of the script body.
   * - since: 2.6.0
   * - group: scripting
   */
  script(subcommand: "LOAD" | "load", script: RedisValue, callback?: Callback<string>): Result<string, Context>;
  scriptBuffer(subcommand: "LOAD" | "load", script: RedisValue, callback?: Callback<Bytes>): Result<Bytes, Context>;

  /**
   * Returns the members of the first set that no other has.
   *
   *     SDIFF key...
   *
   * - complexity: O(N) for N members in all the sets together
   * - since: 1.0.0
   * - group: set
   */
  sdiff(...args: Args): Result<string[], Context>;
  sdiff(...args: [...args: Args, callback: Callback<string[]>]): Result<string[], Context>;
  sdiffBuffer(...args: Args): Result<Bytes[], Context>;
  sdiffBuffer(...args: [...args: Args, callback: Callback<Bytes[]>]): Result<Bytes[], Context>;

  /**
   * Counts the members of the first set that no other has.
   *
   *     SDIFFCARD numkeys:int key... [LIMIT limit:int]
   *
   * - complexity: O(N) for N members in all the sets together
   * - since: 8.10.0
   * - group: set
   */
  sdiffcard(numkeys: number | string, ...args: Args): Result<number, Context>;
  sdiffcard(...args: [numkeys: number | string, ...args: Args, callback: Callback<number>]): Result<number, Context>;
  sdiffcardBuffer(numkeys: number | string, ...args: Args): Result<number, Context>;
  sdiffcardBuffer(...args: [numkeys: number | string, ...args: Args, callback: Callback<number>]): Result<number, Context>;

  /**
   * Stores the members of the first set that no other has.
   *
   *     SDIFFSTORE destination:key key...
   *
   * - complexity: O(N) for N members in all the sets together
   * - since: 1.0.0
   * - group: set
   */
  sdiffstore(destination: RedisKey, ...args: Args): Result<number, Context>;
  sdiffstore(...args: [destination: RedisKey, ...args: Args, callback: Callback<number>]): Result<number, Context>;
  sdiffstoreBuffer(destination: RedisKey, ...args: Args): Result<number, Context>;
  sdiffstoreBuffer(...args: [destination: RedisKey, ...args: Args, callback: Callback<number>]): Result<number, Context>;

  /**
   * Changes the selected database.
   *
   *     SELECT index:int
   *
   * - complexity: O(1)
   * - since: 1.0.0
   * - group: connection
   */
  select(index: number | string, callback?: Callback<"OK">): Result<"OK", Context>;
  selectBuffer(index: number | string, callback?: Callback<Bytes>): Result<Bytes, Context>;

  /**
   * Sets the string value of a key, whatever its type was. The key is made if it doesn't exist.
   *
   *     SET key value [<NX | XX | IFEQ ifeq-value | IFNE ifne-value | IFDEQ ifdeq-digest | IFDNE ifdne-digest>] [GET] [<EX seconds:int | PX milliseconds:int | EXAT unix-time-seconds:unix | PXAT unix-time-milliseconds:unix | KEEPTTL>]
   *
   * - complexity: O(1)
   * - since: 1.0.0
   * - group: string
   */
  set<const A extends Args>(key: RedisKey, value: RedisValue, ...args: A): Result<A extends readonly [] ? "OK" : Has<A, "GET"> extends true ? string | null : "OK" | null, Context>;
  set<const A extends Args>(...args: [key: RedisKey, value: RedisValue, ...args: A, callback: Callback<A extends readonly [] ? "OK" : Has<A, "GET"> extends true ? string | null : "OK" | null>]): Result<A extends readonly [] ? "OK" : Has<A, "GET"> extends true ? string | null : "OK" | null, Context>;
  setBuffer<const A extends Args>(key: RedisKey, value: RedisValue, ...args: A): Result<A extends readonly [] ? Bytes : Has<A, "GET"> extends true ? Bytes | null : Bytes | null, Context>;
  setBuffer<const A extends Args>(...args: [key: RedisKey, value: RedisValue, ...args: A, callback: Callback<A extends readonly [] ? Bytes : Has<A, "GET"> extends true ? Bytes | null : Bytes | null>]): Result<A extends readonly [] ? Bytes : Has<A, "GET"> extends true ? Bytes | null : Bytes | null, Context>;

  /**
   * Sets the string value and the expiration time of a key.
   *
   *     SETEX key seconds:int value
   *
   * - complexity: O(1)
   * - since: 2.0.0
   * - group: string
   * @deprecated since 2.6.12: `SET` with the `EX` argument
   */
  setex(key: RedisKey, seconds: number | string, value: RedisValue, callback?: Callback<"OK">): Result<"OK", Context>;
  setexBuffer(key: RedisKey, seconds: number | string, value: RedisValue, callback?: Callback<Bytes>): Result<Bytes, Context>;

  /**
   * Sets the string value of a key only when the key doesn't exist.
   *
   *     SETNX key value
   *
   * - complexity: O(1)
   * - since: 1.0.0
   * - group: string
   * @deprecated since 2.6.12: `SET` with the `NX` argument
   */
  setnx(key: RedisKey, value: RedisValue, callback?: Callback<number>): Result<number, Context>;
  setnxBuffer(key: RedisKey, value: RedisValue, callback?: Callback<number>): Result<number, Context>;

  /**
   * Overwrites a part of a string value with another by an offset. The key is made if it doesn't exist.
   *
   *     SETRANGE key offset:int value
   *
   * - complexity: O(1), not counting the time taken to copy the new string in place. Usually, this string is very small so the amortized complexity is O(1). Otherwise, complexity is O(M) with M being the length of the value argument.
   * - since: 2.2.0
   * - group: string
   */
  setrange(key: RedisKey, offset: number | string, value: RedisValue, callback?: Callback<number>): Result<number, Context>;
  setrangeBuffer(key: RedisKey, offset: number | string, value: RedisValue, callback?: Callback<number>): Result<number, Context>;

  /**
   * Returns the members that all sets have.
   *
   *     SINTER key...
   *
   * - complexity: O(N*M) at worst, for M sets of which the smallest has N members
   * - since: 1.0.0
   * - group: set
   */
  sinter(...args: Args): Result<string[], Context>;
  sinter(...args: [...args: Args, callback: Callback<string[]>]): Result<string[], Context>;
  sinterBuffer(...args: Args): Result<Bytes[], Context>;
  sinterBuffer(...args: [...args: Args, callback: Callback<Bytes[]>]): Result<Bytes[], Context>;

  /**
   * Counts the members that all sets have.
   *
   *     SINTERCARD numkeys:int key... [LIMIT limit:int]
   *
   * - complexity: O(N*M) at worst, for M sets of which the smallest has N members
   * - since: 7.0.0
   * - group: set
   */
  sintercard(numkeys: number | string, ...args: Args): Result<number, Context>;
  sintercard(...args: [numkeys: number | string, ...args: Args, callback: Callback<number>]): Result<number, Context>;
  sintercardBuffer(numkeys: number | string, ...args: Args): Result<number, Context>;
  sintercardBuffer(...args: [numkeys: number | string, ...args: Args, callback: Callback<number>]): Result<number, Context>;

  /**
   * Stores the members that all sets have.
   *
   *     SINTERSTORE destination:key key...
   *
   * - complexity: O(N*M) at worst, for M sets of which the smallest has N members
   * - since: 1.0.0
   * - group: set
   */
  sinterstore(destination: RedisKey, ...args: Args): Result<number, Context>;
  sinterstore(...args: [destination: RedisKey, ...args: Args, callback: Callback<number>]): Result<number, Context>;
  sinterstoreBuffer(destination: RedisKey, ...args: Args): Result<number, Context>;
  sinterstoreBuffer(...args: [destination: RedisKey, ...args: Args, callback: Callback<number>]): Result<number, Context>;

  /**
   * Tells whether a set has a member.
   *
   *     SISMEMBER key member
   *
   * - complexity: O(1)
   * - since: 1.0.0
   * - group: set
   */
  sismember(key: RedisKey, member: RedisValue, callback?: Callback<number>): Result<number, Context>;
  sismemberBuffer(key: RedisKey, member: RedisValue, callback?: Callback<number>): Result<number, Context>;

  /**
   * Returns all members of a set.
   *
   *     SMEMBERS key
   *
   * - complexity: O(N) for a set of N members
   * - since: 1.0.0
   * - group: set
   */
  smembers(key: RedisKey, callback?: Callback<string[]>): Result<string[], Context>;
  smembersBuffer(key: RedisKey, callback?: Callback<Bytes[]>): Result<Bytes[], Context>;

  /**
   * Tells which members a set has.
   *
   *     SMISMEMBER key member...
   *
   * - complexity: O(N) for N members
   * - since: 6.2.0
   * - group: set
   */
  smismember(key: RedisKey, ...args: Args): Result<number[], Context>;
  smismember(...args: [key: RedisKey, ...args: Args, callback: Callback<number[]>]): Result<number[], Context>;
  smismemberBuffer(key: RedisKey, ...args: Args): Result<number[], Context>;
  smismemberBuffer(...args: [key: RedisKey, ...args: Args, callback: Callback<number[]>]): Result<number[], Context>;

  /**
   * Moves a member from one set to another.
   *
   *     SMOVE source:key destination:key member
   *
   * - complexity: O(1)
   * - since: 1.0.0
   * - group: set
   */
  smove(source: RedisKey, destination: RedisKey, member: RedisValue, callback?: Callback<number>): Result<number, Context>;
  smoveBuffer(source: RedisKey, destination: RedisKey, member: RedisValue, callback?: Callback<number>): Result<number, Context>;

  /**
   * Removes and returns one or more random members.
   *
   *     SPOP key [count:int]
   *
   * - complexity: O(1); with a count, O(N) for N members
   * - since: 1.0.0
   * - group: set
   */
  spop<const A extends Args>(key: RedisKey, ...args: A): Result<A extends readonly [] ? string | null : string[], Context>;
  spop<const A extends Args>(...args: [key: RedisKey, ...args: A, callback: Callback<A extends readonly [] ? string | null : string[]>]): Result<A extends readonly [] ? string | null : string[], Context>;
  spopBuffer<const A extends Args>(key: RedisKey, ...args: A): Result<A extends readonly [] ? Bytes | null : Bytes[], Context>;
  spopBuffer<const A extends Args>(...args: [key: RedisKey, ...args: A, callback: Callback<A extends readonly [] ? Bytes | null : Bytes[]>]): Result<A extends readonly [] ? Bytes | null : Bytes[], Context>;

  /**
   * Returns one or more random members.
   *
   *     SRANDMEMBER key [count:int]
   *
   * - complexity: O(1); with a count, O(N) for N members
   * - since: 1.0.0
   * - group: set
   */
  srandmember<const A extends Args>(key: RedisKey, ...args: A): Result<A extends readonly [] ? string | null : string[], Context>;
  srandmember<const A extends Args>(...args: [key: RedisKey, ...args: A, callback: Callback<A extends readonly [] ? string | null : string[]>]): Result<A extends readonly [] ? string | null : string[], Context>;
  srandmemberBuffer<const A extends Args>(key: RedisKey, ...args: A): Result<A extends readonly [] ? Bytes | null : Bytes[], Context>;
  srandmemberBuffer<const A extends Args>(...args: [key: RedisKey, ...args: A, callback: Callback<A extends readonly [] ? Bytes | null : Bytes[]>]): Result<A extends readonly [] ? Bytes | null : Bytes[], Context>;

  /**
   * Removes members from a set, and the set with its last member.
   *
   *     SREM key member...
   *
   * - complexity: O(N) for N members
   * - since: 1.0.0
   * - group: set
   */
  srem(key: RedisKey, ...args: Args): Result<number, Context>;
  srem(...args: [key: RedisKey, ...args: Args, callback: Callback<number>]): Result<number, Context>;
  sremBuffer(key: RedisKey, ...args: Args): Result<number, Context>;
  sremBuffer(...args: [key: RedisKey, ...args: Args, callback: Callback<number>]): Result<number, Context>;

  /**
   * Iterates over the members of a set.
   *
   *     SSCAN key cursor:int [MATCH pattern:pattern] [COUNT count:int]
   *
   * - complexity: O(1) for every call; O(N) for a whole scan of N elements
   * - since: 2.8.0
   * - group: set
   */
  sscan(key: RedisKey, cursor: number | string, ...args: Args): Result<[cursor: string, elements: string[]], Context>;
  sscan(...args: [key: RedisKey, cursor: number | string, ...args: Args, callback: Callback<[cursor: string, elements: string[]]>]): Result<[cursor: string, elements: string[]], Context>;
  sscanBuffer(key: RedisKey, cursor: number | string, ...args: Args): Result<[cursor: Bytes, elements: Bytes[]], Context>;
  sscanBuffer(...args: [key: RedisKey, cursor: number | string, ...args: Args, callback: Callback<[cursor: Bytes, elements: Bytes[]]>]): Result<[cursor: Bytes, elements: Bytes[]], Context>;

  /**
   * Returns the length of a string value.
   *
   *     STRLEN key
   *
   * - complexity: O(1)
   * - since: 2.2.0
   * - group: string
   */
  strlen(key: RedisKey, callback?: Callback<number>): Result<number, Context>;
  strlenBuffer(key: RedisKey, callback?: Callback<number>): Result<number, Context>;

  /**
   * Returns a substring of the string stored at a key.
   *
   *     SUBSTR key start:int end:int
   *
   * - complexity: O(N) where N is the length of the returned string. The complexity is ultimately determined by the returned length, but because creating a substring from an existing string is very cheap, it can be considered O(1) for small strings.
   * - since: 1.0.0
   * - group: string
   * @deprecated since 2.0.0: `GETRANGE`
   */
  substr(key: RedisKey, start: number | string, end: number | string, callback?: Callback<string>): Result<string, Context>;
  substrBuffer(key: RedisKey, start: number | string, end: number | string, callback?: Callback<Bytes>): Result<Bytes, Context>;

  /**
   * Returns the members that any of the sets has.
   *
   *     SUNION key...
   *
   * - complexity: O(N) for N members in all the sets together
   * - since: 1.0.0
   * - group: set
   */
  sunion(...args: Args): Result<string[], Context>;
  sunion(...args: [...args: Args, callback: Callback<string[]>]): Result<string[], Context>;
  sunionBuffer(...args: Args): Result<Bytes[], Context>;
  sunionBuffer(...args: [...args: Args, callback: Callback<Bytes[]>]): Result<Bytes[], Context>;

  /**
   * Counts the members that any of the sets has.
   *
   *     SUNIONCARD numkeys:int key... [APPROX] [LIMIT limit:int]
   *
   * - complexity: O(N) for N members in all the sets together
   * - since: 8.10.0
   * - group: set
   */
  sunioncard(numkeys: number | string, ...args: Args): Result<number, Context>;
  sunioncard(...args: [numkeys: number | string, ...args: Args, callback: Callback<number>]): Result<number, Context>;
  sunioncardBuffer(numkeys: number | string, ...args: Args): Result<number, Context>;
  sunioncardBuffer(...args: [numkeys: number | string, ...args: Args, callback: Callback<number>]): Result<number, Context>;

  /**
   * Stores the members that any of the sets has.
   *
   *     SUNIONSTORE destination:key key...
   *
   * - complexity: O(N) for N members in all the sets together
   * - since: 1.0.0
   * - group: set
   */
  sunionstore(destination: RedisKey, ...args: Args): Result<number, Context>;
  sunionstore(...args: [destination: RedisKey, ...args: Args, callback: Callback<number>]): Result<number, Context>;
  sunionstoreBuffer(destination: RedisKey, ...args: Args): Result<number, Context>;
  sunionstoreBuffer(...args: [destination: RedisKey, ...args: Args, callback: Callback<number>]): Result<number, Context>;

  /**
   * Swaps two Redis databases.
   *
   *     SWAPDB index1:int index2:int
   *
   * - complexity: O(N) where N is the count of clients watching or blocking on keys from both databases.
   * - since: 4.0.0
   * - group: server
   */
  swapdb(index1: number | string, index2: number | string, callback?: Callback<"OK">): Result<"OK", Context>;
  swapdbBuffer(index1: number | string, index2: number | string, callback?: Callback<Bytes>): Result<Bytes, Context>;

  /**
   * Returns the server time.
   *
   *     TIME
   *
   * - complexity: O(1)
   * - since: 2.6.0
   * - group: server
   */
  time(callback?: Callback<string[]>): Result<string[], Context>;
  timeBuffer(callback?: Callback<Bytes[]>): Result<Bytes[], Context>;

  /**
   * Counts the existing keys and marks them as used now.
   *
   *     TOUCH key...
   *
   * - complexity: O(N) where N is the number of keys that will be touched.
   * - since: 3.2.1
   * - group: generic
   */
  touch(...args: Args): Result<number, Context>;
  touch(...args: [...args: Args, callback: Callback<number>]): Result<number, Context>;
  touchBuffer(...args: Args): Result<number, Context>;
  touchBuffer(...args: [...args: Args, callback: Callback<number>]): Result<number, Context>;

  /**
   * Returns the remaining time to live of a key in seconds.
   *
   *     TTL key
   *
   * - complexity: O(1)
   * - since: 1.0.0
   * - group: generic
   */
  ttl(key: RedisKey, callback?: Callback<number>): Result<number, Context>;
  ttlBuffer(key: RedisKey, callback?: Callback<number>): Result<number, Context>;

  /**
   * Returns the type of the value stored at a key.
   *
   *     TYPE key
   *
   * - complexity: O(1)
   * - since: 1.0.0
   * - group: generic
   */
  type(key: RedisKey, callback?: Callback<string>): Result<string, Context>;
  typeBuffer(key: RedisKey, callback?: Callback<Bytes>): Result<Bytes, Context>;

  /**
   * Deletes one or more keys. One thread does all work here, so it is as DEL.
   *
   *     UNLINK key...
   *
   * - complexity: O(1) for each key removed regardless of its size. Then the command does O(N) work in a different thread in order to reclaim memory, where N is the number of allocations the deleted objects where composed of.
   * - since: 4.0.0
   * - group: generic
   */
  unlink(...args: Args): Result<number, Context>;
  unlink(...args: [...args: Args, callback: Callback<number>]): Result<number, Context>;
  unlinkBuffer(...args: Args): Result<number, Context>;
  unlinkBuffer(...args: [...args: Args, callback: Callback<number>]): Result<number, Context>;

  /**
   * Forgets about watched keys of a transaction.
   *
   *     UNWATCH
   *
   * - complexity: O(1)
   * - since: 2.2.0
   * - group: transactions
   */
  unwatch(callback?: Callback<"OK">): Result<"OK", Context>;
  unwatchBuffer(callback?: Callback<Bytes>): Result<Bytes, Context>;

  /**
   * Monitors changes to keys to determine the execution of a transaction.
   *
   *     WATCH key...
   *
   * - complexity: O(1) for every key.
   * - since: 2.2.0
   * - group: transactions
   */
  watch(...args: Args): Result<"OK", Context>;
  watch(...args: [...args: Args, callback: Callback<"OK">]): Result<"OK", Context>;
  watchBuffer(...args: Args): Result<Bytes, Context>;
  watchBuffer(...args: [...args: Args, callback: Callback<Bytes>]): Result<Bytes, Context>;

  /**
   * Adds members to a sorted set, or updates their scores.
   *
   *     ZADD key [<NX | XX>] [<GT | LT>] [CH] [INCR] (score:double member)...
   *
   * - complexity: O(log(N)) for each item added, where N is the number of elements in the sorted set.
   * - since: 1.2.0
   * - group: sorted-set
   */
  zadd<const A extends Args>(key: RedisKey, ...args: A): Result<Has<A, "INCR"> extends true ? string | null : number, Context>;
  zadd<const A extends Args>(...args: [key: RedisKey, ...args: A, callback: Callback<Has<A, "INCR"> extends true ? string | null : number>]): Result<Has<A, "INCR"> extends true ? string | null : number, Context>;
  zaddBuffer<const A extends Args>(key: RedisKey, ...args: A): Result<Has<A, "INCR"> extends true ? Bytes | null : number, Context>;
  zaddBuffer<const A extends Args>(...args: [key: RedisKey, ...args: A, callback: Callback<Has<A, "INCR"> extends true ? Bytes | null : number>]): Result<Has<A, "INCR"> extends true ? Bytes | null : number, Context>;

  /**
   * Counts the members of a sorted set.
   *
   *     ZCARD key
   *
   * - complexity: O(1)
   * - since: 1.2.0
   * - group: sorted-set
   */
  zcard(key: RedisKey, callback?: Callback<number>): Result<number, Context>;
  zcardBuffer(key: RedisKey, callback?: Callback<number>): Result<number, Context>;

  /**
   * Counts the members of a sorted set whose scores lie in a range.
   *
   *     ZCOUNT key min:double max:double
   *
   * - complexity: O(log(N)) with N being the number of elements in the sorted set.
   * - since: 2.0.0
   * - group: sorted-set
   */
  zcount(key: RedisKey, min: number | string, max: number | string, callback?: Callback<number>): Result<number, Context>;
  zcountBuffer(key: RedisKey, min: number | string, max: number | string, callback?: Callback<number>): Result<number, Context>;

  /**
   * Returns the members of the first sorted set that the others lack.
   *
   *     ZDIFF numkeys:int key... [WITHSCORES]
   *
   * - complexity: O(L + (N-K)log(N)) worst case where L is the total number of elements in all the sets, N is the size of the first set, and K is the size of the result set.
   * - since: 6.2.0
   * - group: sorted-set
   */
  zdiff(numkeys: number | string, ...args: Args): Result<string[], Context>;
  zdiff(...args: [numkeys: number | string, ...args: Args, callback: Callback<string[]>]): Result<string[], Context>;
  zdiffBuffer(numkeys: number | string, ...args: Args): Result<Bytes[], Context>;
  zdiffBuffer(...args: [numkeys: number | string, ...args: Args, callback: Callback<Bytes[]>]): Result<Bytes[], Context>;

  /**
   * Stores the members of the first sorted set that the others lack.
   *
   *     ZDIFFSTORE destination:key numkeys:int key...
   *
   * - complexity: O(L + (N-K)log(N)) worst case where L is the total number of elements in all the sets, N is the size of the first set, and K is the size of the result set.
   * - since: 6.2.0
   * - group: sorted-set
   */
  zdiffstore(destination: RedisKey, numkeys: number | string, ...args: Args): Result<number, Context>;
  zdiffstore(...args: [destination: RedisKey, numkeys: number | string, ...args: Args, callback: Callback<number>]): Result<number, Context>;
  zdiffstoreBuffer(destination: RedisKey, numkeys: number | string, ...args: Args): Result<number, Context>;
  zdiffstoreBuffer(...args: [destination: RedisKey, numkeys: number | string, ...args: Args, callback: Callback<number>]): Result<number, Context>;

  /**
   * Increments the score of a member of a sorted set.
   *
   *     ZINCRBY key increment:int member
   *
   * - complexity: O(log(N)) where N is the number of elements in the sorted set.
   * - since: 1.2.0
   * - group: sorted-set
   */
  zincrby(key: RedisKey, increment: number | string, member: RedisValue, callback?: Callback<string>): Result<string, Context>;
  zincrbyBuffer(key: RedisKey, increment: number | string, member: RedisValue, callback?: Callback<Bytes>): Result<Bytes, Context>;

  /**
   * Returns the intersection of sorted sets.
   *
   *     ZINTER numkeys:int key... [WEIGHTS weight:int...] [AGGREGATE <SUM | MIN | MAX | COUNT>] [WITHSCORES]
   *
   * - complexity: O(N*K)+O(M*log(M)) worst case with N being the smallest input sorted set, K being the number of input sorted sets and M being the number of elements in the resulting sorted set.
   * - since: 6.2.0
   * - group: sorted-set
   */
  zinter(numkeys: number | string, ...args: Args): Result<string[], Context>;
  zinter(...args: [numkeys: number | string, ...args: Args, callback: Callback<string[]>]): Result<string[], Context>;
  zinterBuffer(numkeys: number | string, ...args: Args): Result<Bytes[], Context>;
  zinterBuffer(...args: [numkeys: number | string, ...args: Args, callback: Callback<Bytes[]>]): Result<Bytes[], Context>;

  /**
   * Counts the members of the intersection of sorted sets.
   *
   *     ZINTERCARD numkeys:int key... [LIMIT limit:int]
   *
   * - complexity: O(N*K) worst case with N being the smallest input sorted set, K being the number of input sorted sets.
   * - since: 7.0.0
   * - group: sorted-set
   */
  zintercard(numkeys: number | string, ...args: Args): Result<number, Context>;
  zintercard(...args: [numkeys: number | string, ...args: Args, callback: Callback<number>]): Result<number, Context>;
  zintercardBuffer(numkeys: number | string, ...args: Args): Result<number, Context>;
  zintercardBuffer(...args: [numkeys: number | string, ...args: Args, callback: Callback<number>]): Result<number, Context>;

  /**
   * Stores the intersection of sorted sets.
   *
   *     ZINTERSTORE destination:key numkeys:int key... [WEIGHTS weight:int...] [AGGREGATE <SUM | MIN | MAX | COUNT>]
   *
   * - complexity: O(N*K)+O(M*log(M)) worst case with N being the smallest input sorted set, K being the number of input sorted sets and M being the number of elements in the resulting sorted set.
   * - since: 2.0.0
   * - group: sorted-set
   */
  zinterstore(destination: RedisKey, numkeys: number | string, ...args: Args): Result<number, Context>;
  zinterstore(...args: [destination: RedisKey, numkeys: number | string, ...args: Args, callback: Callback<number>]): Result<number, Context>;
  zinterstoreBuffer(destination: RedisKey, numkeys: number | string, ...args: Args): Result<number, Context>;
  zinterstoreBuffer(...args: [destination: RedisKey, numkeys: number | string, ...args: Args, callback: Callback<number>]): Result<number, Context>;

  /**
   * Counts the members of a sorted set in a lexicographical range.
   *
   *     ZLEXCOUNT key min max
   *
   * - complexity: O(log(N)) with N being the number of elements in the sorted set.
   * - since: 2.8.9
   * - group: sorted-set
   */
  zlexcount(key: RedisKey, min: RedisValue, max: RedisValue, callback?: Callback<number>): Result<number, Context>;
  zlexcountBuffer(key: RedisKey, min: RedisValue, max: RedisValue, callback?: Callback<number>): Result<number, Context>;

  /**
   * Removes the lowest or highest members of the first sorted set that is not empty, and returns them.
   *
   *     ZMPOP numkeys:int key... <MIN | MAX> [COUNT count:int]
   *
   * - complexity: O(K) + O(M*log(N)) where K is the number of provided keys, N being the number of elements in the sorted set, and M being the number of elements popped.
   * - since: 7.0.0
   * - group: sorted-set
   */
  zmpop(numkeys: number | string, ...args: Args): Result<[string, [string, string][]] | null, Context>;
  zmpop(...args: [numkeys: number | string, ...args: Args, callback: Callback<[string, [string, string][]] | null>]): Result<[string, [string, string][]] | null, Context>;
  zmpopBuffer(numkeys: number | string, ...args: Args): Result<[Bytes, [Bytes, Bytes][]] | null, Context>;
  zmpopBuffer(...args: [numkeys: number | string, ...args: Args, callback: Callback<[Bytes, [Bytes, Bytes][]] | null>]): Result<[Bytes, [Bytes, Bytes][]] | null, Context>;

  /**
   * Returns the scores of members of a sorted set.
   *
   *     ZMSCORE key member...
   *
   * - complexity: O(N) where N is the number of members being requested.
   * - since: 6.2.0
   * - group: sorted-set
   */
  zmscore(key: RedisKey, ...args: Args): Result<(string | null)[], Context>;
  zmscore(...args: [key: RedisKey, ...args: Args, callback: Callback<(string | null)[]>]): Result<(string | null)[], Context>;
  zmscoreBuffer(key: RedisKey, ...args: Args): Result<(Bytes | null)[], Context>;
  zmscoreBuffer(...args: [key: RedisKey, ...args: Args, callback: Callback<(Bytes | null)[]>]): Result<(Bytes | null)[], Context>;

  /**
   * Removes the highest members of a sorted set and returns them.
   *
   *     ZPOPMAX key [count:int]
   *
   * - complexity: O(log(N)*M) with N being the number of elements in the sorted set, and M being the number of elements popped.
   * - since: 5.0.0
   * - group: sorted-set
   */
  zpopmax(key: RedisKey, ...args: Args): Result<string[], Context>;
  zpopmax(...args: [key: RedisKey, ...args: Args, callback: Callback<string[]>]): Result<string[], Context>;
  zpopmaxBuffer(key: RedisKey, ...args: Args): Result<Bytes[], Context>;
  zpopmaxBuffer(...args: [key: RedisKey, ...args: Args, callback: Callback<Bytes[]>]): Result<Bytes[], Context>;

  /**
   * Removes the lowest members of a sorted set and returns them.
   *
   *     ZPOPMIN key [count:int]
   *
   * - complexity: O(log(N)*M) with N being the number of elements in the sorted set, and M being the number of elements popped.
   * - since: 5.0.0
   * - group: sorted-set
   */
  zpopmin(key: RedisKey, ...args: Args): Result<string[], Context>;
  zpopmin(...args: [key: RedisKey, ...args: Args, callback: Callback<string[]>]): Result<string[], Context>;
  zpopminBuffer(key: RedisKey, ...args: Args): Result<Bytes[], Context>;
  zpopminBuffer(...args: [key: RedisKey, ...args: Args, callback: Callback<Bytes[]>]): Result<Bytes[], Context>;

  /**
   * Returns random members of a sorted set.
   *
   *     ZRANDMEMBER key [(count:int [WITHSCORES])]
   *
   * - complexity: O(N) where N is the number of members returned
   * - since: 6.2.0
   * - group: sorted-set
   */
  zrandmember(key: RedisKey, ...args: Args): Result<string | null | string[], Context>;
  zrandmember(...args: [key: RedisKey, ...args: Args, callback: Callback<string | null | string[]>]): Result<string | null | string[], Context>;
  zrandmemberBuffer(key: RedisKey, ...args: Args): Result<Bytes | null | Bytes[], Context>;
  zrandmemberBuffer(...args: [key: RedisKey, ...args: Args, callback: Callback<Bytes | null | Bytes[]>]): Result<Bytes | null | Bytes[], Context>;

  /**
   * Returns the members of a sorted set in a range of ranks, scores or strings.
   *
   *     ZRANGE key start stop [<BYSCORE | BYLEX>] [REV] [LIMIT (offset:int count:int)] [WITHSCORES]
   *
   * - complexity: O(log(N)+M) with N being the number of elements in the sorted set and M the number of elements returned.
   * - since: 1.2.0
   * - group: sorted-set
   */
  zrange(key: RedisKey, start: RedisValue, stop: RedisValue, ...args: Args): Result<string[], Context>;
  zrange(...args: [key: RedisKey, start: RedisValue, stop: RedisValue, ...args: Args, callback: Callback<string[]>]): Result<string[], Context>;
  zrangeBuffer(key: RedisKey, start: RedisValue, stop: RedisValue, ...args: Args): Result<Bytes[], Context>;
  zrangeBuffer(...args: [key: RedisKey, start: RedisValue, stop: RedisValue, ...args: Args, callback: Callback<Bytes[]>]): Result<Bytes[], Context>;

  /**
   * Returns the members of a sorted set in a lexicographical range.
   *
   *     ZRANGEBYLEX key min max [LIMIT (offset:int count:int)]
   *
   * - complexity: O(log(N)+M) with N being the number of elements in the sorted set and M the number of elements being returned. If M is constant (e.g. always asking for the first 10 elements with LIMIT), you can consider it O(log(N)).
   * - since: 2.8.9
   * - group: sorted-set
   * @deprecated since 6.2.0: `ZRANGE` with the `BYLEX` argument
   */
  zrangebylex(key: RedisKey, min: RedisValue, max: RedisValue, ...args: Args): Result<string[], Context>;
  zrangebylex(...args: [key: RedisKey, min: RedisValue, max: RedisValue, ...args: Args, callback: Callback<string[]>]): Result<string[], Context>;
  zrangebylexBuffer(key: RedisKey, min: RedisValue, max: RedisValue, ...args: Args): Result<Bytes[], Context>;
  zrangebylexBuffer(...args: [key: RedisKey, min: RedisValue, max: RedisValue, ...args: Args, callback: Callback<Bytes[]>]): Result<Bytes[], Context>;

  /**
   * Returns the members of a sorted set whose scores lie in a range.
   *
   *     ZRANGEBYSCORE key min:double max:double [WITHSCORES] [LIMIT (offset:int count:int)]
   *
   * - complexity: O(log(N)+M) with N being the number of elements in the sorted set and M the number of elements being returned. If M is constant (e.g. always asking for the first 10 elements with LIMIT), you can consider it O(log(N)).
   * - since: 1.0.5
   * - group: sorted-set
   * @deprecated since 6.2.0: `ZRANGE` with the `BYSCORE` argument
   */
  zrangebyscore(key: RedisKey, min: number | string, max: number | string, ...args: Args): Result<string[], Context>;
  zrangebyscore(...args: [key: RedisKey, min: number | string, max: number | string, ...args: Args, callback: Callback<string[]>]): Result<string[], Context>;
  zrangebyscoreBuffer(key: RedisKey, min: number | string, max: number | string, ...args: Args): Result<Bytes[], Context>;
  zrangebyscoreBuffer(...args: [key: RedisKey, min: number | string, max: number | string, ...args: Args, callback: Callback<Bytes[]>]): Result<Bytes[], Context>;

  /**
   * Stores a range of the members of a sorted set.
   *
   *     ZRANGESTORE dst:key src:key min max [<BYSCORE | BYLEX>] [REV] [LIMIT (offset:int count:int)]
   *
   * - complexity: O(log(N)+M) with N being the number of elements in the sorted set and M the number of elements stored into the destination key.
   * - since: 6.2.0
   * - group: sorted-set
   */
  zrangestore(dst: RedisKey, src: RedisKey, min: RedisValue, max: RedisValue, ...args: Args): Result<number, Context>;
  zrangestore(...args: [dst: RedisKey, src: RedisKey, min: RedisValue, max: RedisValue, ...args: Args, callback: Callback<number>]): Result<number, Context>;
  zrangestoreBuffer(dst: RedisKey, src: RedisKey, min: RedisValue, max: RedisValue, ...args: Args): Result<number, Context>;
  zrangestoreBuffer(...args: [dst: RedisKey, src: RedisKey, min: RedisValue, max: RedisValue, ...args: Args, callback: Callback<number>]): Result<number, Context>;

  /**
   * Returns the rank of a member of a sorted set, from the lowest score.
   *
   *     ZRANK key member [WITHSCORE]
   *
   * - complexity: O(log(N))
   * - since: 2.0.0
   * - group: sorted-set
   */
  zrank<const A extends Args>(key: RedisKey, member: RedisValue, ...args: A): Result<Has<A, "WITHSCORE"> extends true ? [number, string] | null : number | null, Context>;
  zrank<const A extends Args>(...args: [key: RedisKey, member: RedisValue, ...args: A, callback: Callback<Has<A, "WITHSCORE"> extends true ? [number, string] | null : number | null>]): Result<Has<A, "WITHSCORE"> extends true ? [number, string] | null : number | null, Context>;
  zrankBuffer<const A extends Args>(key: RedisKey, member: RedisValue, ...args: A): Result<Has<A, "WITHSCORE"> extends true ? [number, Bytes] | null : number | null, Context>;
  zrankBuffer<const A extends Args>(...args: [key: RedisKey, member: RedisValue, ...args: A, callback: Callback<Has<A, "WITHSCORE"> extends true ? [number, Bytes] | null : number | null>]): Result<Has<A, "WITHSCORE"> extends true ? [number, Bytes] | null : number | null, Context>;

  /**
   * Removes members from a sorted set.
   *
   *     ZREM key member...
   *
   * - complexity: O(M*log(N)) with N being the number of elements in the sorted set and M the number of elements to be removed.
   * - since: 1.2.0
   * - group: sorted-set
   */
  zrem(key: RedisKey, ...args: Args): Result<number, Context>;
  zrem(...args: [key: RedisKey, ...args: Args, callback: Callback<number>]): Result<number, Context>;
  zremBuffer(key: RedisKey, ...args: Args): Result<number, Context>;
  zremBuffer(...args: [key: RedisKey, ...args: Args, callback: Callback<number>]): Result<number, Context>;

  /**
   * Removes the members of a sorted set in a lexicographical range.
   *
   *     ZREMRANGEBYLEX key min max
   *
   * - complexity: O(log(N)+M) with N being the number of elements in the sorted set and M the number of elements removed by the operation.
   * - since: 2.8.9
   * - group: sorted-set
   */
  zremrangebylex(key: RedisKey, min: RedisValue, max: RedisValue, callback?: Callback<number>): Result<number, Context>;
  zremrangebylexBuffer(key: RedisKey, min: RedisValue, max: RedisValue, callback?: Callback<number>): Result<number, Context>;

  /**
   * Removes the members of a sorted set in a range of ranks.
   *
   *     ZREMRANGEBYRANK key start:int stop:int
   *
   * - complexity: O(log(N)+M) with N being the number of elements in the sorted set and M the number of elements removed by the operation.
   * - since: 2.0.0
   * - group: sorted-set
   */
  zremrangebyrank(key: RedisKey, start: number | string, stop: number | string, callback?: Callback<number>): Result<number, Context>;
  zremrangebyrankBuffer(key: RedisKey, start: number | string, stop: number | string, callback?: Callback<number>): Result<number, Context>;

  /**
   * Removes the members of a sorted set whose scores lie in a range.
   *
   *     ZREMRANGEBYSCORE key min:double max:double
   *
   * - complexity: O(log(N)+M) with N being the number of elements in the sorted set and M the number of elements removed by the operation.
   * - since: 1.2.0
   * - group: sorted-set
   */
  zremrangebyscore(key: RedisKey, min: number | string, max: number | string, callback?: Callback<number>): Result<number, Context>;
  zremrangebyscoreBuffer(key: RedisKey, min: number | string, max: number | string, callback?: Callback<number>): Result<number, Context>;

  /**
   * Returns the members of a sorted set in a range of ranks, from the highest score.
   *
   *     ZREVRANGE key start:int stop:int [WITHSCORES]
   *
   * - complexity: O(log(N)+M) with N being the number of elements in the sorted set and M the number of elements returned.
   * - since: 1.2.0
   * - group: sorted-set
   * @deprecated since 6.2.0: `ZRANGE` with the `REV` argument
   */
  zrevrange(key: RedisKey, start: number | string, stop: number | string, ...args: Args): Result<string[], Context>;
  zrevrange(...args: [key: RedisKey, start: number | string, stop: number | string, ...args: Args, callback: Callback<string[]>]): Result<string[], Context>;
  zrevrangeBuffer(key: RedisKey, start: number | string, stop: number | string, ...args: Args): Result<Bytes[], Context>;
  zrevrangeBuffer(...args: [key: RedisKey, start: number | string, stop: number | string, ...args: Args, callback: Callback<Bytes[]>]): Result<Bytes[], Context>;

  /**
   * Returns the members of a sorted set in a lexicographical range, in reverse.
   *
   *     ZREVRANGEBYLEX key max min [LIMIT (offset:int count:int)]
   *
   * - complexity: O(log(N)+M) with N being the number of elements in the sorted set and M the number of elements being returned. If M is constant (e.g. always asking for the first 10 elements with LIMIT), you can consider it O(log(N)).
   * - since: 2.8.9
   * - group: sorted-set
   * @deprecated since 6.2.0: `ZRANGE` with the `REV` and `BYLEX` arguments
   */
  zrevrangebylex(key: RedisKey, max: RedisValue, min: RedisValue, ...args: Args): Result<string[], Context>;
  zrevrangebylex(...args: [key: RedisKey, max: RedisValue, min: RedisValue, ...args: Args, callback: Callback<string[]>]): Result<string[], Context>;
  zrevrangebylexBuffer(key: RedisKey, max: RedisValue, min: RedisValue, ...args: Args): Result<Bytes[], Context>;
  zrevrangebylexBuffer(...args: [key: RedisKey, max: RedisValue, min: RedisValue, ...args: Args, callback: Callback<Bytes[]>]): Result<Bytes[], Context>;

  /**
   * Returns the members of a sorted set whose scores lie in a range, from the highest.
   *
   *     ZREVRANGEBYSCORE key max:double min:double [WITHSCORES] [LIMIT (offset:int count:int)]
   *
   * - complexity: O(log(N)+M) with N being the number of elements in the sorted set and M the number of elements being returned. If M is constant (e.g. always asking for the first 10 elements with LIMIT), you can consider it O(log(N)).
   * - since: 2.2.0
   * - group: sorted-set
   * @deprecated since 6.2.0: `ZRANGE` with the `REV` and `BYSCORE` arguments
   */
  zrevrangebyscore(key: RedisKey, max: number | string, min: number | string, ...args: Args): Result<string[], Context>;
  zrevrangebyscore(...args: [key: RedisKey, max: number | string, min: number | string, ...args: Args, callback: Callback<string[]>]): Result<string[], Context>;
  zrevrangebyscoreBuffer(key: RedisKey, max: number | string, min: number | string, ...args: Args): Result<Bytes[], Context>;
  zrevrangebyscoreBuffer(...args: [key: RedisKey, max: number | string, min: number | string, ...args: Args, callback: Callback<Bytes[]>]): Result<Bytes[], Context>;

  /**
   * Returns the rank of a member of a sorted set, from the highest score.
   *
   *     ZREVRANK key member [WITHSCORE]
   *
   * - complexity: O(log(N))
   * - since: 2.0.0
   * - group: sorted-set
   */
  zrevrank<const A extends Args>(key: RedisKey, member: RedisValue, ...args: A): Result<Has<A, "WITHSCORE"> extends true ? [number, string] | null : number | null, Context>;
  zrevrank<const A extends Args>(...args: [key: RedisKey, member: RedisValue, ...args: A, callback: Callback<Has<A, "WITHSCORE"> extends true ? [number, string] | null : number | null>]): Result<Has<A, "WITHSCORE"> extends true ? [number, string] | null : number | null, Context>;
  zrevrankBuffer<const A extends Args>(key: RedisKey, member: RedisValue, ...args: A): Result<Has<A, "WITHSCORE"> extends true ? [number, Bytes] | null : number | null, Context>;
  zrevrankBuffer<const A extends Args>(...args: [key: RedisKey, member: RedisValue, ...args: A, callback: Callback<Has<A, "WITHSCORE"> extends true ? [number, Bytes] | null : number | null>]): Result<Has<A, "WITHSCORE"> extends true ? [number, Bytes] | null : number | null, Context>;

  /**
   * Iterates over the members and scores of a sorted set.
   *
   *     ZSCAN key cursor:int [MATCH pattern:pattern] [COUNT count:int]
   *
   * - complexity: O(1) for every call. O(N) for a complete iteration, including enough command calls for the cursor to return back to 0. N is the number of elements inside the collection.
   * - since: 2.8.0
   * - group: sorted-set
   */
  zscan(key: RedisKey, cursor: number | string, ...args: Args): Result<[cursor: string, elements: string[]], Context>;
  zscan(...args: [key: RedisKey, cursor: number | string, ...args: Args, callback: Callback<[cursor: string, elements: string[]]>]): Result<[cursor: string, elements: string[]], Context>;
  zscanBuffer(key: RedisKey, cursor: number | string, ...args: Args): Result<[cursor: Bytes, elements: Bytes[]], Context>;
  zscanBuffer(...args: [key: RedisKey, cursor: number | string, ...args: Args, callback: Callback<[cursor: Bytes, elements: Bytes[]]>]): Result<[cursor: Bytes, elements: Bytes[]], Context>;

  /**
   * Returns the score of a member of a sorted set.
   *
   *     ZSCORE key member
   *
   * - complexity: O(1)
   * - since: 1.2.0
   * - group: sorted-set
   */
  zscore(key: RedisKey, member: RedisValue, callback?: Callback<string | null>): Result<string | null, Context>;
  zscoreBuffer(key: RedisKey, member: RedisValue, callback?: Callback<Bytes | null>): Result<Bytes | null, Context>;

  /**
   * Returns the union of sorted sets.
   *
   *     ZUNION numkeys:int key... [WEIGHTS weight:int...] [AGGREGATE <SUM | MIN | MAX | COUNT>] [WITHSCORES]
   *
   * - complexity: O(N)+O(M*log(M)) with N being the sum of the sizes of the input sorted sets, and M being the number of elements in the resulting sorted set.
   * - since: 6.2.0
   * - group: sorted-set
   */
  zunion(numkeys: number | string, ...args: Args): Result<string[], Context>;
  zunion(...args: [numkeys: number | string, ...args: Args, callback: Callback<string[]>]): Result<string[], Context>;
  zunionBuffer(numkeys: number | string, ...args: Args): Result<Bytes[], Context>;
  zunionBuffer(...args: [numkeys: number | string, ...args: Args, callback: Callback<Bytes[]>]): Result<Bytes[], Context>;

  /**
   * Stores the union of sorted sets.
   *
   *     ZUNIONSTORE destination:key numkeys:int key... [WEIGHTS weight:int...] [AGGREGATE <SUM | MIN | MAX | COUNT>]
   *
   * - complexity: O(N)+O(M log(M)) with N being the sum of the sizes of the input sorted sets, and M being the number of elements in the resulting sorted set.
   * - since: 2.0.0
   * - group: sorted-set
   */
  zunionstore(destination: RedisKey, numkeys: number | string, ...args: Args): Result<number, Context>;
  zunionstore(...args: [destination: RedisKey, numkeys: number | string, ...args: Args, callback: Callback<number>]): Result<number, Context>;
  zunionstoreBuffer(destination: RedisKey, numkeys: number | string, ...args: Args): Result<number, Context>;
  zunionstoreBuffer(...args: [destination: RedisKey, numkeys: number | string, ...args: Args, callback: Callback<number>]): Result<number, Context>;
}
