"""Histories: what became of one team, entry by entry of the ledger, without reading the ledger of all."""

from collections.abc import Sequence
from dataclasses import dataclass

from storage.database import Database
from storage.keys import Keys
from storage.ledger import Entry, entry_of


@dataclass(frozen=True, slots=True)
class Histories:
    database: Database
    keys: Keys

    def newest(self, campaign: str, code: str, count: int, skipped: int = 0) -> list[Entry]:
        """The last `count` entries that changed a team, newest first, but for the last `skipped`; two round trips."""
        ids = self.database.lrange(self.keys.history(campaign, code), -skipped - count, -skipped - 1)
        return self._entries(campaign, ids[::-1])

    def length(self, campaign: str, code: str) -> int:
        """How many entries have changed a team."""
        return int(self.database.llen(self.keys.history(campaign, code)))

    def _entries(self, campaign: str, ids: Sequence[str]) -> list[Entry]:
        if not ids:
            return []
        with self.database.pipeline(transaction=False) as pipe:
            for entry_id in ids:
                pipe.xrange(self.keys.ledger(campaign), entry_id, entry_id)
            rows = pipe.execute()
        return [entry_of(found, fields) for row in rows for found, fields in row]
