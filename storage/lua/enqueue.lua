-- Notifications enter a campaign's outbox; one whose id is known already stays as it is.
-- KEYS[1] due   KEYS[2] outbox   KEYS[3..] one record per notification   ARGV id, due time, JSON, for each
-- Returns how many were new.
local new = 0
for i = 3, #KEYS do
  local at = (i - 3) * 3
  if redis.call('HSETNX', KEYS[i], 'doc', ARGV[at + 3]) == 1 then
    redis.call('HSET', KEYS[i], 'status', 'queued')
    redis.call('ZADD', KEYS[1], ARGV[at + 2], ARGV[at + 1])
    redis.call('ZADD', KEYS[2], ARGV[at + 2], ARGV[at + 1])
    new = new + 1
  end
end
return new
