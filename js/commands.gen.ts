// Made by js/generate.mjs from the engine's table of commands. Do not edit.

import type { Args, Callback, Bytes, ClientContext, Has, Pairs, RedisKey, RedisValue, Result, SomeArgs } from "./types.js";

/** Every command that has a method, in lower case. */
export const commandNames =
  "acl append arcount ardel ardelrange arget argetrange argrep arinfo arinsert arlastitems arlen armget armset arnext arop arring arscan arseek arset asking auth backup bgrewriteaof bgsave bitcount bitfield bitfield_ro bitop bitpos blmove blmovem blmpop blpop brpop brpoplpush bzmpop bzpopmax bzpopmin client cluster command config copy dbsize debug decr decrby del delex digest discard dump echo eval evalsha evalsha_ro eval_ro exec exists expire expireat expiretime failover fcall fcall_ro flushall flushdb function geoadd geodist geohash geopos georadius georadiusbymember georadiusbymember_ro georadius_ro geosearch geosearchstore get getbit getdel getex getrange getset hdel hello hexists hexpire hexpireat hexpiretime hget hgetall hgetdel hgetex himport hincrby hincrbyfloat hkeys hlen hmget hmset hotkeys hpersist hpexpire hpexpireat hpexpiretime hpttl hrandfield hscan hset hsetex hsetnx hstrlen httl hvals incr incrby incrbyfloat increx info keys lastsave latency lcs lindex linsert llen lmove lmovem lmpop lolwut lpop lpos lpush lpushx lrange lrem lset ltrim memory mget migrate module monitor move mset msetex msetnx multi object persist pexpire pexpireat pexpiretime pfadd pfcount pfdebug pfmerge pfselftest ping psetex psubscribe psync pttl publish pubsub punsubscribe quit randomkey readonly readwrite rename renamenx replconf replicaof reset restore restore-asking role rpop rpoplpush rpush rpushx sadd save scan scard script sdiff sdiffcard sdiffstore select set setbit setex setnx setrange shutdown sinter sintercard sinterstore sismember slaveof slowlog smembers smismember smove sort sort_ro spop spublish srandmember srem sscan ssubscribe strlen subscribe substr sunion sunioncard sunionstore sunsubscribe swapdb time touch trimslots ttl type unlink unsubscribe unwatch vadd vcard vdim vemb vgetattr vinfo vismember vlinks vrandmember vrange vrem vsetattr vsim wait waitaof watch xack xackdel xadd xautoclaim xcfgset xclaim xdel xdelex xgroup xidmprecord xinfo xlen xnack xpending xrange xread xreadgroup xrevrange xsetid xtrim zadd zcard zcount zdiff zdiffstore zincrby zinter zintercard zinterstore zlexcount zmpop zmscore zpopmax zpopmin zrandmember zrange zrangebylex zrangebyscore zrangestore zrank zrem zremrangebylex zremrangebyrank zremrangebyscore zrevrange zrevrangebylex zrevrangebyscore zrevrank zscan zscore zunion zunionstore";

/** Where keys stand in each command that has any: see keys.ts. */
export const keySpecs = "append=1,r,0,1,0\narcount=1,r,0,1,0\nardel=1,r,0,1,0\nardelrange=1,r,0,1,0\narget=1,r,0,1,0\nargetrange=1,r,0,1,0\nargrep=1,r,0,1,0\narinfo=1,r,0,1,0\narinsert=1,r,0,1,0\narlastitems=1,r,0,1,0\narlen=1,r,0,1,0\narmget=1,r,0,1,0\narmset=1,r,0,1,0\narnext=1,r,0,1,0\narop=1,r,0,1,0\narring=1,r,0,1,0\narscan=1,r,0,1,0\narseek=1,r,0,1,0\narset=1,r,0,1,0\nbitcount=1,r,0,1,0\nbitfield=1,r,0,1,0\nbitfield_ro=1,r,0,1,0\nbitop=2,r,0,1,0;3,r,-1,1,0\nbitpos=1,r,0,1,0\nblmove=1,r,0,1,0;2,r,0,1,0\nblmovem=1,r,0,1,0;2,r,0,1,0\nblmpop=2,n,0,1,1\nblpop=1,r,-2,1,0\nbrpop=1,r,-2,1,0\nbrpoplpush=1,r,0,1,0;2,r,0,1,0\nbzmpop=2,n,0,1,1\nbzpopmax=1,r,-2,1,0\nbzpopmin=1,r,-2,1,0\ncopy=1,r,0,1,0;2,r,0,1,0\ndecr=1,r,0,1,0\ndecrby=1,r,0,1,0\ndel=1,r,-1,1,0\ndelex=1,r,0,1,0\ndigest=1,r,0,1,0\ndump=1,r,0,1,0\neval=2,n,0,1,1\nevalsha=2,n,0,1,1\nevalsha_ro=2,n,0,1,1\neval_ro=2,n,0,1,1\nexists=1,r,-1,1,0\nexpire=1,r,0,1,0\nexpireat=1,r,0,1,0\nexpiretime=1,r,0,1,0\nfcall=2,n,0,1,1\nfcall_ro=2,n,0,1,1\ngeoadd=1,r,0,1,0\ngeodist=1,r,0,1,0\ngeohash=1,r,0,1,0\ngeopos=1,r,0,1,0\ngeoradius=1,r,0,1,0;STORE@6,r,0,1,0;STOREDIST@6,r,0,1,0\ngeoradiusbymember=1,r,0,1,0;STORE@5,r,0,1,0;STOREDIST@5,r,0,1,0\ngeoradiusbymember_ro=1,r,0,1,0\ngeoradius_ro=1,r,0,1,0\ngeosearch=1,r,0,1,0\ngeosearchstore=1,r,0,1,0;2,r,0,1,0\nget=1,r,0,1,0\ngetbit=1,r,0,1,0\ngetdel=1,r,0,1,0\ngetex=1,r,0,1,0\ngetrange=1,r,0,1,0\ngetset=1,r,0,1,0\nhdel=1,r,0,1,0\nhexists=1,r,0,1,0\nhexpire=1,r,0,1,0\nhexpireat=1,r,0,1,0\nhexpiretime=1,r,0,1,0\nhget=1,r,0,1,0\nhgetall=1,r,0,1,0\nhgetdel=1,r,0,1,0\nhgetex=1,r,0,1,0\nhimport set=2,r,0,1,0\nhincrby=1,r,0,1,0\nhincrbyfloat=1,r,0,1,0\nhkeys=1,r,0,1,0\nhlen=1,r,0,1,0\nhmget=1,r,0,1,0\nhmset=1,r,0,1,0\nhpersist=1,r,0,1,0\nhpexpire=1,r,0,1,0\nhpexpireat=1,r,0,1,0\nhpexpiretime=1,r,0,1,0\nhpttl=1,r,0,1,0\nhrandfield=1,r,0,1,0\nhscan=1,r,0,1,0\nhset=1,r,0,1,0\nhsetex=1,r,0,1,0\nhsetnx=1,r,0,1,0\nhstrlen=1,r,0,1,0\nhttl=1,r,0,1,0\nhvals=1,r,0,1,0\nincr=1,r,0,1,0\nincrby=1,r,0,1,0\nincrbyfloat=1,r,0,1,0\nincrex=1,r,0,1,0\nlcs=1,r,1,1,0\nlindex=1,r,0,1,0\nlinsert=1,r,0,1,0\nllen=1,r,0,1,0\nlmove=1,r,0,1,0;2,r,0,1,0\nlmovem=1,r,0,1,0;2,r,0,1,0\nlmpop=1,n,0,1,1\nlpop=1,r,0,1,0\nlpos=1,r,0,1,0\nlpush=1,r,0,1,0\nlpushx=1,r,0,1,0\nlrange=1,r,0,1,0\nlrem=1,r,0,1,0\nlset=1,r,0,1,0\nltrim=1,r,0,1,0\nmemory usage=2,r,0,1,0\nmget=1,r,-1,1,0\nmigrate=3,r,0,1,0;KEYS@-2,r,-1,1,0\nmove=1,r,0,1,0\nmset=1,r,-1,2,0\nmsetex=1,n,0,1,2\nmsetnx=1,r,-1,2,0\nobject encoding=2,r,0,1,0\nobject freq=2,r,0,1,0\nobject idletime=2,r,0,1,0\nobject refcount=2,r,0,1,0\npersist=1,r,0,1,0\npexpire=1,r,0,1,0\npexpireat=1,r,0,1,0\npexpiretime=1,r,0,1,0\npfadd=1,r,0,1,0\npfcount=1,r,-1,1,0\npfdebug=2,r,0,1,0\npfmerge=1,r,0,1,0;2,r,-1,1,0\npsetex=1,r,0,1,0\npttl=1,r,0,1,0\nrename=1,r,0,1,0;2,r,0,1,0\nrenamenx=1,r,0,1,0;2,r,0,1,0\nrestore=1,r,0,1,0\nrestore-asking=1,r,0,1,0\nrpop=1,r,0,1,0\nrpoplpush=1,r,0,1,0;2,r,0,1,0\nrpush=1,r,0,1,0\nrpushx=1,r,0,1,0\nsadd=1,r,0,1,0\nscard=1,r,0,1,0\nsdiff=1,r,-1,1,0\nsdiffcard=1,n,0,1,1\nsdiffstore=1,r,0,1,0;2,r,-1,1,0\nset=1,r,0,1,0\nsetbit=1,r,0,1,0\nsetex=1,r,0,1,0\nsetnx=1,r,0,1,0\nsetrange=1,r,0,1,0\nsinter=1,r,-1,1,0\nsintercard=1,n,0,1,1\nsinterstore=1,r,0,1,0;2,r,-1,1,0\nsismember=1,r,0,1,0\nsmembers=1,r,0,1,0\nsmismember=1,r,0,1,0\nsmove=1,r,0,1,0;2,r,0,1,0\nsort=1,r,0,1,0\nsort_ro=1,r,0,1,0\nspop=1,r,0,1,0\nsrandmember=1,r,0,1,0\nsrem=1,r,0,1,0\nsscan=1,r,0,1,0\nstrlen=1,r,0,1,0\nsubstr=1,r,0,1,0\nsunion=1,r,-1,1,0\nsunioncard=1,n,0,1,1\nsunionstore=1,r,0,1,0;2,r,-1,1,0\ntouch=1,r,-1,1,0\nttl=1,r,0,1,0\ntype=1,r,0,1,0\nunlink=1,r,-1,1,0\nvadd=1,r,0,1,0\nvcard=1,r,0,1,0\nvdim=1,r,0,1,0\nvemb=1,r,0,1,0\nvgetattr=1,r,0,1,0\nvinfo=1,r,0,1,0\nvismember=1,r,0,1,0\nvlinks=1,r,0,1,0\nvrandmember=1,r,0,1,0\nvrange=1,r,0,1,0\nvrem=1,r,0,1,0\nvsetattr=1,r,0,1,0\nvsim=1,r,0,1,0\nwatch=1,r,-1,1,0\nxack=1,r,0,1,0\nxackdel=1,r,0,1,0\nxadd=1,r,0,1,0\nxautoclaim=1,r,0,1,0\nxcfgset=1,r,0,1,0\nxclaim=1,r,0,1,0\nxdel=1,r,0,1,0\nxdelex=1,r,0,1,0\nxgroup create=2,r,0,1,0\nxgroup createconsumer=2,r,0,1,0\nxgroup delconsumer=2,r,0,1,0\nxgroup destroy=2,r,0,1,0\nxgroup setid=2,r,0,1,0\nxidmprecord=1,r,0,1,0\nxinfo consumers=2,r,0,1,0\nxinfo groups=2,r,0,1,0\nxinfo stream=2,r,0,1,0\nxlen=1,r,0,1,0\nxnack=1,r,0,1,0\nxpending=1,r,0,1,0\nxrange=1,r,0,1,0\nxread=STREAMS@1,r,-1,1,2\nxreadgroup=STREAMS@4,r,-1,1,2\nxrevrange=1,r,0,1,0\nxsetid=1,r,0,1,0\nxtrim=1,r,0,1,0\nzadd=1,r,0,1,0\nzcard=1,r,0,1,0\nzcount=1,r,0,1,0\nzdiff=1,n,0,1,1\nzdiffstore=1,r,0,1,0;2,n,0,1,1\nzincrby=1,r,0,1,0\nzinter=1,n,0,1,1\nzintercard=1,n,0,1,1\nzinterstore=1,r,0,1,0;2,n,0,1,1\nzlexcount=1,r,0,1,0\nzmpop=1,n,0,1,1\nzmscore=1,r,0,1,0\nzpopmax=1,r,0,1,0\nzpopmin=1,r,0,1,0\nzrandmember=1,r,0,1,0\nzrange=1,r,0,1,0\nzrangebylex=1,r,0,1,0\nzrangebyscore=1,r,0,1,0\nzrangestore=1,r,0,1,0;2,r,0,1,0\nzrank=1,r,0,1,0\nzrem=1,r,0,1,0\nzremrangebylex=1,r,0,1,0\nzremrangebyrank=1,r,0,1,0\nzremrangebyscore=1,r,0,1,0\nzrevrange=1,r,0,1,0\nzrevrangebylex=1,r,0,1,0\nzrevrangebyscore=1,r,0,1,0\nzrevrank=1,r,0,1,0\nzscan=1,r,0,1,0\nzscore=1,r,0,1,0\nzunion=1,n,0,1,1\nzunionstore=1,r,0,1,0;2,n,0,1,1";

/** A method for each command and its Buffer twin. */
export interface RedisCommander<Context extends ClientContext = { type: "default" }> {
  /** Runs a command by its name. */
  call(command: string, ...args: (RedisValue | readonly RedisValue[])[]): Result<unknown, Context>;
  call(...args: [command: string, ...args: Args, callback: Callback<unknown>]): Result<unknown, Context>;
  /** Runs a command by its name and answers strings as bytes. */
  callBuffer(command: string, ...args: (RedisValue | readonly RedisValue[])[]): Result<unknown, Context>;
  callBuffer(...args: [command: string, ...args: Args, callback: Callback<unknown>]): Result<unknown, Context>;

  // ACL is typed by its subcommands.

  /**
   * Lists the ACL categories, or the commands inside a category.
   *
   *     ACL CAT [category]
   *
   * - complexity: O(1) since the categories and commands are a fixed set.
   * - since: 6.0.0
   * - group: server
   * - returns: bulk[]
   */
  acl(subcommand: "CAT" | "cat", ...args: Args): Result<string[], Context>;
  acl(...args: [subcommand: "CAT" | "cat", ...args: Args, callback: Callback<string[]>]): Result<string[], Context>;
  aclBuffer(subcommand: "CAT" | "cat", ...args: Args): Result<Bytes[], Context>;
  aclBuffer(...args: [subcommand: "CAT" | "cat", ...args: Args, callback: Callback<Bytes[]>]): Result<Bytes[], Context>;

  /**
   * Deletes ACL users, and terminates their connections.
   *
   *     ACL DELUSER username...
   *
   * - complexity: O(1) amortized time considering the typical user.
   * - since: 6.0.0
   * - group: server
   * - returns: integer
   */
  acl(subcommand: "DELUSER" | "deluser", ...args: Args): Result<number, Context>;
  acl(...args: [subcommand: "DELUSER" | "deluser", ...args: Args, callback: Callback<number>]): Result<number, Context>;
  aclBuffer(subcommand: "DELUSER" | "deluser", ...args: Args): Result<number, Context>;
  aclBuffer(...args: [subcommand: "DELUSER" | "deluser", ...args: Args, callback: Callback<number>]): Result<number, Context>;

  /**
   * Simulates the execution of a command by a user, without executing the command.
   *
   *     ACL DRYRUN username command [arg...]
   *
   * - complexity: O(1).
   * - since: 7.0.0
   * - group: server
   * - returns: OK | bulk
   */
  acl(subcommand: "DRYRUN" | "dryrun", username: RedisValue, command: RedisValue, ...args: Args): Result<"OK" | string, Context>;
  acl(...args: [subcommand: "DRYRUN" | "dryrun", username: RedisValue, command: RedisValue, ...args: Args, callback: Callback<"OK" | string>]): Result<"OK" | string, Context>;
  aclBuffer(subcommand: "DRYRUN" | "dryrun", username: RedisValue, command: RedisValue, ...args: Args): Result<Bytes | Bytes, Context>;
  aclBuffer(...args: [subcommand: "DRYRUN" | "dryrun", username: RedisValue, command: RedisValue, ...args: Args, callback: Callback<Bytes | Bytes>]): Result<Bytes | Bytes, Context>;

  /**
   * Generates a pseudorandom, secure password that can be used to identify ACL users.
   *
   *     ACL GENPASS [bits:int]
   *
   * - complexity: O(1)
   * - since: 6.0.0
   * - group: server
   * - returns: bulk
   */
  acl(subcommand: "GENPASS" | "genpass", ...args: Args): Result<string, Context>;
  acl(...args: [subcommand: "GENPASS" | "genpass", ...args: Args, callback: Callback<string>]): Result<string, Context>;
  aclBuffer(subcommand: "GENPASS" | "genpass", ...args: Args): Result<Bytes, Context>;
  aclBuffer(...args: [subcommand: "GENPASS" | "genpass", ...args: Args, callback: Callback<Bytes>]): Result<Bytes, Context>;

  /**
   * Lists the ACL rules of a user.
   *
   *     ACL GETUSER username
   *
   * - complexity: O(N). Where N is the number of password, command and pattern rules that the user has.
   * - since: 6.0.0
   * - group: server
   * - returns: map | null
   */
  acl(subcommand: "GETUSER" | "getuser", username: RedisValue, callback?: Callback<unknown[] | null>): Result<unknown[] | null, Context>;
  aclBuffer(subcommand: "GETUSER" | "getuser", username: RedisValue, callback?: Callback<unknown[] | null>): Result<unknown[] | null, Context>;

  /**
   * Returns helpful text about the different subcommands.
   *
   *     ACL HELP
   *
   * - complexity: O(1)
   * - since: 6.0.0
   * - group: server
   * - returns: status[]
   */
  acl(subcommand: "HELP" | "help", callback?: Callback<string[]>): Result<string[], Context>;
  aclBuffer(subcommand: "HELP" | "help", callback?: Callback<Bytes[]>): Result<Bytes[], Context>;

  /**
   * Dumps the effective rules in ACL file format.
   *
   *     ACL LIST
   *
   * - complexity: O(N). Where N is the number of configured users.
   * - since: 6.0.0
   * - group: server
   * - returns: bulk[]
   */
  acl(subcommand: "LIST" | "list", callback?: Callback<string[]>): Result<string[], Context>;
  aclBuffer(subcommand: "LIST" | "list", callback?: Callback<Bytes[]>): Result<Bytes[], Context>;

  /**
   * Reloads the rules from the configured ACL file.
   *
   *     ACL LOAD
   *
   * - complexity: O(N). Where N is the number of configured users.
   * - since: 6.0.0
   * - group: server
   * - returns: OK
   */
  acl(subcommand: "LOAD" | "load", callback?: Callback<"OK">): Result<"OK", Context>;
  aclBuffer(subcommand: "LOAD" | "load", callback?: Callback<Bytes>): Result<Bytes, Context>;

  /**
   * Lists recent security events generated due to ACL rules.
   *
   *     ACL LOG [<count:int | RESET>]
   *
   * - complexity: O(N) with N being the number of entries shown.
   * - since: 6.0.0
   * - group: server
   * - returns: map[]; with RESET: OK
   */
  acl<const A extends Args>(subcommand: "LOG" | "log", ...args: A): Result<Has<A, "RESET"> extends true ? "OK" : unknown[][], Context>;
  acl<const A extends Args>(...args: [subcommand: "LOG" | "log", ...args: A, callback: Callback<Has<A, "RESET"> extends true ? "OK" : unknown[][]>]): Result<Has<A, "RESET"> extends true ? "OK" : unknown[][], Context>;
  aclBuffer<const A extends Args>(subcommand: "LOG" | "log", ...args: A): Result<Has<A, "RESET"> extends true ? Bytes : unknown[][], Context>;
  aclBuffer<const A extends Args>(...args: [subcommand: "LOG" | "log", ...args: A, callback: Callback<Has<A, "RESET"> extends true ? Bytes : unknown[][]>]): Result<Has<A, "RESET"> extends true ? Bytes : unknown[][], Context>;

  /**
   * Saves the effective ACL rules in the configured ACL file.
   *
   *     ACL SAVE
   *
   * - complexity: O(N). Where N is the number of configured users.
   * - since: 6.0.0
   * - group: server
   * - returns: OK
   */
  acl(subcommand: "SAVE" | "save", callback?: Callback<"OK">): Result<"OK", Context>;
  aclBuffer(subcommand: "SAVE" | "save", callback?: Callback<Bytes>): Result<Bytes, Context>;

  /**
   * Creates and modifies an ACL user and its rules.
   *
   *     ACL SETUSER username [rule...]
   *
   * - complexity: O(N). Where N is the number of rules provided.
   * - since: 6.0.0
   * - group: server
   * - returns: OK
   */
  acl(subcommand: "SETUSER" | "setuser", username: RedisValue, ...args: Args): Result<"OK", Context>;
  acl(...args: [subcommand: "SETUSER" | "setuser", username: RedisValue, ...args: Args, callback: Callback<"OK">]): Result<"OK", Context>;
  aclBuffer(subcommand: "SETUSER" | "setuser", username: RedisValue, ...args: Args): Result<Bytes, Context>;
  aclBuffer(...args: [subcommand: "SETUSER" | "setuser", username: RedisValue, ...args: Args, callback: Callback<Bytes>]): Result<Bytes, Context>;

  /**
   * Lists all ACL users.
   *
   *     ACL USERS
   *
   * - complexity: O(N). Where N is the number of configured users.
   * - since: 6.0.0
   * - group: server
   * - returns: bulk[]
   */
  acl(subcommand: "USERS" | "users", callback?: Callback<string[]>): Result<string[], Context>;
  aclBuffer(subcommand: "USERS" | "users", callback?: Callback<Bytes[]>): Result<Bytes[], Context>;

  /**
   * Returns the authenticated username of the current connection.
   *
   *     ACL WHOAMI
   *
   * - complexity: O(1)
   * - since: 6.0.0
   * - group: server
   * - returns: bulk
   */
  acl(subcommand: "WHOAMI" | "whoami", callback?: Callback<string>): Result<string, Context>;
  aclBuffer(subcommand: "WHOAMI" | "whoami", callback?: Callback<Bytes>): Result<Bytes, Context>;

  /**
   * Appends a string to the value of a key. The key is made if it doesn't exist.
   *
   *     APPEND key value
   *
   * - complexity: O(1). The amortized time complexity is O(1) assuming the appended value is small and the already present value is of any size, since the dynamic string library used by Redis will double the free space available on every reallocation.
   * - since: 2.0.0
   * - group: string
   * - returns: integer
   */
  append(key: RedisKey, value: RedisValue, callback?: Callback<number>): Result<number, Context>;
  appendBuffer(key: RedisKey, value: RedisValue, callback?: Callback<number>): Result<number, Context>;

  /**
   * Returns the number of values of an array.
   *
   *     ARCOUNT key
   *
   * - complexity: O(1)
   * - since: 8.8.0
   * - group: array
   * - returns: integer
   */
  arcount(key: RedisKey, callback?: Callback<number>): Result<number, Context>;
  arcountBuffer(key: RedisKey, callback?: Callback<number>): Result<number, Context>;

  /**
   * Deletes values of an array and returns how many there were.
   *
   *     ARDEL key index:int...
   *
   * - complexity: O(N) where N is the number of indices to delete
   * - since: 8.8.0
   * - group: array
   * - returns: integer
   */
  ardel(key: RedisKey, ...args: Args): Result<number, Context>;
  ardel(...args: [key: RedisKey, ...args: Args, callback: Callback<number>]): Result<number, Context>;
  ardelBuffer(key: RedisKey, ...args: Args): Result<number, Context>;
  ardelBuffer(...args: [key: RedisKey, ...args: Args, callback: Callback<number>]): Result<number, Context>;

  /**
   * Deletes the values of ranges of an array and returns how many there were.
   *
   *     ARDELRANGE key (start:int end:int)...
   *
   * - complexity: Proportional to the number of existing elements / slices touched, not to the numeric span of the requested ranges
   * - since: 8.8.0
   * - group: array
   * - returns: integer
   */
  ardelrange(key: RedisKey, ...args: Args): Result<number, Context>;
  ardelrange(...args: [key: RedisKey, ...args: Args, callback: Callback<number>]): Result<number, Context>;
  ardelrangeBuffer(key: RedisKey, ...args: Args): Result<number, Context>;
  ardelrangeBuffer(...args: [key: RedisKey, ...args: Args, callback: Callback<number>]): Result<number, Context>;

  /**
   * Returns the value at an index.
   *
   *     ARGET key index:int
   *
   * - complexity: O(1)
   * - since: 8.8.0
   * - group: array
   * - returns: bulk | null
   */
  arget(key: RedisKey, index: number | string, callback?: Callback<string | null>): Result<string | null, Context>;
  argetBuffer(key: RedisKey, index: number | string, callback?: Callback<Bytes | null>): Result<Bytes | null, Context>;

