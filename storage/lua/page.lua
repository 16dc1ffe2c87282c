-- A page of a sorted set of numbers, as what is kept of them (registration number -> team code, say), and how many it has.
-- KEYS[1] the set   KEYS[2] a hash number -> what is kept   KEYS[3] perhaps: what is only counted besides
-- ARGV[1] the command that takes the page   ARGV[2] the command that counts   ARGV[3] how many arguments the first has
-- ARGV[4..] its arguments, then the second's; with KEYS[3], as the last, the command that counts it
-- Returns {how many, page}, and as a third how many KEYS[3] has.
local arguments, last = tonumber(ARGV[3]), #ARGV
local beside
if KEYS[3] then
  beside = redis.call(ARGV[last], KEYS[3])
  last = last - 1
end
local numbers = redis.call(ARGV[1], KEYS[1], unpack(ARGV, 4, 3 + arguments))
local of = redis.call(ARGV[2], KEYS[1], unpack(ARGV, 4 + arguments, last))
return {of, #numbers == 0 and {} or redis.call('HMGET', KEYS[2], unpack(numbers)), beside}
