-- What scripts spend their time on, each timed by itself: `cargo run --release --example lua benches/lua.lua`, and the
-- same file by `lua5.1`.
local clock = clock or os.clock
local function bench(name, f)
  local best = 1 / 0
  for _ = 1, 5 do
    collectgarbage()
    local start = clock()
    f()
    local time = clock() - start
    if time < best then best = time end
  end
  print(name, best * 1000)
end

local function fib(n) if n < 2 then return n end return fib(n - 1) + fib(n - 2) end
bench("fib", function() assert(fib(27) == 196418) end)

bench("loops", function()
  local sum = 0
  for i = 1, 5000000 do sum = sum + i % 7 * 2 end
  local i = 0
  while i < 2000000 do i = i + 1 if i % 2 == 0 then sum = sum - 1 end end
  assert(sum > 0)
end)

bench("list", function()
  for _ = 1, 5 do
    local t = {}
    for i = 1, 200000 do t[i] = i end
    local sum = 0
    for i = 1, #t do sum = sum + t[i] end
    assert(sum == 20000100000)
  end
end)

bench("sieve", function()
  local n = 500000
  local flags = {}
  for i = 2, n do flags[i] = true end
  for i = 2, n do
    if flags[i] then for j = i * 2, n, i do flags[j] = false end end
  end
end)

bench("fields", function()
  local p = {x = 1, y = 2, z = 3}
  for i = 1, 1000000 do p.x = p.x + 1 p.y = p.y + p.x p.z = p.z - p.y end
end)

bench("objects", function()
  local Point = {} Point.__index = Point
  function Point.new(x, y) return setmetatable({x = x, y = y}, Point) end
  function Point:add(o) return Point.new(self.x + o.x, self.y + o.y) end
  local p, d = Point.new(0, 0), Point.new(1, 2)
  for i = 1, 300000 do p = p:add(d) end
  assert(p.x == 300000)
end)

bench("hash", function()
  local t = {}
  for i = 1, 100000 do t["key" .. i] = i end
  local sum = 0
  for i = 1, 100000 do sum = sum + t["key" .. i] end
  for k, v in pairs(t) do sum = sum - v end
  assert(sum == 0)
end)

bench("pairs", function()
  local t = {}
  for i = 1, 1000 do t[i] = i t["k" .. i] = i end
  local n = 0
  for _ = 1, 200 do
    for k, v in pairs(t) do n = n + 1 end
    for i, v in ipairs(t) do n = n + 1 end
  end
  assert(n == 600000)
end)

bench("strings", function()
  local s = ""
  for i = 1, 20000 do s = s .. "x" end
  for i = 1, 300000 do local t = "a" .. i .. "b" end
  assert(#s == 20000)
end)

bench("closures", function()
  local sum = 0
  for i = 1, 500000 do
    local function add(n) return n + i end
    sum = sum + add(1)
  end
  local n = 0
  local function inc() n = n + 1 return n end
  for i = 1, 2000000 do inc() end
end)

bench("calls", function()
  local function f(a, b, c) return a end
  local function g(...) return select("#", ...) end
  for i = 1, 2000000 do f(i, i, i) end
  for i = 1, 500000 do g(i, i) end
  for i = 1, 1000000 do type(i) end
end)

bench("coroutines", function()
  local co = coroutine.wrap(function() while true do coroutine.yield(1) end end)
  for i = 1, 500000 do co() end
end)

bench("pcall", function() for i = 1, 300000 do pcall(type, i) pcall(error, "x") end end)

if table and table.sort then
  bench("sort", function()
    local t, x = {}, 42
    for i = 1, 100000 do x = (x * 1103515245 + 12345) % 2147483648 t[i] = x end
    table.sort(t)
    table.sort(t, function(a, b) return a > b end)
  end)
  bench("concat", function()
    local t = {}
    for i = 1, 200000 do t[i] = tostring(i) end
    assert(#table.concat(t, ",") > 0)
  end)
  bench("patterns", function()
    local s = ("key=value; "):rep(2000)
    for _ = 1, 10 do
      local n = 0
      for k, v in s:gmatch("(%w+)=(%w+)") do n = n + 1 end
      s:gsub("%w+", function(w) return w:upper() end)
      assert(n == 2000)
    end
    for i = 1, 100000 do local a = ("x"):byte() local b = ("hello"):sub(2, 3) local c = ("%d:%s"):format(i, "x") end
  end)
end
