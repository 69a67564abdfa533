local s = ("abcdefghij"):rep(20)
local sum = 0
for _ = 1, 300 do
  for i = 1, #s do sum = sum + s:byte(i) end
  for i = 1, #s - 4 do if s:sub(i, i + 3) == "cdef" then sum = sum + 1 end end
end
assert(sum > 0)
