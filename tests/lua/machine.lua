-- Numbers as text.
for _, x in ipairs {0, -0, 1, -1, 0.1, 1/3, 100, 1e14, 1e15, 123456789012345, 99999999999999, 2^53, 2^63, 1e100, 1e-5, 1e-4, 5e-324, 1.7976931348623157e308, 3.14159265358979, 1/0, -1/0, 0/0, -(0/0), 1e21, 123456.789e3, .5e-10} do
  print(x, -x, x * 3)
end
for _, s in ipairs {"10", " 10 ", "10.5", "1e2", "1e+2", "1E-2", ".5", "5.", "0x1F", "0X1f", "-0x10", "1e", "e1", "", " ", "1 2", "0x", "0xg", "1_000", "١", "inf", "nan", "-inf", "INF", "infinity", "nan(1)", "0x1p4", "0x.8", "0x1.8p1", "1e400", "1e-400", "+5", "- 5", "--5", "5-", "\t5\n", "0b1", "1f", "1.2.3", "00010", "1e0x1", "0x1e2", "9007199254740993", "123456789012345678901234567890"} do
  print(s, tonumber(s))
end
for base = 2, 36, 7 do print(tonumber("10", base), tonumber("zz", base), tonumber("-11", base), tonumber(" 1 ", base), tonumber("1.0", base), tonumber("", base)) end
print(tonumber("ff", 16), tonumber("0xff", 16), tonumber("8", 8), tonumber("7", 8), tonumber(10, 2), tonumber("1e1", 36), tonumber("99999999999999999999", 16), tonumber("-1", 16))
print(tonumber("5\0"), tonumber("5\0x"))
print(tonumber(nil), tonumber(true), tonumber({}), tonumber("0x", 16), tonumber("0x1", 36))

-- Loops.
for i = 1, 3 do print(i) end
for i = 3, 1, -1 do print(i) end
for i = 1, 0 do print("never") end
for i = 1, 2, 0.5 do print(i) end
for i = 0.1, 0.5, 0.1 do print(i) end
for i = 1, 3 do local j = i i = 10 print(i, j) end
for i = 1, 1/0 do if i > 3 then break end print(i) end
local n = 0 while true do n = n + 1 if n == 5 then break end end print(n)
repeat local done = n > 7 n = n + 1 until done
print(n)
for i, v in ipairs {1, 2, nil, 4} do print(i, v) end
for a, b, c, d in function(s, x) x = x + 1 if x < 3 then return x, s, "c" end end, "state", 0 do print(a, b, c, d) end
for i = 2^53 - 1, 2^53 + 2 do print(i) break end

-- Closures share variables, and each turn of a loop has its own.
local fs = {}
for i = 1, 3 do local j = 0 fs[i] = {function() j = j + i return j end, function() return j end} end
fs[1][1]() fs[1][1]() fs[3][1]()
print(fs[1][2](), fs[2][2](), fs[3][2]())
local a = {}
local x = 0
while x < 3 do local y = x a[x] = function() y = y + 1 return y end x = x + 1 end
print(a[0](), a[0](), a[1](), a[2]())
local function counter() local n = 0 return function() n = n + 1 return n end, function(v) n = v end end
local get, set = counter()
get() set(10)
print(get())
do
  local a, b, c, d, e, f = 1, 2, 3, 4, 5, 6
  local function all() return a + b + c + d + e + f end
  local function change() a, f = 10, 60 return function() return a, b, c, d, e, f end end
  print(all(), change()(), all())