  /**
   * Returns the values of a range of indices, null where there is none.
   *
   *     ARGETRANGE key start:int end:int
   *
   * - complexity: O(N) where N is the range length
   * - since: 8.8.0
   * - group: array
   * - returns: (bulk | null)[]
   */
  argetrange(key: RedisKey, start: number | string, end: number | string, callback?: Callback<(string | null)[]>): Result<(string | null)[], Context>;
  argetrangeBuffer(key: RedisKey, start: number | string, end: number | string, callback?: Callback<(Bytes | null)[]>): Result<(Bytes | null)[], Context>;

  /**
   * Returns the indices of a range whose values are as asked for.
   *
   *     ARGREP key start end <(EXACT string) | (MATCH string) | (GLOB pattern) | (RE pattern)>... [<AND | OR | LIMIT limit:int | WITHVALUES | NOCASE>...]
   *
   * - complexity: O(P * C) where P is the number of visited positions in touched slices and C is the cost of evaluating the predicates on one existing element.
   * - since: 8.8.0
   * - group: array
   * - returns: integer[]; with WITHVALUES: [integer, bulk][]
   */
  argrep<const A extends SomeArgs>(key: RedisKey, start: RedisValue, end: RedisValue, ...args: A): Result<Has<A, "WITHVALUES"> extends true ? [number, string][] : number[], Context>;
  argrep<const A extends SomeArgs>(...args: [key: RedisKey, start: RedisValue, end: RedisValue, ...args: A, callback: Callback<Has<A, "WITHVALUES"> extends true ? [number, string][] : number[]>]): Result<Has<A, "WITHVALUES"> extends true ? [number, string][] : number[], Context>;
  argrepBuffer<const A extends SomeArgs>(key: RedisKey, start: RedisValue, end: RedisValue, ...args: A): Result<Has<A, "WITHVALUES"> extends true ? [number, Bytes][] : number[], Context>;
  argrepBuffer<const A extends SomeArgs>(...args: [key: RedisKey, start: RedisValue, end: RedisValue, ...args: A, callback: Callback<Has<A, "WITHVALUES"> extends true ? [number, Bytes][] : number[]>]): Result<Has<A, "WITHVALUES"> extends true ? [number, Bytes][] : number[], Context>;

  /**
   * Returns information about an array.
   *
   *     ARINFO key [FULL]
   *
   * - complexity: O(1), or O(N) with FULL option where N is the number of slices.
   * - since: 8.8.0
   * - group: array
   * - returns: map
   */
  arinfo(key: RedisKey, ...args: Args): Result<(string | number)[], Context>;
  arinfo(...args: [key: RedisKey, ...args: Args, callback: Callback<(string | number)[]>]): Result<(string | number)[], Context>;
  arinfoBuffer(key: RedisKey, ...args: Args): Result<(Bytes | number)[], Context>;
  arinfoBuffer(...args: [key: RedisKey, ...args: Args, callback: Callback<(Bytes | number)[]>]): Result<(Bytes | number)[], Context>;

  /**
   * Inserts values behind the last one that was inserted and returns the last index.
   *
   *     ARINSERT key value...
   *
   * - complexity: O(N) where N is the number of values
   * - since: 8.8.0
   * - group: array
   * - returns: integer
   */
  arinsert(key: RedisKey, ...args: Args): Result<number, Context>;
  arinsert(...args: [key: RedisKey, ...args: Args, callback: Callback<number>]): Result<number, Context>;
  arinsertBuffer(key: RedisKey, ...args: Args): Result<number, Context>;
  arinsertBuffer(...args: [key: RedisKey, ...args: Args, callback: Callback<number>]): Result<number, Context>;

  /**
   * Returns the values that were inserted last.
   *
   *     ARLASTITEMS key count:int [REV]
   *
   * - complexity: O(N) where N is the count
   * - since: 8.8.0
   * - group: array
   * - returns: (bulk | null)[]
   */
  arlastitems(key: RedisKey, count: number | string, ...args: Args): Result<(string | null)[], Context>;
  arlastitems(...args: [key: RedisKey, count: number | string, ...args: Args, callback: Callback<(string | null)[]>]): Result<(string | null)[], Context>;
  arlastitemsBuffer(key: RedisKey, count: number | string, ...args: Args): Result<(Bytes | null)[], Context>;
  arlastitemsBuffer(...args: [key: RedisKey, count: number | string, ...args: Args, callback: Callback<(Bytes | null)[]>]): Result<(Bytes | null)[], Context>;

  /**
   * Returns the length of an array: its greatest index and 1.
   *
   *     ARLEN key
   *
   * - complexity: O(1)
   * - since: 8.8.0
   * - group: array
   * - returns: integer
   */
  arlen(key: RedisKey, callback?: Callback<number>): Result<number, Context>;
  arlenBuffer(key: RedisKey, callback?: Callback<number>): Result<number, Context>;

  /**
   * Returns the values at indices.
   *
   *     ARMGET key index:int...
   *
   * - complexity: O(N) where N is the number of indices
   * - since: 8.8.0
   * - group: array
   * - returns: (bulk | null)[]
   */
  armget(key: RedisKey, ...args: Args): Result<(string | null)[], Context>;
  armget(...args: [key: RedisKey, ...args: Args, callback: Callback<(string | null)[]>]): Result<(string | null)[], Context>;
  armgetBuffer(key: RedisKey, ...args: Args): Result<(Bytes | null)[], Context>;
  armgetBuffer(...args: [key: RedisKey, ...args: Args, callback: Callback<(Bytes | null)[]>]): Result<(Bytes | null)[], Context>;

  /**
   * Sets the values at indices and returns how many are new.
   *
   *     ARMSET key (index:int value)...
   *
   * - complexity: O(N) where N is the number of pairs
   * - since: 8.8.0
   * - group: array
   * - returns: integer
   */
  armset(key: RedisKey, ...args: Args): Result<number, Context>;
  armset(...args: [key: RedisKey, ...args: Args, callback: Callback<number>]): Result<number, Context>;
  armsetBuffer(key: RedisKey, ...args: Args): Result<number, Context>;
  armsetBuffer(...args: [key: RedisKey, ...args: Args, callback: Callback<number>]): Result<number, Context>;

  /**
   * Returns the index at which the next value is inserted.
   *
   *     ARNEXT key
   *
   * - complexity: O(1)
   * - since: 8.8.0
   * - group: array
   * - returns: integer | null
   */
  arnext(key: RedisKey, callback?: Callback<number | null>): Result<number | null, Context>;
  arnextBuffer(key: RedisKey, callback?: Callback<number | null>): Result<number | null, Context>;

  /**
   * Returns what the values of a range come to.
   *
   *     AROP key start:int end:int <SUM | MIN | MAX | AND | OR | XOR | (MATCH value) | USED>
   *
   * - complexity: O(P) where P is visited positions in touched slices (dense scanned slots + sparse entries), with worst-case O(|end-start|+1) and typical case close to O(N), where N is the number of existing elements in range.
   * - since: 8.8.0
   * - group: array
   * - returns: bulk | integer | null
   */
  arop<const A extends SomeArgs>(key: RedisKey, start: number | string, end: number | string, ...args: A): Result<Has<A, "SUM" | "MIN" | "MAX"> extends true ? string | null : Has<A, "AND" | "OR" | "XOR"> extends true ? number | null : number, Context>;
  arop<const A extends SomeArgs>(...args: [key: RedisKey, start: number | string, end: number | string, ...args: A, callback: Callback<Has<A, "SUM" | "MIN" | "MAX"> extends true ? string | null : Has<A, "AND" | "OR" | "XOR"> extends true ? number | null : number>]): Result<Has<A, "SUM" | "MIN" | "MAX"> extends true ? string | null : Has<A, "AND" | "OR" | "XOR"> extends true ? number | null : number, Context>;
  aropBuffer<const A extends SomeArgs>(key: RedisKey, start: number | string, end: number | string, ...args: A): Result<Has<A, "SUM" | "MIN" | "MAX"> extends true ? Bytes | null : Has<A, "AND" | "OR" | "XOR"> extends true ? number | null : number, Context>;
  aropBuffer<const A extends SomeArgs>(...args: [key: RedisKey, start: number | string, end: number | string, ...args: A, callback: Callback<Has<A, "SUM" | "MIN" | "MAX"> extends true ? Bytes | null : Has<A, "AND" | "OR" | "XOR"> extends true ? number | null : number>]): Result<Has<A, "SUM" | "MIN" | "MAX"> extends true ? Bytes | null : Has<A, "AND" | "OR" | "XOR"> extends true ? number | null : number, Context>;

  /**
   * Inserts values into an array that is a ring of a given size, and returns the last index.
   *
   *     ARRING key size:int value...
   *
   * - complexity: O(M) normally, O(N+M) on ring resize, where N is the maximum of the old and new ring size and M is the number of inserted values
   * - since: 8.8.0
   * - group: array
   * - returns: integer
   */
  arring(key: RedisKey, size: number | string, ...args: Args): Result<number, Context>;
  arring(...args: [key: RedisKey, size: number | string, ...args: Args, callback: Callback<number>]): Result<number, Context>;
  arringBuffer(key: RedisKey, size: number | string, ...args: Args): Result<number, Context>;
  arringBuffer(...args: [key: RedisKey, size: number | string, ...args: Args, callback: Callback<number>]): Result<number, Context>;

  /**
   * Returns the indices of a range that have values, with them.
   *
   *     ARSCAN key start:int end:int [LIMIT limit:int]
   *
   * - complexity: O(P) where P is visited positions in touched slices (dense scanned slots + sparse entries), with worst-case O(|end-start|+1) and typical case close to O(N), where N is the number of existing elements in range.
   * - since: 8.8.0
   * - group: array
   * - returns: [integer, bulk][]
   */
  arscan(key: RedisKey, start: number | string, end: number | string, ...args: Args): Result<[number, string][], Context>;
  arscan(...args: [key: RedisKey, start: number | string, end: number | string, ...args: Args, callback: Callback<[number, string][]>]): Result<[number, string][], Context>;
  arscanBuffer(key: RedisKey, start: number | string, end: number | string, ...args: Args): Result<[number, Bytes][], Context>;
  arscanBuffer(...args: [key: RedisKey, start: number | string, end: number | string, ...args: Args, callback: Callback<[number, Bytes][]>]): Result<[number, Bytes][], Context>;

  /**
   * Sets the index at which the next value is inserted.
   *
   *     ARSEEK key index:int
   *
   * - complexity: O(1)
   * - since: 8.8.0
   * - group: array
   * - returns: integer
   */
  arseek(key: RedisKey, index: number | string, callback?: Callback<number>): Result<number, Context>;
  arseekBuffer(key: RedisKey, index: number | string, callback?: Callback<number>): Result<number, Context>;

  /**
   * Sets the values from an index on and returns how many are new.
   *
   *     ARSET key index:int value...
   *
   * - complexity: O(N) where N is the number of values
   * - since: 8.8.0
   * - group: array
   * - returns: integer
   */
  arset(key: RedisKey, index: number | string, ...args: Args): Result<number, Context>;
  arset(...args: [key: RedisKey, index: number | string, ...args: Args, callback: Callback<number>]): Result<number, Context>;
  arsetBuffer(key: RedisKey, index: number | string, ...args: Args): Result<number, Context>;
  arsetBuffer(...args: [key: RedisKey, index: number | string, ...args: Args, callback: Callback<number>]): Result<number, Context>;

  /**
   * Tells that a cluster client follows an -ASK redirection.
   *
   *     ASKING
   *
   * - complexity: O(1)
   * - since: 3.0.0
   * - group: cluster
   * - returns: OK
   */
  asking(callback?: Callback<"OK">): Result<"OK", Context>;
  askingBuffer(callback?: Callback<Bytes>): Result<Bytes, Context>;

  /**
   * Authenticates the connection.
   *
   *     AUTH [username] password
   *
   * - complexity: O(N) where N is the number of passwords defined for the user
   * - since: 1.0.0
   * - group: connection
   * - returns: OK
   */
  auth(...args: Args): Result<"OK", Context>;
  auth(...args: [...args: Args, callback: Callback<"OK">]): Result<"OK", Context>;
  authBuffer(...args: Args): Result<Bytes, Context>;
  authBuffer(...args: [...args: Args, callback: Callback<Bytes>]): Result<Bytes, Context>;

  // BACKUP is typed by its subcommands.

  /**
   * Cancels a backup that has not been sealed.
   *
   *     BACKUP ABORT
   *
   * - complexity: O(1)
   * - since: 8.10.0
   * - group: server
   * - returns: OK
   */
  backup(subcommand: "ABORT" | "abort", callback?: Callback<"OK">): Result<"OK", Context>;
  backupBuffer(subcommand: "ABORT" | "abort", callback?: Callback<Bytes>): Result<Bytes, Context>;

  /**
   * Removes the files of a backup.
   *
   *     BACKUP CLEANUP
   *
   * - complexity: O(1)
   * - since: 8.10.0
   * - group: server
   * - returns: OK
   */
  backup(subcommand: "CLEANUP" | "cleanup", callback?: Callback<"OK">): Result<"OK", Context>;
  backupBuffer(subcommand: "CLEANUP" | "cleanup", callback?: Callback<Bytes>): Result<Bytes, Context>;

  /**
   * Returns helpful text about the different subcommands.
   *
   *     BACKUP HELP
   *
   * - complexity: O(1)
   * - since: 8.10.0
   * - group: server
   * - returns: status[]
   */
  backup(subcommand: "HELP" | "help", callback?: Callback<string[]>): Result<string[], Context>;
  backupBuffer(subcommand: "HELP" | "help", callback?: Callback<Bytes[]>): Result<Bytes[], Context>;

  /**
   * Lists the files of a backup.
   *
   *     BACKUP LIST
   *
   * - complexity: O(1)
   * - since: 8.10.0
   * - group: server
   * - returns: bulk[]
   */
  backup(subcommand: "LIST" | "list", callback?: Callback<string[]>): Result<string[], Context>;
  backupBuffer(subcommand: "LIST" | "list", callback?: Callback<Bytes[]>): Result<Bytes[], Context>;

  /**
   * Freezes the files of a backup.
   *
   *     BACKUP SEAL
   *
   * - complexity: O(1)
   * - since: 8.10.0
   * - group: server
   * - returns: OK
   */
  backup(subcommand: "SEAL" | "seal", callback?: Callback<"OK">): Result<"OK", Context>;
  backupBuffer(subcommand: "SEAL" | "seal", callback?: Callback<Bytes>): Result<Bytes, Context>;

  /**
   * Begins a backup.
   *
   *     BACKUP START
   *
   * - complexity: O(1)
   * - since: 8.10.0
   * - group: server
   * - returns: OK
   */
  backup(subcommand: "START" | "start", callback?: Callback<"OK">): Result<"OK", Context>;
  backupBuffer(subcommand: "START" | "start", callback?: Callback<Bytes>): Result<Bytes, Context>;

  /**
   * Returns the state of a backup.
   *
   *     BACKUP STATUS
   *
   * - complexity: O(1)
   * - since: 8.10.0
   * - group: server
   * - returns: map
   */
  backup(subcommand: "STATUS" | "status", callback?: Callback<unknown[]>): Result<unknown[], Context>;
  backupBuffer(subcommand: "STATUS" | "status", callback?: Callback<unknown[]>): Result<unknown[], Context>;

  /**
   * Rewrites the append-only file in the background.
   *
   *     BGREWRITEAOF
   *
   * - complexity: O(1)
   * - since: 1.0.0
   * - group: server
   * - returns: status
   */
  bgrewriteaof(callback?: Callback<string>): Result<string, Context>;
  bgrewriteaofBuffer(callback?: Callback<Bytes>): Result<Bytes, Context>;

  /**
   * Saves the databases in the background.
   *
   *     BGSAVE [SCHEDULE]
   *
   * - complexity: O(1)
   * - since: 1.0.0
   * - group: server
   * - returns: status
   */
  bgsave(...args: Args): Result<string, Context>;
  bgsave(...args: [...args: Args, callback: Callback<string>]): Result<string, Context>;
  bgsaveBuffer(...args: Args): Result<Bytes, Context>;
  bgsaveBuffer(...args: [...args: Args, callback: Callback<Bytes>]): Result<Bytes, Context>;

  /**
   * Counts the number of set bits (population counting) in a string.
   *
   *     BITCOUNT key [(start:int end:int [<BYTE | BIT>])]
   *
   * - complexity: O(N)
   * - since: 2.6.0
   * - group: bitmap
   * - returns: integer
   */
  bitcount(key: RedisKey, ...args: Args): Result<number, Context>;
  bitcount(...args: [key: RedisKey, ...args: Args, callback: Callback<number>]): Result<number, Context>;
  bitcountBuffer(key: RedisKey, ...args: Args): Result<number, Context>;
  bitcountBuffer(...args: [key: RedisKey, ...args: Args, callback: Callback<number>]): Result<number, Context>;

  /**
   * Performs arbitrary bitfield integer operations on strings.
   *
   *     BITFIELD key [<GET (encoding offset:int) | ([OVERFLOW <WRAP | SAT | FAIL>] <SET (encoding offset:int value:int) | INCRBY (encoding offset:int increment:int)>)>...]
   *
   * - complexity: O(1) for each subcommand specified
   * - since: 3.2.0
   * - group: bitmap
   * - returns: (integer | null)[]
   */
  bitfield(key: RedisKey, ...args: Args): Result<(number | null)[], Context>;
  bitfield(...args: [key: RedisKey, ...args: Args, callback: Callback<(number | null)[]>]): Result<(number | null)[], Context>;
  bitfieldBuffer(key: RedisKey, ...args: Args): Result<(number | null)[], Context>;
  bitfieldBuffer(...args: [key: RedisKey, ...args: Args, callback: Callback<(number | null)[]>]): Result<(number | null)[], Context>;

  /**
   * Performs arbitrary read-only bitfield integer operations on strings.
   *
   *     BITFIELD_RO key [{GET (encoding offset:int)}...]
   *
   * - complexity: O(1) for each subcommand specified
   * - since: 6.0.0
   * - group: bitmap
   * - returns: integer[]
   */
  bitfield_ro(key: RedisKey, ...args: Args): Result<number[], Context>;
  bitfield_ro(...args: [key: RedisKey, ...args: Args, callback: Callback<number[]>]): Result<number[], Context>;
  bitfield_roBuffer(key: RedisKey, ...args: Args): Result<number[], Context>;
  bitfield_roBuffer(...args: [key: RedisKey, ...args: Args, callback: Callback<number[]>]): Result<number[], Context>;

  /**
   * Performs bitwise operations on multiple strings, and stores the result.
   *
   *     BITOP <AND | OR | XOR | NOT | DIFF | DIFF1 | ANDOR | ONE> destkey:key key...
   *
   * - complexity: O(N)
   * - since: 2.6.0
   * - group: bitmap
   * - returns: integer
   */
  bitop(...args: SomeArgs): Result<number, Context>;
  bitop(...args: [...args: SomeArgs, callback: Callback<number>]): Result<number, Context>;
  bitopBuffer(...args: SomeArgs): Result<number, Context>;
  bitopBuffer(...args: [...args: SomeArgs, callback: Callback<number>]): Result<number, Context>;

  /**
   * Finds the first set (1) or clear (0) bit in a string.
   *
   *     BITPOS key bit:int [(start:int [(end:int [<BYTE | BIT>])])]
   *
   * - complexity: O(N)
   * - since: 2.8.7
   * - group: bitmap
   * - returns: integer
   */
  bitpos(key: RedisKey, bit: number | string, ...args: Args): Result<number, Context>;
  bitpos(...args: [key: RedisKey, bit: number | string, ...args: Args, callback: Callback<number>]): Result<number, Context>;
  bitposBuffer(key: RedisKey, bit: number | string, ...args: Args): Result<number, Context>;
  bitposBuffer(...args: [key: RedisKey, bit: number | string, ...args: Args, callback: Callback<number>]): Result<number, Context>;

  /**
   * Moves an element from an end of one list to an end of another and returns it; waits until there is one.
   *
   *     BLMOVE source:key destination:key <LEFT | RIGHT> <LEFT | RIGHT> timeout:double
   *
   * - complexity: O(1)
   * - since: 6.2.0
   * - group: list
   * - returns: bulk | null
   */
  blmove(source: RedisKey, destination: RedisKey, ...args: SomeArgs): Result<string | null, Context>;
  blmove(...args: [source: RedisKey, destination: RedisKey, ...args: SomeArgs, callback: Callback<string | null>]): Result<string | null, Context>;
  blmoveBuffer(source: RedisKey, destination: RedisKey, ...args: SomeArgs): Result<Bytes | null, Context>;
  blmoveBuffer(...args: [source: RedisKey, destination: RedisKey, ...args: SomeArgs, callback: Callback<Bytes | null>]): Result<Bytes | null, Context>;

  /**
   * Moves elements from an end of one list to an end of another and returns them; waits until there are any.
   *
   *     BLMOVEM source:key destination:key <LEFT | RIGHT> <LEFT | RIGHT> timeout:double [(<COUNT count:int | EXACTLY exactly:int> <OBO | BULK>)]
   *
   * - complexity: O(N) where N is the number of elements moved.
   * - since: 8.10.0
   * - group: list
   * - returns: bulk[] | null
   */
  blmovem(source: RedisKey, destination: RedisKey, ...args: SomeArgs): Result<string[] | null, Context>;
  blmovem(...args: [source: RedisKey, destination: RedisKey, ...args: SomeArgs, callback: Callback<string[] | null>]): Result<string[] | null, Context>;
  blmovemBuffer(source: RedisKey, destination: RedisKey, ...args: SomeArgs): Result<Bytes[] | null, Context>;
  blmovemBuffer(...args: [source: RedisKey, destination: RedisKey, ...args: SomeArgs, callback: Callback<Bytes[] | null>]): Result<Bytes[] | null, Context>;

  /**
   * Removes elements from an end of the first list that is not empty, and returns them; waits until there are any.
   *
   *     BLMPOP timeout:double numkeys:int key... <LEFT | RIGHT> [COUNT count:int]
   *
   * - complexity: O(N+M) where N is the number of provided keys and M is the number of elements returned.
   * - since: 7.0.0
   * - group: list
   * - returns: [bulk, bulk[]] | null
   */
  blmpop(timeout: number | string, numkeys: number | string, ...args: Args): Result<[string, string[]] | null, Context>;
  blmpop(...args: [timeout: number | string, numkeys: number | string, ...args: Args, callback: Callback<[string, string[]] | null>]): Result<[string, string[]] | null, Context>;
  blmpopBuffer(timeout: number | string, numkeys: number | string, ...args: Args): Result<[Bytes, Bytes[]] | null, Context>;
  blmpopBuffer(...args: [timeout: number | string, numkeys: number | string, ...args: Args, callback: Callback<[Bytes, Bytes[]] | null>]): Result<[Bytes, Bytes[]] | null, Context>;

  /**
   * Removes and returns the first element of the first list that is not empty; waits until there is one.
   *
   *     BLPOP key... timeout:double
   *
   * - complexity: O(N) where N is the number of provided keys.
   * - since: 2.0.0
   * - group: list
   * - returns: [bulk, bulk] | null
   */
  blpop(...args: Args): Result<[string, string] | null, Context>;
  blpop(...args: [...args: Args, callback: Callback<[string, string] | null>]): Result<[string, string] | null, Context>;
  blpopBuffer(...args: Args): Result<[Bytes, Bytes] | null, Context>;
  blpopBuffer(...args: [...args: Args, callback: Callback<[Bytes, Bytes] | null>]): Result<[Bytes, Bytes] | null, Context>;

  /**
   * Removes and returns the last element of the first list that is not empty; waits until there is one.
   *
   *     BRPOP key... timeout:double
   *
   * - complexity: O(N) where N is the number of provided keys.
   * - since: 2.0.0
   * - group: list
   * - returns: [bulk, bulk] | null
   */
  brpop(...args: Args): Result<[string, string] | null, Context>;
  brpop(...args: [...args: Args, callback: Callback<[string, string] | null>]): Result<[string, string] | null, Context>;
  brpopBuffer(...args: Args): Result<[Bytes, Bytes] | null, Context>;
  brpopBuffer(...args: [...args: Args, callback: Callback<[Bytes, Bytes] | null>]): Result<[Bytes, Bytes] | null, Context>;

  /**
   * Moves the last element of one list to the head of another and returns it; waits until there is one.
   *
   *     BRPOPLPUSH source:key destination:key timeout:double
   *
   * - complexity: O(1)
   * - since: 2.2.0
   * - group: list
   * - returns: bulk | null
   * @deprecated since 6.2.0: `BLMOVE` with the `RIGHT` and `LEFT` arguments
   */
  brpoplpush(source: RedisKey, destination: RedisKey, timeout: number | string, callback?: Callback<string | null>): Result<string | null, Context>;
  brpoplpushBuffer(source: RedisKey, destination: RedisKey, timeout: number | string, callback?: Callback<Bytes | null>): Result<Bytes | null, Context>;

