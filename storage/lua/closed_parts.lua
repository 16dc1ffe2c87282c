-- What stands still; what is over, or was closed before the clock was set back, is forgotten.
-- KEYS[1] the parts   Returns for each: part, for how much longer (ms), why
local seconds, micros = unpack(redis.call('TIME'))
local now = seconds * 1000 + math.floor(micros / 1000)
local kept, found = redis.call('HGETALL', KEYS[1]), {}
for i = 1, #kept, 2 do
  local since, ends, why = string.match(kept[i + 1], '^(%d+) (%d+) (.*)$')
  if tonumber(since) > now or tonumber(ends) <= now then
    redis.call('HDEL', KEYS[1], kept[i])
  else
    table.insert(found, kept[i])
    table.insert(found, string.format('%.0f', tonumber(ends) - now))
    table.insert(found, why)
  end
end
return found
