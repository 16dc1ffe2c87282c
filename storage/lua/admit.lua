-- Who gets an unasked push today: those who had fewer than a day allows, and those it was granted to before.
-- KEYS[1] how many each had   KEYS[2] to whom this push was granted   ARGV[1] lifetime, s   ARGV[2] a day's most
-- ARGV[3..] persons. Returns those who get it.
local admitted = {}
for i = 3, #ARGV do
  local person = ARGV[i]
  if redis.call('SISMEMBER', KEYS[2], person) == 1 then
    admitted[#admitted + 1] = person
  elseif tonumber(redis.call('HGET', KEYS[1], person) or '0') < tonumber(ARGV[2]) then
    redis.call('HINCRBY', KEYS[1], person, 1)
    redis.call('SADD', KEYS[2], person)
    admitted[#admitted + 1] = person
  end
end
redis.call('EXPIRE', KEYS[1], ARGV[1])
redis.call('EXPIRE', KEYS[2], ARGV[1])
return admitted
