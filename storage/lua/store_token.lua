-- An access token is kept; an older one never overwrites a newer one.
-- KEYS[1] token   ARGV[1] its JSON   ARGV[2] its end, Unix seconds   ARGV[3] its life, ms
-- Returns 1 if it is kept now.
local ok, kept = pcall(cjson.decode, redis.call('GET', KEYS[1]) or '')
local ours = ok and type(kept) == 'table' and type(kept.token) == 'string' and string.match(kept.token, '^[%w_.-]+$')
if ours and (tonumber(kept.exp) or 0) > tonumber(ARGV[2]) then return 0 end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[3])
return 1
