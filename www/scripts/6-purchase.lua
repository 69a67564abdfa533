-- title: Purchase with an inventory
-- about: Checks stock and balance, takes both, and files the order as JSON, or refuses with the reason.
-- setup: HSET stock apple 10 pear 3
-- setup: HSET prices apple 2 pear 5
-- setup: SET wallet:ann 30
-- keys: stock prices wallet:ann orders:ann
-- args: '[{"item":"apple","count":4},{"item":"pear","count":2}]'

local stock, prices, wallet, orders = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local basket = cjson.decode(ARGV[1])

local total = 0
for _, line in ipairs(basket) do
  local left = tonumber(redis.call('HGET', stock, line.item) or 0)
  if left < line.count then
    return redis.error_reply('STOCK only ' .. left .. ' of ' .. line.item)
  end
  total = total + line.count * redis.call('HGET', prices, line.item)
end
local money = tonumber(redis.call('GET', wallet) or 0)
if money < total then
  return redis.error_reply('FUNDS ' .. total .. ' needed, ' .. money .. ' there')
end

for _, line in ipairs(basket) do
  redis.call('HINCRBY', stock, line.item, -line.count)
end
redis.call('DECRBY', wallet, total)
local order = cjson.encode({lines = basket, total = total})
redis.call('RPUSH', orders, order)
return order
