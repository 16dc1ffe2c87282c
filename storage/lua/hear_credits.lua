-- One event of WeChat about notices; hearing it again changes nothing.
-- KEYS[1] credits   KEYS[2] credits taken whose event has not come   KEYS[3] events that were heard
-- ARGV[1] how long that is known, s   ARGV[2] this event
-- then for each template: what is told of it ('accept' | 'refuse' | 'spent'), template
local now, accepted = tonumber(redis.call('TIME')[1]), false
for i = 3, #ARGV, 2 do accepted = accepted or ARGV[i] == 'accept' end
if not accepted and redis.call('EXISTS', KEYS[1], KEYS[2]) == 0 then return 'OK' end
redis.call('ZREMRANGEBYSCORE', KEYS[3], '-inf', now - tonumber(ARGV[1]))
if redis.call('ZADD', KEYS[3], 'NX', now, ARGV[2]) == 0 then return 'OK' end
redis.call('EXPIRE', KEYS[3], ARGV[1])
local function take(key, template)
  local left = tonumber(redis.call('HGET', key, template) or '0')
  if left > 0 then redis.call('HINCRBY', key, template, -1) end
  return left > 0
end
for i = 3, #ARGV, 2 do
  local told, template = ARGV[i], ARGV[i + 1]
  if told == 'accept' then redis.call('HINCRBY', KEYS[1], template, 1) end
  if told == 'refuse' then redis.call('HDEL', KEYS[1], template) end
  if told == 'spent' and not take(KEYS[2], template) then take(KEYS[1], template) end
end
return 'OK'
