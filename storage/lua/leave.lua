-- A push is left in a person's mailbox, once, unless she was erased. From one that is full goes the oldest that is worth
-- reading for a time only, else the oldest.
-- KEYS[1] mailbox   KEYS[2] mark of this push   KEYS[3] person   ARGV[1] the mail, JSON   ARGV[2] lifetime of the mark, s
-- ARGV[3] how many are kept   ARGV[4] lifetime of the mailbox, s
if redis.call('EXISTS', KEYS[3]) == 0 or not redis.call('SET', KEYS[2], '1', 'NX', 'EX', ARGV[2]) then return 1 end
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
