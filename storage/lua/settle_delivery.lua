-- What became of a notification. An outcome that was unknown may become known; any other stands.
-- KEYS[1] its record   KEYS[2] due
-- ARGV[1] id   ARGV[2] status   ARGV[3] channel   ARGV[4] reason   ARGV[5] settled at   ARGV[6] lifetime, s
-- Returns 1, or 0 where an outcome stands.
local status = redis.call('HGET', KEYS[1], 'status')
if status ~= 'queued' and status ~= 'inflight' and status ~= 'unknown' then return 0 end
redis.call('HSET', KEYS[1], 'status', ARGV[2], 'channel', ARGV[3], 'reason', ARGV[4], 'settled_at', ARGV[5])
redis.call('EXPIRE', KEYS[1], ARGV[6])
redis.call('ZREM', KEYS[2], ARGV[1])
return 1
