-- Calls of every kind inside one another, chosen by chance: closures are made in their midst, so that they move,
-- stacks grow, coroutines wait, fail and are forgotten, and what is garbage is collected.

local seed = 0
local function chance(n)
  seed = (seed * 1103515245 + 12345) % 2147483648
  return math.floor(seed / 65536) % n + 1
end

local log
local kept, waiting = {}, {}

local function note(...)
  log = (log * 31 + select('#', ...)) % 1000003
  for i = 1, select('#', ...) do
    local value = select(i, ...)
    if type(value) == 'number' then log = (log * 7 + value) % 1000003 end
    if type(value) == 'string' then log = (log * 7 + #value) % 1000003 end
    if value == true then log = (log + 1) % 1000003 end
  end
  return ...
end

local act

-- Many closures, most of which are garbage at once.
local function churn()
  for i = 1, chance(40) do
    local x = i
    local function add(n) x = x + n return x end
    if chance(8) == 1 then kept[chance(30)] = add end
  end
end

local function deep(n, depth)
  local a, b, c = n, depth, chance(5)
  if n == 0 then return act(depth) end
  local sum = function() a = a + c return a + b end
  local result = deep(n - 1, depth)
  return sum() + (result or 0)
end

local function last(n, depth)
  if n == 0 then return act(depth) end
  return last(n - 1, depth)
end

local meta = {}
for _, name in ipairs{'__add', '__sub', '__concat', '__unm', '__call', '__index', '__lt', '__le', '__eq'} do
  meta[name] = function(a, b) return act(type(a) == 'table' and a.depth or b.depth) end
end
meta.__newindex = function(t, k, v) note(act(t.depth)) rawset(t, k, v) end
meta.__tostring = function(t) return 'n' .. act(t.depth) end

local function object(depth) return setmetatable({depth = depth}, meta) end

local kinds = {
  function(depth) churn() return chance(9) end,
  function(depth) return deep(chance(30), depth) end,
  function(depth) return last(chance(30), depth) end,
  function(depth) note(pcall(act, depth)) return 1 end,
  function(depth) note(pcall(error, {act(depth)})) return 2 end,
  function(depth) local x = act(depth) error(function() return x end) end,
  function(depth) return object(depth) + 1 end,
  function(depth) return -object(depth) end,
  function(depth) return object(depth)(depth) end,
  function(depth) return 3, object(depth) .. 'x', object(depth).missing end,
  function(depth) return object(depth) < object(depth) and 1 or 2 end,
  function(depth) return object(depth) == object(depth) and 1 or 2 end,
  function(depth) object(depth).new = 1 return 4 end,
  function(depth) return #tostring(object(depth)) end,
  function(depth)
    local t = {}
    for i = 1, chance(12) do t[i] = i * 7 % 5 end
    table.sort(t, function(a, b) if chance(9) == 1 then note(act(depth)) end return a < b end)
    return t[1]
  end,
  function(depth)
    return #string.gsub('some text', '%w', function(c) if chance(5) == 1 then return act(depth) end end)
  end,
  function(depth)
    local sum = 0
    for a in function(_, a) a = (a or 0) + 1 if a < 4 then note(act(depth)) return a end end do sum = sum + a end
    return sum
  end,
  function(depth)
    local captured = act(depth)
    local co = coroutine.create(function(a, ...)
      local b = act(depth)
      kept[chance(30)] = function(n) captured, b = b, captured + n return captured end
      local c = coroutine.yield(note(a, b))
      for i = 1, chance(3) do c = coroutine.yield(act(depth), c) end
      return act(depth), c, ...
    end)
    for i = 1, chance(6) do note(coroutine.resume(co, i, captured)) end
    if chance(2) == 1 then waiting[chance(10)] = co end
    return captured
  end,
  function(depth)
    local co = waiting[chance(10)]
    if co then note(coroutine.status(co), coroutine.resume(co, depth)) end
    return 5
  end,
  function(depth)
    local f = coroutine.wrap(function(...) local x = act(depth) coroutine.yield(x) error('end ' .. x, 0) end)
    note(pcall(f, 1)) note(pcall(f, 2)) note(pcall(f, 3))
    return 6
  end,
  function(depth)
    local f = kept[chance(30)]
    if f then note(f(chance(9))) end
    return 7
  end,
  function(depth) if chance(3) == 1 then collectgarbage() end kept[chance(30)] = nil waiting[chance(10)] = nil return 8 end,
  function(depth) return select('#', unpack({}, 1, chance(200))), act(depth) end,
  function(depth) return (loadstring('local f, d = ... local x = 1 return f(d) + x'))(act, depth) end,
  function(depth)
    note(xpcall(function() return act(depth) end, function(e) return 'handled' end))
    return 9
  end,
}

local budget
function act(depth)
  budget = budget - 1
  if depth <= 0 or budget <= 0 then churn() return chance(100) end
  local result = kinds[chance(#kinds)](depth - 1)
  return type(result) == 'number' and result % 1000003 or 10
end

for round = 1, 600 do
  seed, log, budget = round, 0, 1000
  local ok, result = pcall(act, 8 + chance(20))
  if type(result) == 'function' then result = result() end
  print(round, ok, type(result) == 'number' and result or type(result), log)
end
