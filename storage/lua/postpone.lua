-- A notification that was not sent waits until later; so does one that may have been, by a channel that shows it once.
-- KEYS[1] its record   KEYS[2] due   KEYS[3] when each was put off   ARGV[1] id   ARGV[2] due time   ARGV[3] channel
-- ARGV[4] reason   ARGV[5] the sender whose mark may be taken back   ARGV[6] now
-- ARGV[7] the channel by which it may have gone out, '' where it surely did not
-- Returns 1, or 0 where it is settled or stands under another's mark.
local status, sender = unpack(redis.call('HMGET', KEYS[1], 'status', 'sender'))
if status ~= 'queued' and not (status == 'inflight' and sender == ARGV[5]) then return 0 end
redis.call('HSET', KEYS[1], 'status', 'queued', 'channel', ARGV[3], 'reason', ARGV[4])
if ARGV[7] ~= '' then
  redis.call('HSET', KEYS[1], 'doubted', ARGV[7])
elseif redis.call('HEXISTS', KEYS[1], 'doubted') == 0 then
  redis.call('HDEL', KEYS[1], 'begun_at')
end
redis.call('ZADD', KEYS[2], ARGV[2], ARGV[1])
redis.call('ZADD', KEYS[3], ARGV[6], ARGV[1])
return 1
