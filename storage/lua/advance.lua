-- Move the rehearsal clock forward, never back. KEYS[1] the offset, s   ARGV[1] wanted offset   Returns the offset.
local offset = tonumber(redis.call('GET', KEYS[1]) or '-inf')
if tonumber(ARGV[1]) > offset then redis.call('SET', KEYS[1], ARGV[1]) end
return redis.call('GET', KEYS[1])
