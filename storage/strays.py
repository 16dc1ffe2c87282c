"""Strays: rows of the platform's tables of which nobody knows whose they are, until a later table tells.

Kept beside what the ledger holds, erasably: a page may bear a person's name.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from storage.campaign_schema import Campaign
from storage.database import Database
from storage.keys import Keys
from storage.ledger import Frozen
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
class Moved:
    """A stray that is kept as it is from now on, or is `gone`."""

    stray: Stray
    gone: bool = False


def moved(kept: Sequence[Stray], found: Sequence[Stray], known: Collection[str]) -> list[Moved]:
    """What a table makes of the strays that are `kept`: those that it has are `found`, pages and names of `known` are
    somebody's. What a later table with strays does not tell any more is gone."""
    newest, before = max((stray.as_of for stray in found), default=None), {stray.id: stray for stray in kept}
    told = {stray.id: stray for stray in found}
    gone = [
        Moved(stray, gone=True)
        for stray in kept
        if stray.id not in told
        and (stray.page in known or stray.name in known or (newest is not None and stray.as_of < newest))
    ]
    come = [stray for stray in told.values() if stray.id not in before or before[stray.id].as_of <= stray.as_of]
    return [*gone, *(Moved(stray) for stray in come if stray != before.get(stray.id))]


@dataclass(frozen=True, slots=True)
class Strays:
    database: Database
    keys: Keys

    def all(self, campaign: str) -> list[Stray]:
        """Those of the newest tables, the most money first; one round trip."""
        kept = [Stray.model_validate_json(doc) for doc in self.database.hvals(self.keys.strays(campaign))]
        return sorted(kept, key=lambda stray: (-stray.amount_fen, stray.id))

    def move(self, campaign: Campaign, moves: Sequence[Moved]) -> None:
        """Keep them as they are from now on. Raises `Frozen`."""
        if campaign.frozen:
            raise Frozen(campaign.id)
        key = self.keys.strays(campaign.id)
        with self.database.pipeline() as pipe:
            for each in moves:
                if each.gone:
                    pipe.hdel(key, each.stray.id)
                else:
                    pipe.hset(key, each.stray.id, each.stray.model_dump_json())
            pipe.execute()
