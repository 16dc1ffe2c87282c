-- Take the notifications that are due, earliest first, and lend them: they are due again when the loan is over. What was
-- put off at a time that is still to come was so before the clock was set back: it is due now.
-- KEYS[1] due   KEYS[2] when each was put off   ARGV[1] now   ARGV[2] at most   ARGV[3] end of the loan
-- ARGV[4] the latest time at which anything can have been put off   Returns their ids.
local ids = {}
local function lend(found)
  for _, id in ipairs(found) do
    redis.call('ZADD', KEYS[1], 'XX', ARGV[3], id)
    redis.call('ZADD', KEYS[2], ARGV[1], id)
    table.insert(ids, id)
  end
end
lend(redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', ARGV[1], 'LIMIT', 0, ARGV[2]))
lend(redis.call('ZRANGEBYSCORE', KEYS[2], '(' .. ARGV[4], '+inf', 'LIMIT', 0, ARGV[2] - #ids))
return ids
