"""QR codes with a scene: what a code says stands for the scene until it expires."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

PERMANENT = 100_000


@dataclass(frozen=True, slots=True)
class QrCode:
    """`until` is None for a permanent one."""

    scene: str
    until: datetime | None


def address(ticket: str) -> str:
    """What the picture of the code says."""
    return f"http://weixin.qq.com/q/{ticket[:24]}"


class QrCodes:
    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._codes: dict[str, QrCode] = {}

    def create(self, scene: str, lasting: timedelta | None) -> str:
        """The ticket of a new code; the same permanent scene keeps its ticket."""
        if lasting is None:
            for ticket, code in self._codes.items():
                if code == QrCode(scene, None):
                    return ticket
        ticket = secrets.token_urlsafe(60)
        self._codes[ticket] = QrCode(scene, None if lasting is None else self._now() + lasting)
        return ticket

    def permanent(self) -> int:
        return sum(code.until is None for code in self._codes.values())

    def scene_of(self, url: str) -> str | None:
        """The scene of the code that says this; None for one that is unknown or expired."""
        code = next((code for ticket, code in self._codes.items() if address(ticket) == url), None)
        if code is None or (code.until is not None and self._now() >= code.until):
            return None
        return code.scene
