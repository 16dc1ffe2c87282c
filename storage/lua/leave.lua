-- A push is left in a person's mailbox, once, unless she was erased. From one that is full goes the oldest that is worth
-- reading for a time only, else the oldest.
-- KEYS[1] mailbox   KEYS[2] what was left there   KEYS[3] person   ARGV[1] the mail, JSON   ARGV[2] how long that is known, s
-- ARGV[3] how many are kept   ARGV[4] lifetime of the mailbox, s   ARGV[5] id of this push
local now = tonumber(redis.call('TIME')[1])
redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', now - tonumber(ARGV[2]))
if redis.call('EXISTS', KEYS[3]) == 0 or redis.call('ZADD', KEYS[2], 'NX', now, ARGV[5]) == 0 then return 1 end
redis.call('EXPIRE', KEYS[2], ARGV[2])
redis.call('RPUSH', KEYS[1], ARGV[1])
redis.call('EXPIRE', KEYS[1], ARGV[4])
local mails = redis.call('LRANGE', KEYS[1], 0, -1)
if #mails <= tonumber(ARGV[3]) then return 1 end
local goes = mails[1]
for _, mail in ipairs(mails) do
  if cjson.decode(mail).read_until ~= cjson.null then
    goes = mail
    break
  end
end
redis.call('LREM', KEYS[1], 1, goes)
return 1
