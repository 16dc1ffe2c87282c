-- A notice by a template is about to go out to a person: one credit is taken for it.
-- KEYS[1] credits   KEYS[2] credits taken whose event has not come   ARGV[1] template
-- Returns 1, or 0 where none is left.
if tonumber(redis.call('HGET', KEYS[1], ARGV[1]) or '0') < 1 then return 0 end
redis.call('HINCRBY', KEYS[1], ARGV[1], -1)
redis.call('HINCRBY', KEYS[2], ARGV[1], 1)
return 1
