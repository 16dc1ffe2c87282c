-- Take the notifications that are due, earliest first, and lend them: they are due again when the loan is over.
-- KEYS[1] due   ARGV[1] now   ARGV[2] at most   ARGV[3] end of the loan   Returns their ids.
local ids = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', ARGV[1], 'LIMIT', 0, ARGV[2])
for _, id in ipairs(ids) do redis.call('ZADD', KEYS[1], 'XX', ARGV[3], id) end
return ids
