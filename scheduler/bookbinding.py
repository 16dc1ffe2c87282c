"""The books that people asked for, made one after another beside whatever else the worker does."""

import logging
import threading
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from time import monotonic

from handlers import texts
from handlers.books import binding
from handlers.books.sheets import sheets_of
from handlers.notices import notification
from scheduler.background import stepped_back
from storage import Store
from storage.books import read_book
from storage.campaign_schema import Campaign
from storage.database import StorageError
from storage.disclosures import Taking
from storage.ledger import Author, Changed, NotAllowed
from storage.made_books import FOLDER, LASTS, MadeBook
from storage.models.people import Membership
from storage.models.pushes import Notification

LEASE = "books"
RENEW_SECONDS = 3.0
TIDY_SECONDS = 300.0
PAUSE_SECONDS = 60.0
"""Rest after a failure, which is told in `check`: nobody is in a hurry."""

log = logging.getLogger(__name__)


class NotOurs(Exception):
    """Another worker makes the books now."""


class Bookbinder:
    """`data_dir`: the books lie in a folder beneath it. `console`: where the console is that opens them."""

    def __init__(self, store: Store, data_dir: Path, console: str) -> None:
        self._store = store
        self._folder = data_dir / FOLDER
        self._console = console
        self._at_work: threading.Thread | None = None
        self._renewed = self._tidied = -TIDY_SECONDS
        self._rests_until = 0.0

    def tick(self) -> None:
        """Begin with the book that has waited longest, where none is being made. It is made in a thread of its own."""
        if (self._at_work is not None and self._at_work.is_alive()) or monotonic() < self._rests_until:
            return
        untidy, found = monotonic() - self._tidied > TIDY_SECONDS, self._longest_waiting()
        if not (untidy or found) or not self._store.leases.hold(LEASE):
            return
        if untidy:
            self.tidy()
        if not found:
            self._store.leases.release(LEASE)
            return
        self._renewed = monotonic()
        self._at_work = threading.Thread(target=self._work, args=found, name="bookbinder", daemon=True)
        self._at_work.start()

    def wait(self) -> None:
        """Until the book that is being made is."""
        if self._at_work is not None:
            self._at_work.join()

    def tidy(self) -> None:
        """Take away the files whose day is over, and what a killed worker left; for whoever holds the lease."""
        self._tidied = monotonic()
        if not self._folder.is_dir():
            return
        now, kept = self._store.clock.now(), set[str]()
        for campaign in self._store.campaigns.published():
            kept |= self._store.made_books.files(campaign, now)
        for path in self._folder.iterdir():
            if path.name not in kept:
                path.unlink(missing_ok=True)

    def _longest_waiting(self) -> tuple[Campaign, MadeBook] | None:
        waiting = [
            (campaign, book)
            for campaign in self._store.campaigns.all()
            if (book := self._store.made_books.wanted(campaign.id))
        ]
        return min(waiting, key=lambda found: found[1].asked_at, default=None)

    def _work(self, campaign: Campaign, wanted: MadeBook) -> None:
        self._rests_until = monotonic() + PAUSE_SECONDS
        try:
            with stepped_back(), self._store.faults.alone(campaign.id, "making a book"):
                self._make_or_refuse(campaign, wanted)
                self._rests_until = 0.0
            self._store.leases.release(LEASE)
        except StorageError as error:
            log.warning("no book yet: %s", error)

    def _make_or_refuse(self, campaign: Campaign, wanted: MadeBook) -> None:
        try:
            self._make(campaign, wanted, self._store.clock.now())
        except NotAllowed:
            self._store.made_books.refuse(campaign.id, wanted)
        except (Changed, NotOurs):
            log.info("%s: a book is made anew", campaign.id)

    def _make(self, campaign: Campaign, wanted: MadeBook, now: datetime) -> None:
        """Raises `NotAllowed`; `Changed` where it is to be made anew; `NotOurs`."""
        store = self._store
        membership = store.people.offices(campaign.id).get(wanted.person, Membership())
        if not membership.covers(campaign.region_path(wanted.region)):
            raise NotAllowed
        book = read_book(store, campaign, now, wanted.region, self._keeping_the_lease(), membership)
        sheets = sheets_of(book, wanted.choice)
        made = wanted.model_copy(
            update={
                "state": "made",
                "made_at": now,
                "until": now + LASTS,
                "file": f"{wanted.id}.{'zip' if wanted.form == 'csv' else wanted.form}",
                "ledger": book.ledger_id,
                "fingerprint": book.fingerprint,
                "teams": len(book.teams),
                "reports": len(book.reports),
            }
        )
        self._folder.mkdir(mode=0o700, exist_ok=True)
        with binding.whole_file(self._folder / made.file) as file:
            binding.write(book, sheets, wanted.form, file, self._keeping_the_lease())
        taking = Taking(wanted.form, wanted.region, [sheet.name for sheet in sheets], len(book.teams))
        author = Author(f"book:{wanted.id}/{wanted.again}", wanted.person, now)
        store.made_books.made(campaign, author, membership, wanted, made, taking, self._told(campaign, made, now))

    def _keeping_the_lease(self) -> Callable[[int], None]:
        """What is told of progress renews the lease; it raises `NotOurs` where that is lost."""

        def advance(_: int) -> None:
            if monotonic() - self._renewed < RENEW_SECONDS:
                return
            if not self._store.leases.hold(LEASE):
                raise NotOurs
            self._renewed = monotonic()

        return advance

    def _told(self, campaign: Campaign, book: MadeBook, now: datetime) -> Notification:
        text = texts.made_books.ready(campaign, book, f"{self._console}/console/books/{book.id}")
        told = notification(f"book:{book.id}/{book.again}", campaign, "book", book.person, text, now)
        return told.model_copy(update={"asked": True})
