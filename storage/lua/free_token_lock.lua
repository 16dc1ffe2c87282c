-- Whoever fetched a token makes way for the next, after a pause where fetching failed.
-- KEYS[1] lock   ARGV[1] our mark   ARGV[2] pause, ms, or 0
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
if tonumber(ARGV[2]) > 0 then return redis.call('PEXPIRE', KEYS[1], ARGV[2]) end
return redis.call('DEL', KEYS[1])
