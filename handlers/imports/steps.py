"""The steps in which a compared table is written, the same at the command line and at the console.

Each is whole or not at all; broken off between two, the next run writes what is left.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from handlers import overseers
from handlers.imports import platform, roster
from storage import Store, roster_liaisons
from storage import platform as kept_platform
from storage import roster as kept_roster
from storage.campaign_schema import Campaign
from storage.ledger import Author


@dataclass(frozen=True, slots=True)
class Steps:
    """`write` takes `batch` of the rows at once."""

    rows: Sequence[Any]
    batch: int
    write: Callable[[Author, Sequence[Any]], None]

    def __iter__(self) -> Iterator[Sequence[Any]]:
        return (self.rows[start : start + self.batch] for start in range(0, len(self.rows), self.batch))


def of_roster(
    store: Store, campaign: Campaign, compared: roster.Compared, codes: dict[str, str], *, apart: bool
) -> list[Steps]:
    """The units, then a code for each liaison who needs one. `codes`: to which everybody's is added, by unit; '' for
    who is bound. `apart`: units that look like others are units of their own."""
    named = compared.liaisons(apart=apart)
    liaisons = {line.change.after.unit.id: line.change.after.people.liaison for line in named}

    def make(author: Author, step: Sequence[roster.Line]) -> None:
        units = [line.change.after.unit for line in step]
        codes.update(store.roster_liaisons.codes(campaign, author, units, liaisons))

    changes = compared.changes(apart=apart)
    return [
        Steps(changes, kept_roster.BATCH, lambda author, step: store.roster.write(campaign, author, step)),
        Steps(named, roster_liaisons.BATCH, make),
    ]


def of_platform(store: Store, campaign: Campaign, compared: platform.Compared) -> list[Steps]:
    """The figures that are new or changed; who looks after a region is told once where a difference opens.

    What becomes of the rows that are nobody's is kept after them, for 待办.
    """
    lines = [*compared.new, *compared.changed]
    before = {line.team.code: line.before for line in lines if line.before}

    def write(author: Author, step: Sequence[kept_platform.Confirmed]) -> None:
        tell = overseers.told_of_differences(store, campaign, author)
        store.reconciling.take_in(campaign, author, step, before, tell)

    return [
        Steps([line.figures for line in lines], kept_platform.BATCH, write),
        Steps(compared.strays, kept_platform.BATCH, lambda _author, step: store.strays.move(campaign, step)),
    ]
