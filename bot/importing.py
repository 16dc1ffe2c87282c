"""The tables that were brought to the console: a worker reads and writes them, one after another."""

import logging
import secrets
import threading
from collections.abc import Callable
from functools import partial
from itertools import count
from pathlib import Path
from time import monotonic

from bot.brought import Compared, compared
from handlers import texts
from handlers.imports.reasons import in_chinese
from handlers.imports.sheet import Unusable
from scheduler.background import stepped_back
from storage import Store
from storage.brought_tables import FOLDER, UNDONE, BroughtTable
from storage.campaign_schema import Campaign
from storage.ledger import Author, Changed, Frozen
from storage.models.people import Membership
from storage.roles import may_grant

LEASE = "imports"
TELL_SECONDS = 0.5
TIDY_SECONDS = 300.0

log = logging.getLogger(__name__)


class NotOurs(Exception):
    """Another worker does it now."""


class NotHers(Exception):
    """She who brought it organizes the campaign no more."""


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
        with stepped_back(), self._store.faults.alone(campaign.id, "taking a table in"):
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
        """Read and compare; on her yes compare once more, and write where every row would still do what she saw.

        A writing that was begun and broken off goes on with what is left of it.
        """
        self._require_hers(campaign, table)
        path, ticking = self._folder / table.file, partial(self._ticking, campaign, table)
        found = compared(self._store, campaign, table, path, ticking)
        if table.state != "writing":
            self._keep(campaign, table, state="read", **found.as_told())
        elif not table.begun and found.matched != table.matched:
            why = texts.brought_tables.kept_moved()
            self._keep(campaign, table, state="read", why=why, **found.as_told())
        else:
            self._write(campaign, table.model_copy(update={"begun": True}), found)

    def _write(self, campaign: Campaign, table: BroughtTable, found: Compared) -> None:
        """Each step whole or not at all; broken off between two, the next run writes what is left."""
        rows = sum(len(steps.rows) for steps in found.steps)
        self._keep(campaign, table, done=0, of=rows)
        tick, run, numbers = self._ticking(campaign, table, rows), secrets.token_hex(8), count()
        for write, step in [(steps.write, step) for steps in found.steps for step in steps]:
            self._require_hers(campaign, table)
            operation = f"console:{table.id}/import/{run}.{next(numbers)}"
            write(Author(operation, table.person, self._store.clock.now()), step)
            tick(len(step))
        self._keep(campaign, table, state="written", done=rows, of=rows, why="")

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
