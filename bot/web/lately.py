"""What was read a moment ago is given again, and the last good while the database fails."""

import logging
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from threading import Lock
from time import monotonic
from typing import Generic, TypeVar

from storage.database import StorageError
from storage.outages import Outages

Value = TypeVar("Value")
FRESH_SECONDS = 1.0
"""How long it is given again without looking, and how long nobody tries anew after a failure."""
KEPT = 400
"""So many are kept in a process; what nobody asked for longest goes first."""

log = logging.getLogger(__name__)


@dataclass(slots=True)
class _Kept(Generic[Value]):
    """`reading`: whoever holds it reads; the others wait for what it finds. `failed`: why it was not found."""

    reading: Lock = field(default_factory=Lock)
    value: Value | None = None
    read_at: float = 0.0


@dataclass(slots=True)
class Lately(Generic[Value]):
    """Any number of threads may ask it."""

    _kept: OrderedDict[Hashable, _Kept[Value]] = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)
    _failed: tuple[float, StorageError] | None = None
    _outages: Outages = field(default_factory=Outages)

    def get(self, key: Hashable, read: Callable[[Value | None], Value]) -> tuple[Value, float]:
        """What `read` finds, or found less than a second ago, and how old it is in seconds.

        `read` is given what it found before, None where nothing is kept.

        Raises what `read` raises; a `StorageError` only where nothing is kept.
        """
        kept = self._entry(key)
        with kept.reading:
            if kept.value is None or monotonic() - kept.read_at > FRESH_SECONDS:
                try:
                    self._refuse_to_try_at_once()
                    value, now = read(kept.value), monotonic()
                except StorageError as error:
                    if self._failed is None or self._failed[1] is not error:
                        self._failed = monotonic(), error
                        self._outages.tell(log, error)
                    if kept.value is None:
                        raise
                except Exception:  # whatever it is goes on up; only what was kept for it is forgotten
                    self._drop(key)
                    raise
                else:
                    kept.value, kept.read_at = value, now
            return kept.value, monotonic() - kept.read_at

    def _refuse_to_try_at_once(self) -> None:
        """A database that is silent would hold every thread for as long as it may."""
        if self._failed and monotonic() - self._failed[0] < FRESH_SECONDS:
            raise self._failed[1]

    def _entry(self, key: Hashable) -> _Kept[Value]:
        with self._lock:
            kept = self._kept.setdefault(key, _Kept())
            self._kept.move_to_end(key)
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
            return kept

    def _drop(self, key: Hashable) -> None:
        with self._lock:
            self._kept.pop(key, None)
