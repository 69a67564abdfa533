-- title: Transfer between accounts
-- about: Moves an amount from one account to another, or does nothing at all if there is too little.
-- setup: HSET accounts alice 100 bob 20
-- keys: accounts
-- args: alice bob 30

local from, to, amount = ARGV[1], ARGV[2], tonumber(ARGV[3])
if not amount or amount <= 0 then
  return redis.error_reply('AMOUNT must be a positive number')
end
local balance = tonumber(redis.call('HGET', KEYS[1], from) or 0)
if balance < amount then
  return redis.error_reply('FUNDS ' .. from .. ' has only ' .. balance)
end
redis.call('HINCRBYFLOAT', KEYS[1], from, -amount)
redis.call('HINCRBYFLOAT', KEYS[1], to, amount)
return redis.call('HGETALL', KEYS[1])
