"""One clock: business rules ask it for `now`. In rehearsal an offset, kept in Redis and read by all, is added.

Real time stays real: signatures, CreateTime, dedup, locks, leases and lifetimes never ask this clock.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

from storage.database import Command, Database, script
from storage.keys import Keys

_advance = script("advance")


class Clock(Protocol):
    """Business time."""

    def now(self) -> datetime: ...

    def lately(self) -> "RunningClock":
        """This clock as it ran when it was asked last."""
        ...

    def question(self) -> Sequence[Command]:
        """What asks how far it is set forward, to be sent along with something else."""
        ...

    def told(self, answers: Sequence[Any]) -> "RunningClock":
        """This clock as it runs by the answers to its question; it is asked by itself where there are none."""
        ...


@dataclass(frozen=True, slots=True)
class RunningClock:
    """Real time, or as far `ahead` of it as it was set when it was asked for: it asks nobody."""

    ahead: timedelta = timedelta()

    def now(self) -> datetime:
        return datetime.now(UTC) + self.ahead

    def lately(self) -> "RunningClock":
        return self

    def question(self) -> Sequence[Command]:
        return ()

    def told(self, answers: Sequence[Any]) -> "RunningClock":
        return self


REAL = RunningClock()


@dataclass(slots=True)
class RehearsalClock:
    """Runs ahead of (or behind) real time by the stored offset; it only ever moves forward."""

    database: Database
    keys: Keys
    _lately: RunningClock = REAL

    def now(self) -> datetime:
        return self.told(()).now()

    def lately(self) -> RunningClock:
        return self._lately

    def question(self) -> Sequence[Command]:
        return [("GET", self.keys.clock())]

    def told(self, answers: Sequence[Any]) -> RunningClock:
        [offset] = answers or self.database.together(self.question())
        self._lately = RunningClock(timedelta(seconds=float(offset or 0)))
        return self._lately

    def advance_to(self, as_of: datetime) -> None:
        """Move on to a moment; one that is past already changes nothing."""
        offset = (as_of - datetime.now(UTC)).total_seconds()
        _advance(self.database, [self.keys.clock()], [f"{offset:.3f}"])
