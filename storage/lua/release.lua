-- A message could not be answered: its claim, the lock on its sender and its place behind the lock are given back, so
-- that it may come again. KEYS[1] inbox entry   KEYS[2] lock   KEYS[3] who waits for the lock   ARGV[1] token
if redis.call('GET', KEYS[1]) == 'P' .. ARGV[1] then redis.call('DEL', KEYS[1]) end
for i = 2, 3 do
  if redis.call('GET', KEYS[i]) == ARGV[1] then redis.call('DEL', KEYS[i]) end
end
return 'OK'
