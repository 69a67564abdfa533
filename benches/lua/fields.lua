local p = {x = 1, y = 2, z = 3}
for i = 1, 600000 do p.x = p.x + 1 p.y = p.y + p.x p.z = p.z - p.y end
