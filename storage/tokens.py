"""An official account's access token, shared by all processes: fetched early and by one of them."""

import json
import re
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass

from redis import Redis

RENEW_BEFORE = 300
"""Seconds before its end from which a token is renewed; WeChat keeps the old one valid beside the new one."""

LOCK_MILLISECONDS = 10_000
"""Longer than one fetch can take (connect 3.05 s + read 5 s)."""

WAIT_SECONDS = 3.0
_POLL_SECONDS = 0.05

_TOKEN = re.compile(r"[\w.-]{1,512}", re.ASCII)

# What is kept, or nil where it is nothing of ours.
_KEPT = """
local ok, kept = pcall(cjson.decode, redis.call('GET', KEYS[1]) or '')
local ours = ok and type(kept) == 'table' and tonumber(kept.exp) and type(kept.token) == 'string'
if not (ours and string.match(kept.token, '^[%w_.-]+$')) then kept = nil end
"""
# KEYS token · ARGV new JSON, its end, lifetime in ms. An older token never overwrites a newer one.
_STORE = f"""{_KEPT}
if kept and tonumber(kept.exp) > tonumber(ARGV[2]) then return 0 end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[3])
return 1
"""
# KEYS token · ARGV the rejected token. Whoever is late does not delete what another has just renewed.
_INVALIDATE = f"""{_KEPT}
if kept and kept.token == ARGV[1] then return redis.call('DEL', KEYS[1]) end
return 0
"""
# KEYS lock · ARGV our mark.
_RELEASE = """
if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end
return 0
"""


@dataclass(frozen=True, slots=True)
class Grant:
    """WeChat's answer to a token call: the token and its remaining life in seconds."""

    token: str
    expires_in: int


class TokenRefused(Exception):
    """The token call failed; `reason` is what the caller's fetch made of it."""

    def __init__(self, reason: Exception) -> None:
        super().__init__(str(reason))
        self.reason = reason


class TokenBusy(Exception):
    """There is no valid token, and whoever is fetching one took longer than 3 s."""


def token_key(prefix: str, appid: str) -> str:
    """string · JSON {token, exp in Unix seconds} · lives as long as the token."""
    return f"{prefix}:token:{{{appid}}}"


def token_lock_key(prefix: str, appid: str) -> str:
    """string · the mark of the one process that fetches · 10 s."""
    return f"{prefix}:token-lock:{{{appid}}}"


class TokenStore:
    """One account's token. `clock` is real Unix time."""

    def __init__(
        self,
        redis: Redis,
        prefix: str,
        appid: str,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._redis = redis
        self._key = token_key(prefix, appid)
        self._lock_key = token_lock_key(prefix, appid)
        self._clock = clock

    def get(self, fetch: Callable[[], Grant]) -> str:
        """A valid token; `fetch` makes the token call or raises TokenRefused. Raises that, or TokenBusy."""
        give_up = time.monotonic() + WAIT_SECONDS
        while True:
            token, life = self._read()
            if life > RENEW_BEFORE:
                return token
            if mark := self._lock():
                try:
                    return self._renew(fetch)
                finally:
                    self._redis.eval(_RELEASE, 1, self._lock_key, mark)
            if life > 0:
                return token
            if time.monotonic() > give_up:
                raise TokenBusy("nobody brought an access token within 3 s")
            time.sleep(_POLL_SECONDS)

    def invalidate(self, rejected: str) -> None:
        """Forget the token that WeChat rejected, unless it has been replaced already."""
        self._redis.eval(_INVALIDATE, 1, self._key, rejected)

    def _renew(self, fetch: Callable[[], Grant]) -> str:
        """Fetch, unless somebody just did. A failure is borne as long as the old token lives."""
        token, life = self._read()
        if life > RENEW_BEFORE:
            return token
        try:
            grant = fetch()
        except TokenRefused:
            if life > 0:
                return token
            raise
        end = int(self._clock()) + grant.expires_in
        kept = json.dumps({"token": grant.token, "exp": end})
        self._redis.eval(_STORE, 1, self._key, kept, str(end), str(grant.expires_in * 1000))
        return grant.token

    def _read(self) -> tuple[str, float]:
        """The kept token and the seconds it has left; nothing, or something not ours, counts as expired."""
        kept = self._redis.get(self._key)
        try:
            value = json.loads(kept) if kept else {}
            token, end = str(value["token"]), float(value["exp"])
        except (ValueError, KeyError, TypeError):
            return "", 0.0
        return (token, end - self._clock()) if _TOKEN.fullmatch(token) else ("", 0.0)

    def _lock(self) -> str:
        """Our mark if the lock is ours now, else an empty string."""
        mark = secrets.token_hex(8)
        return mark if self._redis.set(self._lock_key, mark, nx=True, px=LOCK_MILLISECONDS) else ""
