-- The order of `pairs` and the answers of `#` are those of the reference, to the byte.
local function show(t)
  local n = 0
  for k, v in pairs(t) do n = n + 1 print(k, v) end
  print("count", n, "length", #t)
end

show {}
show {1, 2, 3, nil, 5}
show {1, 2, 3, nil, 5, nil}
show {nil, nil, 3}
show {10, 20, x = 1, y = 2, [30] = 3, [1.5] = 4, [true] = 5, [false] = 6}
show {name = "a", age = 3, city = "b", country = "c", zip = "d", street = "e"}

local t = {}
for i = 1, 40 do t["key" .. i] = i end
show(t)
for i = 1, 40, 3 do t["key" .. i] = nil end
show(t)
for i = 1, 10 do t[i * 7] = i end
show(t)
for i = 1, 20 do t["other" .. i] = i end
show(t)

local t = {}
for i = 1, 100 do t[i] = i end
for i = 100, 30, -1 do t[i] = nil end
print(#t)
t.x = 1
print(#t)
for i = 1, 29 do t[i] = nil end
show(t)

local t = {}
for i = 20, 1, -1 do t[i] = i end
show(t)
local t = {}
for i = 1, 64, 2 do t[i] = i end
show(t)
local t = {}
for i = 1, 30 do t[i * 0.5] = i end
show(t)
local t = {}
for i = -10, 10 do t[i] = i end
show(t)
local t = {}
for _, k in ipairs {1e15, 2^53, -2^53, 1e100, -1e100, 1e-100, 0.1, 1/3, 2^31, 2^32, -2^31, 2^31 - 1} do t[k] = true end
show(t)
t[1/0] = 1 t[-1/0] = 2 t[0] = 3 t[-0] = 4
show(t)

-- The longest strings of which all bytes are hashed here and there.
local t = {}
local long = "01234567890123"
for i = 1, 12 do t[long .. i .. long] = i end
for i = 1, 12 do t[i .. long .. long] = i end
show(t)

-- Deleting while walking is allowed.
local t = {}
for i = 1, 50 do t["k" .. i] = i t[i] = i end
local seen = 0
for k in pairs(t) do t[k] = nil seen = seen + 1 end
print(seen, next(t))

print(pcall(next, {}, "no such key"))
print(pcall(next, {1, 2}, 3))
print(pcall(next, {1, 2}, 1.5))
print(next({1, 2}, 1))
print(next({}), next({}, nil))
print(pcall(rawset, {}, nil, 1))
print(pcall(rawset, {}, 0/0, 1))
print(pcall(function() local t = {} t[nil] = 1 end))
print(pcall(function() local t = {} t[0/0] = 1 end))
print(({})[nil], ({})[0/0], rawget({}, nil))
print(rawequal("a", "a"), rawequal({}, {}), rawequal(1, 1), rawequal(0/0, 0/0))
print(#"", #"abc", #"a\0b")

-- SETLIST in several blocks, and with an open end.
local function many(n) if n > 0 then return n, many(n - 1) end end
local t = {many(120)}
print(#t, t[1], t[50], t[51], t[100], t[120])
local t = {0, 0, 0, many(60)}
print(#t, t[4], t[63])
local t = {(many(5)), many(5), (many(5))}
print(#t, t[1], t[2], t[3])
local t = {1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31,32,33,34,35,36,37,38,39,40,41,42,43,44,45,46,47,48,49,50,51,52,53}
print(#t, t[50], t[51], t[53])

-- A table that was built by other means than a constructor has the same borders.
local t = {} t[1] = 1 t[2] = 2 t[4] = 4 print(#t)
local t = {1, 2, 3} t[5] = 5 print(#t) t[4] = 4 print(#t) t[6] = 6 print(#t)
local t = {n = 1} for i = 1, 9 do t[i] = i end t[5] = nil print(#t) t[9] = nil print(#t)
for i = 1, 70 do
  local t = {}
  for j = 1, i do t[j] = j end
  for j = i, i - 5, -2 do t[j] = nil end
  line = (line or "") .. #t .. " "
end
print(line)
