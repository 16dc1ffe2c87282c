-- What became of notifications. An outcome that was unknown may become known; any other stands.
-- KEYS[1] due   KEYS[2..] their records   ARGV[1] lifetime, s   then for each: id, status, channel, reason, settled at
-- Returns for each 1 where it was settled now, else 0; an outcome in whose place it was asked for again stays overruled.
local settled = {}
for i = 2, #KEYS do
  local at = (i - 2) * 5 + 2
  local status, overruled = unpack(redis.call('HMGET', KEYS[i], 'status', 'overruled'))
  local open = status == 'queued' or status == 'inflight' or (status == 'unknown' and ARGV[at + 1] ~= 'unknown')
  if open and overruled ~= ARGV[at + 1] .. ' ' .. ARGV[at + 4] then
    redis.call('HSET', KEYS[i], 'status', ARGV[at + 1], 'channel', ARGV[at + 2],
      'reason', ARGV[at + 3], 'settled_at', ARGV[at + 4])
    redis.call('EXPIRE', KEYS[i], ARGV[1])
    redis.call('ZREM', KEYS[1], ARGV[at])
    settled[i - 1] = 1
  else
    settled[i - 1] = 0
  end
end
return settled
