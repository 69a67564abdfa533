-- Numbers: reading, writing, arithmetic at the edges, and the math library.
local texts = {
    "", " ", "0", "-0", "+0", "1", " 1 ", "\t1\n", "\v1\f", "1x", "x1", "0x", "0x1", "0X1f", "-0x10", "+0x10", "0x1p4", "0x1p", "0x1p-4", "0x.8", "0x8.", "0x.", "0xg", "0x1g", "1e", "1e1",
    "1E+2", "1e-2", "1e+", "1.", ".1", ".", "..1", "1.2.3", "1e1.5", "- 1", "--1", "+-1", "inf", "-inf", "INF", "infinity", "infinit", "nan", "-nan", "NaN", "nan(1)", "nan(", "1_000", "1,5", "1f",
    "1d", "0b1", "0o7", "007", "1e308", "1e309", "-1e309", "1e-400", "123456789012345678901234567890", "0.1000000000000000055511151231257827", "9007199254740993", "1\0", "1\0x", "\0001", "1 2", "0x 1",
    "0xffffffffffffffffffff", "0x1.fffffffffffff8p0", "0x0.0000000000001p-1022", "4.9e-324", "2.4e-324", "1e23", "8.5e22", "true", "nil", "é", "１", "1é", "0x1P+3", "1e0001", "1e99999999999", "0e99999999999",
    "179769313486231580793728971405301e276", "  0x1F  ", "e1", "E1", "0e", "0xe+1", "1e+1e", "1-", "1+1",
}
local function show(...)
    local words = {}
    for i = 1, select("#", ...) do
        local value = select(i, ...)
        words[i] = type(value) == "number" and ("%.17g"):format(value) or tostring(value)
    end
    return table.concat(words, " ")
end
for _, text in ipairs(texts) do
    print(("%q"):format(text), show(tonumber(text), pcall(function() return text + 1 end)))
    for _, base in ipairs { 2, 8, 10, 16, 36 } do
        print(base, show(pcall(tonumber, text, base)))
    end
    local chunk, message = loadstring("return " .. text, "=n")
    print(message or show(pcall(chunk)))
end
for _, text in ipairs { "0", "1", "10", "zz", "ZZ", "7", "8", "-1", "-ff", "ff", "1.5", "", " 11 ", "1 1", "99999999999999999999", "ffffffffffffffff", "10000000000000000", "-zz", "+1", "0x10" } do
    for _, base in ipairs { 1, 2, 3, 7, 8, 9, 10, 11, 16, 35, 36, 37, 0, -2, 2.9, "16" } do
        print(text, base, show(pcall(tonumber, text, base)))
    end
end
print(pcall(tonumber), pcall(tonumber, nil), pcall(tonumber, {}), pcall(tonumber, true), pcall(tonumber, nil, 16), pcall(tonumber, 10, 16), pcall(tonumber, "10", "x"))
local numbers = { 0, -0, 1, -1, 2, 3, 7, -7, 10, 0.5, -0.5, 1.5, 2.5, -2.5, 0.1, 1e15, 1e16, 2 ^ 31, 2 ^ 53, 1e100, 1e308, 1e-300, 5e-324, 1 / 0, -1 / 0, 0 / 0, "5", "0x10", " 2 " }
local operations = {
    function(a, b) return a + b end, function(a, b) return a - b end, function(a, b) return a * b end, function(a, b) return a / b end,
    function(a, b) return a % b end, function(a, b) return a ^ b end, function(a, b) return a .. b end, function(a, b) return a == b end,
    function(a, b) return a < b end, function(a, b) return a <= b end, function(a) return -a end, math.max, math.min, math.fmod, math.pow, math.atan2, math.ldexp,
}
for _, a in ipairs(numbers) do
    for _, b in ipairs(numbers) do
        local line = {}
        for index, operation in ipairs(operations) do
            local ok, value = pcall(operation, a, b)
            -- The last digits of a power are the C library's own.
            line[index] = type(value) == "number" and value ~= value and "nan" or tostring(value)
        end
        print(a, b, table.concat(line, " "))
    end
    for _, name in ipairs {
        "abs", "acos", "asin", "atan", "ceil", "cos", "cosh", "deg", "exp", "floor", "frexp", "log", "log10", "modf", "rad", "sin", "sinh", "sqrt", "tan", "tanh",
    } do
        local one, two = math[name](a)
        print(name, a, one == one and one or "nan", two)
    end
end
for name, f in pairs(math) do
    if type(f) == "function" and name ~= "random" and name ~= "randomseed" then
        for _, argument in ipairs { {}, "x", true } do
            print(name, pcall(f, argument), pcall(f, 1, argument))
        end
        print(name, pcall(f))
    else
        print(name, type(f))
    end
end
print(math.mod == math.fmod, math.pi, math.huge, -math.huge)
print(pcall(math.random, 0), pcall(math.random, 2, 1), pcall(math.random, 1, 2, 3), pcall(math.random, {}), pcall(math.random, 1, "x"), pcall(math.randomseed))
print(1e15, 1e14, 123456789012345, 1234567890123456, 0.1 + 0.2, 100, 1e2, -1e-7, 1e-4, 12345678901234567890, 2 ^ 63, 2 ^ 64, 3.0, 1e0)
print(5 % 3, -5 % 3, 5 % -3, -5 % -3, 5.5 % 2, -5.5 % 2, 5 % (1 / 0), -5 % (1 / 0), 0 % 5, 1e308 % 3)
print(2 ^ 0.5, (-8) ^ (1 / 3) ~= (-8) ^ (1 / 3), 0 ^ 0, 2 ^ -1, (-2) ^ 3, -2 ^ 2, 10 ^ 2, 1e200 ^ 2)
for i = 1, 3, 0.5 do print(i) end
for i = 3, 1, -1 do print(i) end
for i = 1, 0 do print("never") end
for i = "1", "3" do print(i) end
print(pcall(function() for i = 1, 10, {} do end end), pcall(function() for i = "x", 1 do end end), pcall(function() for i = 1, {} do end end))
for i = 0.1, 0.55, 0.1 do print(i) end
