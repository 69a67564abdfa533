-- The table library: what it moves, in which order it compares, and what it refuses.
local function list(t)
    local words = {}
    for i = 1, table.maxn(t) do words[i] = tostring(t[i]) end
    return "{" .. table.concat(words, " ") .. "} " .. #t
end
for _, place in ipairs { 0, 1, 2, 3, 4, 5, 10, -1, 1.9, "2" } do
    local t = { "a", "b", "c" }
    print(place, pcall(table.insert, t, place, "x"), list(t), t[0], t[-1])
    t = { "a", "b", "c" }
    print(place, pcall(table.remove, t, place), list(t), t[0], t[-1])
end
print(pcall(table.insert), pcall(table.insert, {}), pcall(table.insert, {}, 1, 2, 3), pcall(table.insert, {}, "x", 1), pcall(table.insert, nil, 1), pcall(table.insert, 1, 1))
print(pcall(table.remove), pcall(table.remove, {}), pcall(table.remove, {}, "x"), pcall(table.remove, { 1, 2, 3 }, 0), pcall(table.remove, { n = 3 }))
local t = {}
table.insert(t, nil) print(#t) table.insert(t, 1) table.insert(t, 1, nil) print(list(t))
for i = 1, 20 do table.insert(t, 1, i) end
print(list(t), table.remove(t, 1), table.remove(t), list(t))
for _, separator in ipairs { "", ",", "\0", 1, 1.5 } do
    print(("%q"):format(table.concat({ 1, "two", 3.5, -0 }, separator)), table.concat({ "a" }, separator), table.concat({}, separator))
end
for i = -1, 4 do
    for j = -1, 4 do
        print(i, j, pcall(table.concat, { "a", "b", "c" }, "-", i, j))
    end
end
print(pcall(table.concat, { 1, {}, 3 }), pcall(table.concat, { 1, nil, 3 }), pcall(table.concat, { true }), pcall(table.concat), pcall(table.concat, {}, {}), pcall(table.concat, "x"))
print(pcall(table.concat, { 1, 2 }, ",", "x"), pcall(table.concat, { 1, 2 }, ",", 1, {}), pcall(table.concat, { 1, 2 }, nil, 2), pcall(table.concat, { 1, 2 }, ",", 2 ^ 31))
print(table.maxn {}, table.maxn { 1, 2, 3 }, table.maxn { [100] = 1, [1.5] = 2 }, table.maxn { [-5] = 1 }, table.maxn { [1 / 0] = 1, x = 1 }, pcall(table.maxn))
print(table.getn { 1, 2, 3 }, table.getn { n = 10 }, pcall(table.getn), pcall(table.setn, {}, 3), pcall(table.setn, 1))
print(pcall(table.foreach, { 1, 2, x = 3 }, print), table.foreach({ 1, 2, 3 }, function(k, v) if v == 2 then return "found", k end end), pcall(table.foreach, {}), pcall(table.foreach, 1, print))
print(pcall(table.foreachi, { 1, 2, x = 3 }, print), table.foreachi({ 1, 2, 3 }, function(k, v) if v == 2 then return "found", k end end), pcall(table.foreachi, {}), pcall(table.foreachi, 1, print))
print(pcall(table.foreach, { 1, 2, 3 }, function() error("stop") end), (pcall(table.foreachi, { 1 }, function() error({}) end)))
print(unpack { 1, 2, 3 }, unpack({ 1, 2, 3 }, 2), unpack({ 1, 2, 3 }, 2, 5), unpack({}, 1, 0), pcall(unpack), pcall(unpack, {}, 1, 1e8), select("#", unpack({}, 1, 100)))
-- Sorting.
local seed = 42
local function random(n)
    seed = (seed * 16807) % 2147483647
    return seed % n + 1
end
for size = 0, 60 do
    local numbers, words, trace = {}, {}, {}
    for i = 1, size do
        numbers[i] = random(size)
        words[i] = string.char(96 + random(5)):rep(random(3))
    end
    table.sort(numbers)
    table.sort(words, function(a, b)
        trace[#trace + 1] = a .. b
        return a > b
    end)
    print(size, list(numbers), list(words), table.concat(trace, " "))
    -- Orders that are none.
    for index, order in ipairs {
        function() return true end, function() return false end, function(a, b) return a <= b end, function() return random(2) == 1 end, function() return nil end,
    } do
        local again, calls = {}, 0
        for i = 1, size do again[i] = (i * 7) % 13 end
        print(index, pcall(table.sort, again, function(a, b)
            calls = calls + 1
            return order(a, b)
        end))
        print(calls, list(again))
    end
end
print(pcall(table.sort, { 1, "x" }), pcall(table.sort, { 1, 2, "x" }), pcall(table.sort, { {}, {} }), pcall(table.sort, { true, false }), pcall(table.sort, { 1, nil, 3 }))
print(pcall(table.sort), pcall(table.sort, {}, 5), pcall(table.sort, { 1, 2 }, 5), pcall(table.sort, { 1, 2 }, nil), pcall(table.sort, 5), pcall(table.sort, { 3, 2, 1 }, print))
print(pcall(table.sort, { 3, 2, 1 }, function() error("inside") end), pcall(table.sort, { 3, 2, 1 }, function(a, b) return a.x < b.x end))
local objects = {}
for i = 1, 10 do objects[i] = setmetatable({ value = (i * 7) % 10 }, { __lt = function(a, b) return a.value < b.value end }) end
print(pcall(table.sort, objects))
local same = { __lt = function(a, b) return a.value < b.value end }
for i = 1, 10 do setmetatable(objects[i], same) end
table.sort(objects)
for i = 1, 10 do print(objects[i].value) end
local proxy = setmetatable({}, { __index = function(_, k) return k end, __newindex = function() print("never") end, __len = function() return 5 end })
table.insert(proxy, "x") print(#proxy, rawget(proxy, 1), table.concat(proxy, ","), pcall(table.concat, proxy, ",", 1, 3))
for _, l in ipairs{string, table, math} do local n = {} for k in pairs(l) do n[#n+1] = k end print(table.concat(n, " ")) end print(math.fmod == math.mod)
