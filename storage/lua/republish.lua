-- A publication takes the place of the one that it was made from, if that still stands.
-- KEYS[1] the published campaigns   KEYS[2] their version   ARGV[1] campaign   ARGV[2] what stood, JSON   ARGV[3] record, JSON
-- Returns 1, or 0 where another stands.
if redis.call('HGET', KEYS[1], ARGV[1]) ~= ARGV[2] then return 0 end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[3])
redis.call('INCR', KEYS[2])
return 1
