-- A six-digit code is tried. Wrong ones are counted, of the address and of all; past either limit none is looked at.
-- KEYS[1] the code   KEYS[2] wrong ones from the address   KEYS[3] wrong ones from all
-- ARGV[1] how many from an address   ARGV[2] how many from all   ARGV[3] how long they are remembered, s
-- Returns {'off' | 'enough' | 'wrong', ''} or {'right', the digest of the pass}
if tonumber(redis.call('GET', KEYS[3]) or '0') >= tonumber(ARGV[2]) then return {'off', ''} end
if tonumber(redis.call('GET', KEYS[2]) or '0') >= tonumber(ARGV[1]) then return {'enough', ''} end
local digest = redis.call('GET', KEYS[1])
if digest then
  redis.call('DEL', KEYS[1])
  return {'right', digest}
end
for counter = 2, 3 do
  redis.call('INCR', KEYS[counter])
  redis.call('EXPIRE', KEYS[counter], ARGV[3])
end
return {'wrong', ''}
