local t = {}
for i = 1, 1000 do t[i] = i t["k" .. i] = i end
local n = 0
for _ = 1, 150 do
  for k, v in pairs(t) do n = n + 1 end
  for i, v in ipairs(t) do n = n + 1 end
end
assert(n == 450000)
