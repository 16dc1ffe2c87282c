-- Take or renew a lease. KEYS[1] the lease   ARGV[1] token   ARGV[2] lifetime, ms   ARGV[3] the longest it is ever given, ms
-- Returns 1 if held by the token. One with more life left than it is ever given was taken before the clock was set
-- back: its time is over.
local holder = redis.call('GET', KEYS[1])
if holder and holder ~= ARGV[1] and redis.call('PTTL', KEYS[1]) <= tonumber(ARGV[3]) then return 0 end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return 1
