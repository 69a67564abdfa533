export default [
  ["mset", "a", 1, "b", 2, "c", 3], ["exists", "a", "b", "none", "a"], ["exists", ["a"]], ["type", "a"], ["type", "none"], ["del", "c", "none"],
  ["unlink", "none"], ["touch", "a", "none"], ["expire", "a", 100], ["expire", "a", 50, "GT"], ["expire", "a", 200, "NX"], ["expire", "a", "x"],
  ["expire", "none", 10], ["pexpire", "a", 100000, "LT"], ["expireat", "a", 33177117420], ["pexpireat", "a", 33177117420000],
  ["expiretime", "a"], ["pexpiretime", "a"], ["expiretime", "none"], ["ttl", "b"], ["ttl", "none"], ["pttl", "b"], ["persist", "a"], ["persist", "a"],
  ["rename", "a", "z"], ["rename", "none", "z"], ["renamenx", "z", "b"], ["renamenx", "z", "y"], ["copy", "y", "x"], ["copy", "y", "x"],
  ["copy", "y", "x", "REPLACE"], ["copy", "y", "y2", "DB", 3], ["move", "x", 4], ["move", "none", 4], ["move", "y", 99], ["keys", "*"],
  ["keys", "[b-c]"], ["scan", 0], ["scan", 0, "MATCH", "b*", "COUNT", 100, "TYPE", "string"], ["scan", "x"], ["dbsize"],
  ["object", "ENCODING", "y"], ["object", "REFCOUNT", "none"], ["object", "ENCODING", "none"], ["object", "NOSUCH", "y"], ["set", "dumped", "x"],
  ["restore", "r", 0, "junk"], ["rpush", "l", 3, 1, 2], ["sort", "l"], ["sort", "l", "DESC", "LIMIT", 0, 2], ["rpush", "w", "x", "a"],
  ["sort", "w"], ["sort", "w", "ALPHA"], ["sort", "l", "BY", "nosort", "GET", "#", "GET", "k*"], ["sort", "l", "STORE", "sorted"],
  ["sort_ro", "l"], ["sort_ro", "l", "STORE", "x"], ["lrange", "sorted", 0, -1], ["swapdb", 0, 5], ["dbsize"], ["swapdb", 0, 5], ["swapdb", 0, 99],
  ["wait", 0, 1], ["migrate", "h"], ["flushdb"], ["dbsize"], ["randomkey"], ["flushall", "ASYNC"],
];
