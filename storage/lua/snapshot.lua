-- The first to come stores the figures of an occurrence; everybody gets those that stand.
-- KEYS[1] snapshot   KEYS[2] counter of issues   KEYS[3] the issues by number
-- ARGV[1] JSON object   ARGV[2] '1' where it takes the next issue number   ARGV[3] the number that it bears already, or ''
-- ARGV[4] the name of the snapshot
local stored = redis.call('GET', KEYS[1])
if stored then return stored end
local doc, issue = ARGV[1], ARGV[3]
if ARGV[2] == '1' then
  issue = redis.call('INCR', KEYS[2])
  doc = '{"issue":' .. issue .. ',' .. string.sub(doc, 2)
end
redis.call('SET', KEYS[1], doc)
if issue ~= '' then redis.call('HSET', KEYS[3], issue, ARGV[4]) end
return doc