  /**
   * Removes the lowest or highest members of the first sorted set that is not empty, and returns them; waits until there are any.
   *
   *     BZMPOP timeout:double numkeys:int key... <MIN | MAX> [COUNT count:int]
   *
   * - complexity: O(K) + O(M*log(N)) where K is the number of provided keys, N being the number of elements in the sorted set, and M being the number of elements popped.
   * - since: 7.0.0
   * - group: sorted-set
   * - returns: [bulk, [bulk, double][]] | null
   */
  bzmpop(timeout: number | string, numkeys: number | string, ...args: Args): Result<[string, [string, string][]] | null, Context>;
  bzmpop(...args: [timeout: number | string, numkeys: number | string, ...args: Args, callback: Callback<[string, [string, string][]] | null>]): Result<[string, [string, string][]] | null, Context>;
  bzmpopBuffer(timeout: number | string, numkeys: number | string, ...args: Args): Result<[Bytes, [Bytes, Bytes][]] | null, Context>;
  bzmpopBuffer(...args: [timeout: number | string, numkeys: number | string, ...args: Args, callback: Callback<[Bytes, [Bytes, Bytes][]] | null>]): Result<[Bytes, [Bytes, Bytes][]] | null, Context>;

  /**
   * Removes and returns the highest member of the first sorted set that is not empty; waits until there is one.
   *
   *     BZPOPMAX key... timeout:double
   *
   * - complexity: O(log(N)) with N being the number of elements in the sorted set.
   * - since: 5.0.0
   * - group: sorted-set
   * - returns: [bulk, bulk, double] | null
   */
  bzpopmax(...args: Args): Result<[string, string, string] | null, Context>;
  bzpopmax(...args: [...args: Args, callback: Callback<[string, string, string] | null>]): Result<[string, string, string] | null, Context>;
  bzpopmaxBuffer(...args: Args): Result<[Bytes, Bytes, Bytes] | null, Context>;
  bzpopmaxBuffer(...args: [...args: Args, callback: Callback<[Bytes, Bytes, Bytes] | null>]): Result<[Bytes, Bytes, Bytes] | null, Context>;

  /**
   * Removes and returns the lowest member of the first sorted set that is not empty; waits until there is one.
   *
   *     BZPOPMIN key... timeout:double
   *
   * - complexity: O(log(N)) with N being the number of elements in the sorted set.
   * - since: 5.0.0
   * - group: sorted-set
   * - returns: [bulk, bulk, double] | null
   */
  bzpopmin(...args: Args): Result<[string, string, string] | null, Context>;
  bzpopmin(...args: [...args: Args, callback: Callback<[string, string, string] | null>]): Result<[string, string, string] | null, Context>;
  bzpopminBuffer(...args: Args): Result<[Bytes, Bytes, Bytes] | null, Context>;
  bzpopminBuffer(...args: [...args: Args, callback: Callback<[Bytes, Bytes, Bytes] | null>]): Result<[Bytes, Bytes, Bytes] | null, Context>;

  // CLIENT is typed by its subcommands.

  /**
   * Instructs the server whether to track the keys in the next request.
   *
   *     CLIENT CACHING <YES | NO>
   *
   * - complexity: O(1)
   * - since: 6.0.0
   * - group: connection
   * - returns: OK
   */
  client(subcommand: "CACHING" | "caching", ...args: SomeArgs): Result<"OK", Context>;
  client(...args: [subcommand: "CACHING" | "caching", ...args: SomeArgs, callback: Callback<"OK">]): Result<"OK", Context>;
  clientBuffer(subcommand: "CACHING" | "caching", ...args: SomeArgs): Result<Bytes, Context>;
  clientBuffer(...args: [subcommand: "CACHING" | "caching", ...args: SomeArgs, callback: Callback<Bytes>]): Result<Bytes, Context>;

  /**
   * Returns the name of the connection.
   *
   *     CLIENT GETNAME
   *
   * - complexity: O(1)
   * - since: 2.6.9
   * - group: connection
   * - returns: bulk | null
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
   * - returns: integer
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
   * - returns: status[]
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
   * - returns: integer
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
   * - returns: bulk
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
   * - returns: integer; with old-format: OK
   */
  client(subcommand: "KILL" | "kill", ...args: SomeArgs): Result<number | "OK", Context>;
  client(...args: [subcommand: "KILL" | "kill", ...args: SomeArgs, callback: Callback<number | "OK">]): Result<number | "OK", Context>;
  clientBuffer(subcommand: "KILL" | "kill", ...args: SomeArgs): Result<number | Bytes, Context>;
  clientBuffer(...args: [subcommand: "KILL" | "kill", ...args: SomeArgs, callback: Callback<number | Bytes>]): Result<number | Bytes, Context>;

  /**
   * Lists open connections.
   *
   *     CLIENT LIST [TYPE <NORMAL | MASTER | REPLICA | PUBSUB>] [ID client-id:int...]
   *
   * - complexity: O(N) where N is the number of client connections
   * - since: 2.4.0
   * - group: connection
   * - returns: bulk
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
   * - returns: OK
   */
  client(subcommand: "NO-EVICT" | "no-evict", ...args: SomeArgs): Result<"OK", Context>;
  client(...args: [subcommand: "NO-EVICT" | "no-evict", ...args: SomeArgs, callback: Callback<"OK">]): Result<"OK", Context>;
  clientBuffer(subcommand: "NO-EVICT" | "no-evict", ...args: SomeArgs): Result<Bytes, Context>;
  clientBuffer(...args: [subcommand: "NO-EVICT" | "no-evict", ...args: SomeArgs, callback: Callback<Bytes>]): Result<Bytes, Context>;

  /**
   * Controls whether commands sent by the client affect the LRU/LFU of accessed keys.
   *
   *     CLIENT NO-TOUCH <ON | OFF>
   *
   * - complexity: O(1)
   * - since: 7.2.0
   * - group: connection
   * - returns: OK
   */
  client(subcommand: "NO-TOUCH" | "no-touch", ...args: SomeArgs): Result<"OK", Context>;
  client(...args: [subcommand: "NO-TOUCH" | "no-touch", ...args: SomeArgs, callback: Callback<"OK">]): Result<"OK", Context>;
  clientBuffer(subcommand: "NO-TOUCH" | "no-touch", ...args: SomeArgs): Result<Bytes, Context>;
  clientBuffer(...args: [subcommand: "NO-TOUCH" | "no-touch", ...args: SomeArgs, callback: Callback<Bytes>]): Result<Bytes, Context>;

  /**
   * Suspends commands processing.
   *
   *     CLIENT PAUSE timeout:int [<WRITE | ALL>]
   *
   * - complexity: O(1)
   * - since: 3.0.0
   * - group: connection
   * - returns: OK
   */
  client(subcommand: "PAUSE" | "pause", timeout: number | string, ...args: Args): Result<"OK", Context>;
  client(...args: [subcommand: "PAUSE" | "pause", timeout: number | string, ...args: Args, callback: Callback<"OK">]): Result<"OK", Context>;
  clientBuffer(subcommand: "PAUSE" | "pause", timeout: number | string, ...args: Args): Result<Bytes, Context>;
  clientBuffer(...args: [subcommand: "PAUSE" | "pause", timeout: number | string, ...args: Args, callback: Callback<Bytes>]): Result<Bytes, Context>;

  /**
   * Instructs the server whether to reply to commands.
   *
   *     CLIENT REPLY <ON | OFF | SKIP>
   *
   * - complexity: O(1)
   * - since: 3.2.0
   * - group: connection
   * - returns: OK
   */
  client(subcommand: "REPLY" | "reply", ...args: SomeArgs): Result<"OK", Context>;
  client(...args: [subcommand: "REPLY" | "reply", ...args: SomeArgs, callback: Callback<"OK">]): Result<"OK", Context>;
  clientBuffer(subcommand: "REPLY" | "reply", ...args: SomeArgs): Result<Bytes, Context>;
  clientBuffer(...args: [subcommand: "REPLY" | "reply", ...args: SomeArgs, callback: Callback<Bytes>]): Result<Bytes, Context>;

  /**
   * Sets information specific to the client or connection.
   *
   *     CLIENT SETINFO <LIB-NAME libname | LIB-VER libver>
   *
   * - complexity: O(1)
   * - since: 7.2.0
   * - group: connection
   * - returns: OK
   */
  client(subcommand: "SETINFO" | "setinfo", ...args: SomeArgs): Result<"OK", Context>;
  client(...args: [subcommand: "SETINFO" | "setinfo", ...args: SomeArgs, callback: Callback<"OK">]): Result<"OK", Context>;
  clientBuffer(subcommand: "SETINFO" | "setinfo", ...args: SomeArgs): Result<Bytes, Context>;
  clientBuffer(...args: [subcommand: "SETINFO" | "setinfo", ...args: SomeArgs, callback: Callback<Bytes>]): Result<Bytes, Context>;

  /**
   * Sets the connection name.
   *
   *     CLIENT SETNAME connection-name
   *
   * - complexity: O(1)
   * - since: 2.6.9
   * - group: connection
   * - returns: OK
   */
  client(subcommand: "SETNAME" | "setname", connectionName: RedisValue, callback?: Callback<"OK">): Result<"OK", Context>;
  clientBuffer(subcommand: "SETNAME" | "setname", connectionName: RedisValue, callback?: Callback<Bytes>): Result<Bytes, Context>;

  /**
   * Controls server-assisted client-side caching for the connection.
   *
   *     CLIENT TRACKING <ON | OFF> [REDIRECT client-id:int] [{PREFIX prefix}...] [BCAST] [OPTIN] [OPTOUT] [NOLOOP]
   *
   * - complexity: O(1). Some options may introduce additional complexity.
   * - since: 6.0.0
   * - group: connection
   * - returns: OK
   */
  client(subcommand: "TRACKING" | "tracking", ...args: SomeArgs): Result<"OK", Context>;
  client(...args: [subcommand: "TRACKING" | "tracking", ...args: SomeArgs, callback: Callback<"OK">]): Result<"OK", Context>;
  clientBuffer(subcommand: "TRACKING" | "tracking", ...args: SomeArgs): Result<Bytes, Context>;
  clientBuffer(...args: [subcommand: "TRACKING" | "tracking", ...args: SomeArgs, callback: Callback<Bytes>]): Result<Bytes, Context>;

  /**
   * Returns information about server-assisted client-side caching for the connection.
   *
   *     CLIENT TRACKINGINFO
   *
   * - complexity: O(1)
   * - since: 6.2.0
   * - group: connection
   * - returns: map
   */
  client(subcommand: "TRACKINGINFO" | "trackinginfo", callback?: Callback<unknown[]>): Result<unknown[], Context>;
  clientBuffer(subcommand: "TRACKINGINFO" | "trackinginfo", callback?: Callback<unknown[]>): Result<unknown[], Context>;

  /**
   * Unblocks a client blocked by a blocking command from a different connection.
   *
   *     CLIENT UNBLOCK client-id:int [<TIMEOUT | ERROR>]
   *
   * - complexity: O(log N) where N is the number of client connections
   * - since: 5.0.0
   * - group: connection
   * - returns: integer
   */
  client(subcommand: "UNBLOCK" | "unblock", clientId: number | string, ...args: Args): Result<number, Context>;
  client(...args: [subcommand: "UNBLOCK" | "unblock", clientId: number | string, ...args: Args, callback: Callback<number>]): Result<number, Context>;
  clientBuffer(subcommand: "UNBLOCK" | "unblock", clientId: number | string, ...args: Args): Result<number, Context>;
  clientBuffer(...args: [subcommand: "UNBLOCK" | "unblock", clientId: number | string, ...args: Args, callback: Callback<number>]): Result<number, Context>;

  /**
   * Resumes processing commands from paused clients.
   *
   *     CLIENT UNPAUSE
   *
   * - complexity: O(N) Where N is the number of paused clients
   * - since: 6.2.0
   * - group: connection
   * - returns: OK
   */
  client(subcommand: "UNPAUSE" | "unpause", callback?: Callback<"OK">): Result<"OK", Context>;
  clientBuffer(subcommand: "UNPAUSE" | "unpause", callback?: Callback<Bytes>): Result<Bytes, Context>;

  // CLUSTER is typed by its subcommands.

  /**
   * Assigns hash slots to the node.
   *
   *     CLUSTER ADDSLOTS slot:int...
   *
   * - complexity: O(N) where N is the total number of hash slot arguments
   * - since: 3.0.0
   * - group: cluster
   * - returns: OK
   */
  cluster(subcommand: "ADDSLOTS" | "addslots", ...args: Args): Result<"OK", Context>;
  cluster(...args: [subcommand: "ADDSLOTS" | "addslots", ...args: Args, callback: Callback<"OK">]): Result<"OK", Context>;
  clusterBuffer(subcommand: "ADDSLOTS" | "addslots", ...args: Args): Result<Bytes, Context>;
  clusterBuffer(...args: [subcommand: "ADDSLOTS" | "addslots", ...args: Args, callback: Callback<Bytes>]): Result<Bytes, Context>;

  /**
   * Assigns ranges of hash slots to the node.
   *
   *     CLUSTER ADDSLOTSRANGE (start-slot:int end-slot:int)...
   *
   * - complexity: O(N) where N is the total number of the slots between the start slot and end slot arguments.
   * - since: 7.0.0
   * - group: cluster
   * - returns: OK
   */
  cluster(subcommand: "ADDSLOTSRANGE" | "addslotsrange", ...args: Args): Result<"OK", Context>;
  cluster(...args: [subcommand: "ADDSLOTSRANGE" | "addslotsrange", ...args: Args, callback: Callback<"OK">]): Result<"OK", Context>;
  clusterBuffer(subcommand: "ADDSLOTSRANGE" | "addslotsrange", ...args: Args): Result<Bytes, Context>;
  clusterBuffer(...args: [subcommand: "ADDSLOTSRANGE" | "addslotsrange", ...args: Args, callback: Callback<Bytes>]): Result<Bytes, Context>;

  /**
   * Advances the configuration epoch.
   *
   *     CLUSTER BUMPEPOCH
   *
   * - complexity: O(1)
   * - since: 3.0.0
   * - group: cluster
   * - returns: status
   */
  cluster(subcommand: "BUMPEPOCH" | "bumpepoch", callback?: Callback<string>): Result<string, Context>;
  clusterBuffer(subcommand: "BUMPEPOCH" | "bumpepoch", callback?: Callback<Bytes>): Result<Bytes, Context>;

  /**
   * Returns how many nodes report a node as failing.
   *
   *     CLUSTER COUNT-FAILURE-REPORTS node-id
   *
   * - complexity: O(N) where N is the number of failure reports
   * - since: 3.0.0
   * - group: cluster
   * - returns: integer
   */
  cluster(subcommand: "COUNT-FAILURE-REPORTS" | "count-failure-reports", nodeId: RedisValue, callback?: Callback<number>): Result<number, Context>;
  clusterBuffer(subcommand: "COUNT-FAILURE-REPORTS" | "count-failure-reports", nodeId: RedisValue, callback?: Callback<number>): Result<number, Context>;

  /**
   * Returns the number of keys in a hash slot.
   *
   *     CLUSTER COUNTKEYSINSLOT slot:int
   *
   * - complexity: O(1)
   * - since: 3.0.0
   * - group: cluster
   * - returns: integer
   */
  cluster(subcommand: "COUNTKEYSINSLOT" | "countkeysinslot", slot: number | string, callback?: Callback<number>): Result<number, Context>;
  clusterBuffer(subcommand: "COUNTKEYSINSLOT" | "countkeysinslot", slot: number | string, callback?: Callback<number>): Result<number, Context>;

  /**
   * Takes hash slots from the node.
   *
   *     CLUSTER DELSLOTS slot:int...
   *
   * - complexity: O(N) where N is the total number of hash slot arguments
   * - since: 3.0.0
   * - group: cluster
   * - returns: OK
   */
  cluster(subcommand: "DELSLOTS" | "delslots", ...args: Args): Result<"OK", Context>;
  cluster(...args: [subcommand: "DELSLOTS" | "delslots", ...args: Args, callback: Callback<"OK">]): Result<"OK", Context>;
  clusterBuffer(subcommand: "DELSLOTS" | "delslots", ...args: Args): Result<Bytes, Context>;
  clusterBuffer(...args: [subcommand: "DELSLOTS" | "delslots", ...args: Args, callback: Callback<Bytes>]): Result<Bytes, Context>;

  /**
   * Takes ranges of hash slots from the node.
   *
   *     CLUSTER DELSLOTSRANGE (start-slot:int end-slot:int)...
   *
   * - complexity: O(N) where N is the total number of the slots between the start slot and end slot arguments.
   * - since: 7.0.0
   * - group: cluster
   * - returns: OK
   */
  cluster(subcommand: "DELSLOTSRANGE" | "delslotsrange", ...args: Args): Result<"OK", Context>;
  cluster(...args: [subcommand: "DELSLOTSRANGE" | "delslotsrange", ...args: Args, callback: Callback<"OK">]): Result<"OK", Context>;
  clusterBuffer(subcommand: "DELSLOTSRANGE" | "delslotsrange", ...args: Args): Result<Bytes, Context>;
  clusterBuffer(...args: [subcommand: "DELSLOTSRANGE" | "delslotsrange", ...args: Args, callback: Callback<Bytes>]): Result<Bytes, Context>;

  /**
   * Makes a replica its master's successor.
   *
   *     CLUSTER FAILOVER [<FORCE | TAKEOVER>]
   *
   * - complexity: O(1)
   * - since: 3.0.0
   * - group: cluster
   * - returns: OK
   */
  cluster(subcommand: "FAILOVER" | "failover", ...args: Args): Result<"OK", Context>;
  cluster(...args: [subcommand: "FAILOVER" | "failover", ...args: Args, callback: Callback<"OK">]): Result<"OK", Context>;
  clusterBuffer(subcommand: "FAILOVER" | "failover", ...args: Args): Result<Bytes, Context>;
  clusterBuffer(...args: [subcommand: "FAILOVER" | "failover", ...args: Args, callback: Callback<Bytes>]): Result<Bytes, Context>;

  /**
   * Takes all hash slots from the node.
   *
   *     CLUSTER FLUSHSLOTS
   *
   * - complexity: O(1)
   * - since: 3.0.0
   * - group: cluster
   * - returns: OK
   */
  cluster(subcommand: "FLUSHSLOTS" | "flushslots", callback?: Callback<"OK">): Result<"OK", Context>;
  clusterBuffer(subcommand: "FLUSHSLOTS" | "flushslots", callback?: Callback<Bytes>): Result<Bytes, Context>;

  /**
   * Removes a node from the table of nodes.
   *
   *     CLUSTER FORGET node-id
   *
   * - complexity: O(1)
   * - since: 3.0.0
   * - group: cluster
   * - returns: OK
   */
  cluster(subcommand: "FORGET" | "forget", nodeId: RedisValue, callback?: Callback<"OK">): Result<"OK", Context>;
  clusterBuffer(subcommand: "FORGET" | "forget", nodeId: RedisValue, callback?: Callback<Bytes>): Result<Bytes, Context>;

  /**
   * Returns keys of a hash slot.
   *
   *     CLUSTER GETKEYSINSLOT slot:int count:int
   *
   * - complexity: O(log(N)) where N is the number of requested keys
   * - since: 3.0.0
   * - group: cluster
   * - returns: bulk[]
   */
  cluster(subcommand: "GETKEYSINSLOT" | "getkeysinslot", slot: number | string, count: number | string, callback?: Callback<string[]>): Result<string[], Context>;
  clusterBuffer(subcommand: "GETKEYSINSLOT" | "getkeysinslot", slot: number | string, count: number | string, callback?: Callback<Bytes[]>): Result<Bytes[], Context>;

  /**
   * Returns helpful text about the different subcommands.
   *
   *     CLUSTER HELP
   *
   * - complexity: O(1)
   * - since: 5.0.0
   * - group: cluster
   * - returns: status[]
   */
  cluster(subcommand: "HELP" | "help", callback?: Callback<string[]>): Result<string[], Context>;
  clusterBuffer(subcommand: "HELP" | "help", callback?: Callback<Bytes[]>): Result<Bytes[], Context>;

  /**
   * Returns the state of the cluster.
   *
   *     CLUSTER INFO
   *
   * - complexity: O(1)
   * - since: 3.0.0
   * - group: cluster
   * - returns: bulk
   */
  cluster(subcommand: "INFO" | "info", callback?: Callback<string>): Result<string, Context>;
  clusterBuffer(subcommand: "INFO" | "info", callback?: Callback<Bytes>): Result<Bytes, Context>;

  /**
   * Returns the hash slot of a key.
   *
   *     CLUSTER KEYSLOT key
   *
   * - complexity: O(N) where N is the number of bytes in the key
   * - since: 3.0.0
   * - group: cluster
   * - returns: integer
   */
  cluster(subcommand: "KEYSLOT" | "keyslot", key: RedisKey, callback?: Callback<number>): Result<number, Context>;
  clusterBuffer(subcommand: "KEYSLOT" | "keyslot", key: RedisKey, callback?: Callback<number>): Result<number, Context>;

  /**
   * Returns the links to other nodes.
   *
   *     CLUSTER LINKS
   *
   * - complexity: O(N) where N is the total number of Cluster nodes
   * - since: 7.0.0
   * - group: cluster
   * - returns: any[]
   */
  cluster(subcommand: "LINKS" | "links", callback?: Callback<unknown[]>): Result<unknown[], Context>;
  clusterBuffer(subcommand: "LINKS" | "links", callback?: Callback<unknown[]>): Result<unknown[], Context>;

  /**
   * Makes two nodes know each other.
   *
   *     CLUSTER MEET ip port:int [cluster-bus-port:int]
   *
   * - complexity: O(1)
   * - since: 3.0.0
   * - group: cluster
   * - returns: OK
   */
  cluster(subcommand: "MEET" | "meet", ip: RedisValue, port: number | string, ...args: Args): Result<"OK", Context>;
  cluster(...args: [subcommand: "MEET" | "meet", ip: RedisValue, port: number | string, ...args: Args, callback: Callback<"OK">]): Result<"OK", Context>;
  clusterBuffer(subcommand: "MEET" | "meet", ip: RedisValue, port: number | string, ...args: Args): Result<Bytes, Context>;
  clusterBuffer(...args: [subcommand: "MEET" | "meet", ip: RedisValue, port: number | string, ...args: Args, callback: Callback<Bytes>]): Result<Bytes, Context>;

  /**
   * Starts, stops or shows the import of slots.
   *
   *     CLUSTER MIGRATION <IMPORT (start-slot:int end-slot:int)... | CANCEL <ID task-id | ALL> | STATUS <[ID task-id] | [ALL]>>
   *
   * - complexity: O(N) where N is the total number of the slots between the start slot and end slot arguments.
   * - since: 8.4.0
   * - group: cluster
   * - returns: any
   */
  cluster(subcommand: "MIGRATION" | "migration", ...args: SomeArgs): Result<unknown, Context>;
  cluster(...args: [subcommand: "MIGRATION" | "migration", ...args: SomeArgs, callback: Callback<unknown>]): Result<unknown, Context>;
  clusterBuffer(subcommand: "MIGRATION" | "migration", ...args: SomeArgs): Result<unknown, Context>;
  clusterBuffer(...args: [subcommand: "MIGRATION" | "migration", ...args: SomeArgs, callback: Callback<unknown>]): Result<unknown, Context>;

  /**
   * Returns the id of the node.
   *
   *     CLUSTER MYID
   *
   * - complexity: O(1)
   * - since: 3.0.0
   * - group: cluster
   * - returns: bulk
   */
  cluster(subcommand: "MYID" | "myid", callback?: Callback<string>): Result<string, Context>;
  clusterBuffer(subcommand: "MYID" | "myid", callback?: Callback<Bytes>): Result<Bytes, Context>;

  /**
   * Returns the id of the node's shard.
   *
   *     CLUSTER MYSHARDID
   *
   * - complexity: O(1)
   * - since: 7.2.0
   * - group: cluster
   * - returns: bulk
   */
  cluster(subcommand: "MYSHARDID" | "myshardid", callback?: Callback<string>): Result<string, Context>;
  clusterBuffer(subcommand: "MYSHARDID" | "myshardid", callback?: Callback<Bytes>): Result<Bytes, Context>;

  /**
   * Returns the table of nodes.
   *
   *     CLUSTER NODES
   *
   * - complexity: O(N) where N is the total number of Cluster nodes
   * - since: 3.0.0
   * - group: cluster
   * - returns: bulk
   */
  cluster(subcommand: "NODES" | "nodes", callback?: Callback<string>): Result<string, Context>;
  clusterBuffer(subcommand: "NODES" | "nodes", callback?: Callback<Bytes>): Result<Bytes, Context>;

  /**
   * Lists the replicas of a node.
   *
   *     CLUSTER REPLICAS node-id
   *
   * - complexity: O(1)
   * - since: 5.0.0
   * - group: cluster
   * - returns: bulk[]
   */
  cluster(subcommand: "REPLICAS" | "replicas", nodeId: RedisValue, callback?: Callback<string[]>): Result<string[], Context>;
  clusterBuffer(subcommand: "REPLICAS" | "replicas", nodeId: RedisValue, callback?: Callback<Bytes[]>): Result<Bytes[], Context>;

  /**
   * Makes the node a replica of another.
   *
   *     CLUSTER REPLICATE node-id
   *
   * - complexity: O(1)
   * - since: 3.0.0
   * - group: cluster
   * - returns: OK
   */
  cluster(subcommand: "REPLICATE" | "replicate", nodeId: RedisValue, callback?: Callback<"OK">): Result<"OK", Context>;
  clusterBuffer(subcommand: "REPLICATE" | "replicate", nodeId: RedisValue, callback?: Callback<Bytes>): Result<Bytes, Context>;

