-- A notification that was not sent waits until later.
-- KEYS[1] its record   KEYS[2] due   KEYS[3] when each was put off   ARGV[1] id   ARGV[2] due time   ARGV[3] channel
-- ARGV[4] reason   ARGV[5] the sender whose mark may be taken back   ARGV[6] now
-- Returns 1, or 0 where it is settled or stands under another's mark.
local status, sender = unpack(redis.call('HMGET', KEYS[1], 'status', 'sender'))
if status ~= 'queued' and not (status == 'inflight' and sender == ARGV[5]) then return 0 end
redis.call('HSET', KEYS[1], 'status', 'queued', 'channel', ARGV[3], 'reason', ARGV[4])
redis.call('ZADD', KEYS[2], ARGV[2], ARGV[1])
redis.call('ZADD', KEYS[3], ARGV[6], ARGV[1])
return 1
