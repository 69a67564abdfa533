-- Syntax errors and limits as loadstring tells them.
local function try(text, name)
    local chunk, message = loadstring(text, name)
    print(chunk and "compiles" or message)
    return chunk
end
local function series(count, item, separator)
    local items = {}
    for i = 1, count do items[i] = (item:gsub("#", i)) end
    return table.concat(items, separator or " ")
end
for _, name in ipairs { "=name", "@file.lua", "text", "", "=", "@", "two\nlines", "\n", "=" .. ("n"):rep(100), "@" .. ("f"):rep(100), ("t"):rep(100), "a\0b", "=a\0b", "@a\0b" } do
    try("x = = 1", name)
    local chunk = loadstring("error('here')", name)
    print(pcall(chunk))
    print(pcall(loadstring("return nil + 1", name)))
end
try("x =")
try(("x"):rep(60) .. " = =")
try(("x"):rep(90) .. " = =")
-- Limits.
for _, count in ipairs { 199, 200, 201 } do
    try("local " .. series(count, "v#", ","), "=n")
    try(series(count, "local v#;"), "=n")
    try("local function f() " .. series(count, "local v#;") .. " end", "=n")
    try("function f(" .. series(count, "p#", ",") .. ") end", "=n")
    try("\n\nlocal f = function(" .. series(count, "p#", ",") .. ") end", "=n")
    try("for " .. series(count - 3, "v#", ",") .. " in f do end", "=n")
    try(series(count - 2, "local v#;") .. " for i = 1, 2 do end", "=n")
end
-- How deep a chunk may nest depends on how deep the caller is in C: not tried at the limit itself.
try(series(190, "g#", ",") .. " = 1", "=n")
try(series(190, "g.x#", ",") .. " = 1", "=n")
for _, count in ipairs { 95, 190, 250, 5000 } do
    try("return " .. ("("):rep(count) .. "1" .. (")"):rep(count), "=n")
    try("return " .. ("{"):rep(count) .. ("}"):rep(count), "=n")
    try("return " .. ("-"):rep(1) .. (" -"):rep(count) .. "1", "=n")
    try("return " .. ("not "):rep(count) .. "1", "=n")
    try("return " .. ("a .. "):rep(count) .. "a", "=n")
    try("return " .. ("a ^ "):rep(count) .. "a", "=n")
    try("return " .. ("a + "):rep(count) .. "a", "=n")
    try(("do "):rep(count) .. ("end "):rep(count), "=n")
    try(("if a then "):rep(count) .. ("end "):rep(count), "=n")
    try(("while a do "):rep(count) .. ("end "):rep(count), "=n")
    try(("repeat "):rep(count) .. ("until a "):rep(count), "=n")
    try(("for i = 1, 2 do "):rep(count) .. ("end "):rep(count), "=n")
    try(("local function f() "):rep(count) .. ("end "):rep(count), "=n")
    try("return " .. ("function() return "):rep(count) .. "1 " .. ("end "):rep(count), "=n")
    try("f" .. ("(f"):rep(count) .. (")"):rep(count), "=n")
    try("return a" .. ("[a"):rep(count) .. ("]"):rep(count), "=n")
    try("return a" .. (".a"):rep(count), "=n")
    try("return a" .. ("()"):rep(count), "=n")
end
for _, count in ipairs { 40, 60, 96, 110, 150 } do
    try(("do "):rep(count) .. ("end "):rep(count) .. " return " .. ("("):rep(count) .. "1" .. (")"):rep(count), "=n")
    try(("do local a = "):rep(count) .. "1 " .. ("end "):rep(count), "=n")
    try(("if a then "):rep(count) .. "return " .. ("("):rep(count) .. "1" .. (")"):rep(count) .. (" end "):rep(count), "=n")
end
for _, count in ipairs { 58, 59, 60, 61, 62 } do
    local names = series(count, "v#", ",")
    try("local " .. names .. " local function f() return " .. names .. " end", "=n")
    try("local " .. names .. "\nlocal function f() return function() return " .. names .. " end end", "=n")