  /**
   * Makes the node forget the cluster.
   *
   *     CLUSTER RESET [<HARD | SOFT>]
   *
   * - complexity: O(N) where N is the number of known nodes. The command may execute a FLUSHALL as a side effect.
   * - since: 3.0.0
   * - group: cluster
   * - returns: OK
   */
  cluster(subcommand: "RESET" | "reset", ...args: Args): Result<"OK", Context>;
  cluster(...args: [subcommand: "RESET" | "reset", ...args: Args, callback: Callback<"OK">]): Result<"OK", Context>;
  clusterBuffer(subcommand: "RESET" | "reset", ...args: Args): Result<Bytes, Context>;
  clusterBuffer(...args: [subcommand: "RESET" | "reset", ...args: Args, callback: Callback<Bytes>]): Result<Bytes, Context>;

  /**
   * Writes the configuration of the cluster to its file.
   *
   *     CLUSTER SAVECONFIG
   *
   * - complexity: O(1)
   * - since: 3.0.0
   * - group: cluster
   * - returns: OK
   */
  cluster(subcommand: "SAVECONFIG" | "saveconfig", callback?: Callback<"OK">): Result<"OK", Context>;
  clusterBuffer(subcommand: "SAVECONFIG" | "saveconfig", callback?: Callback<Bytes>): Result<Bytes, Context>;

  /**
   * Sets the configuration epoch of a new node.
   *
   *     CLUSTER SET-CONFIG-EPOCH config-epoch:int
   *
   * - complexity: O(1)
   * - since: 3.0.0
   * - group: cluster
   * - returns: OK
   */
  cluster(subcommand: "SET-CONFIG-EPOCH" | "set-config-epoch", configEpoch: number | string, callback?: Callback<"OK">): Result<"OK", Context>;
  clusterBuffer(subcommand: "SET-CONFIG-EPOCH" | "set-config-epoch", configEpoch: number | string, callback?: Callback<Bytes>): Result<Bytes, Context>;

  /**
   * Binds a hash slot to a node.
   *
   *     CLUSTER SETSLOT slot:int <IMPORTING importing | MIGRATING migrating | NODE node | STABLE>
   *
   * - complexity: O(1)
   * - since: 3.0.0
   * - group: cluster
   * - returns: OK
   */
  cluster(subcommand: "SETSLOT" | "setslot", slot: number | string, ...args: SomeArgs): Result<"OK", Context>;
  cluster(...args: [subcommand: "SETSLOT" | "setslot", slot: number | string, ...args: SomeArgs, callback: Callback<"OK">]): Result<"OK", Context>;
  clusterBuffer(subcommand: "SETSLOT" | "setslot", slot: number | string, ...args: SomeArgs): Result<Bytes, Context>;
  clusterBuffer(...args: [subcommand: "SETSLOT" | "setslot", slot: number | string, ...args: SomeArgs, callback: Callback<Bytes>]): Result<Bytes, Context>;

  /**
   * Returns which shards have which hash slots.
   *
   *     CLUSTER SHARDS
   *
   * - complexity: O(N) where N is the total number of cluster nodes
   * - since: 7.0.0
   * - group: cluster
   * - returns: any[]
   */
  cluster(subcommand: "SHARDS" | "shards", callback?: Callback<unknown[]>): Result<unknown[], Context>;
  clusterBuffer(subcommand: "SHARDS" | "shards", callback?: Callback<unknown[]>): Result<unknown[], Context>;

  /**
   * Lists the replicas of a node.
   *
   *     CLUSTER SLAVES node-id
   *
   * - complexity: O(1)
   * - since: 3.0.0
   * - group: cluster
   * - returns: bulk[]
   * @deprecated since 5.0.0: `CLUSTER REPLICAS`
   */
  cluster(subcommand: "SLAVES" | "slaves", nodeId: RedisValue, callback?: Callback<string[]>): Result<string[], Context>;
  clusterBuffer(subcommand: "SLAVES" | "slaves", nodeId: RedisValue, callback?: Callback<Bytes[]>): Result<Bytes[], Context>;

  /**
   * Returns how many keys slots have.
   *
   *     CLUSTER SLOT-STATS <SLOTSRANGE (start-slot:int end-slot:int) | ORDERBY (metric [LIMIT limit:int] [<ASC | DESC>])>
   *
   * - complexity: O(N) where N is the total number of slots based on arguments. O(N*log(N)) with ORDERBY subcommand.
   * - since: 8.2.0
   * - group: cluster
   * - returns: any[]
   */
  cluster(subcommand: "SLOT-STATS" | "slot-stats", ...args: SomeArgs): Result<unknown[], Context>;
  cluster(...args: [subcommand: "SLOT-STATS" | "slot-stats", ...args: SomeArgs, callback: Callback<unknown[]>]): Result<unknown[], Context>;
  clusterBuffer(subcommand: "SLOT-STATS" | "slot-stats", ...args: SomeArgs): Result<unknown[], Context>;
  clusterBuffer(...args: [subcommand: "SLOT-STATS" | "slot-stats", ...args: SomeArgs, callback: Callback<unknown[]>]): Result<unknown[], Context>;

  /**
   * Returns which nodes have which hash slots.
   *
   *     CLUSTER SLOTS
   *
   * - complexity: O(N) where N is the total number of Cluster nodes
   * - since: 3.0.0
   * - group: cluster
   * - returns: any[]
   * @deprecated since 7.0.0: `CLUSTER SHARDS`
   */
  cluster(subcommand: "SLOTS" | "slots", callback?: Callback<unknown[]>): Result<unknown[], Context>;
  clusterBuffer(subcommand: "SLOTS" | "slots", callback?: Callback<unknown[]>): Result<unknown[], Context>;

  /**
   * An internal command for moving slots.
   *
   *     CLUSTER SYNCSLOTS <SYNC (task-id (start-slot:int end-slot:int)...) | RDBCHANNEL task-id | SNAPSHOT-EOF | STREAM-EOF | ACK (state offset:int) | FAIL error | CONF (option... value...)>
   *
   * - complexity: O(1)
   * - since: 8.4.0
   * - group: cluster
   * - returns: any
   */
  cluster(subcommand: "SYNCSLOTS" | "syncslots", ...args: SomeArgs): Result<unknown, Context>;
  cluster(...args: [subcommand: "SYNCSLOTS" | "syncslots", ...args: SomeArgs, callback: Callback<unknown>]): Result<unknown, Context>;
  clusterBuffer(subcommand: "SYNCSLOTS" | "syncslots", ...args: SomeArgs): Result<unknown, Context>;
  clusterBuffer(...args: [subcommand: "SYNCSLOTS" | "syncslots", ...args: SomeArgs, callback: Callback<unknown>]): Result<unknown, Context>;

  // COMMAND is typed by its subcommands.

  /**
   * Returns a count of commands.
   *
   *     COMMAND COUNT
   *
   * - complexity: O(1)
   * - since: 2.8.13
   * - group: server
   * - returns: integer
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
   * - returns: map
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
   * - returns: bulk[]
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
   * - returns: any[]
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
   * - returns: status[]
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
   * - returns: any[]
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
   * - returns: bulk[]
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
   * - returns: map
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
   * - returns: status[]
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
   * - returns: OK
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
   * - returns: OK
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
   * - returns: OK
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
   * - returns: integer
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
   * - returns: integer
   */
  dbsize(callback?: Callback<number>): Result<number, Context>;
  dbsizeBuffer(callback?: Callback<number>): Result<number, Context>;

  /**
   * A container for debugging commands.
   *
   *     DEBUG
   *
   * - complexity: Depends on subcommand.
   * - since: 1.0.0
   * - group: server
   * - returns: any
   */
  debug(callback?: Callback<unknown>): Result<unknown, Context>;
  debugBuffer(callback?: Callback<unknown>): Result<unknown, Context>;

  /**
   * Decrements the integer value of a key by one. A missing key counts as 0.
   *
   *     DECR key
   *
   * - complexity: O(1)
   * - since: 1.0.0
   * - group: string
   * - returns: integer
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
   * - returns: integer
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
   * - returns: integer
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
   * - returns: integer
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
   * - returns: bulk | null
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
   * - returns: OK
   */
  discard(callback?: Callback<"OK">): Result<"OK", Context>;
  discardBuffer(callback?: Callback<Bytes>): Result<Bytes, Context>;

  /**
   * Returns a serialized representation of the value stored at a key.
   *
   *     DUMP key
   *
   * - complexity: O(1) to access the key and additional O(N*M) to serialize it, where N is the number of Redis objects composing the value and M their average size. For small string values the time complexity is thus O(1)+O(1*M) where M is small, so simply O(1).
   * - since: 2.6.0
   * - group: generic
   * - returns: bulk | null
   */
  dump(key: RedisKey, callback?: Callback<string | null>): Result<string | null, Context>;
  dumpBuffer(key: RedisKey, callback?: Callback<Bytes | null>): Result<Bytes | null, Context>;

  /**
   * Returns the given string.
   *
   *     ECHO message
   *
   * - complexity: O(1)
   * - since: 1.0.0
   * - group: connection
   * - returns: bulk
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
   * - returns: any
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
   * - returns: any
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
   * - returns: any
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
   * - returns: any
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
   * - returns: integer
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
   * - returns: integer
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
   * - returns: integer
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
   * - returns: integer
   */
  expiretime(key: RedisKey, callback?: Callback<number>): Result<number, Context>;
  expiretimeBuffer(key: RedisKey, callback?: Callback<number>): Result<number, Context>;

  /**
   * Starts a coordinated failover to a replica; there is none here.
   *
   *     FAILOVER [TO (host port:int [FORCE])] [ABORT] [TIMEOUT milliseconds:int]
   *
   * - complexity: O(1)
   * - since: 6.2.0
   * - group: server
   * - returns: OK
   */
  failover(...args: Args): Result<"OK", Context>;
  failover(...args: [...args: Args, callback: Callback<"OK">]): Result<"OK", Context>;
  failoverBuffer(...args: Args): Result<Bytes, Context>;
  failoverBuffer(...args: [...args: Args, callback: Callback<Bytes>]): Result<Bytes, Context>;

  /**
   * Invokes a function.
   *
   *     FCALL function numkeys:int [key...] [arg...]
   *
   * - complexity: Depends on the function that is executed.
   * - since: 7.0.0
   * - group: scripting
   * - returns: any
   */
  fcall(function_: RedisValue, numkeys: number | string, ...args: Args): Result<unknown, Context>;
  fcall(...args: [function_: RedisValue, numkeys: number | string, ...args: Args, callback: Callback<unknown>]): Result<unknown, Context>;
  fcallBuffer(function_: RedisValue, numkeys: number | string, ...args: Args): Result<unknown, Context>;
  fcallBuffer(...args: [function_: RedisValue, numkeys: number | string, ...args: Args, callback: Callback<unknown>]): Result<unknown, Context>;

  /**
   * Invokes a read-only function.
   *
   *     FCALL_RO function numkeys:int [key...] [arg...]
   *
   * - complexity: Depends on the function that is executed.
   * - since: 7.0.0
   * - group: scripting
   * - returns: any
   */
  fcall_ro(function_: RedisValue, numkeys: number | string, ...args: Args): Result<unknown, Context>;
  fcall_ro(...args: [function_: RedisValue, numkeys: number | string, ...args: Args, callback: Callback<unknown>]): Result<unknown, Context>;
  fcall_roBuffer(function_: RedisValue, numkeys: number | string, ...args: Args): Result<unknown, Context>;
  fcall_roBuffer(...args: [function_: RedisValue, numkeys: number | string, ...args: Args, callback: Callback<unknown>]): Result<unknown, Context>;

  /**
   * Removes all keys from all databases.
   *
   *     FLUSHALL [<ASYNC | SYNC>]
   *
   * - complexity: O(N) where N is the total number of keys in all databases
   * - since: 1.0.0
   * - group: server
   * - returns: OK
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
   * - returns: OK
   */
  flushdb(...args: Args): Result<"OK", Context>;
  flushdb(...args: [...args: Args, callback: Callback<"OK">]): Result<"OK", Context>;
  flushdbBuffer(...args: Args): Result<Bytes, Context>;
  flushdbBuffer(...args: [...args: Args, callback: Callback<Bytes>]): Result<Bytes, Context>;

  // FUNCTION is typed by its subcommands.

  /**
   * Deletes a library and its functions.
   *
   *     FUNCTION DELETE library-name
   *
   * - complexity: O(1)
   * - since: 7.0.0
   * - group: scripting
   * - returns: OK
   */
  function(subcommand: "DELETE" | "delete", libraryName: RedisValue, callback?: Callback<"OK">): Result<"OK", Context>;
  functionBuffer(subcommand: "DELETE" | "delete", libraryName: RedisValue, callback?: Callback<Bytes>): Result<Bytes, Context>;

  /**
   * Dumps all libraries into a serialized binary payload.
   *
   *     FUNCTION DUMP
   *
   * - complexity: O(N) where N is the number of functions
   * - since: 7.0.0
   * - group: scripting
   * - returns: bulk
   */
  function(subcommand: "DUMP" | "dump", callback?: Callback<string>): Result<string, Context>;
  functionBuffer(subcommand: "DUMP" | "dump", callback?: Callback<Bytes>): Result<Bytes, Context>;

  /**
   * Deletes all libraries and functions.
   *
   *     FUNCTION FLUSH [<ASYNC | SYNC>]
   *
   * - complexity: O(N) where N is the number of functions deleted
   * - since: 7.0.0
   * - group: scripting
   * - returns: OK
   */
  function(subcommand: "FLUSH" | "flush", ...args: Args): Result<"OK", Context>;
  function(...args: [subcommand: "FLUSH" | "flush", ...args: Args, callback: Callback<"OK">]): Result<"OK", Context>;
  functionBuffer(subcommand: "FLUSH" | "flush", ...args: Args): Result<Bytes, Context>;
  functionBuffer(...args: [subcommand: "FLUSH" | "flush", ...args: Args, callback: Callback<Bytes>]): Result<Bytes, Context>;

  /**
   * Returns helpful text about the different subcommands.
   *
   *     FUNCTION HELP
   *
   * - complexity: O(1)
   * - since: 7.0.0
   * - group: scripting
   * - returns: status[]
   */
  function(subcommand: "HELP" | "help", callback?: Callback<string[]>): Result<string[], Context>;
  functionBuffer(subcommand: "HELP" | "help", callback?: Callback<Bytes[]>): Result<Bytes[], Context>;

  /**
   * Terminates a function during execution.
   *
   *     FUNCTION KILL
   *
   * - complexity: O(1)
   * - since: 7.0.0
   * - group: scripting
   * - returns: OK
   */
  function(subcommand: "KILL" | "kill", callback?: Callback<"OK">): Result<"OK", Context>;
  functionBuffer(subcommand: "KILL" | "kill", callback?: Callback<Bytes>): Result<Bytes, Context>;

  /**
   * Returns information about all libraries.
   *
   *     FUNCTION LIST [LIBRARYNAME library-name-pattern] [WITHCODE]
   *
   * - complexity: O(N) where N is the number of functions
   * - since: 7.0.0
   * - group: scripting
   * - returns: map[]
   */
  function(subcommand: "LIST" | "list", ...args: Args): Result<unknown[][], Context>;
  function(...args: [subcommand: "LIST" | "list", ...args: Args, callback: Callback<unknown[][]>]): Result<unknown[][], Context>;
  functionBuffer(subcommand: "LIST" | "list", ...args: Args): Result<unknown[][], Context>;
  functionBuffer(...args: [subcommand: "LIST" | "list", ...args: Args, callback: Callback<unknown[][]>]): Result<unknown[][], Context>;

  /**
   * Creates a library.
   *
   *     FUNCTION LOAD [REPLACE] function-code
   *
   * - complexity: O(1) (considering compilation time is redundant)
   * - since: 7.0.0
   * - group: scripting
   * - returns: bulk
   */
  function(subcommand: "LOAD" | "load", ...args: Args): Result<string, Context>;
  function(...args: [subcommand: "LOAD" | "load", ...args: Args, callback: Callback<string>]): Result<string, Context>;
  functionBuffer(subcommand: "LOAD" | "load", ...args: Args): Result<Bytes, Context>;
  functionBuffer(...args: [subcommand: "LOAD" | "load", ...args: Args, callback: Callback<Bytes>]): Result<Bytes, Context>;

  /**
   * Restores all libraries from a payload.
   *
   *     FUNCTION RESTORE serialized-value [<FLUSH | APPEND | REPLACE>]
   *
   * - complexity: O(N) where N is the number of functions on the payload
   * - since: 7.0.0
   * - group: scripting
   * - returns: OK
   */
  function(subcommand: "RESTORE" | "restore", serializedValue: RedisValue, ...args: Args): Result<"OK", Context>;
  function(...args: [subcommand: "RESTORE" | "restore", serializedValue: RedisValue, ...args: Args, callback: Callback<"OK">]): Result<"OK", Context>;
  functionBuffer(subcommand: "RESTORE" | "restore", serializedValue: RedisValue, ...args: Args): Result<Bytes, Context>;
  functionBuffer(...args: [subcommand: "RESTORE" | "restore", serializedValue: RedisValue, ...args: Args, callback: Callback<Bytes>]): Result<Bytes, Context>;

  /**
   * Returns information about a function during execution.
   *
   *     FUNCTION STATS
   *
   * - complexity: O(1)
   * - since: 7.0.0
   * - group: scripting
   * - returns: map
   */
  function(subcommand: "STATS" | "stats", callback?: Callback<unknown[]>): Result<unknown[], Context>;
  functionBuffer(subcommand: "STATS" | "stats", callback?: Callback<unknown[]>): Result<unknown[], Context>;

  /**
   * Adds one or more members to a geospatial index. The key is created if it doesn't exist.
   *
   *     GEOADD key [<NX | XX>] [CH] (longitude:double latitude:double member)...
   *
   * - complexity: O(log(N)) for each item added, where N is the number of elements in the sorted set.
   * - since: 3.2.0
   * - group: geo
   * - returns: integer
   */
  geoadd(key: RedisKey, ...args: Args): Result<number, Context>;
  geoadd(...args: [key: RedisKey, ...args: Args, callback: Callback<number>]): Result<number, Context>;
  geoaddBuffer(key: RedisKey, ...args: Args): Result<number, Context>;
  geoaddBuffer(...args: [key: RedisKey, ...args: Args, callback: Callback<number>]): Result<number, Context>;

  /**
   * Returns the distance between two members of a geospatial index.
   *
   *     GEODIST key member1 member2 [<M | KM | FT | MI>]
   *
   * - complexity: O(1)
   * - since: 3.2.0
   * - group: geo
   * - returns: bulk | null
   */
  geodist(key: RedisKey, member1: RedisValue, member2: RedisValue, ...args: Args): Result<string | null, Context>;
  geodist(...args: [key: RedisKey, member1: RedisValue, member2: RedisValue, ...args: Args, callback: Callback<string | null>]): Result<string | null, Context>;
  geodistBuffer(key: RedisKey, member1: RedisValue, member2: RedisValue, ...args: Args): Result<Bytes | null, Context>;
  geodistBuffer(...args: [key: RedisKey, member1: RedisValue, member2: RedisValue, ...args: Args, callback: Callback<Bytes | null>]): Result<Bytes | null, Context>;

  /**
   * Returns members from a geospatial index as geohash strings.
   *
   *     GEOHASH key [member...]
   *
   * - complexity: O(1) for each member requested.
   * - since: 3.2.0
   * - group: geo
   * - returns: (bulk | null)[]
   */
  geohash(key: RedisKey, ...args: Args): Result<(string | null)[], Context>;
  geohash(...args: [key: RedisKey, ...args: Args, callback: Callback<(string | null)[]>]): Result<(string | null)[], Context>;
  geohashBuffer(key: RedisKey, ...args: Args): Result<(Bytes | null)[], Context>;
  geohashBuffer(...args: [key: RedisKey, ...args: Args, callback: Callback<(Bytes | null)[]>]): Result<(Bytes | null)[], Context>;

  /**
   * Returns the longitude and latitude of members from a geospatial index.
   *
   *     GEOPOS key [member...]
   *
   * - complexity: O(1) for each member requested.
   * - since: 3.2.0
   * - group: geo
   * - returns: ([double, double] | null)[]
   */
  geopos(key: RedisKey, ...args: Args): Result<([string, string] | null)[], Context>;
  geopos(...args: [key: RedisKey, ...args: Args, callback: Callback<([string, string] | null)[]>]): Result<([string, string] | null)[], Context>;
  geoposBuffer(key: RedisKey, ...args: Args): Result<([Bytes, Bytes] | null)[], Context>;
  geoposBuffer(...args: [key: RedisKey, ...args: Args, callback: Callback<([Bytes, Bytes] | null)[]>]): Result<([Bytes, Bytes] | null)[], Context>;

  /**
   * Queries a geospatial index for members within a distance from a coordinate, optionally stores the result.
   *
   *     GEORADIUS key longitude:double latitude:double radius:double <M | KM | FT | MI> [WITHCOORD] [WITHDIST] [WITHHASH] [(COUNT count:int [ANY])] [<ASC | DESC>] [<STORE storekey:key | STOREDIST storedistkey:key>]
   *
   * - complexity: O(N+log(M)) where N is the number of elements inside the bounding box of the circular area delimited by center and radius and M is the number of items inside the index.
   * - since: 3.2.0
   * - group: geo
   * - returns: any[]; with STORE: integer; with STOREDIST: integer
   * @deprecated since 6.2.0: `GEOSEARCH` and `GEOSEARCHSTORE` with the `BYRADIUS` argument
   */
  georadius<const A extends SomeArgs>(key: RedisKey, longitude: number | string, latitude: number | string, radius: number | string, ...args: A): Result<Has<A, "STORE"> extends true ? number : Has<A, "STOREDIST"> extends true ? number : unknown[], Context>;
  georadius<const A extends SomeArgs>(...args: [key: RedisKey, longitude: number | string, latitude: number | string, radius: number | string, ...args: A, callback: Callback<Has<A, "STORE"> extends true ? number : Has<A, "STOREDIST"> extends true ? number : unknown[]>]): Result<Has<A, "STORE"> extends true ? number : Has<A, "STOREDIST"> extends true ? number : unknown[], Context>;
  georadiusBuffer<const A extends SomeArgs>(key: RedisKey, longitude: number | string, latitude: number | string, radius: number | string, ...args: A): Result<Has<A, "STORE"> extends true ? number : Has<A, "STOREDIST"> extends true ? number : unknown[], Context>;
  georadiusBuffer<const A extends SomeArgs>(...args: [key: RedisKey, longitude: number | string, latitude: number | string, radius: number | string, ...args: A, callback: Callback<Has<A, "STORE"> extends true ? number : Has<A, "STOREDIST"> extends true ? number : unknown[]>]): Result<Has<A, "STORE"> extends true ? number : Has<A, "STOREDIST"> extends true ? number : unknown[], Context>;

  /**
   * Queries a geospatial index for members within a distance from a member, optionally stores the result.
   *
   *     GEORADIUSBYMEMBER key member radius:double <M | KM | FT | MI> [WITHCOORD] [WITHDIST] [WITHHASH] [(COUNT count:int [ANY])] [<ASC | DESC>] [<STORE storekey:key | STOREDIST storedistkey:key>]
   *
   * - complexity: O(N+log(M)) where N is the number of elements inside the bounding box of the circular area delimited by center and radius and M is the number of items inside the index.
   * - since: 3.2.0
   * - group: geo
   * - returns: any[]; with STORE: integer; with STOREDIST: integer
   * @deprecated since 6.2.0: `GEOSEARCH` and `GEOSEARCHSTORE` with the `BYRADIUS` and `FROMMEMBER` arguments
   */
  georadiusbymember<const A extends SomeArgs>(key: RedisKey, member: RedisValue, radius: number | string, ...args: A): Result<Has<A, "STORE"> extends true ? number : Has<A, "STOREDIST"> extends true ? number : unknown[], Context>;
  georadiusbymember<const A extends SomeArgs>(...args: [key: RedisKey, member: RedisValue, radius: number | string, ...args: A, callback: Callback<Has<A, "STORE"> extends true ? number : Has<A, "STOREDIST"> extends true ? number : unknown[]>]): Result<Has<A, "STORE"> extends true ? number : Has<A, "STOREDIST"> extends true ? number : unknown[], Context>;
  georadiusbymemberBuffer<const A extends SomeArgs>(key: RedisKey, member: RedisValue, radius: number | string, ...args: A): Result<Has<A, "STORE"> extends true ? number : Has<A, "STOREDIST"> extends true ? number : unknown[], Context>;
  georadiusbymemberBuffer<const A extends SomeArgs>(...args: [key: RedisKey, member: RedisValue, radius: number | string, ...args: A, callback: Callback<Has<A, "STORE"> extends true ? number : Has<A, "STOREDIST"> extends true ? number : unknown[]>]): Result<Has<A, "STORE"> extends true ? number : Has<A, "STOREDIST"> extends true ? number : unknown[], Context>;

