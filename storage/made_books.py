"""Books that somebody asked for in a message or on a page: asked, made by a worker, opened in a session, gone in a day.

The file lies in `FOLDER` beneath the data directory; what is kept here says whose it is, of what, and which entry of
the ledger it stands on. That it was taken is written in the same step that makes it hers to open.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Literal

from storage.authority import rely_on_role
from storage.campaign_schema import Campaign
from storage.database import Database
from storage.disclosures import Bound, Taking
from storage.keys import Keys
from storage.ledger import Author, NotAllowed, Plan
from storage.models.fact import Fact
from storage.models.people import Grant, Membership
from storage.models.pushes import Notification

FOLDER = "books"
LASTS = timedelta(hours=24)
"""How long a book can be opened once it is made: it holds names and telephones."""
State = Literal["wanted", "made", "refused"]


class MadeBook(Fact):
    """`person` asked for it, by the role `grant`; `region` is '' for the whole campaign.

    `choice`: the campaign's choice of columns, '' for all. `again`: how often it was to be made anew because somebody
    who may have been in it left. Once it is made: `file`, its name in the folder; `ledger` and `fingerprint`, the entry
    that it stands on; `until`, when it goes.
    """

    id: str
    person: str
    grant: Grant
    region: str
    form: Bound
    choice: str = ""
    asked_at: datetime
    again: int = 0
    state: State = "wanted"
    made_at: datetime | None = None
    until: datetime | None = None
    file: str = ""
    ledger: str = ""
    fingerprint: str = ""
    teams: int = 0
    reports: int = 0


class NoSuchBook(Exception):
    """Nobody made it, its day is over, or somebody in it has left since."""


@dataclass(frozen=True, slots=True)
class MadeBooks:
    database: Database
    keys: Keys

    def ask(
        self, campaign: Campaign, author: Author, membership: Membership, region: str, form: Bound, choice: str = ""
    ) -> tuple[MadeBook, bool]:
        """Have a book made; whether it was asked for just now: one of hers that still waits is not asked for twice.

        Raises `NotAllowed` where no role of hers reaches the region.
        """
        grant = membership.grant_over(campaign.region_path(region))
        if grant is None:
            raise NotAllowed
        for book in self._all(campaign.id):
            if book.person == author.person and book.state == "wanted":
                return book, False
        book = MadeBook(
            id=hashlib.sha256(author.op_id.encode()).hexdigest()[:32],
            person=author.person,
            grant=grant,
            region=region,
            form=form,
            choice=choice,
            asked_at=author.at,
        )
        self.database.hsetnx(self.keys.books(campaign.id), book.id, book.model_dump_json())
        return book, True

    def wanted(self, campaign: str) -> MadeBook | None:
        """The one that has waited longest."""
        waiting = (book for book in self._all(campaign) if book.state == "wanted")
        return min(waiting, key=lambda book: book.asked_at, default=None)

    def made(
        self,
        campaign: Campaign,
        author: Author,
        membership: Membership,
        wanted: MadeBook,
        made: MadeBook,
        taking: Taking,
        told: Notification,
    ) -> None:
        """It is hers to open, she is told, and that it was taken stands in the ledger: in one step.

        Raises `NotAllowed` where she may not have it any more; `Changed` where her role is not as it was read, or
        somebody left while it was made: then it is made anew.
        """
        key = self.keys.books(campaign.id)
        values = {**taking.values, "office": made.grant.stored}
        plan = Plan(self.keys, campaign.id, author, "book.taken", values=values)
        rely_on_role(plan, campaign, membership, made.region)
        plan.expect(key, wanted.id, wanted.model_dump_json())
        plan.effect("HSET", key, made.id, made.model_dump_json())
        plan.notify(told)
        plan.commit(self.database, {})

    def refuse(self, campaign: str, wanted: MadeBook) -> None:
        """It is not made: who asked may not have it any more."""
        self.database.hdel(self.keys.books(campaign), wanted.id)

    def of(self, campaign: Campaign, membership: Membership, now: datetime) -> Sequence[MadeBook]:
        """The books, wanted and made, of the regions that she coordinates, the newest first."""
        seen = [book for book in self._all(campaign.id) if membership.covers(campaign.region_path(book.region))]
        return sorted((book for book in seen if not is_over(book, now)), key=lambda book: book.asked_at, reverse=True)

    def fetch(
        self, campaign: Campaign, book_id: str, person: str, membership: Membership, now: datetime, data_dir: Path
    ) -> tuple[MadeBook, Path]:
        """A made book and its file, for whoever asked for it and may have it still.

        Raises `NotAllowed`; `NoSuchBook` where there is none, or its file is not on this machine.
        """
        kept = self.database.hget(self.keys.books(campaign.id), book_id)
        book = MadeBook.model_validate_json(kept) if kept else None
        if book is None or book.state != "made" or is_over(book, now):
            raise NoSuchBook
        if book.person != person or not membership.covers(campaign.region_path(book.region)):
            raise NotAllowed
        path = data_dir / FOLDER / book.file
        if not path.is_file():
            raise NoSuchBook
        return book, path

    def files(self, campaign: str, now: datetime) -> set[str]:
        """The names of the files that may still be opened; what is kept of the others goes."""
        books = self._all(campaign)
        if over := [book.id for book in books if is_over(book, now)]:
            self.database.hdel(self.keys.books(campaign), *over)
        return {book.file for book in books if book.file and book.id not in over}

    def forget_made(self, campaign: str) -> None:
        """Somebody left: what was made may hold her name, and what is being made is made anew without it."""
        key = self.keys.books(campaign)
        for book in self._all(campaign):
            if book.state == "wanted":
                self.database.hset(key, book.id, book.model_copy(update={"again": book.again + 1}).model_dump_json())
            else:
                self.database.hdel(key, book.id)

    def _all(self, campaign: str) -> list[MadeBook]:
        return [MadeBook.model_validate_json(kept) for kept in self.database.hvals(self.keys.books(campaign))]


def is_over(book: MadeBook, now: datetime) -> bool:
    """Whether a book's day is over."""
    return book.until is not None and book.until <= now
