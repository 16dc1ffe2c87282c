"""Access tokens: the classic family, which replaces, and the stable one, which repeats. Neither knows the other."""

import secrets
from collections.abc import Callable
from datetime import datetime, timedelta

from bot.simulator.errors import ApiError
from bot.simulator.ledgers.quotas import china_day

LIFETIME = timedelta(seconds=7200)
TOLERATED = timedelta(seconds=300)
"""How long a replaced classic token still works, and how long before its end a stable one is renewed."""

FORCED_APART = timedelta(seconds=30)
FORCED_PER_DAY = 20
TOKEN_LENGTH = 136


class Family:
    """Tokens and their ends; the last one issued is the current one."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._ends: dict[str, datetime] = {}
        self._current = ""

    def end_of(self, token: str) -> datetime | None:
        return self._ends.get(token)

    def revoke(self) -> None:
        """No token of this family is known any more."""
        self._ends.clear()

    def _mint(self) -> tuple[str, int]:
        self._current = secrets.token_urlsafe(TOKEN_LENGTH)[:TOKEN_LENGTH]
        self._ends[self._current] = self._now() + LIFETIME
        return self._current, int(LIFETIME.total_seconds())


class ClassicTokens(Family):
    """Tokens as `GET /cgi-bin/token` hands them out: always a new one."""

    def issue(self) -> tuple[str, int]:
        """A token and its life in seconds. The one before it works for 300 s more, older ones no longer."""
        replaced = self._ends.get(self._current)
        self._ends = {} if replaced is None else {self._current: min(replaced, self._now() + TOLERATED)}
        return self._mint()


class StableTokens(Family):
    """Tokens as `stable_token` hands them out: the same one to everybody until 300 s before its end.

    A renewed token leaves its predecessor valid until that one's own end; a forced refresh kills every earlier one.
    """

    def __init__(self, now: Callable[[], datetime]) -> None:
        super().__init__(now)
        self._forced: list[datetime] = []

    def issue(self, *, force: bool) -> tuple[str, int]:
        """The token to use now and its remaining life in seconds.

        A forced refresh within 30 s of the last one returns the same token; the 21st of a day raises 45009.
        """
        now = self._now()
        if force and not (self._forced and now - self._forced[-1] < FORCED_APART):
            if sum(china_day(at) == china_day(now) for at in self._forced) >= FORCED_PER_DAY:
                raise ApiError(45009)
            self._forced.append(now)
            self._ends.clear()
        end = self._ends.get(self._current)
        if end is None or end - now <= TOLERATED:
            return self._mint()
        return self._current, int((end - now).total_seconds())


class Tokens:
    """Both families, and the check that every other call makes."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self.classic = ClassicTokens(now)
        self.stable = StableTokens(now)

    def check(self, token: str) -> None:
        """Raises 41001 (none given), 40014 (not a token at all), 40001 (unknown or killed) or 42001 (expired)."""
        if not token:
            raise ApiError(41001)
        if len(token) != TOKEN_LENGTH:
            raise ApiError(40014)
        end = self.classic.end_of(token) or self.stable.end_of(token)
        if end is None:
            raise ApiError(40001)
        if end <= self._now():
            raise ApiError(42001)

    def revoke(self) -> None:
        """Every token dies at once, as after a reset of the AppSecret."""
        self.classic.revoke()
        self.stable.revoke()