  /**
   * Returns members from a geospatial index that are within a distance from a member.
   *
   *     GEORADIUSBYMEMBER_RO key member radius:double <M | KM | FT | MI> [WITHCOORD] [WITHDIST] [WITHHASH] [(COUNT count:int [ANY])] [<ASC | DESC>]
   *
   * - complexity: O(N+log(M)) where N is the number of elements inside the bounding box of the circular area delimited by center and radius and M is the number of items inside the index.
   * - since: 3.2.10
   * - group: geo
   * - returns: any[]
   * @deprecated since 6.2.0: `GEOSEARCH` with the `BYRADIUS` and `FROMMEMBER` arguments
   */
  georadiusbymember_ro(key: RedisKey, member: RedisValue, radius: number | string, ...args: SomeArgs): Result<unknown[], Context>;
  georadiusbymember_ro(...args: [key: RedisKey, member: RedisValue, radius: number | string, ...args: SomeArgs, callback: Callback<unknown[]>]): Result<unknown[], Context>;
  georadiusbymember_roBuffer(key: RedisKey, member: RedisValue, radius: number | string, ...args: SomeArgs): Result<unknown[], Context>;
  georadiusbymember_roBuffer(...args: [key: RedisKey, member: RedisValue, radius: number | string, ...args: SomeArgs, callback: Callback<unknown[]>]): Result<unknown[], Context>;

  /**
   * Returns members from a geospatial index that are within a distance from a coordinate.
   *
   *     GEORADIUS_RO key longitude:double latitude:double radius:double <M | KM | FT | MI> [WITHCOORD] [WITHDIST] [WITHHASH] [(COUNT count:int [ANY])] [<ASC | DESC>]
   *
   * - complexity: O(N+log(M)) where N is the number of elements inside the bounding box of the circular area delimited by center and radius and M is the number of items inside the index.
   * - since: 3.2.10
   * - group: geo
   * - returns: any[]
   * @deprecated since 6.2.0: `GEOSEARCH` with the `BYRADIUS` argument
   */
  georadius_ro(key: RedisKey, longitude: number | string, latitude: number | string, radius: number | string, ...args: SomeArgs): Result<unknown[], Context>;
  georadius_ro(...args: [key: RedisKey, longitude: number | string, latitude: number | string, radius: number | string, ...args: SomeArgs, callback: Callback<unknown[]>]): Result<unknown[], Context>;
  georadius_roBuffer(key: RedisKey, longitude: number | string, latitude: number | string, radius: number | string, ...args: SomeArgs): Result<unknown[], Context>;
  georadius_roBuffer(...args: [key: RedisKey, longitude: number | string, latitude: number | string, radius: number | string, ...args: SomeArgs, callback: Callback<unknown[]>]): Result<unknown[], Context>;

  /**
   * Queries a geospatial index for members inside an area of a box or a circle.
   *
   *     GEOSEARCH key <FROMMEMBER member | FROMLONLAT (longitude:double latitude:double)> <(BYRADIUS radius:double <M | KM | FT | MI>) | (BYBOX width:double height:double <M | KM | FT | MI>)> [<ASC | DESC>] [(COUNT count:int [ANY])] [WITHCOORD] [WITHDIST] [WITHHASH]
   *
   * - complexity: O(N+log(M)) where N is the number of elements in the grid-aligned bounding box area around the shape provided as the filter and M is the number of items inside the shape
   * - since: 6.2.0
   * - group: geo
   * - returns: any[]
   */
  geosearch(key: RedisKey, ...args: SomeArgs): Result<unknown[], Context>;
  geosearch(...args: [key: RedisKey, ...args: SomeArgs, callback: Callback<unknown[]>]): Result<unknown[], Context>;
  geosearchBuffer(key: RedisKey, ...args: SomeArgs): Result<unknown[], Context>;
  geosearchBuffer(...args: [key: RedisKey, ...args: SomeArgs, callback: Callback<unknown[]>]): Result<unknown[], Context>;

  /**
   * Queries a geospatial index for members inside an area of a box or a circle, optionally stores the result.
   *
   *     GEOSEARCHSTORE destination:key source:key <FROMMEMBER member | FROMLONLAT (longitude:double latitude:double)> <(BYRADIUS radius:double <M | KM | FT | MI>) | (BYBOX width:double height:double <M | KM | FT | MI>)> [<ASC | DESC>] [(COUNT count:int [ANY])] [STOREDIST]
   *
   * - complexity: O(N+log(M)) where N is the number of elements in the grid-aligned bounding box area around the shape provided as the filter and M is the number of items inside the shape
   * - since: 6.2.0
   * - group: geo
   * - returns: integer
   */
  geosearchstore(destination: RedisKey, source: RedisKey, ...args: SomeArgs): Result<number, Context>;
  geosearchstore(...args: [destination: RedisKey, source: RedisKey, ...args: SomeArgs, callback: Callback<number>]): Result<number, Context>;
  geosearchstoreBuffer(destination: RedisKey, source: RedisKey, ...args: SomeArgs): Result<number, Context>;
  geosearchstoreBuffer(...args: [destination: RedisKey, source: RedisKey, ...args: SomeArgs, callback: Callback<number>]): Result<number, Context>;

  /**
   * Returns the string value of a key.
   *
   *     GET key
   *
   * - complexity: O(1)
   * - since: 1.0.0
   * - group: string
   * - returns: bulk | null
   */
  get(key: RedisKey, callback?: Callback<string | null>): Result<string | null, Context>;
  getBuffer(key: RedisKey, callback?: Callback<Bytes | null>): Result<Bytes | null, Context>;

  /**
   * Returns a bit value by offset.
   *
   *     GETBIT key offset:int
   *
   * - complexity: O(1)
   * - since: 2.2.0
   * - group: bitmap
   * - returns: integer
   */
  getbit(key: RedisKey, offset: number | string, callback?: Callback<number>): Result<number, Context>;
  getbitBuffer(key: RedisKey, offset: number | string, callback?: Callback<number>): Result<number, Context>;

  /**
   * Returns the string value of a key after deleting the key.
   *
   *     GETDEL key
   *
   * - complexity: O(1)
   * - since: 6.2.0
   * - group: string
   * - returns: bulk | null
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
   * - returns: bulk | null
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
   * - returns: bulk
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
   * - returns: bulk | null
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
   * - returns: integer
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
   * - returns: map
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
   * - returns: integer
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
   * - returns: integer[]
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
   * - returns: integer[]
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
   * - returns: integer[]
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
   * - returns: bulk | null
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
   * - returns: map
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
   * - returns: (bulk | null)[]
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
   * - returns: (bulk | null)[]
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
   * - returns: integer
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
   * - returns: integer
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
   * - returns: OK
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
   * - returns: OK
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
   * - returns: integer
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
   * - returns: bulk
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
   * - returns: bulk[]
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
   * - returns: integer
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
   * - returns: (bulk | null)[]
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
   * - returns: OK
   * @deprecated since 4.0.0: `HSET` with multiple field-value pairs
   */
  hmset(key: RedisKey, ...args: Args): Result<"OK", Context>;
  hmset(...args: [key: RedisKey, ...args: Args, callback: Callback<"OK">]): Result<"OK", Context>;
  hmset(key: RedisKey, pairs: Pairs, callback?: Callback<"OK">): Result<"OK", Context>;
  hmsetBuffer(key: RedisKey, ...args: Args): Result<Bytes, Context>;
  hmsetBuffer(...args: [key: RedisKey, ...args: Args, callback: Callback<Bytes>]): Result<Bytes, Context>;
  hmsetBuffer(key: RedisKey, pairs: Pairs, callback?: Callback<Bytes>): Result<Bytes, Context>;

  // HOTKEYS is typed by its subcommands.

  /**
   * Returns the keys that cost the most.
   *
   *     HOTKEYS GET
   *
   * - complexity: O(K) where K is the number of hotkeys returned.
   * - since: 8.6.0
   * - group: server
   * - returns: any[] | null
   */
  hotkeys(subcommand: "GET" | "get", callback?: Callback<unknown[] | null>): Result<unknown[] | null, Context>;
  hotkeysBuffer(subcommand: "GET" | "get", callback?: Callback<unknown[] | null>): Result<unknown[] | null, Context>;

  /**
   * Returns helpful text about the different subcommands.
   *
   *     HOTKEYS HELP
   *
   * - complexity: O(1)
   * - since: 8.6.1
   * - group: server
   * - returns: status[]
   */
  hotkeys(subcommand: "HELP" | "help", callback?: Callback<string[]>): Result<string[], Context>;
  hotkeysBuffer(subcommand: "HELP" | "help", callback?: Callback<Bytes[]>): Result<Bytes[], Context>;

  /**
   * Forgets what was tracked.
   *
   *     HOTKEYS RESET
   *
   * - complexity: O(1)
   * - since: 8.6.0
   * - group: server
   * - returns: OK
   */
  hotkeys(subcommand: "RESET" | "reset", callback?: Callback<"OK">): Result<"OK", Context>;
  hotkeysBuffer(subcommand: "RESET" | "reset", callback?: Callback<Bytes>): Result<Bytes, Context>;

  /**
   * Starts the tracking of hot keys.
   *
   *     HOTKEYS START METRICS (count:int [CPU] [NET]) [COUNT k:int] [DURATION seconds:int] [SAMPLE ratio:int] [SLOTS (count:int slot:int...)]
   *
   * - complexity: O(1)
   * - since: 8.6.0
   * - group: server
   * - returns: OK
   */
  hotkeys(subcommand: "START" | "start", ...args: Args): Result<"OK", Context>;
  hotkeys(...args: [subcommand: "START" | "start", ...args: Args, callback: Callback<"OK">]): Result<"OK", Context>;
  hotkeysBuffer(subcommand: "START" | "start", ...args: Args): Result<Bytes, Context>;
  hotkeysBuffer(...args: [subcommand: "START" | "start", ...args: Args, callback: Callback<Bytes>]): Result<Bytes, Context>;

  /**
   * Stops the tracking of hot keys.
   *
   *     HOTKEYS STOP
   *
   * - complexity: O(1)
   * - since: 8.6.0
   * - group: server
   * - returns: OK | null
   */
  hotkeys(subcommand: "STOP" | "stop", callback?: Callback<"OK" | null>): Result<"OK" | null, Context>;
  hotkeysBuffer(subcommand: "STOP" | "stop", callback?: Callback<Bytes | null>): Result<Bytes | null, Context>;

  /**
   * Removes the time to live of fields.
   *
   *     HPERSIST key FIELDS (numfields:int field...)
   *
   * - complexity: O(N) for N fields
   * - since: 7.4.0
   * - group: hash
   * - returns: integer[]
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
   * - returns: integer[]
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
   * - returns: integer[]
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
   * - returns: integer[]
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
   * - returns: integer[]
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
   * - returns: bulk | null; with count: bulk[]
   */
  hrandfield<const A extends Args>(key: RedisKey, ...args: A): Result<A extends readonly [] ? string | null : string[], Context>;
  hrandfield<const A extends Args>(...args: [key: RedisKey, ...args: A, callback: Callback<A extends readonly [] ? string | null : string[]>]): Result<A extends readonly [] ? string | null : string[], Context>;
  hrandfieldBuffer<const A extends Args>(key: RedisKey, ...args: A): Result<A extends readonly [] ? Bytes | null : Bytes[], Context>;
  hrandfieldBuffer<const A extends Args>(...args: [key: RedisKey, ...args: A, callback: Callback<A extends readonly [] ? Bytes | null : Bytes[]>]): Result<A extends readonly [] ? Bytes | null : Bytes[], Context>;

  /**
   * Iterates over the fields of a hash.
   *
   *     HSCAN key cursor:int [MATCH pattern:pattern] [COUNT count:int] [NOVALUES]
   *
   * - complexity: O(1) for every call; O(N) for a whole scan of N elements
   * - since: 2.8.0
   * - group: hash
   * - returns: [bulk, bulk[]]
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
   * - returns: integer
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
   * - returns: integer
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
   * - returns: integer
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
   * - returns: integer
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
   * - returns: integer[]
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
   * - returns: bulk[]
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
   * - returns: integer
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
   * - returns: integer
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
   * - returns: bulk
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
   * - returns: integer[]; with BYFLOAT: double[]
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
   * - returns: bulk
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
   * - returns: bulk[]
   */
  keys(pattern: RedisValue, callback?: Callback<string[]>): Result<string[], Context>;
  keysBuffer(pattern: RedisValue, callback?: Callback<Bytes[]>): Result<Bytes[], Context>;

  /**
   * Returns the Unix time of the last successful save.
   *
   *     LASTSAVE
   *
   * - complexity: O(1)
   * - since: 1.0.0
   * - group: server
   * - returns: integer
   */
  lastsave(callback?: Callback<number>): Result<number, Context>;
  lastsaveBuffer(callback?: Callback<number>): Result<number, Context>;

  // LATENCY is typed by its subcommands.

  /**
   * Returns a report about slow moments in words.
   *
   *     LATENCY DOCTOR
   *
   * - complexity: O(1)
   * - since: 2.8.13
   * - group: server
   * - returns: bulk
   */
  latency(subcommand: "DOCTOR" | "doctor", callback?: Callback<string>): Result<string, Context>;
  latencyBuffer(subcommand: "DOCTOR" | "doctor", callback?: Callback<Bytes>): Result<Bytes, Context>;

  /**
   * Draws the slow moments of an event.
   *
   *     LATENCY GRAPH event
   *
   * - complexity: O(1)
   * - since: 2.8.13
   * - group: server
   * - returns: bulk
   */
  latency(subcommand: "GRAPH" | "graph", event: RedisValue, callback?: Callback<string>): Result<string, Context>;
  latencyBuffer(subcommand: "GRAPH" | "graph", event: RedisValue, callback?: Callback<Bytes>): Result<Bytes, Context>;

  /**
   * Returns helpful text about the different subcommands.
   *
   *     LATENCY HELP
   *
   * - complexity: O(1)
   * - since: 2.8.13
   * - group: server
   * - returns: status[]
   */
  latency(subcommand: "HELP" | "help", callback?: Callback<string[]>): Result<string[], Context>;
  latencyBuffer(subcommand: "HELP" | "help", callback?: Callback<Bytes[]>): Result<Bytes[], Context>;

  /**
   * Returns how long commands took, as cumulative distributions.
   *
   *     LATENCY HISTOGRAM [command...]
   *
   * - complexity: O(N) where N is the number of commands with latency information being retrieved.
   * - since: 7.0.0
   * - group: server
   * - returns: map
   */
  latency(subcommand: "HISTOGRAM" | "histogram", ...args: Args): Result<unknown[], Context>;
  latency(...args: [subcommand: "HISTOGRAM" | "histogram", ...args: Args, callback: Callback<unknown[]>]): Result<unknown[], Context>;
  latencyBuffer(subcommand: "HISTOGRAM" | "histogram", ...args: Args): Result<unknown[], Context>;
  latencyBuffer(...args: [subcommand: "HISTOGRAM" | "histogram", ...args: Args, callback: Callback<unknown[]>]): Result<unknown[], Context>;

  /**
   * Returns the slow moments of an event.
   *
   *     LATENCY HISTORY event
   *
   * - complexity: O(1)
   * - since: 2.8.13
   * - group: server
   * - returns: [integer, integer][]
   */
  latency(subcommand: "HISTORY" | "history", event: RedisValue, callback?: Callback<[number, number][]>): Result<[number, number][], Context>;
  latencyBuffer(subcommand: "HISTORY" | "history", event: RedisValue, callback?: Callback<[number, number][]>): Result<[number, number][], Context>;

  /**
   * Returns the latest slow moment of each event.
   *
   *     LATENCY LATEST
   *
   * - complexity: O(1)
   * - since: 2.8.13
   * - group: server
   * - returns: any[]
   */
  latency(subcommand: "LATEST" | "latest", callback?: Callback<unknown[]>): Result<unknown[], Context>;
  latencyBuffer(subcommand: "LATEST" | "latest", callback?: Callback<unknown[]>): Result<unknown[], Context>;

  /**
   * Forgets the slow moments of some events, or of all.
   *
   *     LATENCY RESET [event...]
   *
   * - complexity: O(1)
   * - since: 2.8.13
   * - group: server
   * - returns: integer
   */
  latency(subcommand: "RESET" | "reset", ...args: Args): Result<number, Context>;
  latency(...args: [subcommand: "RESET" | "reset", ...args: Args, callback: Callback<number>]): Result<number, Context>;
  latencyBuffer(subcommand: "RESET" | "reset", ...args: Args): Result<number, Context>;
  latencyBuffer(...args: [subcommand: "RESET" | "reset", ...args: Args, callback: Callback<number>]): Result<number, Context>;

  /**
   * Finds the longest common subsequence of two strings.
   *
   *     LCS key1:key key2:key [LEN] [IDX] [MINMATCHLEN min-match-len:int] [WITHMATCHLEN]
   *
   * - complexity: O(N*M) where N and M are the lengths of s1 and s2, respectively
   * - since: 7.0.0
   * - group: string
   * - returns: bulk; with LEN: integer; with IDX: map
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
   * - returns: bulk | null
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
   * - returns: integer
   */
  linsert(key: RedisKey, ...args: SomeArgs): Result<number, Context>;
  linsert(...args: [key: RedisKey, ...args: SomeArgs, callback: Callback<number>]): Result<number, Context>;
  linsertBuffer(key: RedisKey, ...args: SomeArgs): Result<number, Context>;
  linsertBuffer(...args: [key: RedisKey, ...args: SomeArgs, callback: Callback<number>]): Result<number, Context>;

  /**
   * Counts the elements of a list.
   *
   *     LLEN key
   *
   * - complexity: O(1)
   * - since: 1.0.0
   * - group: list
   * - returns: integer
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
   * - returns: bulk | null
   */
  lmove(source: RedisKey, destination: RedisKey, ...args: SomeArgs): Result<string | null, Context>;
  lmove(...args: [source: RedisKey, destination: RedisKey, ...args: SomeArgs, callback: Callback<string | null>]): Result<string | null, Context>;
  lmoveBuffer(source: RedisKey, destination: RedisKey, ...args: SomeArgs): Result<Bytes | null, Context>;
  lmoveBuffer(...args: [source: RedisKey, destination: RedisKey, ...args: SomeArgs, callback: Callback<Bytes | null>]): Result<Bytes | null, Context>;

  /**
   * Moves elements from an end of one list to an end of another and returns them.
   *
   *     LMOVEM source:key destination:key <LEFT | RIGHT> <LEFT | RIGHT> [(<COUNT count:int | EXACTLY exactly:int> <OBO | BULK>)]
   *
   * - complexity: O(N) where N is the number of elements moved.
   * - since: 8.10.0
   * - group: list
   * - returns: bulk[] | null
   */
  lmovem(source: RedisKey, destination: RedisKey, ...args: SomeArgs): Result<string[] | null, Context>;
  lmovem(...args: [source: RedisKey, destination: RedisKey, ...args: SomeArgs, callback: Callback<string[] | null>]): Result<string[] | null, Context>;
  lmovemBuffer(source: RedisKey, destination: RedisKey, ...args: SomeArgs): Result<Bytes[] | null, Context>;
  lmovemBuffer(...args: [source: RedisKey, destination: RedisKey, ...args: SomeArgs, callback: Callback<Bytes[] | null>]): Result<Bytes[] | null, Context>;

  /**
   * Removes elements from an end of the first list that is not empty, and returns them.
   *
   *     LMPOP numkeys:int key... <LEFT | RIGHT> [COUNT count:int]
   *
   * - complexity: O(N+M) where N is the number of provided keys and M is the number of elements returned.
   * - since: 7.0.0
   * - group: list
   * - returns: [bulk, bulk[]] | null
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
   * - returns: bulk
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
   * - returns: bulk | null; with count: bulk[] | null
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
   * - returns: integer | null; with COUNT: integer[]
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
   * - returns: integer
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
   * - returns: integer
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
   * - returns: bulk[]
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
   * - returns: integer
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
   * - returns: OK
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
   * - returns: OK
   */
  ltrim(key: RedisKey, start: number | string, stop: number | string, callback?: Callback<"OK">): Result<"OK", Context>;
  ltrimBuffer(key: RedisKey, start: number | string, stop: number | string, callback?: Callback<Bytes>): Result<Bytes, Context>;

  // MEMORY is typed by its subcommands.

  /**
   * Returns a report about memory in words.
   *
   *     MEMORY DOCTOR
   *
   * - complexity: O(1)
   * - since: 4.0.0
   * - group: server
   * - returns: bulk
   */
  memory(subcommand: "DOCTOR" | "doctor", callback?: Callback<string>): Result<string, Context>;
  memoryBuffer(subcommand: "DOCTOR" | "doctor", callback?: Callback<Bytes>): Result<Bytes, Context>;

  /**
   * Returns helpful text about the different subcommands.
   *
   *     MEMORY HELP
   *
   * - complexity: O(1)
   * - since: 4.0.0
   * - group: server
   * - returns: status[]
   */
  memory(subcommand: "HELP" | "help", callback?: Callback<string[]>): Result<string[], Context>;
  memoryBuffer(subcommand: "HELP" | "help", callback?: Callback<Bytes[]>): Result<Bytes[], Context>;

  /**
   * Returns the allocator's own statistics.
   *
   *     MEMORY MALLOC-STATS
   *
   * - complexity: Depends on how much memory is allocated, could be slow
   * - since: 4.0.0
   * - group: server
   * - returns: bulk
   */
  memory(subcommand: "MALLOC-STATS" | "malloc-stats", callback?: Callback<string>): Result<string, Context>;
  memoryBuffer(subcommand: "MALLOC-STATS" | "malloc-stats", callback?: Callback<Bytes>): Result<Bytes, Context>;

  /**
   * Asks the allocator to give memory back.
   *
   *     MEMORY PURGE
   *
   * - complexity: Depends on how much memory is allocated, could be slow
   * - since: 4.0.0
   * - group: server
   * - returns: OK
   */
  memory(subcommand: "PURGE" | "purge", callback?: Callback<"OK">): Result<"OK", Context>;
  memoryBuffer(subcommand: "PURGE" | "purge", callback?: Callback<Bytes>): Result<Bytes, Context>;

  /**
   * Returns how memory is used.
   *
   *     MEMORY STATS
   *
   * - complexity: O(1)
   * - since: 4.0.0
   * - group: server
   * - returns: map
   */
  memory(subcommand: "STATS" | "stats", callback?: Callback<unknown[]>): Result<unknown[], Context>;
  memoryBuffer(subcommand: "STATS" | "stats", callback?: Callback<unknown[]>): Result<unknown[], Context>;

  /**
   * Estimates the memory usage of a key.
   *
   *     MEMORY USAGE key [SAMPLES count:int]
   *
   * - complexity: O(N) where N is the number of samples.
   * - since: 4.0.0
   * - group: server
   * - returns: integer | null
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
   * - returns: (bulk | null)[]
   */
  mget(...args: Args): Result<(string | null)[], Context>;
  mget(...args: [...args: Args, callback: Callback<(string | null)[]>]): Result<(string | null)[], Context>;
  mgetBuffer(...args: Args): Result<(Bytes | null)[], Context>;
  mgetBuffer(...args: [...args: Args, callback: Callback<(Bytes | null)[]>]): Result<(Bytes | null)[], Context>;

  /**
   * Atomically transfers a key from one Redis instance to another.
   *
   *     MIGRATE host port:int <key | > destination-db:int timeout:int [COPY] [REPLACE] [<AUTH auth | AUTH2 (username password)>] [KEYS keys:key...]
   *
   * - complexity: This command actually executes a DUMP+DEL in the source instance, and a RESTORE in the target instance. See the pages of these commands for time complexity. Also an O(N) data transfer between the two instances is performed.
   * - since: 2.6.0
   * - group: generic
   * - returns: status
   */
  migrate(host: RedisValue, port: number | string, ...args: SomeArgs): Result<string, Context>;
  migrate(...args: [host: RedisValue, port: number | string, ...args: SomeArgs, callback: Callback<string>]): Result<string, Context>;
  migrateBuffer(host: RedisValue, port: number | string, ...args: SomeArgs): Result<Bytes, Context>;
  migrateBuffer(...args: [host: RedisValue, port: number | string, ...args: SomeArgs, callback: Callback<Bytes>]): Result<Bytes, Context>;

  // MODULE is typed by its subcommands.

  /**
   * Returns helpful text about the different subcommands.
   *
   *     MODULE HELP
   *
   * - complexity: O(1)
   * - since: 5.0.0
   * - group: server
   * - returns: status[]
   */
  module(subcommand: "HELP" | "help", callback?: Callback<string[]>): Result<string[], Context>;
  moduleBuffer(subcommand: "HELP" | "help", callback?: Callback<Bytes[]>): Result<Bytes[], Context>;

  /**
   * Lists the loaded modules.
   *
   *     MODULE LIST
   *
   * - complexity: O(N) where N is the number of loaded modules.
   * - since: 4.0.0
   * - group: server
   * - returns: any[]
   */
  module(subcommand: "LIST" | "list", callback?: Callback<unknown[]>): Result<unknown[], Context>;
  moduleBuffer(subcommand: "LIST" | "list", callback?: Callback<unknown[]>): Result<unknown[], Context>;

  /**
   * Loads a module.
   *
   *     MODULE LOAD path [arg...]
   *
   * - complexity: O(1)
   * - since: 4.0.0
   * - group: server
   * - returns: OK
   */
  module(subcommand: "LOAD" | "load", path: RedisValue, ...args: Args): Result<"OK", Context>;
  module(...args: [subcommand: "LOAD" | "load", path: RedisValue, ...args: Args, callback: Callback<"OK">]): Result<"OK", Context>;
  moduleBuffer(subcommand: "LOAD" | "load", path: RedisValue, ...args: Args): Result<Bytes, Context>;
  moduleBuffer(...args: [subcommand: "LOAD" | "load", path: RedisValue, ...args: Args, callback: Callback<Bytes>]): Result<Bytes, Context>;

