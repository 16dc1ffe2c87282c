"""How often each API may be called: by the China day and by the minute."""

from collections import Counter, deque
from collections.abc import Callable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.simulator.errors import ApiError

CHINA = ZoneInfo("Asia/Shanghai")
MINUTE = timedelta(minutes=1)


def china_day(moment: datetime) -> date:
    """The day in China, at whose midnight quotas begin anew."""
    return moment.astimezone(CHINA).date()


class Pace:
    """At most so many within any minute."""

    def __init__(self, per_minute: int) -> None:
        self._per_minute = per_minute
        self._recent: deque[datetime] = deque()

    def allows(self, now: datetime) -> bool:
        """Whether one more is allowed at `now`; it is counted if so."""
        while self._recent and now - self._recent[0] >= MINUTE:
            self._recent.popleft()
        if len(self._recent) >= self._per_minute:
            return False
        self._recent.append(now)
        return True


class Quotas:
    """The calls of today by API path; a refused call costs nothing."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._day: date | None = None
        self._used: Counter[str] = Counter()
        self._paces: dict[str, Pace] = {}

    def spend(self, path: str, per_day: int | None, per_minute: int | None) -> None:
        """Counts a call; None is no limit. Raises 45009 for the day's limit and 45011 for the minute's."""
        if per_day is not None and self.used(path) >= per_day:
            raise ApiError(45009)
        if per_minute is not None and not self._paces.setdefault(path, Pace(per_minute)).allows(self._now()):
            raise ApiError(45011)
        self._used[path] += 1

    def used(self, path: str) -> int:
        """How many calls today counts."""
        today = china_day(self._now())
        if self._day != today:
            self._day, self._used = today, Counter()
        return self._used[path]

    def use(self, path: str, calls: int) -> None:
        """Lets today count so many calls, for scenarios in which the day's limit is near."""
        self.used(path)
        self._used[path] = calls
