"""What fails and no code foresaw: one traceback in the log, then a line each time, a count, and an alarm.

A campaign's data may break what reads it. That campaign stands still, alone, and nothing of it is unloaded.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from traceback import walk_tb

from storage.alerts import Alerts
from storage.database import StorageError

log = logging.getLogger(__name__)

MEND = "the log has the traceback; mend the campaign's file and publish it, or report the fault"
AGAIN_SECONDS = 60.0
"""How often the same fault has a line in the log; every one is counted."""


@dataclass(slots=True)
class Faults:
    """What fails, as one process sees it. `_told`: when (`time.monotonic()`) a fault was in the log last."""

    alerts: Alerts
    _told: dict[tuple[str, str], float] = field(default_factory=dict)

    def note(self, campaign: str, error: Exception, what: str) -> None:
        """Take down that `what` failed, in a campaign or ('') in none: never silently, its traceback once."""
        source = source_of(campaign) if campaign else "messages"
        place, now = _place(error), monotonic()
        told = self._told.get((source, place))
        if told is None or now - told > AGAIN_SECONDS:
            self._told[source, place] = now
            log.error("%s: %s failed: %s", source, what, place, exc_info=error if told is None else None)
        with suppress(StorageError):
            count = self.alerts.count(source)
            self.alerts.raise_alert(source, 0, f"{place} ({count} in all)", MEND)

    @contextmanager
    def alone(self, campaign: str, what: str) -> Iterator[None]:
        """What is done for one campaign, whose faults stop no other's. Storage errors pass through."""
        try:
            yield
        except StorageError:
            raise
        except Exception as error:  # noqa: BLE001  # the border of one campaign: the fault is noted, and raises an alarm
            self.note(campaign, error, what)


def source_of(campaign: str) -> str:
    """The part that stands still, as an alert names it."""
    return f"campaign {campaign}"


def _place(error: Exception) -> str:
    """What failed where, without anybody's words: an error's text may hold them."""
    where = [f" in {Path(frame.f_code.co_filename).name}:{line}" for frame, line in walk_tb(error.__traceback__)]
    return type(error).__name__ + (where[-1] if where else "")