  /**
   * Loads a module with its configuration.
   *
   *     MODULE LOADEX path [{CONFIG (name value)}...] [ARGS args...]
   *
   * - complexity: O(1)
   * - since: 7.0.0
   * - group: server
   * - returns: OK
   */
  module(subcommand: "LOADEX" | "loadex", path: RedisValue, ...args: Args): Result<"OK", Context>;
  module(...args: [subcommand: "LOADEX" | "loadex", path: RedisValue, ...args: Args, callback: Callback<"OK">]): Result<"OK", Context>;
  moduleBuffer(subcommand: "LOADEX" | "loadex", path: RedisValue, ...args: Args): Result<Bytes, Context>;
  moduleBuffer(...args: [subcommand: "LOADEX" | "loadex", path: RedisValue, ...args: Args, callback: Callback<Bytes>]): Result<Bytes, Context>;

  /**
   * Unloads a module.
   *
   *     MODULE UNLOAD name
   *
   * - complexity: O(1)
   * - since: 4.0.0
   * - group: server
   * - returns: OK
   */
  module(subcommand: "UNLOAD" | "unload", name: RedisValue, callback?: Callback<"OK">): Result<"OK", Context>;
  moduleBuffer(subcommand: "UNLOAD" | "unload", name: RedisValue, callback?: Callback<Bytes>): Result<Bytes, Context>;

  /**
   * Listens for all requests received by the server in real-time.
   *
   *     MONITOR
   *
   * - since: 1.0.0
   * - group: server
   * - returns: OK
   */
  monitor(callback?: Callback<"OK">): Result<"OK", Context>;
  monitorBuffer(callback?: Callback<Bytes>): Result<Bytes, Context>;

  /**
   * Moves a key to another database.
   *
   *     MOVE key db:int
   *
   * - complexity: O(1)
   * - since: 1.0.0
   * - group: generic
   * - returns: integer
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
   * - returns: OK
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
   * - returns: integer
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
   * - returns: integer
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
   * - returns: bulk | null
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
   * - returns: integer | null
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
   * - returns: status[]
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
   * - returns: integer | null
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
   * - returns: integer | null
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
   * - returns: integer
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
   * - returns: integer
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
   * - returns: integer
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
   * - returns: integer
   */
  pexpiretime(key: RedisKey, callback?: Callback<number>): Result<number, Context>;
  pexpiretimeBuffer(key: RedisKey, callback?: Callback<number>): Result<number, Context>;

  /**
   * Adds elements to a HyperLogLog key. Creates the key if it doesn't exist.
   *
   *     PFADD key [element...]
   *
   * - complexity: O(1) to add every element.
   * - since: 2.8.9
   * - group: hyperloglog
   * - returns: integer
   */
  pfadd(key: RedisKey, ...args: Args): Result<number, Context>;
  pfadd(...args: [key: RedisKey, ...args: Args, callback: Callback<number>]): Result<number, Context>;
  pfaddBuffer(key: RedisKey, ...args: Args): Result<number, Context>;
  pfaddBuffer(...args: [key: RedisKey, ...args: Args, callback: Callback<number>]): Result<number, Context>;

  /**
   * Returns the approximated cardinality of the set(s) observed by the HyperLogLog key(s).
   *
   *     PFCOUNT key...
   *
   * - complexity: O(1) with a very small average constant time when called with a single key. O(N) with N being the number of keys, and much bigger constant times, when called with multiple keys.
   * - since: 2.8.9
   * - group: hyperloglog
   * - returns: integer
   */
  pfcount(...args: Args): Result<number, Context>;
  pfcount(...args: [...args: Args, callback: Callback<number>]): Result<number, Context>;
  pfcountBuffer(...args: Args): Result<number, Context>;
  pfcountBuffer(...args: [...args: Args, callback: Callback<number>]): Result<number, Context>;

  /**
   * Internal commands for debugging HyperLogLog values.
   *
   *     PFDEBUG subcommand key
   *
   * - complexity: N/A
   * - since: 2.8.9
   * - group: hyperloglog
   * - returns: any
   */
  pfdebug(subcommand: RedisValue, key: RedisKey, callback?: Callback<unknown>): Result<unknown, Context>;
  pfdebugBuffer(subcommand: RedisValue, key: RedisKey, callback?: Callback<unknown>): Result<unknown, Context>;

  /**
   * Merges one or more HyperLogLog values into a single key.
   *
   *     PFMERGE destkey:key [sourcekey:key...]
   *
   * - complexity: O(N) to merge N HyperLogLogs, but with high constant times.
   * - since: 2.8.9
   * - group: hyperloglog
   * - returns: OK
   */
  pfmerge(destkey: RedisKey, ...args: Args): Result<"OK", Context>;
  pfmerge(...args: [destkey: RedisKey, ...args: Args, callback: Callback<"OK">]): Result<"OK", Context>;
  pfmergeBuffer(destkey: RedisKey, ...args: Args): Result<Bytes, Context>;
  pfmergeBuffer(...args: [destkey: RedisKey, ...args: Args, callback: Callback<Bytes>]): Result<Bytes, Context>;

  /**
   * An internal command for testing HyperLogLog values.
   *
   *     PFSELFTEST
   *
   * - complexity: N/A
   * - since: 2.8.9
   * - group: hyperloglog
   * - returns: OK
   */
  pfselftest(callback?: Callback<"OK">): Result<"OK", Context>;
  pfselftestBuffer(callback?: Callback<Bytes>): Result<Bytes, Context>;

  /**
   * Returns the server's liveliness response.
   *
   *     PING [message]
   *
   * - complexity: O(1)
   * - since: 1.0.0
   * - group: connection
   * - returns: status; with message: bulk
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
   * - returns: OK
   * @deprecated since 2.6.12: `SET` with the `PX` argument
   */
  psetex(key: RedisKey, milliseconds: number | string, value: RedisValue, callback?: Callback<"OK">): Result<"OK", Context>;
  psetexBuffer(key: RedisKey, milliseconds: number | string, value: RedisValue, callback?: Callback<Bytes>): Result<Bytes, Context>;

  /**
   * Listens for messages published to channels that match patterns.
   *
   *     PSUBSCRIBE pattern:pattern...
   *
   * - complexity: O(N) where N is the number of patterns to subscribe to.
   * - since: 2.0.0
   * - group: pubsub
   * - returns: integer
   */
  psubscribe(...args: Args): Result<number, Context>;
  psubscribe(...args: [...args: Args, callback: Callback<number>]): Result<number, Context>;
  psubscribeBuffer(...args: Args): Result<number, Context>;
  psubscribeBuffer(...args: [...args: Args, callback: Callback<number>]): Result<number, Context>;

  /**
   * Internal command of replication.
   *
   *     PSYNC replicationid offset:int
   *
   * - since: 2.8.0
   * - group: server
   * - returns: any
   */
  psync(replicationid: RedisValue, offset: number | string, callback?: Callback<unknown>): Result<unknown, Context>;
  psyncBuffer(replicationid: RedisValue, offset: number | string, callback?: Callback<unknown>): Result<unknown, Context>;

  /**
   * Returns the remaining time to live of a key in milliseconds.
   *
   *     PTTL key
   *
   * - complexity: O(1)
   * - since: 2.6.0
   * - group: generic
   * - returns: integer
   */
  pttl(key: RedisKey, callback?: Callback<number>): Result<number, Context>;
  pttlBuffer(key: RedisKey, callback?: Callback<number>): Result<number, Context>;

  /**
   * Posts a message to a channel.
   *
   *     PUBLISH channel message
   *
   * - complexity: O(N+M) where N is the number of clients subscribed to the receiving channel and M is the total number of subscribed patterns (by any client).
   * - since: 2.0.0
   * - group: pubsub
   * - returns: integer
   */
  publish(channel: RedisValue, message: RedisValue, callback?: Callback<number>): Result<number, Context>;
  publishBuffer(channel: RedisValue, message: RedisValue, callback?: Callback<number>): Result<number, Context>;

  // PUBSUB is typed by its subcommands.

  /**
   * Returns the active channels.
   *
   *     PUBSUB CHANNELS [pattern:pattern]
   *
   * - complexity: O(N) where N is the number of active channels, and assuming constant time pattern matching (relatively short channels and patterns)
   * - since: 2.8.0
   * - group: pubsub
   * - returns: bulk[]
   */
  pubsub(subcommand: "CHANNELS" | "channels", ...args: Args): Result<string[], Context>;
  pubsub(...args: [subcommand: "CHANNELS" | "channels", ...args: Args, callback: Callback<string[]>]): Result<string[], Context>;
  pubsubBuffer(subcommand: "CHANNELS" | "channels", ...args: Args): Result<Bytes[], Context>;
  pubsubBuffer(...args: [subcommand: "CHANNELS" | "channels", ...args: Args, callback: Callback<Bytes[]>]): Result<Bytes[], Context>;

  /**
   * Returns helpful text about the different subcommands.
   *
   *     PUBSUB HELP
   *
   * - complexity: O(1)
   * - since: 6.2.0
   * - group: pubsub
   * - returns: status[]
   */
  pubsub(subcommand: "HELP" | "help", callback?: Callback<string[]>): Result<string[], Context>;
  pubsubBuffer(subcommand: "HELP" | "help", callback?: Callback<Bytes[]>): Result<Bytes[], Context>;

  /**
   * Returns a count of unique pattern subscriptions.
   *
   *     PUBSUB NUMPAT
   *
   * - complexity: O(1)
   * - since: 2.8.0
   * - group: pubsub
   * - returns: integer
   */
  pubsub(subcommand: "NUMPAT" | "numpat", callback?: Callback<number>): Result<number, Context>;
  pubsubBuffer(subcommand: "NUMPAT" | "numpat", callback?: Callback<number>): Result<number, Context>;

  /**
   * Returns a count of subscribers to channels.
   *
   *     PUBSUB NUMSUB [channel...]
   *
   * - complexity: O(N) for the NUMSUB subcommand, where N is the number of requested channels
   * - since: 2.8.0
   * - group: pubsub
   * - returns: any[]
   */
  pubsub(subcommand: "NUMSUB" | "numsub", ...args: Args): Result<unknown[], Context>;
  pubsub(...args: [subcommand: "NUMSUB" | "numsub", ...args: Args, callback: Callback<unknown[]>]): Result<unknown[], Context>;
  pubsubBuffer(subcommand: "NUMSUB" | "numsub", ...args: Args): Result<unknown[], Context>;
  pubsubBuffer(...args: [subcommand: "NUMSUB" | "numsub", ...args: Args, callback: Callback<unknown[]>]): Result<unknown[], Context>;

  /**
   * Returns the active shard channels.
   *
   *     PUBSUB SHARDCHANNELS [pattern:pattern]
   *
   * - complexity: O(N) where N is the number of active shard channels, and assuming constant time pattern matching (relatively short shard channels).
   * - since: 7.0.0
   * - group: pubsub
   * - returns: bulk[]
   */
  pubsub(subcommand: "SHARDCHANNELS" | "shardchannels", ...args: Args): Result<string[], Context>;
  pubsub(...args: [subcommand: "SHARDCHANNELS" | "shardchannels", ...args: Args, callback: Callback<string[]>]): Result<string[], Context>;
  pubsubBuffer(subcommand: "SHARDCHANNELS" | "shardchannels", ...args: Args): Result<Bytes[], Context>;
  pubsubBuffer(...args: [subcommand: "SHARDCHANNELS" | "shardchannels", ...args: Args, callback: Callback<Bytes[]>]): Result<Bytes[], Context>;

  /**
   * Returns the count of subscribers of shard channels.
   *
   *     PUBSUB SHARDNUMSUB [shardchannel...]
   *
   * - complexity: O(N) for the SHARDNUMSUB subcommand, where N is the number of requested shard channels
   * - since: 7.0.0
   * - group: pubsub
   * - returns: any[]
   */
  pubsub(subcommand: "SHARDNUMSUB" | "shardnumsub", ...args: Args): Result<unknown[], Context>;
  pubsub(...args: [subcommand: "SHARDNUMSUB" | "shardnumsub", ...args: Args, callback: Callback<unknown[]>]): Result<unknown[], Context>;
  pubsubBuffer(subcommand: "SHARDNUMSUB" | "shardnumsub", ...args: Args): Result<unknown[], Context>;
  pubsubBuffer(...args: [subcommand: "SHARDNUMSUB" | "shardnumsub", ...args: Args, callback: Callback<unknown[]>]): Result<unknown[], Context>;

  /**
   * Stops listening to messages published to channels that match patterns.
   *
   *     PUNSUBSCRIBE [pattern:pattern...]
   *
   * - complexity: O(N) where N is the number of patterns to unsubscribe.
   * - since: 2.0.0
   * - group: pubsub
   * - returns: integer
   */
  punsubscribe(...args: Args): Result<number, Context>;
  punsubscribe(...args: [...args: Args, callback: Callback<number>]): Result<number, Context>;
  punsubscribeBuffer(...args: Args): Result<number, Context>;
  punsubscribeBuffer(...args: [...args: Args, callback: Callback<number>]): Result<number, Context>;

  /**
   * Closes the connection.
   *
   *     QUIT
   *
   * - complexity: O(1)
   * - since: 1.0.0
   * - group: connection
   * - returns: OK
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
   * - returns: bulk | null
   */
  randomkey(callback?: Callback<string | null>): Result<string | null, Context>;
  randomkeyBuffer(callback?: Callback<Bytes | null>): Result<Bytes | null, Context>;

  /**
   * Lets a connection read from a replica node.
   *
   *     READONLY
   *
   * - complexity: O(1)
   * - since: 3.0.0
   * - group: cluster
   * - returns: OK
   */
  readonly(callback?: Callback<"OK">): Result<"OK", Context>;
  readonlyBuffer(callback?: Callback<Bytes>): Result<Bytes, Context>;

  /**
   * Ends what READONLY began.
   *
   *     READWRITE
   *
   * - complexity: O(1)
   * - since: 3.0.0
   * - group: cluster
   * - returns: OK
   */
  readwrite(callback?: Callback<"OK">): Result<"OK", Context>;
  readwriteBuffer(callback?: Callback<Bytes>): Result<Bytes, Context>;

  /**
   * Renames a key and overwrites the destination.
   *
   *     RENAME key newkey:key
   *
   * - complexity: O(1)
   * - since: 1.0.0
   * - group: generic
   * - returns: OK
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
   * - returns: integer
   */
  renamenx(key: RedisKey, newkey: RedisKey, callback?: Callback<number>): Result<number, Context>;
  renamenxBuffer(key: RedisKey, newkey: RedisKey, callback?: Callback<number>): Result<number, Context>;

  /**
   * Internal command of replication.
   *
   *     REPLCONF
   *
   * - complexity: O(1)
   * - since: 3.0.0
   * - group: server
   * - returns: any
   */
  replconf(callback?: Callback<unknown>): Result<unknown, Context>;
  replconfBuffer(callback?: Callback<unknown>): Result<unknown, Context>;

  /**
   * Makes the server a replica of another, or a master again.
   *
   *     REPLICAOF <(host port:int) | (NO ONE)>
   *
   * - complexity: O(1)
   * - since: 5.0.0
   * - group: server
   * - returns: OK
   */
  replicaof(...args: SomeArgs): Result<"OK", Context>;
  replicaof(...args: [...args: SomeArgs, callback: Callback<"OK">]): Result<"OK", Context>;
  replicaofBuffer(...args: SomeArgs): Result<Bytes, Context>;
  replicaofBuffer(...args: [...args: SomeArgs, callback: Callback<Bytes>]): Result<Bytes, Context>;

  /**
   * Resets the connection.
   *
   *     RESET
   *
   * - complexity: O(1)
   * - since: 6.2.0
   * - group: connection
   * - returns: status
   */
  reset(callback?: Callback<string>): Result<string, Context>;
  resetBuffer(callback?: Callback<Bytes>): Result<Bytes, Context>;

  /**
   * Creates a key from the serialized representation of a value.
   *
   *     RESTORE key ttl:int serialized-value [REPLACE] [ABSTTL] [IDLETIME seconds:int] [FREQ frequency:int]
   *
   * - complexity: O(1) to create the new key and additional O(N*M) to reconstruct the serialized value, where N is the number of Redis objects composing the value and M their average size. For small string values the time complexity is thus O(1)+O(1*M) where M is small, so simply O(1). However for sorted set values the complexity is O(N*M*log(N)) because inserting values into sorted sets is O(log(N)).
   * - since: 2.6.0
   * - group: generic
   * - returns: OK
   */
  restore(key: RedisKey, ttl: number | string, serializedValue: RedisValue, ...args: Args): Result<"OK", Context>;
  restore(...args: [key: RedisKey, ttl: number | string, serializedValue: RedisValue, ...args: Args, callback: Callback<"OK">]): Result<"OK", Context>;
  restoreBuffer(key: RedisKey, ttl: number | string, serializedValue: RedisValue, ...args: Args): Result<Bytes, Context>;
  restoreBuffer(...args: [key: RedisKey, ttl: number | string, serializedValue: RedisValue, ...args: Args, callback: Callback<Bytes>]): Result<Bytes, Context>;

  /**
   * An internal command for migrating keys in a cluster.
   *
   *     RESTORE-ASKING key ttl:int serialized-value [REPLACE] [ABSTTL] [IDLETIME seconds:int] [FREQ frequency:int]
   *
   * - complexity: O(1) to create the new key and additional O(N*M) to reconstruct the serialized value, where N is the number of Redis objects composing the value and M their average size. For small string values the time complexity is thus O(1)+O(1*M) where M is small, so simply O(1). However for sorted set values the complexity is O(N*M*log(N)) because inserting values into sorted sets is O(log(N)).
   * - since: 3.0.0
   * - group: server
   * - returns: OK
   */
  "restore-asking"(key: RedisKey, ttl: number | string, serializedValue: RedisValue, ...args: Args): Result<"OK", Context>;
  "restore-asking"(...args: [key: RedisKey, ttl: number | string, serializedValue: RedisValue, ...args: Args, callback: Callback<"OK">]): Result<"OK", Context>;
  "restore-askingBuffer"(key: RedisKey, ttl: number | string, serializedValue: RedisValue, ...args: Args): Result<Bytes, Context>;
  "restore-askingBuffer"(...args: [key: RedisKey, ttl: number | string, serializedValue: RedisValue, ...args: Args, callback: Callback<Bytes>]): Result<Bytes, Context>;

  /**
   * Returns the part that the server has in replication.
   *
   *     ROLE
   *
   * - complexity: O(1)
   * - since: 2.8.12
   * - group: server
   * - returns: any[]
   */
  role(callback?: Callback<unknown[]>): Result<unknown[], Context>;
  roleBuffer(callback?: Callback<unknown[]>): Result<unknown[], Context>;

  /**
   * Removes elements from the tail of a list and returns them.
   *
   *     RPOP key [count:int]
   *
   * - complexity: O(N) where N is the number of elements returned
   * - since: 1.0.0
   * - group: list
   * - returns: bulk | null; with count: bulk[] | null
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
   * - returns: bulk | null
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
   * - returns: integer
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
   * - returns: integer
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
   * - returns: integer
   */
  sadd(key: RedisKey, ...args: Args): Result<number, Context>;
  sadd(...args: [key: RedisKey, ...args: Args, callback: Callback<number>]): Result<number, Context>;
  saddBuffer(key: RedisKey, ...args: Args): Result<number, Context>;
  saddBuffer(...args: [key: RedisKey, ...args: Args, callback: Callback<number>]): Result<number, Context>;

  /**
   * Saves the databases.
   *
   *     SAVE
   *
   * - complexity: O(N) where N is the total number of keys in all databases
   * - since: 1.0.0
   * - group: server
   * - returns: OK
   */
  save(callback?: Callback<"OK">): Result<"OK", Context>;
  saveBuffer(callback?: Callback<Bytes>): Result<Bytes, Context>;

  /**
   * Iterates over the key names in the database.
   *
   *     SCAN cursor:int [MATCH pattern:pattern] [COUNT count:int] [TYPE type]
   *
   * - complexity: O(1) for every call. O(N) for a complete iteration, including enough command calls for the cursor to return back to 0. N is the number of elements inside the collection.
   * - since: 2.8.0
   * - group: generic
   * - returns: any[]
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
   * - returns: integer
   */
  scard(key: RedisKey, callback?: Callback<number>): Result<number, Context>;
  scardBuffer(key: RedisKey, callback?: Callback<number>): Result<number, Context>;

  // SCRIPT is typed by its subcommands.

  /**
   * Sets the debug mode of server-side Lua scripts.
   *
   *     SCRIPT DEBUG <YES | SYNC | NO>
   *
   * - complexity: O(1)
   * - since: 3.2.0
   * - group: scripting
   * - returns: OK
   */
  script(subcommand: "DEBUG" | "debug", ...args: SomeArgs): Result<"OK", Context>;
  script(...args: [subcommand: "DEBUG" | "debug", ...args: SomeArgs, callback: Callback<"OK">]): Result<"OK", Context>;
  scriptBuffer(subcommand: "DEBUG" | "debug", ...args: SomeArgs): Result<Bytes, Context>;
  scriptBuffer(...args: [subcommand: "DEBUG" | "debug", ...args: SomeArgs, callback: Callback<Bytes>]): Result<Bytes, Context>;

  /**
   * Determines whether server-side Lua scripts exist in the script cache.
   *
   *     SCRIPT EXISTS sha1...
   *
   * - complexity: O(N) with N being the number of scripts to check.
   * - since: 2.6.0
   * - group: scripting
   * - returns: integer[]
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
   * - returns: OK
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
   * - returns: status[]
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
   * - returns: OK
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
   * - returns: bulk
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
   * - returns: bulk[]
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
   * - returns: integer
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
   * - returns: integer
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
   * - returns: OK
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
   * - returns: OK | null; with GET: bulk | null
   */
  set<const A extends Args>(key: RedisKey, value: RedisValue, ...args: A): Result<Has<A, "GET"> extends true ? string | null : Has<A, "NX" | "XX" | "IFEQ" | "IFNE" | "IFDEQ" | "IFDNE"> extends true ? "OK" | null : "OK", Context>;
  set<const A extends Args>(...args: [key: RedisKey, value: RedisValue, ...args: A, callback: Callback<Has<A, "GET"> extends true ? string | null : Has<A, "NX" | "XX" | "IFEQ" | "IFNE" | "IFDEQ" | "IFDNE"> extends true ? "OK" | null : "OK">]): Result<Has<A, "GET"> extends true ? string | null : Has<A, "NX" | "XX" | "IFEQ" | "IFNE" | "IFDEQ" | "IFDNE"> extends true ? "OK" | null : "OK", Context>;
  setBuffer<const A extends Args>(key: RedisKey, value: RedisValue, ...args: A): Result<Has<A, "GET"> extends true ? Bytes | null : Has<A, "NX" | "XX" | "IFEQ" | "IFNE" | "IFDEQ" | "IFDNE"> extends true ? Bytes | null : Bytes, Context>;
  setBuffer<const A extends Args>(...args: [key: RedisKey, value: RedisValue, ...args: A, callback: Callback<Has<A, "GET"> extends true ? Bytes | null : Has<A, "NX" | "XX" | "IFEQ" | "IFNE" | "IFDEQ" | "IFDNE"> extends true ? Bytes | null : Bytes>]): Result<Has<A, "GET"> extends true ? Bytes | null : Has<A, "NX" | "XX" | "IFEQ" | "IFNE" | "IFDEQ" | "IFDNE"> extends true ? Bytes | null : Bytes, Context>;

  /**
   * Sets or clears the bit at offset of the string value. Creates the key if it doesn't exist.
   *
   *     SETBIT key offset:int value:int
   *
   * - complexity: O(1)
   * - since: 2.2.0
   * - group: bitmap
   * - returns: integer
   */
  setbit(key: RedisKey, offset: number | string, value: number | string, callback?: Callback<number>): Result<number, Context>;
  setbitBuffer(key: RedisKey, offset: number | string, value: number | string, callback?: Callback<number>): Result<number, Context>;

  /**
   * Sets the string value and the expiration time of a key.
   *
   *     SETEX key seconds:int value
   *
   * - complexity: O(1)
   * - since: 2.0.0
   * - group: string
   * - returns: OK
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
   * - returns: integer
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
   * - returns: integer
   */
  setrange(key: RedisKey, offset: number | string, value: RedisValue, callback?: Callback<number>): Result<number, Context>;
  setrangeBuffer(key: RedisKey, offset: number | string, value: RedisValue, callback?: Callback<number>): Result<number, Context>;

  /**
   * Ends the server.
   *
   *     SHUTDOWN [<NOSAVE | SAVE>] [NOW] [FORCE] [ABORT]
   *
   * - complexity: O(N) when saving, where N is the total number of keys in all databases when saving data, otherwise O(1)
   * - since: 1.0.0
   * - group: server
   * - returns: OK
   */
  shutdown(...args: Args): Result<"OK", Context>;
  shutdown(...args: [...args: Args, callback: Callback<"OK">]): Result<"OK", Context>;
  shutdownBuffer(...args: Args): Result<Bytes, Context>;
  shutdownBuffer(...args: [...args: Args, callback: Callback<Bytes>]): Result<Bytes, Context>;

