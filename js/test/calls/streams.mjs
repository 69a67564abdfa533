const bytes = Buffer.from([0, 255, 13, 10]);

export default [
  ["xadd", "s", "1-1", "f", "v"], ["xadd", "s", "1-1", "f", "v"], ["xadd", "s", "2-0", "f", "v", "g", "w"], ["xadd", "s", "0-0", "f", "v"],
  ["xadd", "none", "NOMKSTREAM", "*", "f", "v"], ["xadd", "s", "MAXLEN", "~", 100, "3-*", "f", bytes], ["xadd", "s", "4", "odd"], ["xlen", "s"],
  ["xrange", "s", "-", "+"], ["xrange", "s", "-", "+", "COUNT", 1], ["xrange", "s", "(1-1", "2"], ["xrevrange", "s", "+", "-"], ["xrange", "none", "-", "+"],
  ["xrange", "s", "x", "+"], ["xread", "COUNT", 1, "STREAMS", "s", "0"], ["xread", "STREAMS", "s", "none", "2-0", "0"], ["xread", "STREAMS", "s", "$"],
  ["xread", "BLOCK", 10, "STREAMS", "s", "$"], ["xread", "STREAMS", "s"], ["xgroup", "CREATE", "s", "g", "0"], ["xgroup", "CREATE", "s", "g", "0"],
  ["xgroup", "CREATE", "none", "g", "$"], ["xgroup", "CREATE", "made", "g", "$", "MKSTREAM"], ["xgroup", "CREATECONSUMER", "s", "g", "c0"],
  ["xreadgroup", "GROUP", "g", "c1", "COUNT", 2, "STREAMS", "s", ">"], ["xreadgroup", "GROUP", "g", "c1", "STREAMS", "s", "0"],
  ["xreadgroup", "GROUP", "none", "c1", "STREAMS", "s", ">"], ["xreadgroup", "GROUP", "g", "c2", "BLOCK", 10, "STREAMS", "made", ">"],
  ["xack", "s", "g", "1-1"], ["xack", "s", "g", "9-9"], ["xpending", "s", "g"], ["xpending", "s", "none"], ["xclaim", "s", "g", "c2", 0, "2-0", "JUSTID"],
  ["xautoclaim", "s", "g", "c3", 100000, "0"], ["xdel", "s", "1-1", "9-9"], ["xtrim", "s", "MAXLEN", 1], ["xtrim", "s", "MINID", "9"],
  ["xsetid", "s", "10-0"], ["xgroup", "SETID", "s", "g", "0"], ["xgroup", "DELCONSUMER", "s", "g", "c2"], ["xgroup", "DESTROY", "s", "g"],
  ["xgroup", "DESTROY", "s", "g"], ["xinfo", "STREAM", "none"], ["xgroup", "CREATE", "bare", "g", "$", "MKSTREAM"], ["xinfo", "GROUPS", "bare"], ["set", "x", 1], ["xadd", "x", "*", "f", "v"],
];
