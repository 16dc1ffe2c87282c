-- Somebody asks for a notification to be sent again; one operation asks once.
-- KEYS[1] its record   KEYS[2] due   ARGV[1] id   ARGV[2] operation   ARGV[3] JSON with new times   ARGV[4] due time
-- Returns 1, or 0 where it arrived already. One that still waits, or was asked for by this operation, stays as it is.
-- The outcome that it had is kept as overruled: whoever stores it once more changes nothing.
local status, asked, at = unpack(redis.call('HMGET', KEYS[1], 'status', 'asked_again', 'settled_at'))
if asked == ARGV[2] or status == 'queued' or status == 'inflight' then return 1 end
if status == 'sent' or status == 'mailbox' then return 0 end
redis.call('HSET', KEYS[1], 'doc', ARGV[3], 'status', 'queued', 'asked_again', ARGV[2], 'attempts', 0,
  'overruled', status .. ' ' .. (at or ''))
redis.call('HDEL', KEYS[1], 'channel', 'reason', 'settled_at', 'begun_at', 'doubted')
redis.call('PERSIST', KEYS[1])
redis.call('ZADD', KEYS[2], ARGV[4], ARGV[1])
return 1
