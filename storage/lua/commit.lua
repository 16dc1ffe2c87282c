-- One write to a campaign, whole or not at all.
-- KEYS[1] memory of the operation   KEYS[2] the ledger   KEYS[3..] whatever the plan names by index
-- ARGV[1] lifetime of the operation's memory, s   ARGV[2] what the writer wants back on a repetition, JSON
-- ARGV[3] index of the registration counter, or 0   ARGV[4] number of standings
-- ARGV[5..9] lengths of the five lists that follow one another:
--   entry     field, value, ...   (the length counts both) the ledger entry
--   absent    key, field          hash fields that must not exist
--   expect    key, field, value   hash fields that must still hold what the writer saw ('' = absent)
--   effects   command, key, number of arguments, arg...; '@ledger' and '@number' stand for the new ids
--   reads     the same; they are answered
-- and, before the reads, the standings, each of one team: the index of its first key, its member, number of scopes, number
-- of sums, their names (of all scopes but the first, whose sum stands in the totals, and its unit in each ranking of units),
-- number of metrics, and for each its name, score ('' = off the boards), growth, and the same negative. Its keys: the totals
-- of the campaign; for each metric the boards of all scopes, then the sums.
-- Returns {'done', ledger, number, reads} | {'again', memory} | {'changed', key} | {'taken', value}
-- where memory is JSON {ledger, number, reads}, a line end, and ARGV[2].
local stored = redis.call('GET', KEYS[1])
if stored then return {'again', stored} end

local at = 10
local entry = {unpack(ARGV, at, at + ARGV[5] - 1)}
at = at + ARGV[5]
for _ = 1, ARGV[6] do
  local holder = redis.call('HGET', KEYS[tonumber(ARGV[at])], ARGV[at + 1])
  if holder then return {'taken', holder} end
  at = at + 2
end
for _ = 1, ARGV[7] do
  local hash = KEYS[tonumber(ARGV[at])]
  if (redis.call('HGET', hash, ARGV[at + 1]) or '') ~= ARGV[at + 2] then return {'changed', hash} end
  at = at + 3
end

local number = ''
if ARGV[3] ~= '0' then number = string.format('%06d', redis.call('INCR', KEYS[tonumber(ARGV[3])])) end
local ledger = redis.call('XADD', KEYS[2], '*', 'number', number, unpack(entry))
for i = at, #ARGV do
  if ARGV[i] == '@ledger' then ARGV[i] = ledger elseif ARGV[i] == '@number' then ARGV[i] = number end
end

local function call()
  local first = at + 3
  at = first + ARGV[at + 2]
  return redis.call(ARGV[first - 3], KEYS[tonumber(ARGV[first - 2])], unpack(ARGV, first, at - 1))
end
for _ = 1, ARGV[8] do call() end

local function stand()
  local totals, member, scopes, sums = tonumber(ARGV[at]), ARGV[at + 1], tonumber(ARGV[at + 2]), tonumber(ARGV[at + 3])
  local names, board = at + 3, totals
  local metrics = names + sums + 1
  at = metrics + 1
  for _ = 1, ARGV[metrics] do
    local metric, score, grown, shrunk = ARGV[at], ARGV[at + 1], ARGV[at + 2], ARGV[at + 3]
    at = at + 4
    for scope = 1, scopes do
      local key = KEYS[board + scope]
      if score == '' then redis.call('ZREM', key, member) else redis.call('ZADD', key, score, member) end
    end
    board = board + scopes
    if grown ~= '0' then
      redis.call('HINCRBY', KEYS[totals], metric, grown)
      for sum = 1, sums do redis.call('ZINCRBY', KEYS[board + sum], shrunk, ARGV[names + sum]) end
    end
    board = board + sums
  end
end
for _ = 1, ARGV[4] do stand() end

local reads = {}
for i = 1, ARGV[9] do reads[i] = call() end

local memory = cjson.encode({ledger = ledger, number = number, reads = reads}) .. '\n' .. ARGV[2]
redis.call('SET', KEYS[1], memory, 'EX', ARGV[1])
return {'done', ledger, number, reads}
