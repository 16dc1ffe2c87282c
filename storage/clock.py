"""One clock: business rules ask it for `now`. In rehearsal an offset, kept in Redis and read by all, is added.

Real time stays real: signatures, CreateTime, dedup, locks, leases and lifetimes never ask this clock.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol

from storage.database import Database, script
from storage.keys import Keys

_advance = script("advance")


class Clock(Protocol):
    """Business time."""

    def now(self) -> datetime: ...

    def hold(self) -> "Clock":
        """This clock as it runs now, for one message: it asks nobody how far it is set forward."""
        ...


@dataclass(frozen=True, slots=True)
class RunningClock:
    """Real time, or as far `ahead` of it as it was set when it was asked for."""

    ahead: timedelta = timedelta()

    def now(self) -> datetime:
        return datetime.now(UTC) + self.ahead

    def hold(self) -> Clock:
        return self


@dataclass(frozen=True, slots=True)
class RehearsalClock:
    """Runs ahead of (or behind) real time by the stored offset; it only ever moves forward."""

    database: Database
    keys: Keys

    def now(self) -> datetime:
        return self.hold().now()

    def hold(self) -> Clock:
        offset = self.database.get(self.keys.clock())
        return RunningClock(timedelta(seconds=float(offset or 0)))

    def advance_to(self, as_of: datetime) -> None:
        """Move on to a moment; one that is past already changes nothing."""
        offset = (as_of - datetime.now(UTC)).total_seconds()
        _advance(self.database, [self.keys.clock()], [f"{offset:.3f}"])
