export default [
  ["sadd", "s", 1, 2, 3], ["sadd", "s", [3, 4]], ["sadd", "w", "a", "b"], ["scard", "s"], ["scard", "none"], ["sismember", "s", 1], ["sismember", "s", 9],
  ["smismember", "s", 1, 9, 2], ["smismember", "none", 1], ["smembers", "s"], ["smembers", "none"], ["srem", "s", 4, 9], ["sadd", "t", 2, 3, 9],
  ["sinter", "s", "t"], ["sunion", "s", "t"], ["sdiff", "s", "t"], ["sinter", "s", "none"], ["sinterstore", "i", "s", "t"], ["sunionstore", "u", "s", "t"],
  ["sdiffstore", "d", "s", "t"], ["sintercard", 2, "s", "t"], ["sintercard", 2, "s", "t", "LIMIT", 1], ["sintercard", 0, "s"], ["smove", "s", "w", 1],
  ["smove", "s", "w", 99], ["srandmember", "none"], ["srandmember", "d", 5], ["srandmember", "i", "x"], ["spop", "d"], ["spop", "d"], ["spop", "u", 9],
  ["spop", "i", -1], ["sscan", "s", 0], ["sscan", "s", 0, "MATCH", "2", "COUNT", 5], ["object", "ENCODING", "s"], ["set", "x", 1], ["sadd", "x", 1],
  ["smembers", "x"],
];
