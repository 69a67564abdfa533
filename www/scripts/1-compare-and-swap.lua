-- title: Compare and swap
-- about: Sets a key to a new value only if it still holds the old one.
-- setup: SET config:mode draft
-- keys: config:mode
-- args: draft published

local current = redis.call('GET', KEYS[1])
if current ~= ARGV[1] then
  return redis.error_reply('CONFLICT the value is ' .. tostring(current))
end
redis.call('SET', KEYS[1], ARGV[2])
return redis.status_reply('OK')
