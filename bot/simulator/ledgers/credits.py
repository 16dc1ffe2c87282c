"""What people agreed to receive: each yes allows one message."""

from collections import Counter

from bot.simulator.errors import ApiError


class Credits:
    """One-time permissions, by openid and template."""

    def __init__(self) -> None:
        self._left: Counter[tuple[str, str]] = Counter()

    def give(self, openid: str, template: str) -> None:
        self._left[openid, template] += 1

    def withdraw(self, openid: str, template: str) -> None:
        """All of them, as after a refusal."""
        self._left[openid, template] = 0

    def left(self, openid: str, template: str) -> int:
        return self._left[openid, template]

    def spend(self, openid: str, template: str) -> None:
        """Raises 43101 when there is none."""
        if not self._left[openid, template]:
            raise ApiError(43101)
        self._left[openid, template] -= 1
