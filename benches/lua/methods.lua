local Point = {} Point.__index = Point
function Point.new(x, y) return setmetatable({x = x, y = y}, Point) end
function Point:add(o) return Point.new(self.x + o.x, self.y + o.y) end
local Counter = {n = 0} Counter.__index = Counter
function Counter:step(by) self.n = self.n + by return self end
local p, d = Point.new(0, 0), Point.new(1, 2)
local c = setmetatable({}, Counter)
for i = 1, 100000 do
  p = p:add(d)
  c:step(1):step(2)
end
assert(p.x == 100000 and c.n == 300000)
