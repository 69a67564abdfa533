local s = ""
for i = 1, 8000 do s = s .. "x" end
assert(#s == 8000)
local parts = {}
for i = 1, 60000 do parts[i] = "a" .. i .. "b" end
assert(#table.concat(parts, ",") > 0)
