-- A notification that was not sent waits until later.
-- KEYS[1] its record   KEYS[2] due   ARGV[1] id   ARGV[2] due time   ARGV[3] channel   ARGV[4] reason
-- Returns 1, or 0 where it is settled.
local status = redis.call('HGET', KEYS[1], 'status')
if status ~= 'queued' and status ~= 'inflight' then return 0 end
redis.call('HSET', KEYS[1], 'status', 'queued', 'channel', ARGV[3], 'reason', ARGV[4])
redis.call('ZADD', KEYS[2], ARGV[2], ARGV[1])
return 1