  /**
   * Returns the members that all sets have.
   *
   *     SINTER key...
   *
   * - complexity: O(N*M) at worst, for M sets of which the smallest has N members
   * - since: 1.0.0
   * - group: set
   * - returns: bulk[]
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
   * - returns: integer
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
   * - returns: integer
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
   * - returns: integer
   */
  sismember(key: RedisKey, member: RedisValue, callback?: Callback<number>): Result<number, Context>;
  sismemberBuffer(key: RedisKey, member: RedisValue, callback?: Callback<number>): Result<number, Context>;

  /**
   * Makes the server a replica of another, or a master again.
   *
   *     SLAVEOF <(host port:int) | (NO ONE)>
   *
   * - complexity: O(1)
   * - since: 1.0.0
   * - group: server
   * - returns: OK
   * @deprecated since 5.0.0: `REPLICAOF`
   */
  slaveof(...args: SomeArgs): Result<"OK", Context>;
  slaveof(...args: [...args: SomeArgs, callback: Callback<"OK">]): Result<"OK", Context>;
  slaveofBuffer(...args: SomeArgs): Result<Bytes, Context>;
  slaveofBuffer(...args: [...args: SomeArgs, callback: Callback<Bytes>]): Result<Bytes, Context>;

  // SLOWLOG is typed by its subcommands.

  /**
   * Returns the calls that took long, the latest first.
   *
   *     SLOWLOG GET [count:int]
   *
   * - complexity: O(N) where N is the number of entries returned
   * - since: 2.2.12
   * - group: server
   * - returns: any[]
   */
  slowlog(subcommand: "GET" | "get", ...args: Args): Result<unknown[], Context>;
  slowlog(...args: [subcommand: "GET" | "get", ...args: Args, callback: Callback<unknown[]>]): Result<unknown[], Context>;
  slowlogBuffer(subcommand: "GET" | "get", ...args: Args): Result<unknown[], Context>;
  slowlogBuffer(...args: [subcommand: "GET" | "get", ...args: Args, callback: Callback<unknown[]>]): Result<unknown[], Context>;

  /**
   * Returns helpful text about the different subcommands.
   *
   *     SLOWLOG HELP
   *
   * - complexity: O(1)
   * - since: 6.2.0
   * - group: server
   * - returns: status[]
   */
  slowlog(subcommand: "HELP" | "help", callback?: Callback<string[]>): Result<string[], Context>;
  slowlogBuffer(subcommand: "HELP" | "help", callback?: Callback<Bytes[]>): Result<Bytes[], Context>;

  /**
   * Returns the number of entries in the slow log.
   *
   *     SLOWLOG LEN
   *
   * - complexity: O(1)
   * - since: 2.2.12
   * - group: server
   * - returns: integer
   */
  slowlog(subcommand: "LEN" | "len", callback?: Callback<number>): Result<number, Context>;
  slowlogBuffer(subcommand: "LEN" | "len", callback?: Callback<number>): Result<number, Context>;

  /**
   * Clears the slow log.
   *
   *     SLOWLOG RESET
   *
   * - complexity: O(N) where N is the number of entries in the slowlog
   * - since: 2.2.12
   * - group: server
   * - returns: OK
   */
  slowlog(subcommand: "RESET" | "reset", callback?: Callback<"OK">): Result<"OK", Context>;
  slowlogBuffer(subcommand: "RESET" | "reset", callback?: Callback<Bytes>): Result<Bytes, Context>;

  /**
   * Returns all members of a set.
   *
   *     SMEMBERS key
   *
   * - complexity: O(N) for a set of N members
   * - since: 1.0.0
   * - group: set
   * - returns: bulk[]
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
   * - returns: integer[]
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
   * - returns: integer
   */
  smove(source: RedisKey, destination: RedisKey, member: RedisValue, callback?: Callback<number>): Result<number, Context>;
  smoveBuffer(source: RedisKey, destination: RedisKey, member: RedisValue, callback?: Callback<number>): Result<number, Context>;

  /**
   * Sorts the elements in a list, a set, or a sorted set, optionally storing the result.
   *
   *     SORT key [BY by-pattern:pattern] [LIMIT (offset:int count:int)] [{GET get-pattern:pattern}...] [<ASC | DESC>] [ALPHA] [STORE destination:key]
   *
   * - complexity: O(N+M*log(M)) where N is the number of elements in the list or set to sort, and M the number of returned elements. When the elements are not sorted, complexity is O(N).
   * - since: 1.0.0
   * - group: generic
   * - returns: (bulk | null)[]; with STORE: integer
   */
  sort<const A extends Args>(key: RedisKey, ...args: A): Result<Has<A, "STORE"> extends true ? number : (string | null)[], Context>;
  sort<const A extends Args>(...args: [key: RedisKey, ...args: A, callback: Callback<Has<A, "STORE"> extends true ? number : (string | null)[]>]): Result<Has<A, "STORE"> extends true ? number : (string | null)[], Context>;
  sortBuffer<const A extends Args>(key: RedisKey, ...args: A): Result<Has<A, "STORE"> extends true ? number : (Bytes | null)[], Context>;
  sortBuffer<const A extends Args>(...args: [key: RedisKey, ...args: A, callback: Callback<Has<A, "STORE"> extends true ? number : (Bytes | null)[]>]): Result<Has<A, "STORE"> extends true ? number : (Bytes | null)[], Context>;

  /**
   * Returns the sorted elements of a list, a set, or a sorted set.
   *
   *     SORT_RO key [BY by-pattern:pattern] [LIMIT (offset:int count:int)] [{GET get-pattern:pattern}...] [<ASC | DESC>] [ALPHA]
   *
   * - complexity: O(N+M*log(M)) where N is the number of elements in the list or set to sort, and M the number of returned elements. When the elements are not sorted, complexity is O(N).
   * - since: 7.0.0
   * - group: generic
   * - returns: (bulk | null)[]
   */
  sort_ro(key: RedisKey, ...args: Args): Result<(string | null)[], Context>;
  sort_ro(...args: [key: RedisKey, ...args: Args, callback: Callback<(string | null)[]>]): Result<(string | null)[], Context>;
  sort_roBuffer(key: RedisKey, ...args: Args): Result<(Bytes | null)[], Context>;
  sort_roBuffer(...args: [key: RedisKey, ...args: Args, callback: Callback<(Bytes | null)[]>]): Result<(Bytes | null)[], Context>;

  /**
   * Removes and returns one or more random members.
   *
   *     SPOP key [count:int]
   *
   * - complexity: O(1); with a count, O(N) for N members
   * - since: 1.0.0
   * - group: set
   * - returns: bulk | null; with count: bulk[]
   */
  spop<const A extends Args>(key: RedisKey, ...args: A): Result<A extends readonly [] ? string | null : string[], Context>;
  spop<const A extends Args>(...args: [key: RedisKey, ...args: A, callback: Callback<A extends readonly [] ? string | null : string[]>]): Result<A extends readonly [] ? string | null : string[], Context>;
  spopBuffer<const A extends Args>(key: RedisKey, ...args: A): Result<A extends readonly [] ? Bytes | null : Bytes[], Context>;
  spopBuffer<const A extends Args>(...args: [key: RedisKey, ...args: A, callback: Callback<A extends readonly [] ? Bytes | null : Bytes[]>]): Result<A extends readonly [] ? Bytes | null : Bytes[], Context>;

  /**
   * Posts a message to a shard channel.
   *
   *     SPUBLISH shardchannel message
   *
   * - complexity: O(N) where N is the number of clients subscribed to the receiving shard channel.
   * - since: 7.0.0
   * - group: pubsub
   * - returns: integer
   */
  spublish(shardchannel: RedisValue, message: RedisValue, callback?: Callback<number>): Result<number, Context>;
  spublishBuffer(shardchannel: RedisValue, message: RedisValue, callback?: Callback<number>): Result<number, Context>;

  /**
   * Returns one or more random members.
   *
   *     SRANDMEMBER key [count:int]
   *
   * - complexity: O(1); with a count, O(N) for N members
   * - since: 1.0.0
   * - group: set
   * - returns: bulk | null; with count: bulk[]
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
   * - returns: integer
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
   * - returns: [bulk, bulk[]]
   */
  sscan(key: RedisKey, cursor: number | string, ...args: Args): Result<[cursor: string, elements: string[]], Context>;
  sscan(...args: [key: RedisKey, cursor: number | string, ...args: Args, callback: Callback<[cursor: string, elements: string[]]>]): Result<[cursor: string, elements: string[]], Context>;
  sscanBuffer(key: RedisKey, cursor: number | string, ...args: Args): Result<[cursor: Bytes, elements: Bytes[]], Context>;
  sscanBuffer(...args: [key: RedisKey, cursor: number | string, ...args: Args, callback: Callback<[cursor: Bytes, elements: Bytes[]]>]): Result<[cursor: Bytes, elements: Bytes[]], Context>;

  /**
   * Listens for messages published to shard channels.
   *
   *     SSUBSCRIBE shardchannel...
   *
   * - complexity: O(N) where N is the number of shard channels to subscribe to.
   * - since: 7.0.0
   * - group: pubsub
   * - returns: integer
   */
  ssubscribe(...args: Args): Result<number, Context>;
  ssubscribe(...args: [...args: Args, callback: Callback<number>]): Result<number, Context>;
  ssubscribeBuffer(...args: Args): Result<number, Context>;
  ssubscribeBuffer(...args: [...args: Args, callback: Callback<number>]): Result<number, Context>;

  /**
   * Returns the length of a string value.
   *
   *     STRLEN key
   *
   * - complexity: O(1)
   * - since: 2.2.0
   * - group: string
   * - returns: integer
   */
  strlen(key: RedisKey, callback?: Callback<number>): Result<number, Context>;
  strlenBuffer(key: RedisKey, callback?: Callback<number>): Result<number, Context>;

  /**
   * Listens for messages published to channels.
   *
   *     SUBSCRIBE channel...
   *
   * - complexity: O(N) where N is the number of channels to subscribe to.
   * - since: 2.0.0
   * - group: pubsub
   * - returns: integer
   */
  subscribe(...args: Args): Result<number, Context>;
  subscribe(...args: [...args: Args, callback: Callback<number>]): Result<number, Context>;
  subscribeBuffer(...args: Args): Result<number, Context>;
  subscribeBuffer(...args: [...args: Args, callback: Callback<number>]): Result<number, Context>;

  /**
   * Returns a substring of the string stored at a key.
   *
   *     SUBSTR key start:int end:int
   *
   * - complexity: O(N) where N is the length of the returned string. The complexity is ultimately determined by the returned length, but because creating a substring from an existing string is very cheap, it can be considered O(1) for small strings.
   * - since: 1.0.0
   * - group: string
   * - returns: bulk
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
   * - returns: bulk[]
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
   * - returns: integer
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
   * - returns: integer
   */
  sunionstore(destination: RedisKey, ...args: Args): Result<number, Context>;
  sunionstore(...args: [destination: RedisKey, ...args: Args, callback: Callback<number>]): Result<number, Context>;
  sunionstoreBuffer(destination: RedisKey, ...args: Args): Result<number, Context>;
  sunionstoreBuffer(...args: [destination: RedisKey, ...args: Args, callback: Callback<number>]): Result<number, Context>;

  /**
   * Stops listening to messages posted to shard channels.
   *
   *     SUNSUBSCRIBE [shardchannel...]
   *
   * - complexity: O(N) where N is the number of shard channels to unsubscribe.
   * - since: 7.0.0
   * - group: pubsub
   * - returns: integer
   */
  sunsubscribe(...args: Args): Result<number, Context>;
  sunsubscribe(...args: [...args: Args, callback: Callback<number>]): Result<number, Context>;
  sunsubscribeBuffer(...args: Args): Result<number, Context>;
  sunsubscribeBuffer(...args: [...args: Args, callback: Callback<number>]): Result<number, Context>;

  /**
   * Swaps two Redis databases.
   *
   *     SWAPDB index1:int index2:int
   *
   * - complexity: O(N) where N is the count of clients watching or blocking on keys from both databases.
   * - since: 4.0.0
   * - group: server
   * - returns: OK
   */
  swapdb(index1: number | string, index2: number | string, callback?: Callback<"OK">): Result<"OK", Context>;
  swapdbBuffer(index1: number | string, index2: number | string, callback?: Callback<Bytes>): Result<Bytes, Context>;

  // SYNC, with which a replica begins, has no method: `sync` is the commands answered at once.

  /**
   * Returns the server time.
   *
   *     TIME
   *
   * - complexity: O(1)
   * - since: 2.6.0
   * - group: server
   * - returns: bulk[]
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
   * - returns: integer
   */
  touch(...args: Args): Result<number, Context>;
  touch(...args: [...args: Args, callback: Callback<number>]): Result<number, Context>;
  touchBuffer(...args: Args): Result<number, Context>;
  touchBuffer(...args: [...args: Args, callback: Callback<number>]): Result<number, Context>;

  /**
   * Deletes the keys of slots that another node has.
   *
   *     TRIMSLOTS RANGES (numranges:int (startslot:int endslot:int)...)
   *
   * - complexity: O(N) where N is the total number of keys in all databases
   * - since: 8.4.0
   * - group: server
   * - returns: OK
   */
  trimslots(...args: Args): Result<"OK", Context>;
  trimslots(...args: [...args: Args, callback: Callback<"OK">]): Result<"OK", Context>;
  trimslotsBuffer(...args: Args): Result<Bytes, Context>;
  trimslotsBuffer(...args: [...args: Args, callback: Callback<Bytes>]): Result<Bytes, Context>;

  /**
   * Returns the remaining time to live of a key in seconds.
   *
   *     TTL key
   *
   * - complexity: O(1)
   * - since: 1.0.0
   * - group: generic
   * - returns: integer
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
   * - returns: status
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
   * - returns: integer
   */
  unlink(...args: Args): Result<number, Context>;
  unlink(...args: [...args: Args, callback: Callback<number>]): Result<number, Context>;
  unlinkBuffer(...args: Args): Result<number, Context>;
  unlinkBuffer(...args: [...args: Args, callback: Callback<number>]): Result<number, Context>;

  /**
   * Stops listening to messages posted to channels.
   *
   *     UNSUBSCRIBE [channel...]
   *
   * - complexity: O(N) where N is the number of channels to unsubscribe.
   * - since: 2.0.0
   * - group: pubsub
   * - returns: integer
   */
  unsubscribe(...args: Args): Result<number, Context>;
  unsubscribe(...args: [...args: Args, callback: Callback<number>]): Result<number, Context>;
  unsubscribeBuffer(...args: Args): Result<number, Context>;
  unsubscribeBuffer(...args: [...args: Args, callback: Callback<number>]): Result<number, Context>;

  /**
   * Forgets about watched keys of a transaction.
   *
   *     UNWATCH
   *
   * - complexity: O(1)
   * - since: 2.2.0
   * - group: transactions
   * - returns: OK
   */
  unwatch(callback?: Callback<"OK">): Result<"OK", Context>;
  unwatchBuffer(callback?: Callback<Bytes>): Result<Bytes, Context>;

  /**
   * Adds an element to a vector set, or gives it another vector.
   *
   *     VADD key [REDUCE (dim:int)] <FP32 | VALUES> vector element [CAS] [<NOQUANT | BIN | Q8>] [EF build-exploration-factor:int] [SETATTR attributes] [M numlinks:int]
   *
   * - since: 8.0.0
   * - group: module
   * - returns: boolean
   */
  vadd(key: RedisKey, ...args: Args): Result<number, Context>;
  vadd(...args: [key: RedisKey, ...args: Args, callback: Callback<number>]): Result<number, Context>;
  vaddBuffer(key: RedisKey, ...args: Args): Result<number, Context>;
  vaddBuffer(...args: [key: RedisKey, ...args: Args, callback: Callback<number>]): Result<number, Context>;

  /**
   * Returns the number of elements of a vector set.
   *
   *     VCARD key
   *
   * - since: 8.0.0
   * - group: module
   * - returns: integer
   */
  vcard(key: RedisKey, callback?: Callback<number>): Result<number, Context>;
  vcardBuffer(key: RedisKey, callback?: Callback<number>): Result<number, Context>;

  /**
   * Returns the number of components of the vectors of a vector set.
   *
   *     VDIM key
   *
   * - since: 8.0.0
   * - group: module
   * - returns: integer
   */
  vdim(key: RedisKey, callback?: Callback<number>): Result<number, Context>;
  vdimBuffer(key: RedisKey, callback?: Callback<number>): Result<number, Context>;

  /**
   * Returns the vector of an element, about as it was added.
   *
   *     VEMB key element [RAW]
   *
   * - since: 8.0.0
   * - group: module
   * - returns: double[] | null; with RAW: any[] | null
   */
  vemb<const A extends Args>(key: RedisKey, element: RedisValue, ...args: A): Result<Has<A, "RAW"> extends true ? unknown[] | null : string[] | null, Context>;
  vemb<const A extends Args>(...args: [key: RedisKey, element: RedisValue, ...args: A, callback: Callback<Has<A, "RAW"> extends true ? unknown[] | null : string[] | null>]): Result<Has<A, "RAW"> extends true ? unknown[] | null : string[] | null, Context>;
  vembBuffer<const A extends Args>(key: RedisKey, element: RedisValue, ...args: A): Result<Has<A, "RAW"> extends true ? unknown[] | null : Bytes[] | null, Context>;
  vembBuffer<const A extends Args>(...args: [key: RedisKey, element: RedisValue, ...args: A, callback: Callback<Has<A, "RAW"> extends true ? unknown[] | null : Bytes[] | null>]): Result<Has<A, "RAW"> extends true ? unknown[] | null : Bytes[] | null, Context>;

  /**
   * Returns the attributes of an element.
   *
   *     VGETATTR key element
   *
   * - since: 8.0.0
   * - group: module
   * - returns: bulk | null
   */
  vgetattr(key: RedisKey, element: RedisValue, callback?: Callback<string | null>): Result<string | null, Context>;
  vgetattrBuffer(key: RedisKey, element: RedisValue, callback?: Callback<Bytes | null>): Result<Bytes | null, Context>;

  /**
   * Returns information about a vector set.
   *
   *     VINFO key
   *
   * - since: 8.0.0
   * - group: module
   * - returns: map | null
   */
  vinfo(key: RedisKey, callback?: Callback<unknown[] | null>): Result<unknown[] | null, Context>;
  vinfoBuffer(key: RedisKey, callback?: Callback<unknown[] | null>): Result<unknown[] | null, Context>;

  /**
   * Determines whether an element belongs to a vector set.
   *
   *     VISMEMBER key element
   *
   * - since: 8.2.0
   * - group: module
   * - returns: boolean
   */
  vismember(key: RedisKey, element: RedisValue, callback?: Callback<number>): Result<number, Context>;
  vismemberBuffer(key: RedisKey, element: RedisValue, callback?: Callback<number>): Result<number, Context>;

  /**
   * Returns the neighbours of an element on each layer of the graph.
   *
   *     VLINKS key element [WITHSCORES]
   *
   * - since: 8.0.0
   * - group: module
   * - returns: any[] | null
   */
  vlinks(key: RedisKey, element: RedisValue, ...args: Args): Result<unknown[] | null, Context>;
  vlinks(...args: [key: RedisKey, element: RedisValue, ...args: Args, callback: Callback<unknown[] | null>]): Result<unknown[] | null, Context>;
  vlinksBuffer(key: RedisKey, element: RedisValue, ...args: Args): Result<unknown[] | null, Context>;
  vlinksBuffer(...args: [key: RedisKey, element: RedisValue, ...args: Args, callback: Callback<unknown[] | null>]): Result<unknown[] | null, Context>;

  /**
   * Returns one or more random elements of a vector set.
   *
   *     VRANDMEMBER key [count:int]
   *
   * - since: 8.0.0
   * - group: module
   * - returns: bulk | null; with count: bulk[]
   */
  vrandmember<const A extends Args>(key: RedisKey, ...args: A): Result<A extends readonly [] ? string | null : string[], Context>;
  vrandmember<const A extends Args>(...args: [key: RedisKey, ...args: A, callback: Callback<A extends readonly [] ? string | null : string[]>]): Result<A extends readonly [] ? string | null : string[], Context>;
  vrandmemberBuffer<const A extends Args>(key: RedisKey, ...args: A): Result<A extends readonly [] ? Bytes | null : Bytes[], Context>;
  vrandmemberBuffer<const A extends Args>(...args: [key: RedisKey, ...args: A, callback: Callback<A extends readonly [] ? Bytes | null : Bytes[]>]): Result<A extends readonly [] ? Bytes | null : Bytes[], Context>;

  /**
   * Returns the elements of a vector set within a lexicographical range.
   *
   *     VRANGE key start end [count:int]
   *
   * - since: 8.4.0
   * - group: module
   * - returns: bulk[]
   */
  vrange(key: RedisKey, start: RedisValue, end: RedisValue, ...args: Args): Result<string[], Context>;
  vrange(...args: [key: RedisKey, start: RedisValue, end: RedisValue, ...args: Args, callback: Callback<string[]>]): Result<string[], Context>;
  vrangeBuffer(key: RedisKey, start: RedisValue, end: RedisValue, ...args: Args): Result<Bytes[], Context>;
  vrangeBuffer(...args: [key: RedisKey, start: RedisValue, end: RedisValue, ...args: Args, callback: Callback<Bytes[]>]): Result<Bytes[], Context>;

  /**
   * Removes an element from a vector set.
   *
   *     VREM key element
   *
   * - since: 8.0.0
   * - group: module
   * - returns: boolean
   */
  vrem(key: RedisKey, element: RedisValue, callback?: Callback<number>): Result<number, Context>;
  vremBuffer(key: RedisKey, element: RedisValue, callback?: Callback<number>): Result<number, Context>;

  /**
   * Sets the attributes of an element, or removes them if they are empty.
   *
   *     VSETATTR key element json
   *
   * - since: 8.0.0
   * - group: module
   * - returns: boolean
   */
  vsetattr(key: RedisKey, element: RedisValue, json: RedisValue, callback?: Callback<number>): Result<number, Context>;
  vsetattrBuffer(key: RedisKey, element: RedisValue, json: RedisValue, callback?: Callback<number>): Result<number, Context>;

  /**
   * Returns the elements that are the most similar to a vector or to an element.
   *
   *     VSIM key <ELE | FP32 | VALUES> vector_or_element [WITHSCORES] [WITHATTRIBS] [COUNT count:int] [EPSILON max_distance:double] [EF search-exploration-factor:int] [FILTER expression] [FILTER-EF max-filtering-effort:int] [TRUTH] [NOTHREAD]
   *
   * - since: 8.0.0
   * - group: module
   * - returns: bulk[]; with WITHSCORES: map; with WITHATTRIBS: map
   */
  vsim<const A extends SomeArgs>(key: RedisKey, ...args: A): Result<Has<A, "WITHSCORES"> extends true ? unknown[] : Has<A, "WITHATTRIBS"> extends true ? unknown[] : string[], Context>;
  vsim<const A extends SomeArgs>(...args: [key: RedisKey, ...args: A, callback: Callback<Has<A, "WITHSCORES"> extends true ? unknown[] : Has<A, "WITHATTRIBS"> extends true ? unknown[] : string[]>]): Result<Has<A, "WITHSCORES"> extends true ? unknown[] : Has<A, "WITHATTRIBS"> extends true ? unknown[] : string[], Context>;
  vsimBuffer<const A extends SomeArgs>(key: RedisKey, ...args: A): Result<Has<A, "WITHSCORES"> extends true ? unknown[] : Has<A, "WITHATTRIBS"> extends true ? unknown[] : Bytes[], Context>;
  vsimBuffer<const A extends SomeArgs>(...args: [key: RedisKey, ...args: A, callback: Callback<Has<A, "WITHSCORES"> extends true ? unknown[] : Has<A, "WITHATTRIBS"> extends true ? unknown[] : Bytes[]>]): Result<Has<A, "WITHSCORES"> extends true ? unknown[] : Has<A, "WITHATTRIBS"> extends true ? unknown[] : Bytes[], Context>;

  /**
   * Waits until replicas have the writes of this connection.
   *
   *     WAIT numreplicas:int timeout:int
   *
   * - complexity: O(1)
   * - since: 3.0.0
   * - group: generic
   * - returns: integer
   */
  wait(numreplicas: number | string, timeout: number | string, callback?: Callback<number>): Result<number, Context>;
  waitBuffer(numreplicas: number | string, timeout: number | string, callback?: Callback<number>): Result<number, Context>;

  /**
   * Waits until the writes of this connection are in append-only files.
   *
   *     WAITAOF numlocal:int numreplicas:int timeout:int
   *
   * - complexity: O(1)
   * - since: 7.2.0
   * - group: generic
   * - returns: integer[]
   */
  waitaof(numlocal: number | string, numreplicas: number | string, timeout: number | string, callback?: Callback<number[]>): Result<number[], Context>;
  waitaofBuffer(numlocal: number | string, numreplicas: number | string, timeout: number | string, callback?: Callback<number[]>): Result<number[], Context>;

