-- Every pattern on every subject, by find, match, gsub and gmatch.
local subjects = {
    "", "a", "abc", "aaa", "hello world", "THE (quick) fox", "(foo(bar)baz)", "x=1, y=2", "a.b.c", "a\0b\0", "%d", "[]", "^$",
    "2024-01-31", "  trim  ", "key:1:field", "\n\t\r", "aXbXc", "]]", "a-b", "\255\254a", "word_1 word2", "((", "'quoted' text",
}
local patterns = {
    "", "a", "^a", "a$", "^a$", "^$", "^", "$", ".", ".*", ".-", ".+", "^.-$", "(.)", "(.*)", "(.-)b", "()", "()a()", "a*", "a+", "a-", "a?",
    "%a+", "%d+", "%s*", "%w+", "%p", "%l+", "%u+", "%x+", "%c", "%z", "%A", "%D", "%S+", "%W", "%P+", "%Z+", "%g",
    "[abc]+", "[^abc]+", "[a-c]", "[%a_]+", "[%w_]+", "[]]", "[^]]+", "[]-a]", "[a-]", "[-a]", "[%-a]", "[a%-z]", "[%]]", "[%^]", "[^%^]", "[a^]", "[%a-z]",
    "%((%w+)%)", "%b()", "%b''", "%bab", "%f[%w]%w+", "%f[%W]", "%f[a]", "%f[%z]", "(%w+) (%w+)", "(%w)(%w*)", "(%w+)=(%w+)", "((%w)%w*)",
    "(a)%1", "(.)%1", "(.).*%1", "([\"']).-%1", "()%1", "(%d+)-(%d+)-(%d+)", "^%s*(.-)%s*$", "([^:]*):?", "[^,]*", "%.", "%%", "%$", "a.c",
    "x?y?z?", "(a?)(b?)(c?)", "(a*(.)%w(%s*))", "$a", "a^b", "a$b", "%^", "\0", "a\0b", "[\0]", "[^\0]+", "\255", "[\128-\255]+",
    -- What is wrong with a pattern.
    "[", "[a", "[^", "[^]", "[]", "[%", "[%]", "[a-", "%", "a%", "(", ")", "(a", "a)", "(()", "())", "%1", "%2", "(a)%2", "%0", "(%1)", "%b", "%ba", "%f",
    "%fa", "%f[", "[[]", "*", "+", "-", "?", "**", "a**", "^*", "(*)", "[a-c-e]", "[z-a]", "%bxx", ("(a)"):rep(32), ("(a)"):rep(33), ("()"):rep(33),
}
local function show(...)
    local texts = {}
    for i = 1, select("#", ...) do
        local value = select(i, ...)
        texts[i] = type(value) == "table" and "table" or ("%q"):format(tostring(value))
    end
    return table.concat(texts, " ")
end
for _, pattern in ipairs(patterns) do
    for _, subject in ipairs(subjects) do
        local words = {}
        for _, init in ipairs { 1, 2, -1, -2, 0, 100, -100 } do
            words[#words + 1] = show(pcall(string.find, subject, pattern, init))
        end
        print(("%q"):format(pattern), ("%q"):format(subject), table.concat(words, "|"))
        print(show(pcall(string.match, subject, pattern)), show(pcall(string.match, subject, pattern, 3)))
        print(show(pcall(string.gsub, subject, pattern, "<%0>")), show(pcall(string.gsub, subject, pattern, "%1%%", 2)))
        local found, count = {}, 0
        print(pcall(function()
            for a, b in subject:gmatch(pattern) do
                found[#found + 1] = show(a, b)
                count = count + 1
                if count > 20 then break end
            end
        end))
        print(table.concat(found, "|"))
    end
end
-- Replacements.
local replacements = {
    "", "%", "%%", "%0%0", "%1", "%2", "%9", "%a", "x%", "%1%", "\0", "a\0b", 5, 1.5, {}, { a = "A", abc = 1, b = false, [1] = "one" },
    function() end, function(...) return select("#", ...) end, function(a, b) return b end, function() return {} end, function() return true end,
    function() error("inside") end, function() error({}) end, true, setmetatable({}, { __index = function(_, key) return key .. "!" end }),
    setmetatable({}, { __index = function() return print end }),
}
for index, replacement in ipairs(replacements) do
    for _, pattern in ipairs { "a", "%w+", "(%w)(%w)", "()", "(a)()", "$", "^a", "[", "(a" } do
        for _, most in ipairs { -1, 0, 1, 2, 1e10 } do
            print(index, pattern, most, show(pcall(string.gsub, "abc aab", pattern, replacement, most)))
        end
    end
end
print(pcall(string.gsub, "abc", "b", nil), pcall(string.gsub, "abc", "b"), pcall(string.gsub))
print(pcall(string.gsub, "abc", "b", "x", "y"), pcall(string.gsub, "abc", "b", true, "y"))
-- Plain search.
for _, needle in ipairs { "", "a", "b.c", "%", "aa", "aab", "abc\0", "\0" } do
    for _, subject in ipairs { "", "a", "aab", "ab.c", "aaaab", "abc\0d", "%a%" } do
        print(("%q %q"):format(needle, subject), subject:find(needle, 1, true), subject:find(needle, 2, true), subject:find(needle, -1, 1))
    end
end
-- An iterator that is asked again after its end, and changes to the string's variable in a loop.
local nextone = ("ab"):gmatch(".")
print(nextone(), nextone(), nextone(), nextone())
local text = "one two"
for word in text:gmatch("%a+") do text = text .. word end
print(text)
for a, b, c in ("k=v; x=y"):gmatch("(%w)=(%w)()") do print(a, b, c) end
print(("x"):rep(8):find(("x?"):rep(8) .. ("x"):rep(8)), ("x"):rep(300):find(("x?"):rep(300)))
print(("a"):rep(5000):match(".-b"), #("a"):rep(5000):match("a*"), (("a"):rep(100) .. "b"):find("(a*)*b"))
print(("abc"):gfind("b")(), string.gfind == string.gmatch)
