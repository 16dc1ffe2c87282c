-- What became of notifications. An outcome that was unknown may become known; any other stands.
-- One that becomes unknown is given a number, under which it waits for a coordinator.
-- KEYS[1] due   KEYS[2] counter of matters   KEYS[3] uncertain deliveries   KEYS[4] when each was put off
-- KEYS[5..] their records
-- ARGV[1] lifetime, s   then for each: id, status, channel, reason, settled at, the matter without its number, JSON
-- Returns for each 1 where it was settled now, else 0; an outcome in whose place it was asked for again stays overruled.
local settled = {}
for i = 5, #KEYS do
  local at = (i - 5) * 6 + 2
  local status, overruled = unpack(redis.call('HMGET', KEYS[i], 'status', 'overruled'))
  local open = status == 'queued' or status == 'inflight' or (status == 'unknown' and ARGV[at + 1] ~= 'unknown')
  if open and overruled ~= ARGV[at + 1] .. ' ' .. ARGV[at + 4] then
    redis.call('HSET', KEYS[i], 'status', ARGV[at + 1], 'channel', ARGV[at + 2],
      'reason', ARGV[at + 3], 'settled_at', ARGV[at + 4])
    redis.call('EXPIRE', KEYS[i], ARGV[1])
    redis.call('ZREM', KEYS[1], ARGV[at])
    redis.call('ZREM', KEYS[4], ARGV[at])
    if ARGV[at + 1] == 'unknown' then
      local number = 'D' .. redis.call('INCR', KEYS[2])
      local matter = string.gsub(ARGV[at + 5], '"number":""', '"number":"' .. number .. '"', 1)
      redis.call('HSET', KEYS[3], number, matter)
      redis.call('HSET', KEYS[i], 'matter', number)
    end
    settled[i - 4] = 1
  else
    settled[i - 4] = 0
  end
end
return settled
