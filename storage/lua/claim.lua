-- One message of one person arrives. All keys are hers.
-- KEYS[1] inbox entry   KEYS[2] lock   KEYS[3] person   KEYS[4] conversation   KEYS[5] mailbox
-- ARGV[1] token   ARGV[2] claim, ms   ARGV[3] id for a person not known yet
-- ARGV[4] 'long' | 'short' | ''  which window the message opens   ARGV[5] messages it allows   ARGV[6] until (business time)
-- Returns {'stored', reply} | {'pending'} | {'locked'} | {'new', person, conversation, mailbox}
local entry = redis.call('GET', KEYS[1])
if entry then
  if string.sub(entry, 1, 1) == 'D' then return {'stored', string.sub(entry, 2)} end
  if entry ~= 'P' .. ARGV[1] then return {'pending'} end
end
if redis.call('GET', KEYS[2]) ~= ARGV[1] and not redis.call('SET', KEYS[2], ARGV[1], 'NX', 'PX', ARGV[2]) then
  return {'locked'}
end
redis.call('SET', KEYS[1], 'P' .. ARGV[1], 'PX', ARGV[2])
redis.call('HSETNX', KEYS[3], 'id', ARGV[3])
if ARGV[4] ~= '' then
  redis.call('HSET', KEYS[3], ARGV[4] .. '_left', ARGV[5], ARGV[4] .. '_until', ARGV[6])
end
return {'new', redis.call('HGETALL', KEYS[3]), redis.call('GET', KEYS[4]) or '', redis.call('LRANGE', KEYS[5], 0, 9)}
