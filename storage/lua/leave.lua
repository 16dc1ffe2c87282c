-- A push is left in a person's mailbox, once, unless she was erased.
-- KEYS[1] mailbox   KEYS[2] mark of this push   KEYS[3] person   ARGV[1] the mail, JSON   ARGV[2] lifetime of the mark, s
if redis.call('EXISTS', KEYS[3]) == 1 and redis.call('SET', KEYS[2], '1', 'NX', 'EX', ARGV[2]) then
  redis.call('RPUSH', KEYS[1], ARGV[1])
end
return 1
