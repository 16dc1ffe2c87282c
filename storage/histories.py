"""Histories: what became of one team, entry by entry of the ledger, without reading the ledger of all.

Entries that were archived are read from their file; where that is not at hand, a history is what is left without them.
"""

import logging
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

from storage.database import Database
from storage.keys import Keys
from storage.ledger import Entry, entry_of
from storage.ledger_files import Archived, ArchiveError, Line, among, archived_in

log = logging.getLogger(__name__)


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
            pipe.hget(self.keys.archive(campaign), "doc")
            *rows, doc = pipe.execute()
        lines = {found: (found, fields) for row in rows for found, fields in row}
        if len(lines) < len(ids) and (archived := archived_in(doc)):
            lines |= _filed(archived, set(ids) - lines.keys())
        return [entry_of(*lines[each]) for each in ids if each in lines]


def _filed(archived: Archived, ids: Set[str]) -> Mapping[str, Line]:
    try:
        return among(archived, ids)
    except ArchiveError as error:
        log.warning("a history is shown without what was archived: %s", error)
        return {}
