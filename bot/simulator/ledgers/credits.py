"""What people agreed to receive: each yes allows one message."""

from collections import Counter

from bot.simulator.errors import ApiError


class Credits:
    """One-time permissions, by openid and by what they are for: a template's id, or a scene of 一次性订阅."""

    def __init__(self) -> None:
        self._left: Counter[tuple[str, str]] = Counter()

    def give(self, openid: str, purpose: str) -> None:
        self._left[openid, purpose] += 1

    def withdraw(self, openid: str, purpose: str) -> None:
        """All of them, as after a refusal."""
        self._left[openid, purpose] = 0

    def left(self, openid: str, purpose: str) -> int:
        return self._left[openid, purpose]

    def spend(self, openid: str, purpose: str) -> None:
        """Raises 43101 when there is none."""
        if not self._left[openid, purpose]:
            raise ApiError(43101)
        self._left[openid, purpose] -= 1
