-- One event of WeChat about notices; hearing it again changes nothing.
-- KEYS[1] credits   KEYS[2] credits taken whose event has not come   KEYS[3] mark of this event
-- ARGV[1] lifetime of the mark, s   then for each template: what is told of it ('accept' | 'refuse' | 'spent'), template
if not redis.call('SET', KEYS[3], '1', 'NX', 'EX', ARGV[1]) then return 'OK' end
local function take(key, template)
  local left = tonumber(redis.call('HGET', key, template) or '0')
  if left > 0 then redis.call('HINCRBY', key, template, -1) end
  return left > 0
end
for i = 2, #ARGV, 2 do
  local told, template = ARGV[i], ARGV[i + 1]
  if told == 'accept' then redis.call('HINCRBY', KEYS[1], template, 1) end
  if told == 'refuse' then redis.call('HDEL', KEYS[1], template) end
  if told == 'spent' and not take(KEYS[2], template) then take(KEYS[1], template) end
end
return 'OK'
