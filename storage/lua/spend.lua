-- Spend one customer-service message of a person's window. KEYS[1] person
-- ARGV[1] business time, Unix seconds   ARGV[2] messages of the 48-hour window kept for answers
-- Returns 'long', 'short', or '' where no window allows it.
for _, window in ipairs({'short', 'long'}) do
  local left, till = unpack(redis.call('HMGET', KEYS[1], window .. '_left', window .. '_until'))
  local kept = window == 'long' and tonumber(ARGV[2]) or 0
  if left and tonumber(left) > kept and tonumber(till) > tonumber(ARGV[1]) then
    redis.call('HINCRBY', KEYS[1], window .. '_left', -1)
    return window
  end
end
return ''
