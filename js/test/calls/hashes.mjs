const bytes = Buffer.from([0, 255, 13, 10]);

export default [
  ["hset", "h", "f", 1, "g", "two"], ["hset", "h", { f: 2, i: bytes }], ["hset", "h", new Map([["m", "n"]])], ["hset", "h", "odd"], ["hmset", "h", { o: "p" }],
  ["hmset", "h", "q", "r"], ["hsetnx", "h", "f", 9], ["hsetnx", "h", "new", 9], ["hget", "h", "f"], ["hget", "h", "none"], ["hget", "none", "f"],
  ["hmget", "h", "f", "none", "g"], ["hgetall", "h"], ["hgetall", "none"], ["hkeys", "h"], ["hvals", "h"], ["hlen", "h"], ["hexists", "h", "f"],
  ["hstrlen", "h", "g"], ["hdel", "h", "g", "none"], ["hincrby", "h", "f", 5], ["hincrby", "h", "o", 5], ["hincrbyfloat", "h", "f", 0.25],
  ["hincrbyfloat", "h", "f", "x"], ["hrandfield", "none"], ["hset", "one", "f", "v"], ["hrandfield", "one"], ["hrandfield", "one", 2],
  ["hrandfield", "one", -2], ["hrandfield", "one", 1, "WITHVALUES"], ["hscan", "h", 0], ["hscan", "h", 0, "MATCH", "f*"], ["hscan", "none", 0],
  ["set", "s", 1], ["hset", "s", "f", 1], ["hgetall", "s"],
];
