-- A notice by a template went out to a person: one credit less, once for each notice.
-- KEYS[1] credits   KEYS[2] mark of this notice   ARGV[1] template   ARGV[2] lifetime of the mark, s
-- Returns what is left.
local left = tonumber(redis.call('HGET', KEYS[1], ARGV[1]) or '0')
if redis.call('SET', KEYS[2], '1', 'NX', 'EX', ARGV[2]) and left > 0 then
  left = redis.call('HINCRBY', KEYS[1], ARGV[1], -1)
end
return left
