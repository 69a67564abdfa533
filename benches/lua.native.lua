-- Runs Lua files on the reference interpreter for `npm run bench -- lua`: see benches/rivals.
for path in io.lines() do
  local chunk = assert(loadfile(path))
  collectgarbage()
  local before = os.clock()
  local ok, message = pcall(chunk)
  local spent = (os.clock() - before) * 1000
  print(ok and spent or "error: " .. tostring(message):gsub("\n", " "))
  io.flush()
end
