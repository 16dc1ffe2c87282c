-- One message of one person arrives. All keys are hers.
-- KEYS[1] inbox entry   KEYS[2] lock   KEYS[3] person   KEYS[4] conversation   KEYS[5] mailbox
-- KEYS[6] messages of this minute   KEYS[7] who waits for the lock
-- ARGV[1] token   ARGV[2] claim, ms   ARGV[3] id for a person not known yet
-- ARGV[4] 'long' | 'short' | ''  which window the message opens; one that opens none makes nobody known
-- ARGV[5] messages it allows   ARGV[6] until (business time)
-- ARGV[7] messages a minute, 0: not counted   ARGV[8] the reply to the first one above   ARGV[9] how long those are kept, s
-- What has more life left than it is ever given was set before the clock was set back: its time is over.
-- Returns {'stored', reply} | {'pending'} | {'locked'} | {'crowded'} | {'new', person, conversation, mailbox}
local function lapse(key, longest)
  if redis.call('PTTL', key) > tonumber(longest) then redis.call('DEL', key) end
end
local entry = redis.call('GET', KEYS[1])
if entry and string.sub(entry, 1, 1) == 'P' and redis.call('PTTL', KEYS[1]) > tonumber(ARGV[2]) then entry = nil end
if entry then
  if string.sub(entry, 1, 1) == 'D' then return {'stored', string.sub(entry, 2)} end
  if entry ~= 'P' .. ARGV[1] then return {'pending'} end
end

lapse(KEYS[2], ARGV[2])
lapse(KEYS[6], 60000)
lapse(KEYS[7], ARGV[2])

local limit = tonumber(ARGV[7])
local counted = limit > 0 and not entry
local said = counted and tonumber(redis.call('GET', KEYS[6]) or '0') or 0
if counted and said >= limit then
  local reply = said == limit and ARGV[8] or ''
  redis.call('INCR', KEYS[6])
  redis.call('SET', KEYS[1], 'D' .. reply, 'EX', ARGV[9])
  return {'stored', reply}
end

if not redis.call('SET', KEYS[2], ARGV[1], 'NX', 'PX', ARGV[2]) and redis.call('GET', KEYS[2]) ~= ARGV[1] then
  if redis.call('GET', KEYS[7]) == ARGV[1] or redis.call('SET', KEYS[7], ARGV[1], 'NX', 'PX', ARGV[2]) then
    return {'locked'}
  end
  return {'crowded'}
end
if redis.call('GET', KEYS[7]) == ARGV[1] then redis.call('DEL', KEYS[7]) end
if counted and redis.call('INCR', KEYS[6]) == 1 then redis.call('EXPIRE', KEYS[6], 60) end

redis.call('SET', KEYS[1], 'P' .. ARGV[1], 'PX', ARGV[2])
if ARGV[4] ~= '' then
  redis.call('HSETNX', KEYS[3], 'id', ARGV[3])
  redis.call('HSET', KEYS[3], ARGV[4] .. '_left', ARGV[5], ARGV[4] .. '_until', ARGV[6])
end
local person = redis.call('HGETALL', KEYS[3])
if #person == 0 then person = {'id', ARGV[3]} end
return {'new', person, redis.call('GET', KEYS[4]) or '', redis.call('LRANGE', KEYS[5], 0, -1)}
