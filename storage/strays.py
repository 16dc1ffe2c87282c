"""Strays: rows of the platform's tables of which nobody knows whose they are, until a later table tells.

Kept beside what the ledger holds, erasably: a page may bear a person's name.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from storage.database import Database
from storage.keys import Keys
from storage.models.fact import Fact


class Stray(Fact):
    """What a page is called, its address where the table tells it, fen and 人次 at the moment `as_of`; `likely`: the
    codes of the likeliest teams."""

    name: str
    page: str = ""
    amount_fen: int
    donations: int | None = None
    as_of: datetime
    likely: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        return self.page or self.name


@dataclass(frozen=True, slots=True)
class Strays:
    database: Database
    keys: Keys

    def all(self, campaign: str) -> list[Stray]:
        """Those of the newest tables, the most money first; one round trip."""
        kept = [Stray.model_validate_json(doc) for doc in self.database.hvals(self.keys.strays(campaign))]
        return sorted(kept, key=lambda stray: (-stray.amount_fen, stray.id))

    def keep(self, campaign: str, found: Sequence[Stray], known: Collection[str]) -> None:
        """A table came in: these are strays in it, the pages and names of `known` are somebody's.

        What a table of a later moment does not tell any more is gone.
        """
        newest, key = max((stray.as_of for stray in found), default=None), self.keys.strays(campaign)
        gone = [
            stray.id
            for stray in self.all(campaign)
            if stray.page in known or stray.name in known or (newest and stray.as_of < newest)
        ]
        with self.database.pipeline() as pipe:
            if gone:
                pipe.hdel(key, *gone)
            for stray in found:
                pipe.hset(key, stray.id, stray.model_dump_json())
            pipe.execute()
