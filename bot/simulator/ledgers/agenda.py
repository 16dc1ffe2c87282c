"""What the platform will tell the bot later: the ends of jobs that were accepted earlier."""

from collections.abc import Callable
from datetime import datetime, timedelta

from bot.simulator.fields import Fields

Happening = Callable[[], Fields]
"""Makes it happen, and says which event to push."""


class Agenda:
    """Happenings by the virtual time at which they are due."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._waiting: list[tuple[datetime, Happening]] = []

    def add(self, after: timedelta, happening: Happening) -> None:
        self._waiting.append((self._now() + after, happening))

    def __len__(self) -> int:
        return len(self._waiting)

    def take_due(self) -> list[Fields]:
        """Lets everything happen that is due, in order, and returns the events to push. Each is given once."""
        if not self._waiting:
            return []
        now = self._now()
        due = sorted((each for each in self._waiting if each[0] <= now), key=lambda each: each[0])
        self._waiting = [each for each in self._waiting if each[0] > now]
        return [happening() for _, happening in due]
