-- An access token that WeChat rejected is forgotten, unless it has been replaced already.
-- KEYS[1] token   ARGV[1] the rejected one   Returns 1 if it was forgotten.
local ok, kept = pcall(cjson.decode, redis.call('GET', KEYS[1]) or '')
if ok and type(kept) == 'table' and kept.token == ARGV[1] then return redis.call('DEL', KEYS[1]) end
return 0
