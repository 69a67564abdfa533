local sum = 0
for i = 1, 1500000 do sum = sum + i % 7 * 2 end
local i = 0
while i < 1000000 do i = i + 1 if i % 2 == 0 then sum = sum - 1 end end
assert(sum > 0)
