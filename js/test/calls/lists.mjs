export default [
  ["rpush", "l", "a", "b", "c"], ["lpush", "l", ["x", "y"]], ["lpush", "l"], ["lpushx", "none", 1], ["rpushx", "l", "d"], ["llen", "l"],
  ["llen", "none"], ["lrange", "l", 0, -1], ["lrange", "l", "x", 1], ["lrange", "l", 5, 1], ["lindex", "l", 0], ["lindex", "l", -1],
  ["lindex", "l", 99], ["lset", "l", 0, "Y"], ["lset", "l", 99, "Y"], ["lset", "none", 0, "Y"], ["linsert", "l", "BEFORE", "a", "0"],
  ["linsert", "l", "AFTER", "none", "0"], ["linsert", "l", "ASIDE", "a", "0"], ["lpos", "l", "a"], ["lpos", "l", "none"], ["lpos", "l", "a", "COUNT", 0],
  ["lpos", "l", "a", "RANK", 0], ["lrem", "l", 0, "0"], ["lrem", "l", -1, "d"], ["ltrim", "l", 0, 3], ["lpop", "l"], ["lpop", "l", 2],
  ["lpop", "none"], ["lpop", "none", 2], ["lpop", "l", -1], ["rpop", "l"], ["rpush", "l", 1, 2, 3, 4, 5, 6], ["rpoplpush", "l", "m"],
  ["lmove", "l", "m", "LEFT", "RIGHT"], ["lmove", "none", "m", "LEFT", "RIGHT"], ["lmove", "l", "m", "UP", "RIGHT"], ["lmpop", 2, "none", "l", "LEFT"],
  ["lmpop", 1, "l", "RIGHT", "COUNT", 2], ["lmpop", 0, "l", "LEFT"], ["lmpop", 1, "none", "LEFT"], ["blpop", "none", "l", 1], ["brpop", ["l"], 1],
  ["brpoplpush", "m", "l", 1], ["blmove", "l", "m", "LEFT", "LEFT", 1], ["blmpop", 1, 1, "m", "LEFT", "COUNT", 5], ["blpop", "none", 0.01],
  ["blpop", "none", -1], ["blpop", "none", "x"], ["blmpop", 0.01, 1, "none", "LEFT"], ["set", "s", "x"], ["lpush", "s", 1], ["llen", "s"],
];
