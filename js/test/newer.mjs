// Calls of commands that redis 7.0 does not have, in the manner of calls/. What they come to on redis 8.10 stands in
// newer.json, which `node js/test/record.mjs PROGRAM` writes, PROGRAM being its redis-server.

const bytes = Buffer.from([0, 255, 13, 10]);
const fields = (...names) => ["FIELDS", names.length, ...names];

/** How each family is played: the options of the handle, and whether replies are bytes. */
export const forms = {
  resp2: [{ protocol: 2 }],
  resp3: [{ protocol: 3 }],
  mapped: [{ protocol: 3, replyMapping: "resp3" }],
  bytes: [{ protocol: 2 }, true],
  numbers: [{ protocol: 3, stringNumbers: true }],
};

export const newer = {
  arrays: [
    ["arset", "a", 0, "x"], ["arset", "a", 3, "y", "z", bytes], ["arset", "a", "x", "y"], ["arset", "a"], ["arget", "a", 0], ["arget", "a", 1],
    ["arget", "none", 0], ["arget", "a", -1], ["armset", "a", 7, "s", 9, "t"], ["armset", "a", 7], ["armget", "a", 0, 1, 9], ["armget", "none", 0],
    ["argetrange", "a", 0, 5], ["argetrange", "a", 5, 0], ["arlen", "a"], ["arcount", "a"], ["arlen", "none"], ["arscan", "a", 0, 20],
    ["arscan", "a", 0, 20, "LIMIT", 2], ["argrep", "a", 0, 20, "EXACT", "s"], ["argrep", "a", 0, 20, "GLOB", "[st]", "WITHVALUES"],
    ["arnext", "a"], ["arinsert", "a", "i"], ["arinsert", "q", "one", "two"], ["arnext", "q"], ["arseek", "q", 9], ["arinsert", "q", "ten"],
    ["arlastitems", "q", 2], ["arlastitems", "q", 2, "REV"], ["arring", "r", 2, "a", "b", "c"], ["argetrange", "r", 0, 2], ["arset", "n", 0, 1, 2, 5.5],
    ["arop", "n", 0, 5, "SUM"], ["arop", "n", 0, 5, "MAX"], ["arop", "n", 0, 5, "MATCH", "2"], ["arop", "none", 0, 5, "SUM"], ["arop", "n", 0, 5, "NOSUCH"],
    ["arinfo", "n"], ["ardel", "a", 0, 99], ["ardelrange", "a", 3, 4], ["ardelrange", "a", 9, 0], ["ardel", "none", 0], ["set", "s", 1], ["arget", "s", 0],
    ["type", "a"], ["object", "ENCODING", "a"],
  ],
  fieldsThatExpire: [
    ["hset", "h", { f: "v", g: "w", i: bytes }], ["hexpire", "h", 1000, ...fields("f", "none")], ["hexpire", "h", 500, "GT", ...fields("f")],
    ["hexpire", "h", 0, ...fields("gone")], ["hexpire", "none", 10, ...fields("f")], ["hexpire", "h", 10, "FIELDS", 2, "f"], ["hexpire", "h", "x", ...fields("f")],
    ["hpexpire", "h", 100000, "LT", ...fields("f")], ["hexpireat", "h", 33177117420, ...fields("g")], ["hpexpireat", "h", 33177117420000, "XX", ...fields("g")],
    ["hexpiretime", "h", ...fields("g", "i", "none")], ["hpexpiretime", "h", ...fields("g")], ["httl", "h", ...fields("i", "none")], ["hpttl", "h", ...fields("i", "none")],
    ["httl", "none", ...fields("f")], ["hpersist", "h", ...fields("g", "i", "none")], ["hgetex", "h", "PERSIST", ...fields("f", "none")],
    ["hgetex", "h", "EX", 100, ...fields("i")], ["hgetex", "h", "EX", 0, ...fields("i")], ["hgetdel", "h", ...fields("f", "none")], ["hgetdel", "none", ...fields("f")],
    ["hsetex", "h", "EX", 100, "FIELDS", 2, "x", 1, "y", 2], ["hsetex", "h", "FNX", "FIELDS", 1, "x", 1],
    ["hsetex", "h", "FXX", "KEEPTTL", "FIELDS", 1, "x", 3], ["hsetex", "h", "FIELDS", 2, "x", 3], ["hget", "h", "x"], ["hgetall", "h"], ["hset", "h", "f", 1],
    ["hscan", "h", 0, "NOVALUES"], ["set", "s", 1], ["hexpire", "s", 1, ...fields("f")],
  ],
  fieldsets: [
    ["himport", "PREPARE", "user", "name", "age"], ["himport", "SET", "u:1", "user", "ann", 30], ["himport", "SET", "u:2", "user", "bob"],
    ["himport", "SET", "u:3", "none", "x"], ["hgetall", "u:1"], ["himport", "PREPARE", "user"], ["himport", "DISCARD", "user"], ["himport", "DISCARD", "user"],
    ["himport", "SET", "u:1", "user", "ann", 30], ["himport", "DISCARDALL"], ["himport", "NOSUCH"],
  ],
  strings: [
    ["msetex", 2, "a", 1, "b", 2, "EX", 100], ["msetex", 1, "a", 5, "NX"], ["msetex", 1, "a", 5, "XX", "KEEPTTL"], ["msetex", 1, "c", 1], ["msetex", 0, "a", 1],
    ["msetex", 2, "a", 1], ["msetex", 1, "a", 1, "EX", 0], ["mget", "a", "b", "c"], ["increx", "n"], ["increx", "n", "BYINT", 5, "EX", 100], ["increx", "n", "BYFLOAT", "0.5"],
    ["increx", "n", "PERSIST"], ["increx", "n", "BYINT", "x"], ["increx", "m", "BYINT", 5, "UBOUND", 3], ["increx", "m", "BYINT", 5, "UBOUND", 3, "SATURATE"],
    ["get", "n"], ["set", "d", "text"], ["digest", "d"], ["digest", "none"], ["delex", "d", "IFEQ", "other"], ["delex", "d", "IFEQ", "text"], ["delex", "none"],
    ["set", "e", "one"], ["set", "e", "two", "IFEQ", "one"], ["set", "e", "three", "IFEQ", "one"], ["set", "e", "three", "IFNE", "one", "GET"], ["rpush", "l", 1],
    ["digest", "l"], ["increx", "l"],
  ],
  lists: [
    ["rpush", "l", "a", "b", "c", "d", "e", bytes], ["lmovem", "l", "m", "LEFT", "RIGHT"], ["lmovem", "l", "m", "LEFT", "LEFT", "COUNT", 2, "OBO"], ["lmovem", "l", "m", "LEFT", "LEFT", "COUNT", 1, "BULK"], ["lrange", "m", 0, -1],
    ["lmovem", "none", "m", "LEFT", "RIGHT"], ["lmovem", "l", "m", "UP", "RIGHT"], ["blmovem", "l", "m", "RIGHT", "RIGHT", 0.01], ["blmovem", "none", "m", "LEFT", "LEFT", 0.01],
    ["blmovem", "none", "m", "LEFT", "LEFT", "x"], ["lrange", "m", 0, -1], ["set", "s", 1], ["lmovem", "s", "m", "LEFT", "LEFT"],
  ],
  sets: [
    ["sadd", "a", 1, 2, 3, 4], ["sadd", "b", 3, 4, 5], ["sunioncard", 2, "a", "b"], ["sunioncard", 2, "a", "b", "LIMIT", 2], ["sunioncard", 1, "none"],
    ["sdiffcard", 2, "a", "b"], ["sdiffcard", 2, "a", "b", "LIMIT", 1], ["sdiffcard", 2, "none", "a"], ["sdiffcard", 0, "a"], ["sunioncard", 3, "a"],
    ["set", "s", 1], ["sunioncard", 2, "a", "s"],
  ],
  sortedSets: [
    ["zadd", "z", 1, "a", 2.5, "b"], ["zrank", "z", "b", "WITHSCORE"], ["zrevrank", "z", "b", "WITHSCORE"], ["zrank", "z", "none", "WITHSCORE"], ["zrank", "z", "b", "NO"],
  ],
  bitmaps: [
    ["set", "a", "abc"], ["set", "b", "abd"], ["bitop", "DIFF", "o", "a", "b"], ["get", "o"], ["bitop", "DIFF1", "o", "a", "b"], ["bitop", "ANDOR", "o", "a", "b"],
    ["bitop", "ONE", "o", "a", "b"], ["get", "o"], ["bitop", "DIFF", "o", "a"],
  ],
  streams: [
    ["xadd", "s", "1-1", "f", "v"], ["xadd", "s", "2-1", "f", "w"], ["xadd", "s", "3-1", "f", "x"], ["xgroup", "CREATE", "s", "g", 0], ["xgroup", "CREATE", "s", "k", 0],
    ["xreadgroup", "GROUP", "g", "c", "COUNT", 2, "STREAMS", "s", ">"], ["xdelex", "s", "IDS", 2, "1-1", "9-9"], ["xdelex", "s", "ACKED", "IDS", 1, "2-1"],
    ["xdelex", "s", "DELREF", "IDS", 1, "3-1"], ["xdelex", "none", "IDS", 1, "1-1"], ["xdelex", "s", "IDS", 2, "1-1"], ["xackdel", "s", "g", "KEEPREF", "IDS", 1, "2-1"],
    ["xackdel", "s", "none", "IDS", 1, "2-1"], ["xadd", "s", "4-1", "f", "y"], ["xreadgroup", "GROUP", "g", "c", "STREAMS", "s", ">"],
    ["xnack", "s", "g", "SILENT", "IDS", 1, "4-1"], ["xnack", "s", "g", "FAIL", "IDS", 2, "4-1", "9-9"], ["xnack", "s", "none", "FAIL", "IDS", 1, "4-1"],
    ["xpending", "s", "g"], ["xcfgset", "s", "IDMP-DURATION", 10], ["xcfgset", "s", "NO", 1], ["xtrim", "s", "MAXLEN", 1, "DELREF"], ["xlen", "s"],
  ],
  vectors: [
    ["vadd", "v", "VALUES", 2, 1, 0, "east", "NOQUANT"], ["vadd", "v", "VALUES", 2, 0, 1, "north", "NOQUANT", "SETATTR", '{"cold":1}'],
    ["vadd", "v", "VALUES", 2, -1, 0, "west", "NOQUANT"], ["vadd", "v", "VALUES", 2, 1, 0, "east", "NOQUANT"], ["vadd", "v", "VALUES", 3, 1, 0, 0, "odd", "NOQUANT"],
    ["vadd", "v", "VALUES", 2, 1, "x"], ["vadd", "v"], ["vcard", "v"], ["vcard", "none"], ["vdim", "v"], ["vdim", "none"], ["vemb", "v", "north"], ["vemb", "v", "none"],
    ["vismember", "v", "east"], ["vismember", "v", "none"], ["vsim", "v", "ELE", "east"], ["vsim", "v", "ELE", "east", "WITHSCORES"],
    ["vsim", "v", "VALUES", 2, 0, 1, "WITHSCORES", "COUNT", 1], ["vsim", "v", "ELE", "east", "WITHSCORES", "WITHATTRIBS"], ["vsim", "v", "ELE", "none"],
    ["vsim", "v", "ELE", "east", "FILTER", ".cold == 1"], ["vgetattr", "v", "north"], ["vgetattr", "v", "east"], ["vsetattr", "v", "east", '{"a":2}'],
    ["vsetattr", "v", "none", "{}"], ["vgetattr", "v", "east"], ["vrange", "v", "-", "+"], ["vrange", "v", "[n", "+", 1], ["vrem", "v", "west"], ["vrem", "v", "west"],
    ["vrandmember", "none"], ["vrandmember", "none", 2], ["set", "s", 1], ["vcard", "s"], ["type", "v"],
  ],
  connection: [
    ["client", "KILL", "MAXAGE", 100000000], ["client", "NO-TOUCH", "ON"], ["client", "SETINFO", "lib-name", "mine"], ["client", "SETINFO", "nosuch", "x"],
    ["command", "GETKEYS", "MSETEX", 2, "a", 1, "b", 2], ["command", "GETKEYS", "LMOVEM", "a", "b", "LEFT", "LEFT"], ["object", "ENCODING", "none"], ["config", "GET", "hash-max-listpack-value"],
  ],
};

/** Plays a family on a handle and answers what each call came to, as JSON can say it. */
export async function played(redis, list, asBytes, seen) {
  const replies = [];
  for (const [name, ...args] of list) {
    const method = asBytes ? `${name}Buffer` : name;
    const call = typeof redis[method] === "function" ? redis[method](...args) : redis.call(name, ...args);
    replies.push(seen(await call.catch((error) => error)));
  }
  return JSON.parse(JSON.stringify(replies));
}
