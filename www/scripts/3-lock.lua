-- title: Lock with an owner
-- about: Takes a lock for some milliseconds, renews it for its owner, and refuses everybody else. Run it twice, then change the owner.
-- keys: lock:report
-- args: worker-1 15000

local owner, ttl = ARGV[1], ARGV[2]
if redis.call('SET', KEYS[1], owner, 'NX', 'PX', ttl) then
  return 'acquired'
end
if redis.call('GET', KEYS[1]) == owner then
  redis.call('PEXPIRE', KEYS[1], ttl)
  return 'renewed'
end
return 'held by ' .. redis.call('GET', KEYS[1]) .. ' for ' .. redis.call('PTTL', KEYS[1]) .. ' ms'
