export default [
  ["setbit", "b", 7, 1], ["setbit", "b", 7, 0], ["setbit", "b", 7, 2], ["setbit", "b", -1, 1], ["setbit", "b", 3, 1], ["getbit", "b", 3],
  ["getbit", "b", 100], ["getbit", "none", 0], ["set", "t", "foobar"], ["bitcount", "t"], ["bitcount", "t", 1, 1], ["bitcount", "t", 5, 30, "BIT"],
  ["bitcount", "t", 1], ["bitpos", "t", 1], ["bitpos", "t", 0, 1, -1], ["bitpos", "t", 1, 2, -1, "BIT"], ["bitop", "AND", "o", "t", "b"],
  ["bitop", "OR", "o", "t", "b"], ["bitop", "XOR", "o", "t", "b"], ["bitop", "NOT", "o", "t"], ["bitop", "NOT", "o", "t", "b"], ["getBuffer", "o"],
  ["bitfield", "f", "SET", "u8", 0, 255, "GET", "u4", 0, "INCRBY", "i5", 100, 1], ["bitfield", "f", "OVERFLOW", "FAIL", "INCRBY", "u8", 0, 1],
  ["bitfield", "f", "OVERFLOW", "SAT", "INCRBY", "u8", "#0", 10], ["bitfield", "f", "GET", "u65", 0], ["bitfield_ro", "f", "GET", "i8", 0],
  ["bitfield_ro", "f", "SET", "i8", 0, 1],
];
