-- A notification is about to be sent: marked in flight, by one sender only.
-- KEYS[1] its record   ARGV[1] channel   Returns 1, or 0 where it does not wait any more.
if redis.call('HGET', KEYS[1], 'status') ~= 'queued' then return 0 end
redis.call('HSET', KEYS[1], 'status', 'inflight', 'channel', ARGV[1])
redis.call('HINCRBY', KEYS[1], 'attempts', 1)
return 1
