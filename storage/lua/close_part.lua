-- A part of the way out stands still for a time, unless it does already.
-- KEYS[1] the parts   ARGV[1] part   ARGV[2] for how long, ms   ARGV[3] why, JSON
local seconds, micros = unpack(redis.call('TIME'))
local now = seconds * 1000 + math.floor(micros / 1000)
local since, ends = string.match(redis.call('HGET', KEYS[1], ARGV[1]) or '', '^(%d+) (%d+) ')
if since and tonumber(since) <= now and tonumber(ends) > now then return 0 end
redis.call('HSET', KEYS[1], ARGV[1], string.format('%.0f %.0f %s', now, now + tonumber(ARGV[2]), ARGV[3]))
return 1
