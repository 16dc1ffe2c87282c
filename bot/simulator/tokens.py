"""The stable access-token family of the rehearsed account."""

import secrets
from collections.abc import Callable
from datetime import datetime, timedelta

from bot.simulator.errors import ApiError

LIFETIME = timedelta(seconds=7200)
RENEWED_BEFORE = timedelta(seconds=300)
FORCED_APART = timedelta(seconds=30)
FORCED_PER_DAY = 20
TOKEN_LENGTH = 136


class StableTokens:
    """Tokens as `stable_token` hands them out: the same one to everybody until 300 s before its end.

    A renewed token leaves its predecessor valid until that one's own end; a forced refresh kills every
    earlier one. Lives on the platform's virtual clock; the caller holds the platform's lock.
    """

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._expires: dict[str, datetime] = {}
        self._current = ""
        self._forced: list[datetime] = []

    def issue(self, *, force: bool) -> tuple[str, int]:
        """The token to use now and its remaining life in seconds.

        A forced refresh within 30 s of the last one returns the same token; the 21st of a day raises 45009.
        """
        now = self._now()
        if force and not (self._forced and now - self._forced[-1] < FORCED_APART):
            if sum(at.date() == now.date() for at in self._forced) >= FORCED_PER_DAY:
                raise ApiError(45009)
            self._forced.append(now)
            self._expires.clear()
        end = self._expires.get(self._current)
        if end is None or end - now <= RENEWED_BEFORE:
            self._current = secrets.token_urlsafe(TOKEN_LENGTH)[:TOKEN_LENGTH]
            end = self._expires[self._current] = now + LIFETIME
        return self._current, int((end - now).total_seconds())

    def check(self, token: str) -> None:
        """Raises 41001 (none given), 40014 (not a token at all), 40001 (unknown or killed) or 42001
        (expired).
        """
        if not token:
            raise ApiError(41001)
        if len(token) != TOKEN_LENGTH:
            raise ApiError(40014)
        if token not in self._expires:
            raise ApiError(40001)
        if self._expires[token] <= self._now():
            raise ApiError(42001)
