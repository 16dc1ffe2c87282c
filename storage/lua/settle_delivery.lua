-- What became of notifications. An outcome that was unknown may become known; any other stands.
-- KEYS[1] due   KEYS[2..] their records   ARGV[1] lifetime, s   then for each: id, status, channel, reason, settled at
-- Returns how many were settled.
local settled = 0
for i = 2, #KEYS do
  local at = (i - 2) * 5 + 2
  local status = redis.call('HGET', KEYS[i], 'status')
  if status == 'queued' or status == 'inflight' or status == 'unknown' then
    redis.call('HSET', KEYS[i], 'status', ARGV[at + 1], 'channel', ARGV[at + 2],
      'reason', ARGV[at + 3], 'settled_at', ARGV[at + 4])
    redis.call('EXPIRE', KEYS[i], ARGV[1])
    redis.call('ZREM', KEYS[1], ARGV[at])
    settled = settled + 1
  end
end
return settled
