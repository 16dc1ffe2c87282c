"""The tables that were brought to the console: a worker reads and writes them, one after another."""

import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from time import monotonic
from typing import Any

from bot.sheets import read_sheet
from handlers import overseers, texts
from handlers.imports import platform, roster
from handlers.imports.headings import columns_of
from handlers.imports.reasons import in_chinese
from handlers.imports.rows import Refusal, Refused
from handlers.imports.sheet import Unusable, table_of
from storage import Store
from storage import platform as kept_platform
from storage import roster as kept_roster
from storage.brought_tables import FOLDER, UNDONE, BroughtTable, List
from storage.campaign_schema import Campaign
from storage.ledger import Author, Changed, Frozen
from storage.models import Membership
from storage.roles import may_grant

LEASE = "imports"
TELL_SECONDS = 0.5
TIDY_SECONDS = 300.0
SHOWN = 200
"""Rows of each list that are shown."""

log = logging.getLogger(__name__)
Write = Callable[[Author, Sequence[Any]], None]


class NotOurs(Exception):
    """Another worker does it now."""


class NotHers(Exception):
    """She who brought it organizes the campaign no more."""


@dataclass(frozen=True, slots=True)
class Compared:
    """A table beside what is kept: the rows of each list as they are told, and what is to be written in which steps."""

    lists: dict[List, list[str]]
    changes: Sequence[Any]
    batch: int
    write: Write
    matched: str = ""

    def as_told(self) -> dict[str, object]:
        """What is kept of it for her to look at."""
        return {
            "counts": {name: len(rows) for name, rows in self.lists.items()},
            "shown": {name: tuple(rows[:SHOWN]) for name, rows in self.lists.items()},
            "matched": self.matched,
        }


