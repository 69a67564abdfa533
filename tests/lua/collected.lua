-- What natives hold while they call back stays alive, though nothing else may name it.

local made = 0
local function fresh()
  made = made + 1
  local n = made
  return function() return n end
end

-- An order function that lets go of what it is given, and of the list.
for rounds = 2, 7 do
  local t, asked = {}, 0
  for i = 1, 9 do t[i] = fresh() end
  local function order(a, b)
    asked = asked + 1
    a, b = nil, nil
    for i = 1, 9 do t[i] = fresh() end
    collectgarbage()
    for i = 1, 20 do fresh() end
    return asked % rounds == 0
  end
  print(pcall(table.sort, t, order))
  for i = 1, 9 do t[i] = type(t[i]) .. t[i]() end
  print(unpack(t))
end

-- The same by __lt.
do
  local t, asked, meta = {}, 0, {}
  local function object() return setmetatable({fresh()}, meta) end
  meta.__lt = function(a, b)
    asked = asked + 1
    a, b = nil, nil
    for i = 1, 9 do t[i] = object() end
    collectgarbage()
    for i = 1, 20 do object() end
    return asked % 3 == 0
  end
  for i = 1, 9 do t[i] = object() end
  print(pcall(table.sort, t))
  for i = 1, 9 do t[i] = t[i][1]() end
  print(unpack(t))
end

-- Replacements, keys and readers that are garbage once they are given.
local function word() made = made + 1 return 'word number ' .. made .. ', longer than what is kept in place' end
print((('a b c d'):gsub('%a', function(c) collectgarbage() word() return word() end)))
print((('a b c d'):gsub('%a', setmetatable({}, {__index = function(t, k) t = nil collectgarbage() return word() .. k end}))))
local pieces = 0
print(load(function()
  pieces = pieces + 1
  collectgarbage()
  if pieces < 4 then return '--' .. word() .. '\n' end
  if pieces == 4 then return 'return 7' end
end)())
local t = {}
for i = 1, 20 do t[word()] = fresh() end
local seen = 0
table.foreach(t, function(k, v)
  local n = v()
  t[k], k, v = nil, nil, nil
  collectgarbage()
  for i = 1, 9 do word() fresh() end
  seen = seen + n
end)
print(seen, next(t))
local called = setmetatable({}, {__call = function(self, ...) self = nil collectgarbage() return fresh()(), ... end})
print(called(1, 2), pcall(called, 3), (coroutine.wrap(function(...) return called(...) end)(4)))
print(xpcall(function() local e = {} error(e) end, function(e) local k = type(e) e = nil collectgarbage() return k .. word() end))

-- An iterator of `ipairs` goes by whole numbers.
local step, list = ipairs({'a', 'b', 'c'})
for i, value in step, list, 0.5 do print(i, value) end
for i, value in step, list, '1' do print(i, value) end
for i, value in step, list, -1 do print(i, value) end
print(step(list, 1.9))
