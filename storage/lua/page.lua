-- A page of a sorted set of registration numbers, as team codes, and how many there are.
-- KEYS[1] the set   KEYS[2] registration number -> team code
-- ARGV[1] the command that takes the page   ARGV[2] the command that counts   ARGV[3] how many arguments the first has
-- ARGV[4..] its arguments, then the second's
local arguments = tonumber(ARGV[3])
local numbers = redis.call(ARGV[1], KEYS[1], unpack(ARGV, 4, 3 + arguments))
local of = redis.call(ARGV[2], KEYS[1], unpack(ARGV, 4 + arguments))
if #numbers == 0 then return {of, {}} end
return {of, redis.call('HMGET', KEYS[2], unpack(numbers))}
