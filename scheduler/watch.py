"""The database watched while it runs: what was changed by hand, or fills up, is said before it costs a report."""

import logging
from dataclasses import dataclass
from time import monotonic

from storage import Store
from storage.database import Durability
from storage.durability import check_durability, check_memory, check_presence

LOOK_SECONDS = 60.0

log = logging.getLogger(__name__)


@dataclass(slots=True)
class DatabaseWatch:
    """A chore of the worker's: what it finds is one line a minute in the log. `/readyz` and `check` tell it too."""

    store: Store
    durability: Durability
    _looked_at: float = -LOOK_SECONDS

    def look(self) -> None:
        if monotonic() - self._looked_at < LOOK_SECONDS:
            return
        self._looked_at = monotonic()
        database = self.store.database
        findings = [
            *check_presence(database, self.store.keys),
            *check_durability(database, self.durability, embedded=False),
            *check_memory(database),
        ]
        if findings:
            log.error("the database: %s", "; ".join(findings))
