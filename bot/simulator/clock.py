"""The virtual clock of a simulator that runs by itself."""

from datetime import datetime, timedelta

from bot.simulator.ledgers.quotas import CHINA


class VirtualClock:
    """China's time, and forward from it as far as it was moved; then it runs on."""

    def __init__(self) -> None:
        self._ahead = timedelta()

    def __call__(self) -> datetime:
        return datetime.now(CHINA) + self._ahead

    def jump(self, to: datetime) -> None:
        """Moves to a later time; an earlier one changes nothing."""
        self._ahead += max(to - self(), timedelta())
