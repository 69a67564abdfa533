local step = coroutine.wrap(function() while true do coroutine.yield(1) end end)
for i = 1, 150000 do step() end
for i = 1, 3000 do
  local made = coroutine.create(function(a) local b = coroutine.yield(a + 1) return b * 2 end)
  local _, first = coroutine.resume(made, i)
  local _, second = coroutine.resume(made, first)
  assert(second == (i + 1) * 2)
end