end
for _, count in ipairs { 200, 245, 246, 247, 248, 249, 250, 251, 255, 256, 300 } do
    try("return " .. series(count, "f()", ","), "=n")
    try("f(" .. series(count, "a", ",") .. ")", "=n")
    try("local t = {f(" .. series(count, "1", ",") .. ")}", "=n")
    try("x = " .. series(count, "a", " .. "), "=n")
    local chunk = try("return {" .. series(count, "#", ",") .. "}", "=n")
    print(#chunk(), chunk()[count])
    chunk = try("return {" .. series(count, "x# = #", ",") .. "}", "=n")
    print(chunk()["x" .. count])
    chunk = try("local t = {} " .. series(count, "t.k# = 'v#'", ";") .. " return t.k1 .. t.k" .. count .. ", t.k1 == 'v1', -#t, nil, true", "=n")
    print(chunk())
    chunk = try("local s = 0 " .. series(count, "s = s + #.5", " ") .. " if s == 1 or nil == s or true == s then return 1 end return s", "=n")
    print(chunk())
end
for _, count in ipairs { 1000, 25549, 25550, 25551, 25600, 26000 } do
    local chunk = try("return {" .. series(count, "#", ",") .. "}", "=n")
    print(#chunk(), chunk()[count])
end
-- Lines.
try("x = 1\n\ny = = 2", "=n")
try("x = 1\r\n\r\ny = = 2", "=n")
try("x = 1\n\r\n\ry = = 2", "=n")
try("x = 1\r\ry = = 2", "=n")
try("x = [[\n\n]]\ny = = 2", "=n")
try("--[[\n\n]]\ny = = 2", "=n")
try("x = 'a\\\nb\\\r\nc' y = = 2", "=n")
try("if a then\n\n\nx = 1", "=n")
try("function f(\n\n", "=n")
try("f(\n\n1\n\n", "=n")
try("x = {\n\n1\n\n", "=n")
try("x = (\n1\n\n", "=n")
try("for i = 1, 2 do\n\n", "=n")
try("while a do\n\n", "=n")
try("repeat\n\n", "=n")
try("do\n\n", "=n")
print(pcall(loadstring("\n\nlocal x = {\n\n} \n\n\nreturn x\n.y\n.z\n.w", "=n")))
print(pcall(loadstring("local t = {}\nt.a\n.b\n(1,\n2\n)", "=n")))
print(pcall(loadstring("return 1 +\n\n{}\n+ 2", "=n")))
print(pcall(loadstring("for i = 1,\n2,\n'x'\ndo end", "=n")))
print(pcall(loadstring("for k in\nnil\ndo end", "=n")))
print(pcall(loadstring("local function f()\nerror('in f')\nend\n\n\nf()", "=n")))
print(pcall(loadstring("local a = 1\nlocal b = a\n.. {} ..\n'x'", "=n")))
-- Bytes.
for byte = 0, 255 do
    local char = string.char(byte)
    local chunk, message = loadstring("x = " .. char, "=n")
    print(byte, chunk and "compiles" or message)
    chunk, message = loadstring("return 'a\\" .. char .. "b'", "=n")
    print(byte, chunk and ("%q"):format(chunk()) or message)
    chunk, message = loadstring("return 5" .. char .. "5", "=n")
    print(byte, chunk and chunk() or message)
    chunk, message = loadstring("local a" .. char .. "b = 1", "=n")
    print(byte, chunk and "compiles" or message)
end
for _, escape in ipairs { "\\0", "\\00", "\\000", "\\0001", "\\255", "\\256", "\\999", "\\25x", "\\1a", "\\x41", "\\u{41}", "\\z x", "\\" } do
    local chunk, message = loadstring("return '" .. escape .. "'", "=n")
    print(escape, chunk and ("%q"):format(chunk()) or message)
    chunk, message = loadstring("return \"some text " .. escape, "=n")
    print(escape, chunk and ("%q"):format(chunk()) or message)
end
print(pcall(loadstring), pcall(loadstring, nil), pcall(loadstring, {}), loadstring("return ...", "=n")(1, 2), loadstring("")())
print(pcall(load), pcall(load, 5), type(load(function() end)), pcall(load, function() return {} end), pcall(load, function() error("reader") end))
local pieces = { "return ", "1", " + ", "2", "" , "garbage" }
local at = 0
print(load(function() at = at + 1 return pieces[at] end, "=pieces")())