end
local function nested(x) return function(y) return function(z) x = x + 1 return x + y + z end end end
local f = nested(1)(2)
print(f(3), f(3))
local t = {}
for i = 1, 2 do for j = 1, 2 do t[#t + 1] = function() return i, j end end end
for _, f in ipairs(t) do print(f()) end
local function break_out() for i = 1, 10 do local f = function() return i end if i == 3 then return f end end end
print(break_out()())
repeat local u = 5 local g = function() return u end until g() == 5

-- Many results and arguments.
local function va(...) return select("#", ...), ... end
print(va()) print(va(nil)) print(va(1, nil, 3, nil)) print((va(1, 2)))
print(va(va(1, 2), va(3)))
local function drop(a, b) return a, b end
print(drop(1), drop(1, 2, 3))
local function full(a, b, c) return a end
print(full(1, 2, 3), full())
local function mid(a, ...) local b, c = ... return a, b, c, select("#", ...) end
print(mid(1), mid(1, 2), mid(1, 2, 3, 4))
local function old(...) return arg.n, arg[1], arg[2] end
print(pcall(old, 1, 2))
local function older(a, ...) if false then return ... end return arg end
print(older(1))
local function pass(...) local t = {...} return #t, (...), unpack(t) end
print(pass(1, 2, 3))
print(select(2, "a", "b", "c"), select(-1, "a", "b", "c"), select(-2, "a", "b"), select("#"))
print(pcall(select, 0), pcall(select, -1))
print(unpack {1, 2, 3}) print(unpack({1, 2, 3}, 2)) print(unpack({1, 2}, -1, 3)) print(unpack({}, 1, 0)) print((unpack {1, 2}))
print(select("#", unpack({}, 1, 250)))
local big = {}
for i = 1, 3000 do big[i] = i end
print(select("#", unpack(big)), (select(3000, unpack(big))))
local function count(...) local n = 0 for i = 1, select("#", ...) do n = n + select(i, ...) end return n end
print(count(unpack(big, 1, 300)))
local function sum(n, ...) if n == 0 then return select("#", ...) end return sum(n - 1, n, ...) end
print(sum(200))

-- Assignment evaluates before it stores.
local i, t = 1, {}
i, t[i] = i + 1, 20
print(i, t[1], t[2])
local a, b, c = (function() return 1, 2, 3 end)()
print(a, b, c)
a, b, c = 0, (function() return 1, 2, 3 end)()
print(a, b, c)
a, b = b, a
print(a, b)
local q = {1, 2, 3}
q[1], q[2], q[3] = q[3], q[1]
print(q[1], q[2], q[3])

-- Logic.
print(nil and 1, false and 1, 1 and 2, nil or 1, false or nil, 1 or 2, not nil, not 0, not "")
print(1 == 1.0, "1" == 1, nil == false, 0 == -0, 0/0 == 0/0, "a" == "a", 1 < 2, "a" < "b", "a" < "B", "" < "a", "a\0b" < "a\0c", "Z" < "a", "10" < "9")
local function yes() return true end
local function no() return false end
print(yes() and no() or "x", no() or yes() and "y", not (yes() and no()))
local v = no() and 1 or yes() and 2 or 3
print(v)
if nil then elseif 0 then print("0 is true") else print("bad") end
local z = (1 > 2) == (2 > 3)
print(z, (1 < 2) ~= (2 < 3))

-- Strings.
print("a\65\066\10b\"\'\\", [[long
string]], [==[a]]b]==], "tab\tend", 'x\
y')
print("con" .. "cat" .. 1 .. 2.5 .. -0 .. "end", 1 .. "", #("x" .. "y"))
local s = "" for i = 1, 300 do s = s .. i end print(#s)
local parts = "" for i = 1, 10 do parts = i .. "," .. parts .. "," .. i end print(parts)

-- Environments.
x1 = "global"
local function reader() return x1 end
setfenv(reader, {x1 = "own"})
print(reader(), x1, getfenv(reader).x1, getfenv(1) == _G, getfenv(print) == _G, getfenv(0) == _G)
local function writer() setfenv(1, {print = print}) y1 = 5 print(y1, x1) return function() return y1 end end
print(writer()(), y1)
local chunk = loadstring("z1 = ... return z1, x1")
print(chunk(7), z1)
setfenv(chunk, setmetatable({}, {__index = _G}))
print(chunk(8), z1)
print(pcall(setfenv, chunk, nil))

-- Garbage.
local weak = setmetatable({}, {__mode = "v"})
local weak_keys = setmetatable({}, {__mode = "k"})
local kept = {}
weak[1], weak[2], weak.s = {}, kept, "string"
weak_keys[{}], weak_keys[kept], weak_keys.name = 1, 2, {}
collectgarbage()
print(weak[1], weak[2] == kept, weak.s, weak_keys[kept], type(weak_keys.name))
local n = 0 for k in pairs(weak_keys) do n = n + 1 end print(n)
for i = 1, 20000 do local t = {i, {i}, function() return i end} local s = "garbage" .. i end
print(type(collectgarbage("count")), collectgarbage("collect"), collectgarbage("stop"), collectgarbage("restart"), type(gcinfo()))
local long = {}
for i = 1, 2000 do long[i] = {tostring(i)} end
for i = 1, 30 do for j = 1, 2000 do long[j][2] = "s" .. i .. j end end
collectgarbage()
local ok = true
for i = 1, 2000 do ok = ok and long[i][1] == tostring(i) and long[i][2] == "s30" .. i end
print(ok)
local chain for i = 1, 50000 do chain = {chain} end collectgarbage() n = 0 while chain do n = n + 1 chain = chain[1] end print(n)

-- Globals by metamethods.
setmetatable(_G, {__index = function(_, k) return "no " .. k end, __newindex = function(t, k, v) rawset(t, k, v .. "!") end})
print(undefined1) defined1 = "set" print(defined1) defined1 = "again" print(defined1)
setmetatable(_G, nil)

-- What the machine's own code takes for granted.
do
  -- A step that only seems to be constant.
  local function count(from, to, step)
    local n = 0
    for _ = from, to, step or 1 do n = n + 1 end
    return n
  end
  print(count(3, 1, -1), count(3, 1), count(1, 3), count(1, 3, -1), count(1, 0, 1))
  -- Registers that no instruction sets to nil.
  local function dirty(...) local a, b, c, d, e = 1, 2, 3, 4, 5 return a + b + c + d + e end
  local function clean(a) local b, c return a, b, c end
  local function first() return nil end
  local function pair() return nil, 7 end
  for _ = 1, 3 do
    dirty(9, 9, 9)
    print(clean(1, 2, 3, 4), clean(), first(), pair())
  end
  -- Numbers that are none, and comparisons with them.
  local nan = 0 / 0
  print(nan == nan, nan ~= nan, nan < 1, nan <= 1, 1 < nan, not (nan < 1), not (nan >= 1), nan ~= 0)
  print(pcall(function() return nan < "1" end))
  print(pcall(function() return {} < 1 end))
  print(pcall(function() return 1 <= {} end))
  print(pcall(function() local t = {} return 1 - t end))
  print(pcall(function() local t = {} return t * 2 end))
  print(pcall(function() local t return 2 + t end))
  print("3" + 4, 10 - "3", "2" * "3", -"2", "7" % 4, 2 ^ "3")
  -- Constants on either side.
  local x, s, b = 5, "s", true
  print(x == 5, 5 == x, x ~= 5, x == "5", s == "s", "s" ~= s, b == true, b ~= false, x == nil, nil ~= x)
  print(3 < x, x < 3, 5 <= x, x <= 4, 5 > x, not (3 < x), not (x <= 5))
  -- Methods behind several tables, of strings, and where there is none.
  local object = {}
  local chain = object
  for _ = 1, 12 do
    local next = {}
    setmetatable(chain, {__index = next})
    chain = next
  end
  function chain:name() return self == object end
  chain.field = "far"
  print(object:name(), object.field, object.none, ("abc"):upper(), ("abc"):len())
  print(pcall(function() return ("abc"):none() end))
  print(pcall(function() return object:none() end))
  print(pcall(function() local n = 5 return n:none() end))
  local asked = setmetatable({}, {__index = function(_, key) return function(_, n) return key, n end end})
  print(asked:anything(3), asked.x(asked, 4))
  -- New fields, with and without a metatable in the way.
  local kept = {}
  local guarded = setmetatable({}, {__newindex = function(_, key, value) kept[#kept + 1] = key .. "=" .. tostring(value) end})
  guarded.a, guarded.b, guarded[1] = 1, "two", false
  rawset(guarded, "a", 5)
  guarded.a = 6
  guarded.a = nil
  guarded.a = 7
  print(table.concat(kept, " "), guarded.a)
  -- Upvalues that are open in another coroutine.
  local shared = 1
  local co = coroutine.wrap(function()
    local mine = 10
    local function bump() shared = shared + 1 mine = mine + 1 return mine end
    coroutine.yield(bump)
    coroutine.yield(mine)
  end)
  local bump = co()
  print(bump(), bump(), shared, co())
  -- Results in number: too many, too few, none.
  local function three() return 1, 2, 3 end
  local function none() end
  local a1, a2 = three()
  local b1 = none()
  local c1, c2, c3, c4 = three()
  print(a1, a2, b1, c1, c2, c3, c4, (three()), (none()), select("#", none()), select("#", three(), three()))
end
