-- A message is answered: the reply is stored for its duplicates, the dialogue is saved, the sender is free again.
-- KEYS[1] inbox entry   KEYS[2] lock   KEYS[3] person   KEYS[4] conversation   KEYS[5] mailbox   KEYS[6] said
-- ARGV[1] token   ARGV[2] reply   ARGV[3] its lifetime, s   ARGV[4] conversation or ''   ARGV[5] its lifetime, s
-- ARGV[6] how many mailbox entries leave it   ARGV[7] what she typed or ''   ARGV[8] message key
-- ARGV[9] its lifetime, s   ARGV[10] older entries go, ms   ARGV[11..] field, value pairs kept about the person ('' deletes)
-- Returns the reply that stands: the first one stored. Whoever holds the lock goes on from it.
local entry = redis.call('GET', KEYS[1])
local stands = ARGV[2]
if entry and string.sub(entry, 1, 1) == 'D' then
  stands = string.sub(entry, 2)
else
  redis.call('SET', KEYS[1], 'D' .. stands, 'EX', ARGV[3])
end
if redis.call('GET', KEYS[2]) ~= ARGV[1] then return stands end
redis.call('DEL', KEYS[2])
if ARGV[4] == '' then
  redis.call('DEL', KEYS[4])
else
  redis.call('SET', KEYS[4], ARGV[4], 'EX', ARGV[5])
end
if tonumber(ARGV[6]) > 0 then redis.call('LTRIM', KEYS[5], ARGV[6], -1) end
if redis.call('EXISTS', KEYS[3]) == 1 then
  redis.call('XADD', KEYS[6], 'MINID', ARGV[10], '*', 'key', ARGV[8], 'text', ARGV[7])
  redis.call('EXPIRE', KEYS[6], ARGV[9])
  local kept = {}
  for i = 11, #ARGV, 2 do
    if ARGV[i + 1] == '' then
      redis.call('HDEL', KEYS[3], ARGV[i])
    else
      kept[#kept + 1], kept[#kept + 2] = ARGV[i], ARGV[i + 1]
    end
  end
  if #kept > 0 then redis.call('HSET', KEYS[3], unpack(kept)) end
end
return stands
