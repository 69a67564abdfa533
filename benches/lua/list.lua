for _ = 1, 5 do
  local t = {}
  for i = 1, 100000 do t[i] = i end
  local sum = 0
  for i = 1, #t do sum = sum + t[i] end
  for i = 1, #t - 1 do t[i] = t[i + 1] end
  assert(sum == 5000050000)
end
