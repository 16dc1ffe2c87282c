"""QR codes with a scene: a ticket stands for a scene until it expires."""

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

    def scene_of(self, ticket: str) -> str | None:
        """None for an unknown or expired ticket."""
        code = self._codes.get(ticket)
        if code is None or (code.until is not None and self._now() >= code.until):
            return None
        return code.scene
