-- The rest of the string library, at the edges.
local texts = { "", "a", "hello", "a\0b", "\255\0\128", "MiXeD 123 é", ("long"):rep(20) }
local places = { 0, 1, 2, 3, 5, 6, -1, -2, -5, -6, 100, -100, 1.9, -1.9, 2 ^ 31, -2 ^ 31, 2 ^ 53, 1 / 0, -1 / 0, "2", "x", nil }
for _, text in ipairs(texts) do
    print(("%q"):format(text), #text, text:len(), ("%q"):format(text:reverse()), ("%q"):format(text:upper()), ("%q"):format(text:lower()))
    for i = 1, 22 do
        for j = 1, 22 do
            print(i, j, pcall(string.byte, text, places[i], places[j]))
            local ok, part = pcall(string.sub, text, places[i], places[j])
            print(ok, ("%q"):format(part))
        end
    end
    for _, count in ipairs { 0, 1, 3, -1, 2.9, "2", 1e10 / 1e10 } do
        print(count, ("%q"):format(text:rep(count)))
    end
end
print(string.char(), string.char(72, 105), ("%q"):format(string.char(0, 255, "65", 66.9)))
for _, code in ipairs { -1, 256, 1e10, "x", {}, 300.5, -1.5 } do print(pcall(string.char, 65, code)) end
for _, name in ipairs { "byte", "char", "find", "format", "gmatch", "gsub", "len", "lower", "match", "rep", "reverse", "sub", "upper", "dump" } do
    print(name, pcall(string[name]))
    print(name, pcall(string[name], {}))
    print(name, pcall(string[name], true, true))
    print(name, pcall(string[name], nil, 1))
    print(name, pcall(function() return string[name]() end))
    print(name, pcall(function() local s = string return s.len(nil), s end))
    if name ~= "char" and name ~= "dump" and name ~= "gmatch" then print(name, pcall(string[name], 12, 1, 1)) end
end
print(pcall(function() return ("x"):rep() end), pcall(function() return ("x"):rep({}) end), pcall(function() return ("x").y.z end), pcall(function() return ("x"):bad() end))
print(pcall(function() local s = "x" return s:sub() end), pcall(function() return s:sub() end), pcall(function() return (5):sub(1) end), (5 .. ""):sub(1))
print(("x").len == string.len, #"abc", ("abc").upper("d"), ("a,b"):find(",", 1, true), pcall(function() string.rep() end))
print(pcall(string.dump, print), pcall(string.dump), pcall(string.dump, 1))
print("a" < "b", "a" < "B", "" < "a", "a\0b" < "a\0c", "a" < "a\0", "\255" > "a", "10" < "9", "Z" < "a", pcall(function() return "a" < 1 end), pcall(function() return {} < {} end))
print(1 .. 2, 1.5 .. "x", -1 .. "", pcall(function() return "x" .. nil end), pcall(function() return {} .. "x" end), pcall(function() return "x" .. true end))
print(tostring(nil), tostring(true), tostring(1e15), tostring("x"), tostring(-0), pcall(tostring), tostring(nil, 1))
print("\65\066\0677", "\a\b\f\v" == "\7\8\12\11", "a\
b", 'single "double"', [[
first line break goes]], [==[ ]] ]=] ]==], "\z\q", "tab\tx")
local parts = {}
for i = 0, 255 do parts[#parts + 1] = string.char(i) end
local all = table.concat(parts)
for _, class in ipairs { "a", "c", "d", "l", "p", "s", "u", "w", "x", "z" } do
    print(class, #all:gsub("%" .. class, ""), #all:gsub("%" .. class:upper(), ""))
end
print(("%q"):format(all))
print(all:upper() == all, #all:lower(), all:reverse():byte(1, 3))
