local s = ("key=value; "):rep(500)
for _ = 1, 10 do
  local n = 0
  for k, v in s:gmatch("(%w+)=(%w+)") do n = n + 1 end
  s:gsub("%w+", function(w) return w:upper() end)
  s:gsub("(%w+)=(%w+)", "%2=%1")
  assert(n == 500)
end
