-- The reports that a total stands on, the newest first, down to and with the first of an earlier day.
-- KEYS[1] reports   ARGV[1] id of the newest   ARGV[2] a day   Returns them as JSON.
local found, id = {}, ARGV[1]
while id and id ~= '' do
  local doc = redis.call('HGET', KEYS[1], id)
  if not doc then break end
  found[#found + 1] = doc
  local report = cjson.decode(doc)
  if report.day < ARGV[2] then break end
  id = report.previous
end
return found
