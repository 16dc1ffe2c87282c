-- The first to come stores the figures of an occurrence; everybody gets those that stand.
-- KEYS[1] snapshot   KEYS[2] counter of issues   ARGV[1] JSON object   ARGV[2] '1' where it takes the next issue number
local stored = redis.call('GET', KEYS[1])
if stored then return stored end
local doc = ARGV[1]
if ARGV[2] == '1' then doc = '{"issue":' .. redis.call('INCR', KEYS[2]) .. ',' .. string.sub(doc, 2) end
redis.call('SET', KEYS[1], doc)
return doc
