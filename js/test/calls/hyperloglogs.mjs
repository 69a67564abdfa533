export default [
  ["pfadd", "h", "a", "b", "c"], ["pfadd", "h", "a"], ["pfadd", "g", ["d", "a"]], ["pfcount", "h"], ["pfcount", "h", "g", "none"],
  ["pfmerge", "m", "h", "g"], ["pfcount", "m"], ["set", "s", "x"], ["pfadd", "s", "a"], ["pfcount", "s"],
];
