"""An official account's access token, shared by all processes: fetched early and by one of them."""

import json
import re
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass

from storage.database import Database, script
from storage.keys import Keys

RENEW_BEFORE = 300
"""Seconds before its end from which a token is renewed; WeChat keeps the old one valid beside the new one."""

LOCK_MILLISECONDS = 15_000
"""Longer than one fetch can take (connect 3.05 s, and 8 s for the answer)."""

PAUSE_MILLISECONDS = 60_000
"""After a renewal that failed, the old token serves so long before the next is tried."""

WAIT_SECONDS = 3.0
_POLL_SECONDS = 0.05

_TOKEN = re.compile(r"[\w.-]{1,512}", re.ASCII)

_store, _forget, _free_lock = script("store_token"), script("forget_token"), script("free_token_lock")
_hold = script("hold")


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


class TokenStore:
    """One account's token. `clock` is real Unix time."""

    def __init__(self, database: Database, keys: Keys, appid: str, clock: Callable[[], float] = time.time) -> None:
        self._database = database
        self._key = keys.token(appid)
        self._lock_key = keys.token_lock(appid)
        self._clock = clock

    def get(self, fetch: Callable[[], Grant]) -> str:
        """A valid token; `fetch` makes the token call or raises TokenRefused. Raises that, or TokenBusy."""
        give_up = time.monotonic() + WAIT_SECONDS
        while True:
            token, life = self._read()
            if life > RENEW_BEFORE:
                return token
            if mark := self._lock():
                return self._renew(fetch, mark)
            if life > 0:
                return token
            if time.monotonic() > give_up:
                raise TokenBusy("nobody brought an access token within 3 s")
            time.sleep(_POLL_SECONDS)

    def invalidate(self, rejected: str) -> None:
        """Forget the token that WeChat rejected, unless it has been replaced already."""
        _forget(self._database, [self._key], [rejected])

    def _renew(self, fetch: Callable[[], Grant], mark: str) -> str:
        """Fetch, unless somebody just did. A failure is borne as long as the old token lives."""
        pause = 0
        try:
            token, life = self._read()
            if life > RENEW_BEFORE:
                return token
            try:
                grant = fetch()
            except TokenRefused:
                if life <= 0:
                    raise
                pause = PAUSE_MILLISECONDS
                return token
            self._keep(grant)
            return grant.token
        finally:
            _free_lock(self._database, [self._lock_key], [mark, pause])

    def _keep(self, grant: Grant) -> None:
        end = int(self._clock()) + grant.expires_in
        kept = json.dumps({"token": grant.token, "exp": end})
        _store(self._database, [self._key], [kept, end, grant.expires_in * 1000])

    def _read(self) -> tuple[str, float]:
        """The kept token and the seconds it has left; nothing, or something not ours, counts as expired."""
        kept = self._database.get(self._key)
        try:
            value = json.loads(kept) if kept else {}
            token, end = str(value["token"]), float(value["exp"])
        except (ValueError, KeyError, TypeError):
            return "", 0.0
        return (token, end - self._clock()) if _TOKEN.fullmatch(token) else ("", 0.0)

    def _lock(self) -> str:
        """Our mark if the lock is ours now, else an empty string."""
        mark = secrets.token_hex(8)
        longest = max(LOCK_MILLISECONDS, PAUSE_MILLISECONDS)
        return mark if _hold(self._database, [self._lock_key], [mark, LOCK_MILLISECONDS, longest]) else ""