  /**
   * Monitors changes to keys to determine the execution of a transaction.
   *
   *     WATCH key...
   *
   * - complexity: O(1) for every key.
   * - since: 2.2.0
   * - group: transactions
   * - returns: OK
   */
  watch(...args: Args): Result<"OK", Context>;
  watch(...args: [...args: Args, callback: Callback<"OK">]): Result<"OK", Context>;
  watchBuffer(...args: Args): Result<Bytes, Context>;
  watchBuffer(...args: [...args: Args, callback: Callback<Bytes>]): Result<Bytes, Context>;

  /**
   * Acknowledges pending entries of a group and returns how many there were.
   *
   *     XACK key group id...
   *
   * - complexity: O(1) for each message ID processed.
   * - since: 5.0.0
   * - group: stream
   * - returns: integer
   */
  xack(key: RedisKey, group: RedisValue, ...args: Args): Result<number, Context>;
  xack(...args: [key: RedisKey, group: RedisValue, ...args: Args, callback: Callback<number>]): Result<number, Context>;
  xackBuffer(key: RedisKey, group: RedisValue, ...args: Args): Result<number, Context>;
  xackBuffer(...args: [key: RedisKey, group: RedisValue, ...args: Args, callback: Callback<number>]): Result<number, Context>;

  /**
   * Acknowledges pending entries of a group and deletes them.
   *
   *     XACKDEL key group [<KEEPREF | DELREF | ACKED>] IDS (numids:int id...)
   *
   * - complexity: O(1) for each message ID processed.
   * - since: 8.2.0
   * - group: stream
   * - returns: integer[]
   */
  xackdel(key: RedisKey, group: RedisValue, ...args: Args): Result<number[], Context>;
  xackdel(...args: [key: RedisKey, group: RedisValue, ...args: Args, callback: Callback<number[]>]): Result<number[], Context>;
  xackdelBuffer(key: RedisKey, group: RedisValue, ...args: Args): Result<number[], Context>;
  xackdelBuffer(...args: [key: RedisKey, group: RedisValue, ...args: Args, callback: Callback<number[]>]): Result<number[], Context>;

  /**
   * Appends an entry to a stream.
   *
   *     XADD key [NOMKSTREAM] [<KEEPREF | DELREF | ACKED>] [<IDMPAUTO pid | IDMP (pid iid)>] [(<MAXLEN | MINID> [<= | ~>] threshold [LIMIT count:int])] <* | id> (field value)...
   *
   * - complexity: O(1) when adding a new entry, O(N) when trimming where N being the number of entries evicted.
   * - since: 5.0.0
   * - group: stream
   * - returns: bulk | null
   */
  xadd(key: RedisKey, ...args: Args): Result<string | null, Context>;
  xadd(...args: [key: RedisKey, ...args: Args, callback: Callback<string | null>]): Result<string | null, Context>;
  xaddBuffer(key: RedisKey, ...args: Args): Result<Bytes | null, Context>;
  xaddBuffer(...args: [key: RedisKey, ...args: Args, callback: Callback<Bytes | null>]): Result<Bytes | null, Context>;

  /**
   * Gives a consumer the pending entries of its group that have been idle.
   *
   *     XAUTOCLAIM key group consumer min-idle-time start [COUNT count:int] [JUSTID]
   *
   * - complexity: O(1) if COUNT is small.
   * - since: 6.2.0
   * - group: stream
   * - returns: any[]
   */
  xautoclaim(key: RedisKey, group: RedisValue, consumer: RedisValue, minIdleTime: RedisValue, start: RedisValue, ...args: Args): Result<unknown[], Context>;
  xautoclaim(...args: [key: RedisKey, group: RedisValue, consumer: RedisValue, minIdleTime: RedisValue, start: RedisValue, ...args: Args, callback: Callback<unknown[]>]): Result<unknown[], Context>;
  xautoclaimBuffer(key: RedisKey, group: RedisValue, consumer: RedisValue, minIdleTime: RedisValue, start: RedisValue, ...args: Args): Result<unknown[], Context>;
  xautoclaimBuffer(...args: [key: RedisKey, group: RedisValue, consumer: RedisValue, minIdleTime: RedisValue, start: RedisValue, ...args: Args, callback: Callback<unknown[]>]): Result<unknown[], Context>;

  /**
   * Sets for how long a stream remembers what producers sent, and how much of it.
   *
   *     XCFGSET key [IDMP-DURATION idmp-duration:int] [IDMP-MAXSIZE idmp-maxsize:int]
   *
   * - complexity: O(1)
   * - since: 8.6.0
   * - group: stream
   * - returns: OK
   */
  xcfgset(key: RedisKey, ...args: Args): Result<"OK", Context>;
  xcfgset(...args: [key: RedisKey, ...args: Args, callback: Callback<"OK">]): Result<"OK", Context>;
  xcfgsetBuffer(key: RedisKey, ...args: Args): Result<Bytes, Context>;
  xcfgsetBuffer(...args: [key: RedisKey, ...args: Args, callback: Callback<Bytes>]): Result<Bytes, Context>;

  /**
   * Gives a consumer pending entries of its group.
   *
   *     XCLAIM key group consumer min-idle-time id... [IDLE ms:int] [TIME unix-time-milliseconds:unix] [RETRYCOUNT count:int] [FORCE] [JUSTID] [LASTID lastid]
   *
   * - complexity: O(log N) with N being the number of messages in the PEL of the consumer group.
   * - since: 5.0.0
   * - group: stream
   * - returns: any[]
   */
  xclaim(key: RedisKey, group: RedisValue, consumer: RedisValue, minIdleTime: RedisValue, ...args: Args): Result<unknown[], Context>;
  xclaim(...args: [key: RedisKey, group: RedisValue, consumer: RedisValue, minIdleTime: RedisValue, ...args: Args, callback: Callback<unknown[]>]): Result<unknown[], Context>;
  xclaimBuffer(key: RedisKey, group: RedisValue, consumer: RedisValue, minIdleTime: RedisValue, ...args: Args): Result<unknown[], Context>;
  xclaimBuffer(...args: [key: RedisKey, group: RedisValue, consumer: RedisValue, minIdleTime: RedisValue, ...args: Args, callback: Callback<unknown[]>]): Result<unknown[], Context>;

  /**
   * Deletes entries of a stream and returns how many there were.
   *
   *     XDEL key id...
   *
   * - complexity: O(1) for each single item to delete in the stream, regardless of the stream size.
   * - since: 5.0.0
   * - group: stream
   * - returns: integer
   */
  xdel(key: RedisKey, ...args: Args): Result<number, Context>;
  xdel(...args: [key: RedisKey, ...args: Args, callback: Callback<number>]): Result<number, Context>;
  xdelBuffer(key: RedisKey, ...args: Args): Result<number, Context>;
  xdelBuffer(...args: [key: RedisKey, ...args: Args, callback: Callback<number>]): Result<number, Context>;

  /**
   * Deletes entries of a stream, with or without what consumer groups hold of them.
   *
   *     XDELEX key [<KEEPREF | DELREF | ACKED>] IDS (numids:int id...)
   *
   * - complexity: O(1) for each single item to delete in the stream, regardless of the stream size.
   * - since: 8.2.0
   * - group: stream
   * - returns: integer[]
   */
  xdelex(key: RedisKey, ...args: Args): Result<number[], Context>;
  xdelex(...args: [key: RedisKey, ...args: Args, callback: Callback<number[]>]): Result<number[], Context>;
  xdelexBuffer(key: RedisKey, ...args: Args): Result<number[], Context>;
  xdelexBuffer(...args: [key: RedisKey, ...args: Args, callback: Callback<number[]>]): Result<number[], Context>;

  // XGROUP is typed by its subcommands.

  /**
   * Creates a consumer group.
   *
   *     XGROUP CREATE key group <id | $> [MKSTREAM] [ENTRIESREAD entriesread:int]
   *
   * - complexity: O(1)
   * - since: 5.0.0
   * - group: stream
   * - returns: OK
   */
  xgroup(subcommand: "CREATE" | "create", key: RedisKey, group: RedisValue, ...args: SomeArgs): Result<"OK", Context>;
  xgroup(...args: [subcommand: "CREATE" | "create", key: RedisKey, group: RedisValue, ...args: SomeArgs, callback: Callback<"OK">]): Result<"OK", Context>;
  xgroupBuffer(subcommand: "CREATE" | "create", key: RedisKey, group: RedisValue, ...args: SomeArgs): Result<Bytes, Context>;
  xgroupBuffer(...args: [subcommand: "CREATE" | "create", key: RedisKey, group: RedisValue, ...args: SomeArgs, callback: Callback<Bytes>]): Result<Bytes, Context>;

  /**
   * Creates a consumer in a group.
   *
   *     XGROUP CREATECONSUMER key group consumer
   *
   * - complexity: O(1)
   * - since: 6.2.0
   * - group: stream
   * - returns: integer
   */
  xgroup(subcommand: "CREATECONSUMER" | "createconsumer", key: RedisKey, group: RedisValue, consumer: RedisValue, callback?: Callback<number>): Result<number, Context>;
  xgroupBuffer(subcommand: "CREATECONSUMER" | "createconsumer", key: RedisKey, group: RedisValue, consumer: RedisValue, callback?: Callback<number>): Result<number, Context>;

  /**
   * Deletes a consumer from a group with its pending entries, and returns how many it had.
   *
   *     XGROUP DELCONSUMER key group consumer
   *
   * - complexity: O(1)
   * - since: 5.0.0
   * - group: stream
   * - returns: integer
   */
  xgroup(subcommand: "DELCONSUMER" | "delconsumer", key: RedisKey, group: RedisValue, consumer: RedisValue, callback?: Callback<number>): Result<number, Context>;
  xgroupBuffer(subcommand: "DELCONSUMER" | "delconsumer", key: RedisKey, group: RedisValue, consumer: RedisValue, callback?: Callback<number>): Result<number, Context>;

  /**
   * Destroys a consumer group.
   *
   *     XGROUP DESTROY key group
   *
   * - complexity: O(N) where N is the number of entries in the group's pending entries list (PEL).
   * - since: 5.0.0
   * - group: stream
   * - returns: integer
   */
  xgroup(subcommand: "DESTROY" | "destroy", key: RedisKey, group: RedisValue, callback?: Callback<number>): Result<number, Context>;
  xgroupBuffer(subcommand: "DESTROY" | "destroy", key: RedisKey, group: RedisValue, callback?: Callback<number>): Result<number, Context>;

  /**
   * Returns helpful text about the different subcommands.
   *
   *     XGROUP HELP
   *
   * - complexity: O(1)
   * - since: 5.0.0
   * - group: stream
   * - returns: status[]
   */
  xgroup(subcommand: "HELP" | "help", callback?: Callback<string[]>): Result<string[], Context>;
  xgroupBuffer(subcommand: "HELP" | "help", callback?: Callback<Bytes[]>): Result<Bytes[], Context>;

  /**
   * Sets the last-delivered ID of a consumer group.
   *
   *     XGROUP SETID key group <id | $> [ENTRIESREAD entriesread:int]
   *
   * - complexity: O(1)
   * - since: 5.0.0
   * - group: stream
   * - returns: OK
   */
  xgroup(subcommand: "SETID" | "setid", key: RedisKey, group: RedisValue, ...args: SomeArgs): Result<"OK", Context>;
  xgroup(...args: [subcommand: "SETID" | "setid", key: RedisKey, group: RedisValue, ...args: SomeArgs, callback: Callback<"OK">]): Result<"OK", Context>;
  xgroupBuffer(subcommand: "SETID" | "setid", key: RedisKey, group: RedisValue, ...args: SomeArgs): Result<Bytes, Context>;
  xgroupBuffer(...args: [subcommand: "SETID" | "setid", key: RedisKey, group: RedisValue, ...args: SomeArgs, callback: Callback<Bytes>]): Result<Bytes, Context>;

  /**
   * Remembers an entry as sent by a producer, as an append-only file needs it.
   *
   *     XIDMPRECORD key pid iid stream-id
   *
   * - complexity: O(1)
   * - since: 8.6.2
   * - group: stream
   * - returns: OK
   */
  xidmprecord(key: RedisKey, pid: RedisValue, iid: RedisValue, streamId: RedisValue, callback?: Callback<"OK">): Result<"OK", Context>;
  xidmprecordBuffer(key: RedisKey, pid: RedisValue, iid: RedisValue, streamId: RedisValue, callback?: Callback<Bytes>): Result<Bytes, Context>;

  // XINFO is typed by its subcommands.

  /**
   * Returns the consumers of a group.
   *
   *     XINFO CONSUMERS key group
   *
   * - complexity: O(1)
   * - since: 5.0.0
   * - group: stream
   * - returns: map[]
   */
  xinfo(subcommand: "CONSUMERS" | "consumers", key: RedisKey, group: RedisValue, callback?: Callback<unknown[][]>): Result<unknown[][], Context>;
  xinfoBuffer(subcommand: "CONSUMERS" | "consumers", key: RedisKey, group: RedisValue, callback?: Callback<unknown[][]>): Result<unknown[][], Context>;

  /**
   * Returns the consumer groups of a stream.
   *
   *     XINFO GROUPS key
   *
   * - complexity: O(1)
   * - since: 5.0.0
   * - group: stream
   * - returns: map[]
   */
  xinfo(subcommand: "GROUPS" | "groups", key: RedisKey, callback?: Callback<unknown[][]>): Result<unknown[][], Context>;
  xinfoBuffer(subcommand: "GROUPS" | "groups", key: RedisKey, callback?: Callback<unknown[][]>): Result<unknown[][], Context>;

  /**
   * Returns helpful text about the different subcommands.
   *
   *     XINFO HELP
   *
   * - complexity: O(1)
   * - since: 5.0.0
   * - group: stream
   * - returns: status[]
   */
  xinfo(subcommand: "HELP" | "help", callback?: Callback<string[]>): Result<string[], Context>;
  xinfoBuffer(subcommand: "HELP" | "help", callback?: Callback<Bytes[]>): Result<Bytes[], Context>;

  /**
   * Returns information about a stream.
   *
   *     XINFO STREAM key [(FULL [COUNT count:int])]
   *
   * - complexity: O(1)
   * - since: 5.0.0
   * - group: stream
   * - returns: map
   */
  xinfo(subcommand: "STREAM" | "stream", key: RedisKey, ...args: Args): Result<unknown[], Context>;
  xinfo(...args: [subcommand: "STREAM" | "stream", key: RedisKey, ...args: Args, callback: Callback<unknown[]>]): Result<unknown[], Context>;
  xinfoBuffer(subcommand: "STREAM" | "stream", key: RedisKey, ...args: Args): Result<unknown[], Context>;
  xinfoBuffer(...args: [subcommand: "STREAM" | "stream", key: RedisKey, ...args: Args, callback: Callback<unknown[]>]): Result<unknown[], Context>;

  /**
   * Returns the number of entries of a stream.
   *
   *     XLEN key
   *
   * - complexity: O(1)
   * - since: 5.0.0
   * - group: stream
   * - returns: integer
   */
  xlen(key: RedisKey, callback?: Callback<number>): Result<number, Context>;
  xlenBuffer(key: RedisKey, callback?: Callback<number>): Result<number, Context>;

  /**
   * Gives pending entries back to their group without acknowledging them.
   *
   *     XNACK key group <SILENT | FAIL | FATAL> IDS (numids:int id...) [RETRYCOUNT count:int] [FORCE]
   *
   * - complexity: O(1) for each message ID processed.
   * - since: 8.8.0
   * - group: stream
   * - returns: integer
   */
  xnack(key: RedisKey, group: RedisValue, ...args: SomeArgs): Result<number, Context>;
  xnack(...args: [key: RedisKey, group: RedisValue, ...args: SomeArgs, callback: Callback<number>]): Result<number, Context>;
  xnackBuffer(key: RedisKey, group: RedisValue, ...args: SomeArgs): Result<number, Context>;
  xnackBuffer(...args: [key: RedisKey, group: RedisValue, ...args: SomeArgs, callback: Callback<number>]): Result<number, Context>;

  /**
   * Returns the pending entries of a group, or a summary of them.
   *
   *     XPENDING key group [([IDLE min-idle-time:int] start end count:int [consumer])]
   *
   * - complexity: O(N) with N being the number of elements returned, so asking for a small fixed number of entries per call is O(1). O(M), where M is the total number of entries scanned when used with the IDLE filter. When the command returns just the summary and the list of consumers is small, it runs in O(1) time; otherwise, an additional O(N) time for iterating every consumer.
   * - since: 5.0.0
   * - group: stream
   * - returns: any[]
   */
  xpending(key: RedisKey, group: RedisValue, ...args: Args): Result<unknown[], Context>;
  xpending(...args: [key: RedisKey, group: RedisValue, ...args: Args, callback: Callback<unknown[]>]): Result<unknown[], Context>;
  xpendingBuffer(key: RedisKey, group: RedisValue, ...args: Args): Result<unknown[], Context>;
  xpendingBuffer(...args: [key: RedisKey, group: RedisValue, ...args: Args, callback: Callback<unknown[]>]): Result<unknown[], Context>;

  /**
   * Returns the entries of a stream between two IDs.
   *
   *     XRANGE key start end [COUNT count:int]
   *
   * - complexity: O(N) with N being the number of elements being returned. If N is constant (e.g. always asking for the first 10 elements with COUNT), you can consider it O(1).
   * - since: 5.0.0
   * - group: stream
   * - returns: any[]
   */
  xrange(key: RedisKey, start: RedisValue, end: RedisValue, ...args: Args): Result<unknown[], Context>;
  xrange(...args: [key: RedisKey, start: RedisValue, end: RedisValue, ...args: Args, callback: Callback<unknown[]>]): Result<unknown[], Context>;
  xrangeBuffer(key: RedisKey, start: RedisValue, end: RedisValue, ...args: Args): Result<unknown[], Context>;
  xrangeBuffer(...args: [key: RedisKey, start: RedisValue, end: RedisValue, ...args: Args, callback: Callback<unknown[]>]): Result<unknown[], Context>;

  /**
   * Returns the entries of streams behind given IDs, and waits for some if there are none.
   *
   *     XREAD [COUNT count:int] [MAXCOUNT maxcount:int] [MAXSIZE maxsize:int] [BLOCK milliseconds:int] STREAMS (key... id...)
   *
   * - since: 5.0.0
   * - group: stream
   * - returns: any | null
   */
  xread(...args: Args): Result<unknown, Context>;
  xread(...args: [...args: Args, callback: Callback<unknown>]): Result<unknown, Context>;
  xreadBuffer(...args: Args): Result<unknown, Context>;
  xreadBuffer(...args: [...args: Args, callback: Callback<unknown>]): Result<unknown, Context>;

  /**
   * Returns new entries of streams, or a consumer's pending ones, to a consumer of a group.
   *
   *     XREADGROUP GROUP (group consumer) [COUNT count:int] [MAXCOUNT maxcount:int] [MAXSIZE maxsize:int] [BLOCK milliseconds:int] [CLAIM min-idle-time:int] [NOACK] STREAMS (key... id...)
   *
   * - complexity: For each stream mentioned: O(M) with M being the number of elements returned. If M is constant (e.g. always asking for the first 10 elements with COUNT), you can consider it O(1). On the other side when XREADGROUP blocks, XADD will pay the O(N) time in order to serve the N clients blocked on the stream getting new data.
   * - since: 5.0.0
   * - group: stream
   * - returns: any | null
   */
  xreadgroup(...args: Args): Result<unknown, Context>;
  xreadgroup(...args: [...args: Args, callback: Callback<unknown>]): Result<unknown, Context>;
  xreadgroupBuffer(...args: Args): Result<unknown, Context>;
  xreadgroupBuffer(...args: [...args: Args, callback: Callback<unknown>]): Result<unknown, Context>;

  /**
   * Returns the entries of a stream between two IDs in reverse order.
   *
   *     XREVRANGE key end start [COUNT count:int]
   *
   * - complexity: O(N) with N being the number of elements being returned. If N is constant (e.g. always asking for the first 10 elements with COUNT), you can consider it O(1).
   * - since: 5.0.0
   * - group: stream
   * - returns: any[]
   */
  xrevrange(key: RedisKey, end: RedisValue, start: RedisValue, ...args: Args): Result<unknown[], Context>;
  xrevrange(...args: [key: RedisKey, end: RedisValue, start: RedisValue, ...args: Args, callback: Callback<unknown[]>]): Result<unknown[], Context>;
  xrevrangeBuffer(key: RedisKey, end: RedisValue, start: RedisValue, ...args: Args): Result<unknown[], Context>;
  xrevrangeBuffer(...args: [key: RedisKey, end: RedisValue, start: RedisValue, ...args: Args, callback: Callback<unknown[]>]): Result<unknown[], Context>;

  /**
   * Sets the last ID of a stream and what it counts, as replication needs it.
   *
   *     XSETID key last-id [ENTRIESADDED entries-added:int] [MAXDELETEDID max-deleted-id]
   *
   * - complexity: O(1)
   * - since: 5.0.0
   * - group: stream
   * - returns: OK
   */
  xsetid(key: RedisKey, lastId: RedisValue, ...args: Args): Result<"OK", Context>;
  xsetid(...args: [key: RedisKey, lastId: RedisValue, ...args: Args, callback: Callback<"OK">]): Result<"OK", Context>;
  xsetidBuffer(key: RedisKey, lastId: RedisValue, ...args: Args): Result<Bytes, Context>;
  xsetidBuffer(...args: [key: RedisKey, lastId: RedisValue, ...args: Args, callback: Callback<Bytes>]): Result<Bytes, Context>;

  /**
   * Deletes entries from the beginning of a stream.
   *
   *     XTRIM key (<MAXLEN | MINID> [<= | ~>] threshold [LIMIT count:int] [<KEEPREF | DELREF | ACKED>])
   *
   * - complexity: O(N), with N being the number of evicted entries. Constant times are very small however, since entries are organized in macro nodes containing multiple entries that can be released with a single deallocation.
   * - since: 5.0.0
   * - group: stream
   * - returns: integer
   */
  xtrim(key: RedisKey, ...args: Args): Result<number, Context>;
  xtrim(...args: [key: RedisKey, ...args: Args, callback: Callback<number>]): Result<number, Context>;
  xtrimBuffer(key: RedisKey, ...args: Args): Result<number, Context>;
  xtrimBuffer(...args: [key: RedisKey, ...args: Args, callback: Callback<number>]): Result<number, Context>;

  /**
   * Adds members to a sorted set, or updates their scores.
   *
   *     ZADD key [<NX | XX>] [<GT | LT>] [CH] [INCR] (score:double member)...
   *
   * - complexity: O(log(N)) for each item added, where N is the number of elements in the sorted set.
   * - since: 1.2.0
   * - group: sorted-set
   * - returns: integer; with INCR: double | null
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
   * - returns: integer
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
   * - returns: integer
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
   * - returns: bulk[]
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
   * - returns: integer
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
   * - returns: double
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
   * - returns: bulk[]
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
   * - returns: integer
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
   * - returns: integer
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
   * - returns: integer
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
   * - returns: [bulk, [bulk, double][]] | null
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
   * - returns: (double | null)[]
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
   * - returns: bulk[]
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
   * - returns: bulk[]
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
   * - returns: bulk | null; with COUNT: bulk[]
   */
  zrandmember<const A extends Args>(key: RedisKey, ...args: A): Result<A extends readonly [] ? string | null : string[], Context>;
  zrandmember<const A extends Args>(...args: [key: RedisKey, ...args: A, callback: Callback<A extends readonly [] ? string | null : string[]>]): Result<A extends readonly [] ? string | null : string[], Context>;
  zrandmemberBuffer<const A extends Args>(key: RedisKey, ...args: A): Result<A extends readonly [] ? Bytes | null : Bytes[], Context>;
  zrandmemberBuffer<const A extends Args>(...args: [key: RedisKey, ...args: A, callback: Callback<A extends readonly [] ? Bytes | null : Bytes[]>]): Result<A extends readonly [] ? Bytes | null : Bytes[], Context>;

  /**
   * Returns the members of a sorted set in a range of ranks, scores or strings.
   *
   *     ZRANGE key start stop [<BYSCORE | BYLEX>] [REV] [LIMIT (offset:int count:int)] [WITHSCORES]
   *
   * - complexity: O(log(N)+M) with N being the number of elements in the sorted set and M the number of elements returned.
   * - since: 1.2.0
   * - group: sorted-set
   * - returns: bulk[]
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
   * - returns: bulk[]
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
   * - returns: bulk[]
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
   * - returns: integer
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
   * - returns: integer | null; with WITHSCORE: [integer, double] | null
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
   * - returns: integer
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
   * - returns: integer
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
   * - returns: integer
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
   * - returns: integer
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
   * - returns: bulk[]
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
   * - returns: bulk[]
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
   * - returns: bulk[]
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
   * - returns: integer | null; with WITHSCORE: [integer, double] | null
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
   * - returns: [bulk, bulk[]]
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
   * - returns: double | null
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
   * - returns: bulk[]
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
   * - returns: integer
   */
  zunionstore(destination: RedisKey, numkeys: number | string, ...args: Args): Result<number, Context>;
  zunionstore(...args: [destination: RedisKey, numkeys: number | string, ...args: Args, callback: Callback<number>]): Result<number, Context>;
  zunionstoreBuffer(destination: RedisKey, numkeys: number | string, ...args: Args): Result<number, Context>;
  zunionstoreBuffer(...args: [destination: RedisKey, numkeys: number | string, ...args: Args, callback: Callback<number>]): Result<number, Context>;
}
