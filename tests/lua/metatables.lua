local log = {}
local function logged(name, result)
  return function(a, b)
    local function show(x) return type(x) == "table" and (rawget(x, "name") or "table") or tostring(x) end
    print(name, show(a), show(b))
    return result
  end
end
local mt = {}
for _, event in ipairs {"add", "sub", "mul", "div", "mod", "pow", "unm", "concat", "len", "eq", "lt", "le"} do
  mt["__" .. event] = logged(event, event)
end
local a, b = setmetatable({name = "a"}, mt), setmetatable({name = "b"}, mt)
print(a + b, a - 1, 2 * a, a / "x", nil == a, a % 2, 2 ^ a, -a)
print(a .. b, a .. "s", 1 .. a, "x" .. "y" .. a, a .. "x" .. "y", 1 .. 2 .. a .. 3 .. 4)
print(a == b, a ~= b, a == 1, a < b, a <= b, a > b, a >= b, not (a < b))
print(#a)
print(pcall(function() return a < 1 end))
print(pcall(function() return a < "x" end))
print(pcall(function() return a < {} end))

-- `__le` falls back to `not __lt` with the operands exchanged.
local lt = {__lt = function(x, y) return x.v < y.v end}
local function V(v) return setmetatable({v = v}, lt) end
print(V(1) < V(2), V(2) <= V(1), V(1) <= V(1), V(1) > V(2), V(1) >= V(2))
local other = {__lt = function() return true end}
print(pcall(function() return V(1) < setmetatable({}, other) end))
-- `__eq` is asked only if both have the same.
local e1, e2 = {__eq = function() return true end}, {__eq = function() return true end}
print(setmetatable({}, e1) == setmetatable({}, e1), setmetatable({}, e1) == setmetatable({}, e2))

-- Index chains.
local base = {x = 1, f = function(self) return self.x end}
local derived = setmetatable({y = 2}, {__index = base})
local object = setmetatable({z = 3}, {__index = derived})
print(object.x, object.y, object.z, object.w, object:f())
local computed = setmetatable({}, {__index = function(t, k) return k .. "!" end})
print(computed.abc, computed[1], rawget(computed, "abc"))
object = setmetatable({}, {__index = computed})
print(object.q)
local written = {}
local proxy = setmetatable({}, {__newindex = written})
proxy.a = 1
print(rawget(proxy, "a"), written.a)
local proxy = setmetatable({}, {__newindex = function(t, k, v) rawset(t, k, v * 2) end})
proxy.a = 1 proxy[1] = 5
print(proxy.a, proxy[1])
proxy.a = 7
print(proxy.a)
local loop = {} setmetatable(loop, {__index = loop, __newindex = loop})
print(pcall(function() return loop.x end))
print(pcall(function() loop.x = 1 end))
local two = setmetatable({}, {}) getmetatable(two).__index = two
print(pcall(function() return two.x end))

-- A metamethod that appears after it was missed.
local late = {}
local t = setmetatable({}, late)
print(t.x, t == setmetatable({}, late))
late.__index = function() return "late" end
print(t.x)
late.__index = nil
print(t.x)
rawset(late, "__index", {x = "raw"})
print(t.x)
late.__eq = function() return true end
print(t == setmetatable({}, late))

-- Calls.
local callable = setmetatable({}, {__call = function(self, ...) return select("#", ...), ... end})
print(callable(), callable(1, 2), (callable(nil)))
local function tail() return callable("tail", "call") end
print(tail())
print(pcall(callable, 1))
print(pcall(setmetatable({}, {__call = callable})))
for k in setmetatable({}, {__call = function(self, s, c) c = (c or 0) + 1 if c <= 3 then return c end end}) do print(k) end

-- Protection and text.
local protected = setmetatable({}, {__metatable = "locked", __tostring = function() return "I am text" end})
print(getmetatable(protected), pcall(setmetatable, protected, {}), tostring(protected))
print(getmetatable("").__index == string, getmetatable(1), getmetatable({}))
print(pcall(setmetatable, {}, 1))
print(pcall(setmetatable, {}))
print(pcall(setmetatable, 1, {}))
print(pcall(tostring))
print(type(tostring(setmetatable({}, {__tostring = function() return 5 end}))))

-- Arithmetic with strings.
print("10" + 5, "0x10" * 2, "3" - "1", " 7 " / 2, "2" ^ "3", -"4", "7" % 4, 10 .. 20)
print(pcall(function() return "a" + 1 end))
print(pcall(function() return {} .. "x" end))
print(pcall(function() return 1 < "2" end))
print(pcall(function() return nil .. "x" end))
print(5 % 3, -5 % 3, 5 % -3, -5 % -3, 5.5 % 2, 1 % 0 ~= 1 % 0, 2 ^ 0.5, 2 ^ 53, 7 / 0, -7 / 0)
