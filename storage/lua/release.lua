-- A message could not be answered: its claim and the lock on its sender are given back, so that it may come again.
-- KEYS[1] inbox entry   KEYS[2] lock   ARGV[1] token
if redis.call('GET', KEYS[1]) == 'P' .. ARGV[1] then redis.call('DEL', KEYS[1]) end
if redis.call('GET', KEYS[2]) == ARGV[1] then redis.call('DEL', KEYS[2]) end
return 'OK'
