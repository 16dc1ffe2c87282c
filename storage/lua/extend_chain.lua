-- The next links of a ledger's chain are added, unless somebody else has added some since it was read.
-- KEYS[1] the chain   ARGV[1] its newest link as it was read, '' for none   ARGV[2..] the next ones, oldest first
if (redis.call('LINDEX', KEYS[1], -1) or '') ~= ARGV[1] then return 0 end
redis.call('RPUSH', KEYS[1], unpack(ARGV, 2))
return 1
