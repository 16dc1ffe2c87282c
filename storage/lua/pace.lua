-- A place within a sliding window. KEYS[1] times of the last sendings, ms   ARGV[1] places   ARGV[2] window, ms
-- Times to come were taken before the clock was set back.
-- Returns 0 when a place is taken, else how many ms until one is free.
local seconds, micros = unpack(redis.call('TIME'))
local now = seconds * 1000 + math.floor(micros / 1000)
while tonumber(redis.call('LINDEX', KEYS[1], -1) or 0) > now do redis.call('RPOP', KEYS[1]) end
if redis.call('LLEN', KEYS[1]) >= tonumber(ARGV[1]) then
  local wait = tonumber(redis.call('LINDEX', KEYS[1], 0)) + tonumber(ARGV[2]) - now
  if wait > 0 then return wait end
  redis.call('LPOP', KEYS[1])
end
redis.call('RPUSH', KEYS[1], string.format('%.0f', now))
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return 0
