-- WeChat tells what became of a push that went out. What is settled otherwise keeps its outcome.
-- KEYS[1] its record   KEYS[2] due   KEYS[3] when each was put off   ARGV[1] id   ARGV[2] 'sent' | 'failed'
-- ARGV[3] WeChat's words   ARGV[4] settled at   ARGV[5] lifetime, s
local status = redis.call('HGET', KEYS[1], 'status')
if not status then return 0 end
redis.call('HSET', KEYS[1], 'receipt', ARGV[3])
if status == 'inflight' or status == 'unknown' or (status == 'sent' and ARGV[2] == 'failed') then
  redis.call('HSET', KEYS[1], 'status', ARGV[2], 'reason', ARGV[2] == 'failed' and ARGV[3] or '', 'settled_at', ARGV[4])
  redis.call('EXPIRE', KEYS[1], ARGV[5])
  redis.call('ZREM', KEYS[2], ARGV[1])
  redis.call('ZREM', KEYS[3], ARGV[1])
end
return 1
