for i = 1, 50000 do
  local a = ("%d:%s"):format(i, "x")
  local b = ("%5.2f|%-8s|%x"):format(i / 3, "ab", i)
end
