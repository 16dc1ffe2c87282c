"""Outages: what stands in the database's way, said in the log once a minute for each kind, however often it is met.

Those who waited in vain, with no answer to anybody between them, spare the others of the process the wait.
"""

import logging
import re
from dataclasses import dataclass, field
from threading import Lock
from time import monotonic

from storage.database import StorageError, StorageRefused, StorageSilent

QUIET_SECONDS = 60.0
"""How long a kind is not said again."""
SILENT_TIMES, SILENT_SECONDS = 6, 2.0
"""So often in a row, the last time so lately, the database left somebody without an answer: it counts as silent."""
_CODE = re.compile(r"\b[A-Z]{3,}\b")
"""Redis says a fault by a code: OOM, MISCONF, NOAUTH."""


@dataclass(slots=True)
class Outages:
    """Any number of threads may tell it. `_told`: when each kind was said last; `_kept_back`: how often not since."""

    _unanswered: int = 0
    _unanswered_at: float = 0.0
    _told: dict[str, float] = field(default_factory=dict)
    _kept_back: dict[str, int] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def tell(self, log: logging.Logger, error: StorageError) -> None:
        """Say it, unless the like was said within the last minute; then only count it."""
        kind, now = _kind(error), monotonic()
        if isinstance(error, StorageRefused):
            self.over()
        with self._lock:
            if isinstance(error, StorageSilent):
                self._unanswered, self._unanswered_at = self._unanswered + 1, now
            if now - self._told.get(kind, -QUIET_SECONDS) < QUIET_SECONDS:
                self._kept_back[kind] = self._kept_back.get(kind, 0) + 1
                return
            self._told[kind] = now
            before = self._kept_back.pop(kind, 0)
        log.warning("the database: %s%s", error, f" (and {before} times more since it was said)" if before else "")

    def over(self) -> None:
        """The database answers."""
        self._unanswered = 0

    def silent(self) -> bool:
        """Whether it left everybody without an answer just now and has not answered since."""
        return self._unanswered >= SILENT_TIMES and monotonic() - self._unanswered_at < SILENT_SECONDS


def _kind(error: StorageError) -> str:
    code = _CODE.search(str(error))
    return f"{type(error).__name__} {code[0] if code else ''}"
