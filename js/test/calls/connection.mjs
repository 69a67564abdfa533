const bytes = Buffer.from([0, 255, 13, 10]);

export default [
  ["ping"], ["ping", "text"], ["pingBuffer", bytes], ["ping", "a", "b"], ["echo", "text"], ["echo"], ["echoBuffer", bytes], ["client", "GETNAME"],
  ["client", "SETNAME", "mine"], ["client", "GETNAME"], ["client", "SETNAME", "two words"], ["client", "NO-EVICT", "ON"], ["client", "NOSUCH"],
  ["client", "KILL", "ID", 999999], ["client", "KILL", "1.1.1.1:1"], ["client", "UNBLOCK", 999999], ["client", "CACHING", "YES"], ["client", "GETREDIR"],
  ["client", "TRACKING", "OFF"], ["client", "PAUSE", 0], ["client", "UNPAUSE"], ["select", 1], ["select", 99], ["select", "x"], ["select", 0],
  ["acl", "WHOAMI"], ["acl", "USERS"], ["acl", "GETUSER", "none"], ["acl", "SETUSER", "u", "on", ">p", "~a*", "+get"], ["acl", "DELUSER", "u", "none"],
  ["acl", "SETUSER", "u", "nonsense"], ["acl", "DRYRUN", "default", "get", "a"], ["auth", "wrong"], ["auth", "u", "wrong"], ["config", "GET", "maxmemory"],
  ["config", "GET", "hash-max-listpack-entries"], ["config", "GET", "none"], ["config", "SET", "maxmemory"], ["config", "SET", "nosuch", 1],
  ["config", "RESETSTAT"], ["command", "GETKEYS", "SET", "a", "b"], ["command", "GETKEYS", "MSET", "a", "1", "b", "2"], ["command", "GETKEYSANDFLAGS", "LMOVE", "a", "b", "LEFT", "LEFT"],
  ["command", "LIST", "FILTERBY", "PATTERN", "hincrbyf*"], ["latency", "RESET"], ["latency", "LATEST"], ["slowlog", "LEN"], ["slowlog", "RESET"], ["role"],
  ["memory", "USAGE", "none"], ["object", "FREQ", "none"], ["cluster", "KEYSLOT", "foo"], ["nosuch", "x"], ["readonly"], ["publish", "c", "m"],
  ["spublish", "c", "m"], ["pubsub", "CHANNELS"], ["pubsub", "NUMSUB", "c"], ["pubsub", "NUMPAT"], ["pubsub", "SHARDCHANNELS"], ["pubsub", "SHARDNUMSUB", "c"],
  ["watch", "a"], ["unwatch"], ["exec"], ["discard"],
];
