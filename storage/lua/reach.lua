-- The database has taken a step of its schema: once, whoever says it.
-- KEYS[1] the schema version   KEYS[2] the findings   ARGV[1] version before   ARGV[2] version after   ARGV[3..] findings
-- Returns 1, or 0 where the version is another by now.
if (redis.call('GET', KEYS[1]) or '0') ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[2])
if #ARGV > 2 then redis.call('RPUSH', KEYS[2], unpack(ARGV, 3)) end
return 1
