-- One write to a campaign, whole or not at all.
-- KEYS[1] memory of the operation   KEYS[2] the ledger   KEYS[3..] whatever the plan names by index
-- ARGV[1] lifetime of the operation's memory, s   ARGV[2] what the writer wants back on a repetition, JSON
-- ARGV[3] index of the registration counter, or 0   ARGV[4..8] lengths of the five lists that follow one another:
--   entry     field, value, ...   (the length counts both) the ledger entry
--   absent    key, field          hash fields that must not exist
--   expect    key, field, value   hash fields that must still hold what the writer saw ('' = absent)
--   effects   command, key, number of arguments, arg...; '@ledger' and '@number' stand for the new ids
--   reads     the same; they are answered
-- Returns {'done', answer} | {'again', answer} | {'changed', key} | {'taken', value}
-- where answer is JSON {ledger, number, reads}, a line end, and ARGV[2].
local stored = redis.call('GET', KEYS[1])
if stored then return {'again', stored} end

local at = 9
local function take(count)
  at = at + count
  return unpack(ARGV, at - count, at - 1)
end
local function key() return KEYS[tonumber(take(1))] end

local entry = {take(ARGV[4])}
for _ = 1, ARGV[5] do
  local holder = redis.call('HGET', key(), take(1))
  if holder then return {'taken', holder} end
end
for _ = 1, ARGV[6] do
  local hash, field, value = key(), take(2)
  if (redis.call('HGET', hash, field) or '') ~= value then return {'changed', hash} end
end

local number = ''
if ARGV[3] ~= '0' then number = string.format('%06d', redis.call('INCR', KEYS[tonumber(ARGV[3])])) end
local ledger = redis.call('XADD', KEYS[2], '*', 'number', number, unpack(entry))
for i = at, #ARGV do
  if ARGV[i] == '@ledger' then ARGV[i] = ledger elseif ARGV[i] == '@number' then ARGV[i] = number end
end

local function call() return redis.call(take(1), key(), take(take(1))) end
for _ = 1, ARGV[7] do call() end
local reads = {}
for i = 1, ARGV[8] do reads[i] = call() end

local answer = cjson.encode({ledger = ledger, number = number, reads = reads}) .. '\n' .. ARGV[2]
redis.call('SET', KEYS[1], answer, 'EX', ARGV[1])
return {'done', answer}
