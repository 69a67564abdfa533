local function gen(n) return coroutine.wrap(function() for i = 1, n do coroutine.yield(i) end end) end
for i in gen(5) do print(i) end

local co = coroutine.create(function(...)
  print("start", ...)
  print("resumed", coroutine.yield(1, 2, 3))
  print("resumed", coroutine.yield())
  return "result", nil, "end"
end)
print(coroutine.status(co))
print(coroutine.resume(co, "a", nil, "b"))
print(coroutine.status(co))
print(coroutine.resume(co))
print(coroutine.resume(co, nil, nil))
print(coroutine.status(co), coroutine.resume(co))

print(coroutine.running())
co = coroutine.create(function() print(coroutine.running() == co, coroutine.status(co)) end)
coroutine.resume(co)
local outer
outer = coroutine.create(function()
  local inner = coroutine.create(function() print(coroutine.status(outer)) print(coroutine.resume(outer)) end)
  print(coroutine.resume(inner))
  print(coroutine.resume(coroutine.running()))
end)
print(coroutine.resume(outer))

-- Errors kill.
co = coroutine.create(function() error("oops") end)
print(coroutine.resume(co))
print(coroutine.status(co), coroutine.resume(co))
co = coroutine.create(function() error({}) end)
print(type(select(2, coroutine.resume(co))))
co = coroutine.create(function() local x = nil; x.y = 1 end)
print(coroutine.resume(co))
local w = coroutine.wrap(function() error("wrapped") end)
print(pcall(w))
print(pcall(w))
local w = coroutine.wrap(function() return 1 end)
print(w())
print(pcall(w))
print(pcall(function() w() end))
local w = coroutine.wrap(function() error({code = 5}) end)
print(select(2, pcall(w)).code)

-- What cannot yield.
print(pcall(coroutine.yield, 1))
print(coroutine.resume(coroutine.create(function() pcall(coroutine.yield, 1) return "unreached?" end)))
print(coroutine.resume(coroutine.create(function() return pcall(function() coroutine.yield(1) end) end)))
print(coroutine.resume(coroutine.create(function()
  return setmetatable({}, {__index = function() return coroutine.yield(1) end}).x
end)))
print(coroutine.resume(coroutine.create(function() for x in coroutine.yield do end end)))
print(coroutine.resume(coroutine.create(function() for x in function() return coroutine.yield() end do end end)))

-- Yield in tail position, through calls, with many values.
co = coroutine.wrap(function(...) return coroutine.yield(...) end)
print(co(1, 2, 3))
print(co(4, 5))
co = coroutine.wrap(function() local function f() return (coroutine.yield("in f")) end return f() .. f() end)
print(co(), co("x"), co("y"))
co = coroutine.wrap(function() local t = {coroutine.yield()} return #t, t[1], t[3] end)
co()
print(co(1, 2, 3))
co = coroutine.wrap(function() return select("#", coroutine.yield(unpack({}, 1, 200))) end)
print(select("#", co()))
print(co(unpack({}, 1, 300)))
co = coroutine.wrap(function() while true do local a, b = coroutine.yield() print(a, b) end end)
co() co(1) co(1, 2) co(1, 2, 3) co()

-- Upvalues shared between coroutines and their makers.
local n = 0
co = coroutine.wrap(function() while true do n = n + 1 coroutine.yield(n) end end)
print(co(), co()) n = 10 print(co())
local function counter()
  local c = 0
  local w = coroutine.wrap(function() while true do c = c + 1 coroutine.yield() end end)
  return w, function() return c end
end
local w, get = counter()
w() w() w()
print(get())
-- A closure over a variable of a suspended coroutine, and of one that is gone.
local getter, setter
co = coroutine.create(function() local x = 1 getter = function() return x end setter = function(v) x = v end coroutine.yield() return x end)
coroutine.resume(co)
print(getter()) setter(42) print(getter())
print(coroutine.resume(co))
print(getter()) setter(43) print(getter())
co = coroutine.create(function() local x = "kept" getter = function() return x end coroutine.yield() end)
coroutine.resume(co)
co = nil
collectgarbage() collectgarbage()
for i = 1, 100 do local t = {{}, "s" .. i} end
print(getter())

-- Natives as bodies are refused; nesting ends.
print(pcall(coroutine.create, print))
local function nest(n)
  if n == 0 then return "bottom" end
  return coroutine.wrap(nest)(n - 1)
end
print(nest(50))

-- Producer and consumer.
local function producer() return coroutine.create(function() for _, v in ipairs {"a", "b", "c"} do coroutine.yield(v) end end) end
local function filter(p) return coroutine.create(function() local i = 0 while true do local _, v = coroutine.resume(p) if not v then return end i = i + 1 coroutine.yield(i .. v) end end) end
local f = filter(producer())
while true do local _, v = coroutine.resume(f) if not v then break end print(v) end

-- Permutations.
local function permgen(a, n)
  n = n or #a
  if n <= 1 then coroutine.yield(a) else
    for i = 1, n do
      a[n], a[i] = a[i], a[n]
      permgen(a, n - 1)
      a[n], a[i] = a[i], a[n]
    end
  end
end
for p in coroutine.wrap(function() permgen {1, 2, 3, 4} end) do print(p[1], p[2], p[3], p[4]) end
-- pcall inside a coroutine that catches and goes on.
co = coroutine.wrap(function()
  for i = 1, 3 do print(pcall(error, i)) coroutine.yield(i) end
  print(pcall(function() local w = coroutine.wrap(function() coroutine.yield(1) error("inner") end) w() w() end))
  error("last")
end)
print(co()) print(co()) print(co()) print(pcall(co))

-- Variables that closures share, wherever they live: in a stack that grows, in another coroutine's, in none.
do
  local function deep(n, f) if n == 0 then return f() end local r = deep(n - 1, f) return r end
  local x = 1
  local function inc() x = x + 1 return x end
  print(deep(500, inc), x, deep(1500, inc), x)
  local all = {}
  for i = 1, 5000 do all[i] = function() i = i + x return i end end
  print(all[1](), all[5000](), all[1](), inc())
  local co = coroutine.wrap(function()
    local y = 10
    local function get() y = y + 1 return y end
    coroutine.yield(get)
    deep(300, get)
    coroutine.yield(y)
  end)
  local get = co()
  print(get(), get(), co(), get())
  co = nil
  collectgarbage()
  print(get(), get())
  local kept
  print(pcall(function() local z = 5 kept = function() z = z + 1 return z end error("x") end))
  print(kept(), kept())
  local failing = coroutine.create(function() local z = 7 kept = function() z = z + 1 return z end error("x") end)
  print(coroutine.resume(failing))
  print(kept(), kept(), coroutine.status(failing))
  local a, b, c, d, e, f = 1, 2, 3, 4, 5, 6
  local function many() a, b, c, d, e, f = f, a, b, c, d, e return function() return a, b, c, d, e, f end end
  print(many()()) print(many()())
end

-- Garbage is collected while coroutines wait for one another.
do
  local function rubbish() for i = 1, 200 do local t = {function() return i end} end collectgarbage() end
  local outer = coroutine.wrap(function(name)
    local held = {name}
    local inner = coroutine.wrap(function(other)
      local mine = {other}
      rubbish()
      coroutine.yield(mine[1])
      rubbish()
      return mine[1] .. held[1]
    end)
    print(inner("inner"))
    rubbish()
    coroutine.yield(held[1])
    print(inner(), coroutine.running() ~= nil)
    return "end"
  end)
  print(outer("outer"))
  rubbish()
  print(outer())
end