class Importer:
    """`data_dir`: the tables lie in a folder beneath it."""

    def __init__(self, store: Store, data_dir: Path) -> None:
        self._store = store
        self._folder = data_dir / FOLDER
        self._at_work: threading.Thread | None = None
        self._told = self._tidied = -TIDY_SECONDS

    def tick(self) -> None:
        """Begin with the table that has waited longest, where none is at work; in a thread of its own."""
        if self._at_work is not None and self._at_work.is_alive():
            return
        if monotonic() - self._tidied > TIDY_SECONDS:
            self._tidy()
        if (found := self._longest_waiting()) and self._store.leases.hold(LEASE):
            self._at_work = threading.Thread(target=self._work, args=found, name="importer", daemon=True)
            self._at_work.start()

    def wait(self) -> None:
        """Until what is at work is done."""
        if self._at_work is not None:
            self._at_work.join()

    def _longest_waiting(self) -> tuple[Campaign, BroughtTable] | None:
        now = self._store.clock.now()
        waiting = [
            (campaign, table)
            for campaign in self._store.campaigns.all()
            for table in self._store.brought_tables.of(campaign.id, now)
            if table.state in UNDONE
        ]
        return min(waiting, key=lambda found: found[1].at, default=None)

    def _tidy(self) -> None:
        self._tidied = monotonic()
        if self._folder.is_dir():
            now, kept = self._store.clock.now(), set[str]()
            for campaign in self._store.campaigns.published():
                kept |= {table.file for table in self._store.brought_tables.of(campaign, now)}
            for path in self._folder.iterdir():
                if path.name not in kept:
                    path.unlink(missing_ok=True)

    def _work(self, campaign: Campaign, table: BroughtTable) -> None:
        with self._store.faults.alone(campaign.id, "taking a table in"):
            try:
                self._take_in(campaign, table)
            except Unusable as why:
                said = in_chinese(str(why).removeprefix(f"{table.file}: "))
                self._keep(campaign, table, state="refused", why=said)
            except FileNotFoundError:
                self._keep(campaign, table, state="refused", why=texts.brought_tables.table_not_here())
            except Frozen:
                self._keep(campaign, table, state="refused", why=texts.brought_tables.table_of_the_frozen())
            except Changed:
                self._keep(campaign, table, state="read", why=texts.brought_tables.table_moved())
            except NotHers:
                self._keep(campaign, table, state="refused", why=texts.brought_tables.table_not_hers())
            except NotOurs:
                log.info("%s: another worker takes a table in", campaign.id)
        self._store.leases.release(LEASE)

    def _take_in(self, campaign: Campaign, table: BroughtTable) -> None:
        """Read and compare; on her yes compare once more, and write if every row is still whose she saw it to be."""
        self._require_hers(campaign, table)
        read = self._read_roster if table.sort == "roster" else self._read_platform
        compared = read(campaign, table)
        if table.state != "writing":
            self._keep(campaign, table, state="read", **compared.as_told())
        elif compared.matched != table.matched:
            why = texts.brought_tables.teams_moved()
            self._keep(campaign, table, state="read", why=why, **compared.as_told())
        else:
            self._write(campaign, table, compared)

    def _write(self, campaign: Campaign, table: BroughtTable, compared: Compared) -> None:
        """Each step whole or not at all; broken off between two, the next run writes what is left."""
        rows, tick = compared.changes, self._ticking(campaign, table, len(compared.changes))
        for start in range(0, len(rows), compared.batch):
            self._require_hers(campaign, table)
            step = rows[start : start + compared.batch]
            now = self._store.clock.now()
            compared.write(Author(f"console:{table.id}/import/{now.timestamp():.0f}.{start}", table.person, now), step)
            tick(len(step))
        self._keep(campaign, table, state="written", done=len(rows), of=len(rows), why="")

    def _read_roster(self, campaign: Campaign, table: BroughtTable) -> Compared:
        store, path = self._store, self._folder / table.file
        rows = table_of(read_sheet(path), columns_of("roster"), roster.REQUIRED)
        tick = self._ticking(campaign, table, len(rows.rows))
        found = roster.compare(campaign, rows, store.roster.all(campaign.id), lambda: tick(1))
        lists: dict[List, list[str]] = {
            "new": [texts.brought_tables.roster_row(campaign, line) for line in found.new],
            "same": [texts.brought_tables.roster_row(campaign, line) for line in found.same],
            "changed": [texts.brought_tables.roster_change(campaign, line) for line in found.changed],
            "alike": [texts.brought_tables.roster_alike(campaign, line) for line in found.alike],
            "refused": _refusals(found.refused),
        }
        changes = found.changes(apart=table.apart)
        return Compared(
            lists, changes, kept_roster.BATCH, lambda author, step: store.roster.write(campaign, author, step)
        )

    def _read_platform(self, campaign: Campaign, table: BroughtTable) -> Compared:
        store, path = self._store, self._folder / table.file
        rows = platform.platform_table(read_sheet(path), {shape: columns_of(shape) for shape in platform.SHAPES})
        tick = self._ticking(campaign, table, len(rows.rows))
        found = platform.compare(store, campaign, rows, self._moments(campaign, table), lambda: tick(1))
        lists: dict[List, list[str]] = {
            "new": [texts.brought_tables.platform_row(line) for line in found.new],
            "same": [texts.brought_tables.platform_row(line) for line in found.same],
            "changed": [texts.brought_tables.platform_row(line) for line in found.changed],
            "refused": _refusals(found.refused),
        }
        lines = [*found.new, *found.changed]
        before = {line.team.code: line.before for line in lines if line.before}
        figures = [line.figures for line in lines]

        def write(author: Author, step: Sequence[kept_platform.Confirmed]) -> None:
            tell = overseers.told_of_differences(store, campaign, author)
            store.reconciling.take_in(campaign, author, step, before, tell)

        return Compared(lists, figures, kept_platform.BATCH, write, found.matched)

    def _moments(self, campaign: Campaign, table: BroughtTable) -> platform.Moments:
        moments = platform.Moments(campaign, self._store.clock.now())
        try:
            return replace(moments, told=moments.read(table.as_of)) if table.as_of else moments
        except Refused as why:
            raise Unusable(str(why)) from None

    def _require_hers(self, campaign: Campaign, table: BroughtTable) -> None:
        """Raises `NotHers` where her role has gone, `NotOurs` where the lease has."""
        membership = self._store.people.offices(campaign.id).get(table.person, Membership())
        if not may_grant(campaign, membership, ""):
            raise NotHers
        if not self._store.leases.hold(LEASE):
            raise NotOurs

    def _ticking(self, campaign: Campaign, table: BroughtTable, of: int) -> Callable[[int], None]:
        """Tells how far it is, now and then, and keeps the lease."""
        done = 0

        def tick(count: int) -> None:
            nonlocal done
            done += count
            if monotonic() - self._told > TELL_SECONDS:
                self._require_hers(campaign, table)
                self._keep(campaign, table, done=done, of=of)
                self._told = monotonic()

        return tick

    def _keep(self, campaign: Campaign, table: BroughtTable, **changes: object) -> None:
        self._store.brought_tables.keep(campaign.id, table.model_copy(update=changes))


def _refusals(refused: Sequence[Refusal]) -> list[str]:
    return [texts.brought_tables.refused_row(each.row, each.unit, in_chinese(each.reason)) for each in refused]
