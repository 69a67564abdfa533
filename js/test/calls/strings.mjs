const bytes = Buffer.from([0, 255, 13, 10]);

export default [
  ["set", "a", "1"], ["set", "a", 2, "NX"], ["set", "a", 2, "XX", "GET"], ["set", "b", "x", "EX", 100], ["set", "b", "y", "KEEPTTL"],
  ["set", "c", bytes], ["set", "d", "x", "PX", 100000, "NX"], ["set", "e", "", "GET"], ["set", "a", "3", "EX", 0], ["set", "a", "3", "NO"],
  ["get", "a"], ["get", "none"], ["get", "c"], ["getset", "a", "5"], ["getset", "new", "5"], ["getdel", "new"], ["getdel", "none"],
  ["getex", "b", "PERSIST"], ["getex", "b", "EX", 50], ["getex", "none"], ["getex", "b", "EX", "x"], ["strlen", "b"], ["strlen", "none"],
  ["append", "b", "zz"], ["append", "fresh", "zz"], ["getrange", "b", 0, -2], ["getrange", "b", 5, 2], ["substr", "b", 1, 1],
  ["setrange", "b", 1, "QQ"], ["setrange", "padded", 3, "x"], ["setrange", "b", -1, "x"], ["setrange", "b", 536870912, "x"],
  ["incr", "a"], ["incrby", "a", 10], ["incrby", "a", "1.5"], ["decr", "a"], ["decrby", "a", 3], ["incrbyfloat", "a", 0.5],
  ["incrbyfloat", "a", "nan"], ["incr", "a"], ["incr", "b"], ["set", "max", "9223372036854775807"], ["incr", "max"], ["get", "max"],
  ["decrby", "max", "-9223372036854775808"], ["mset", "m1", 1, "m2", 2], ["mset", { m3: 3, m4: "x" }], ["mset", new Map([["m5", 5]])],
  ["mset", "odd"], ["mget", "m1", "m2", "none", "m3"], ["mget", ["m4", "m5"]], ["msetnx", "m1", 1, "m9", 9], ["msetnx", { m6: 6, m7: 7 }],
  ["setnx", "m6", 1], ["setnx", "m8", 1], ["setex", "s", 100, "v"], ["setex", "s", 0, "v"], ["psetex", "s", 100000, "v"],
  ["lcs", "m1", "m2"], ["set", "l1", "ohmytext"], ["set", "l2", "mynewtext"], ["lcs", "l1", "l2"], ["lcs", "l1", "l2", "LEN"],
  ["lcs", "l1", "l2", "IDX", "MINMATCHLEN", 4, "WITHMATCHLEN"], ["lcs", "l1", "l2", "IDX", "LEN"],
];
