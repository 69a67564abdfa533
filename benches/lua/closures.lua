local sum = 0
for i = 1, 200000 do
  local function add(n) return n + i end
  sum = sum + add(1)
end
local n = 0
local function inc() n = n + 1 return n end
for i = 1, 800000 do inc() end
assert(n == 800000)
