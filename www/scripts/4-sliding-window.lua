-- title: Sliding-window rate limiter
-- about: Allows so many calls within a window of milliseconds. Press Run quickly, again and again.
-- keys: rate:user:42
-- args: 5 10000

local limit, window = tonumber(ARGV[1]), tonumber(ARGV[2])
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)

redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - window)
local used = redis.call('ZCARD', KEYS[1])
if used >= limit then
  local oldest = redis.call('ZRANGE', KEYS[1], 0, 0, 'WITHSCORES')
  return {'denied', 'retry after ms', oldest[2] + window - now}
end
redis.call('ZADD', KEYS[1], now, time[1] .. '.' .. time[2])
redis.call('PEXPIRE', KEYS[1], window)
return {'allowed', 'remaining', limit - used - 1}
