for i = 1, 60000 do pcall(type, i) pcall(error, "x") end
