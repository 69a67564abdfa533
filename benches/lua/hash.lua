local t = {}
for i = 1, 50000 do t["key" .. i] = i end
local sum = 0
for i = 1, 50000 do sum = sum + t["key" .. i] end
for k, v in pairs(t) do sum = sum - v end
assert(sum == 0)
