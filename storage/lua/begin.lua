-- Notifications are about to be sent: each marked in flight, by one sender only.
-- KEYS their records   ARGV[1] sender   ARGV[2..] the channel of each
-- Returns 1 for each that is the sender's, also where it marked it already; 0 where it does not wait any more.
local won = {}
for i, key in ipairs(KEYS) do
  local status, sender = unpack(redis.call('HMGET', key, 'status', 'sender'))
  won[i] = (status == 'queued' or (status == 'inflight' and sender == ARGV[1])) and 1 or 0
  if status == 'queued' then
    redis.call('HSET', key, 'status', 'inflight', 'channel', ARGV[i + 1], 'sender', ARGV[1])
    redis.call('HSETNX', key, 'begun_at', redis.call('TIME')[1])
    redis.call('HINCRBY', key, 'attempts', 1)
  end
end
return won
