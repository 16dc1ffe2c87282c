"""A table brought to the console, read and compared: its rows as they are told, and the steps that write it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from bot.sheets import read_sheet
from handlers import texts
from handlers.imports import platform, roster
from handlers.imports.headings import columns_of
from handlers.imports.moments import Moments
from handlers.imports.reasons import in_chinese
from handlers.imports.rows import Refusal, Refused
from handlers.imports.sheet import Unusable, table_of
from handlers.imports.steps import Steps, of_platform, of_roster
from storage import Store
from storage.brought_tables import BroughtTable, List
from storage.campaign_schema import Campaign

SHOWN = 200
"""Rows of each list that are shown."""
Ticking = Callable[[int], Callable[[int], None]]
"""Given how many rows there are, what is called with how many are done."""


@dataclass(frozen=True, slots=True)
class Compared:
    """A table beside what is kept."""

    lists: dict[List, list[str]]
    steps: Sequence[Steps]

    @property
    def matched(self) -> str:
        """What she saw, all of it: otherwise as soon as any row would do something else."""
        return sha256(repr(self.lists).encode()).hexdigest()

    def as_told(self) -> dict[str, object]:
        """What is kept of it for her to look at."""
        return {
            "counts": {name: len(rows) for name, rows in self.lists.items()},
            "shown": {name: tuple(rows[:SHOWN]) for name, rows in self.lists.items()},
            "matched": self.matched,
        }


def compared(store: Store, campaign: Campaign, table: BroughtTable, path: Path, ticking: Ticking) -> Compared:
    """Raises `Unusable`."""
    return (_roster if table.sort == "roster" else _platform)(store, campaign, table, path, ticking)


def _roster(store: Store, campaign: Campaign, table: BroughtTable, path: Path, ticking: Ticking) -> Compared:
    rows = table_of(read_sheet(path), columns_of("roster"), roster.REQUIRED)
    tick = ticking(len(rows.rows))
    found = roster.compare(campaign, rows, store.roster.all(campaign.id), lambda: tick(1))
    named = found.liaisons(apart=True)
    liaisons = {line.change.after.unit.id: line.change.after.people.liaison for line in named}
    without = store.roster_liaisons.without_code(campaign, liaisons, store.clock.now())
    lists: dict[List, list[str]] = {
        "new": [texts.brought_tables.roster_row(campaign, line) for line in found.new],
        "same": [texts.brought_tables.roster_row(campaign, line) for line in found.same],
        "changed": [texts.brought_tables.roster_change(campaign, line) for line in found.changed],
        "alike": [texts.brought_tables.roster_alike(campaign, line) for line in found.alike],
        "liaison": [
            texts.brought_tables.roster_liaison(campaign, line)
            for line in named
            if line.change.after.unit.id in without
        ],
        "refused": _refusals(found.refused),
    }
    return Compared(lists, of_roster(store, campaign, found, {}, apart=table.apart))


def _platform(store: Store, campaign: Campaign, table: BroughtTable, path: Path, ticking: Ticking) -> Compared:
    rows = platform.platform_table(read_sheet(path), {shape: columns_of(shape) for shape in platform.SHAPES})
    tick = ticking(len(rows.rows))
    found = platform.compare(store, campaign, rows, _moments(store, campaign, table), lambda: tick(1))
    lists: dict[List, list[str]] = {
        "new": [texts.brought_tables.platform_row(campaign, line) for line in found.new],
        "same": [texts.brought_tables.platform_row(campaign, line) for line in found.same],
        "changed": [texts.brought_tables.platform_row(campaign, line) for line in found.changed],
        "stray": [texts.brought_tables.stray_row(campaign, each) for each in found.strays],
        "refused": _refusals(found.refused),
    }
    return Compared(lists, of_platform(store, campaign, found))


def _moments(store: Store, campaign: Campaign, table: BroughtTable) -> Moments:
    moments = Moments(campaign, store.clock.now())
    try:
        return replace(moments, told=moments.read(table.as_of)) if table.as_of else moments
    except Refused as why:
        raise Unusable(str(why)) from None


def _refusals(refused: Sequence[Refusal]) -> list[str]:
    return [texts.brought_tables.refused_row(each.row, each.unit, in_chinese(each.reason)) for each in refused]
