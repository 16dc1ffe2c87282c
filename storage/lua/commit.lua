-- One write to a campaign, whole or not at all.
-- KEYS[1] memory of the operation   KEYS[2] the ledger   KEYS[3..] whatever the plan names by index
-- ARGV[1] the plan, JSON; every id and amount in it is a string:
--   seconds   lifetime of the operation's memory
--   number    index of the registration counter, or absent
--   absent    {{key, field}, ...}          hash fields that must not exist
--   expect    {{key, field, value}, ...}   hash fields that must still hold what the writer saw ('' = absent)
--   entry     {field, value, ...}          the ledger entry
--   effects   {{command, key, arg...}, ...}; '@ledger' and '@number' stand for the new ids
--   reads     {{command, key, arg...}, ...} answered with the outcome
--   outcome   what the writer wants back, also on a repetition
-- Returns {'done', JSON} | {'again', JSON} | {'changed', key} | {'taken', value}
-- where JSON is {ledger, number, outcome, reads}.
local stored = redis.call('GET', KEYS[1])
if stored then return {'again', stored} end

local plan = cjson.decode(ARGV[1])
for _, e in ipairs(plan.absent) do
  local holder = redis.call('HGET', KEYS[e[1]], e[2])
  if holder then return {'taken', holder} end
end
for _, e in ipairs(plan.expect) do
  if (redis.call('HGET', KEYS[e[1]], e[2]) or '') ~= e[3] then return {'changed', KEYS[e[1]]} end
end

local number = ''
if plan.number then number = string.format('%06d', redis.call('INCR', KEYS[plan.number])) end
local ledger = redis.call('XADD', KEYS[2], '*', 'number', number, unpack(plan.entry))

local function call(step)
  local args = {}
  for i = 3, #step do
    local arg = step[i]
    if arg == '@ledger' then arg = ledger elseif arg == '@number' then arg = number end
    args[#args + 1] = arg
  end
  return redis.call(step[1], KEYS[step[2]], unpack(args))
end

for _, step in ipairs(plan.effects) do call(step) end
local reads = {}
for i, step in ipairs(plan.reads) do reads[i] = call(step) end

local answer = cjson.encode({ledger = ledger, number = number, outcome = plan.outcome, reads = reads})
redis.call('SET', KEYS[1], answer, 'EX', plan.seconds)
return {'done', answer}
