local n = 300000
local flags = {}
for i = 2, n do flags[i] = true end
for i = 2, n do
  if flags[i] then for j = i * 2, n, i do flags[j] = false end end
end
