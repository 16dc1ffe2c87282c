-- A stretch of a sorted set of registration numbers, beside a place in it: rows that come or go meanwhile shift nothing.
-- KEYS[1] the set   KEYS[2] registration number -> team code
-- ARGV[1] 'down' (greatest score first) or 'up'   ARGV[2] the score below which all is left out, as ZCOUNT has it, or '+inf'
-- ARGV[3] how many   ARGV[4] 'after', 'before' or '' (the beginning)   ARGV[5], ARGV[6] score and member of the place
-- Returns {how many there are, at which the stretch begins (0 = the first), {member, score, ...}, {code, ...}}
local down, count = ARGV[1] == 'down', tonumber(ARGV[3])
local of = redis.call('ZCOUNT', KEYS[1], '-inf', ARGV[2])

-- How many stand strictly below a place, and whether something stands at it: equal scores are in order of their members.
local function below(score, member)
  local low = redis.call('ZCOUNT', KEYS[1], '-inf', '(' .. score)
  local high = low + redis.call('ZCOUNT', KEYS[1], score, score)
  while low < high do
    local middle = math.floor((low + high) / 2)
    if redis.call('ZRANGE', KEYS[1], middle, middle)[1] < member then low = middle + 1 else high = middle end
  end
  return low, redis.call('ZRANGE', KEYS[1], low, low)[1] == member
end

local from = 0
if ARGV[4] ~= '' then
  local under, there = below(ARGV[5], ARGV[6])
  local upto = under + (there and 1 or 0)
  if ARGV[4] == 'after' then
    from = down and of - under or upto
  else
    from = math.max(0, (down and of - upto or under) - count)
  end
end
from = math.min(from, of)
local last = math.min(from + count, of) - 1
if last < from then return {of, from, {}, {}} end
local rows = redis.call(down and 'ZREVRANGE' or 'ZRANGE', KEYS[1], from, last, 'WITHSCORES')
local numbers = {}
for i = 1, #rows, 2 do numbers[#numbers + 1] = rows[i] end
return {of, from, rows, redis.call('HMGET', KEYS[2], unpack(numbers))}
