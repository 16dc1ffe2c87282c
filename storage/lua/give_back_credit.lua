-- A notice surely did not go out: the credit taken for it is there again, unless it was settled or she was erased.
-- KEYS[1] credits   KEYS[2] credits taken whose event has not come   ARGV[1] template
if tonumber(redis.call('HGET', KEYS[2], ARGV[1]) or '0') > 0 then
  redis.call('HINCRBY', KEYS[2], ARGV[1], -1)
  redis.call('HINCRBY', KEYS[1], ARGV[1], 1)
end
return 'OK'
