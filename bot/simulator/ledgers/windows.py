"""How many customer-service messages a person's last actions allow: the platform's window rule."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

from bot.simulator.errors import ApiError


class Trigger(Enum):
    """What a person did: `value` is the number of messages it allows and for how long."""

    MESSAGE = (5, timedelta(hours=48))
    ACTION = (3, timedelta(seconds=60))


@dataclass(slots=True)
class Window:
    left: int
    closes: datetime


class Windows:
    """One person's open windows. A new action of the same kind refills its window; kinds do not share a
    budget.
    """

    def __init__(self) -> None:
        self._open: dict[Trigger, Window] = {}

    def refill(self, trigger: Trigger, now: datetime) -> None:
        allowed, lasting = trigger.value
        self._open[trigger] = Window(allowed, now + lasting)

    def close(self) -> None:
        self._open.clear()

    def spend(self, now: datetime) -> None:
        """Takes one message from the window that closes first.

        Raises 45015 when no window is open and 45047 when those that are open have nothing left.
        """
        still_open = sorted((w for w in self._open.values() if now < w.closes), key=lambda window: window.closes)
        if not still_open:
            raise ApiError(45015)
        for window in still_open:
            if window.left:
                window.left -= 1
                return
        raise ApiError(45047)
