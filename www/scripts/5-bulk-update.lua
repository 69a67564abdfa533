-- title: Bulk update
-- about: Raises the price of every product by a percentage, in one atomic step, and says what changed.
-- setup: HSET product:1 name lamp price 20
-- setup: HSET product:2 name chair price 55
-- setup: HSET product:3 name desk price 240
-- keys: product:1 product:2 product:3
-- args: 10

local factor = 1 + ARGV[1] / 100
local report = {}
for _, key in ipairs(KEYS) do
  local name, price = unpack(redis.call('HMGET', key, 'name', 'price'))
  if price then
    local raised = string.format('%.2f', price * factor)
    redis.call('HSET', key, 'price', raised)
    report[#report + 1] = name .. ': ' .. price .. ' -> ' .. raised
  end
end
return report
