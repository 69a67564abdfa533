local function f(a, b, c) return a end
local function g(...) return select("#", ...) end
for i = 1, 600000 do f(i, i, i) end
for i = 1, 200000 do g(i, i) end
for i = 1, 400000 do type(i) end
