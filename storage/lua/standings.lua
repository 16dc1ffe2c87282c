-- A stretch of a ranking: its teams with their codes, and how many stand there with anything.
-- KEYS[1] the board   KEYS[2] registration number -> team code   KEYS[3] the board of all
-- ARGV[1], ARGV[2] the first and the last place (0 = first)   ARGV[3] how many of all are named in public, '' for all
-- Returns {how many have more than nothing, how many of these are named in public, how many are strictly better than
--   the first of the stretch, how many are as good as its last or better, {member, score, ...}, {code, ...}}
local size = redis.call('ZCOUNT', KEYS[1], '-inf', '(0')
local named = size
if ARGV[3] ~= '' then
  local worst = redis.call('ZRANGE', KEYS[3], ARGV[3] - 1, ARGV[3] - 1, 'WITHSCORES')[2]
  named = KEYS[1] == KEYS[3] and tonumber(ARGV[3]) or worst and redis.call('ZCOUNT', KEYS[1], '-inf', worst) or size
  named = math.min(named, size)
end
local last = math.min(tonumber(ARGV[2]), size - 1)
if last < tonumber(ARGV[1]) then return {size, named, 0, 0, {}, {}} end
local rows = redis.call('ZRANGE', KEYS[1], ARGV[1], last, 'WITHSCORES')
local numbers = {}
for i = 1, #rows, 2 do numbers[#numbers + 1] = rows[i] end
local better = redis.call('ZCOUNT', KEYS[1], '-inf', '(' .. rows[2])
local level = redis.call('ZCOUNT', KEYS[1], '-inf', rows[#rows])
return {size, named, better, level, rows, redis.call('HMGET', KEYS[2], unpack(numbers))}
