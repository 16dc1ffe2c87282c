"""Outages: what stands in the database's way, said in the log once a minute for each kind, however often it is met.

Whoever waited in vain spares the others of the process the wait: for a moment it is known that the database is silent.
"""

import logging
import re
from dataclasses import dataclass, field
from threading import Lock
from time import monotonic

from storage.database import StorageError, StorageRefused, StorageSilent

QUIET_SECONDS = 60.0
"""How long a kind is not said again."""
SILENT_SECONDS = 2.0
"""How long after it left somebody without an answer the database counts as silent, unless it answers."""
_CODE = re.compile(r"\b[A-Z]{3,}\b")
"""Redis says a fault by a code: OOM, MISCONF, NOAUTH."""


@dataclass(slots=True)
class Outages:
    """Any number of threads may tell it. `_told`: when each kind was said last; `_kept_back`: how often not since."""

    _met_silent: float = -SILENT_SECONDS

    _told: dict[str, float] = field(default_factory=dict)
    _kept_back: dict[str, int] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def tell(self, log: logging.Logger, error: StorageError) -> None:
        """Say it, unless the like was said within the last minute; then only count it."""
        kind, now = _kind(error), monotonic()
        if isinstance(error, StorageSilent):
            self._met_silent = now
        elif isinstance(error, StorageRefused):
            self.over()
        with self._lock:
            if now - self._told.get(kind, -QUIET_SECONDS) < QUIET_SECONDS:
                self._kept_back[kind] = self._kept_back.get(kind, 0) + 1
                return
            self._told[kind] = now
            before = self._kept_back.pop(kind, 0)
        log.warning("the database: %s%s", error, f" (and {before} times more since it was said)" if before else "")

    def over(self) -> None:
        """The database answers."""
        self._met_silent = -SILENT_SECONDS

    def silent(self) -> bool:
        """Whether it left somebody without an answer just now and has not answered since."""
        return monotonic() - self._met_silent < SILENT_SECONDS


def _kind(error: StorageError) -> str:
    code = _CODE.search(str(error))
    return f"{type(error).__name__} {code[0] if code else ''}"
