"""The one way to write to a campaign: a plan is drawn up from what was read, and applied whole or not at all.

The ledger (one Stream per campaign) is the truth; teams, boards and indexes are views of it. A plan names what must
still be as the writer saw it (its authority included), the ledger entry, the commands that bring the views up to
date, and the notifications that the change causes. The op_id makes a repetition answer with the first outcome.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain
from typing import Any

from storage import ledger_files
from storage.database import Command, Database, script
from storage.keys import OPERATION_SECONDS, Keys
from storage.ledger_files import START, Archived, Line, archived_in, order
from storage.models.pushes import Notification
from storage.models.reports import Report
from storage.models.teams import Team, Total
from storage.progress import Advance, unheard

_commit = script("commit")
_as_json = json.JSONEncoder(ensure_ascii=False).encode

LEDGER = "@ledger"
"""Stands in an effect for the id that the ledger gives the entry."""
NUMBER = "@number"
"""Stands in an effect for the registration number given inside the write (six digits)."""

recorded: ContextVar[bool] = ContextVar("recorded", default=False)
"""Whether something was committed, or found to be, since it was last set to False: what a failed answer may say."""

_Step = tuple[str | int, ...]
"""A command of a plan: its name, the index of its key, the number of its arguments, and those."""


class Changed(Exception):
    """Something the plan relied on is no longer so: nothing was written; read again."""


class Taken(Exception):
    """What had to be free is not. `holder` is what holds it (a team code for a unit's name)."""

    def __init__(self, holder: str) -> None:
        super().__init__(holder)
        self.holder = holder


class NotAllowed(Exception):
    """The person has no authority over this team."""


class Closed(Exception):
    """The campaign is closed: its captains write nothing any more. The text is its id."""


class Frozen(Exception):
    """The figures of the campaign are final: only an organizer changes one, with a reason. The text is its id."""


Herald = Callable[[Report, Total, Team, bool], Sequence[Notification]]
"""What a team's captains are told of a report somebody else wrote: given the report, the total before it, the team, and
whether it was taken back."""


@dataclass(frozen=True, slots=True)
class Author:
    """Who writes, when, and under which operation. `herald`: how captains learn of it whose team it is; None where
    nobody is to be told."""

    op_id: str
    person: str
    at: datetime
    herald: Herald | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the ledger. Values are strings; it never holds an openid, a name, a telephone or raw text."""

    id: str
    kind: str
    op_id: str
    by: str
    at: datetime
    team: str
    number: str
    values: dict[str, str]


@dataclass(frozen=True, slots=True)
class Committed:
    """What a write did: its ledger id, the number it was given, the outcome it stored, and the answers to its reads."""

    ledger: str
    number: str
    outcome: dict[str, Any]
    reads: list[Any]
    repeated: bool


@dataclass(slots=True)
class Plan:
    """A write in the making: one ledger entry and all that follows from it."""

    keys: Keys
    campaign: str
    author: Author
    kind: str
    team: str = ""
    values: dict[str, str] = field(default_factory=dict)
    _index: dict[str, int] = field(default_factory=dict)
    _absent: list[tuple[int, str]] = field(default_factory=list)
    _expect: list[tuple[int, str, str]] = field(default_factory=list)
    _effects: list[_Step] = field(default_factory=list)
    _reads: list[_Step] = field(default_factory=list)
    _number: int = 0
    _standings: list[tuple[Sequence[str], Sequence[str | int]]] = field(default_factory=list)

    def absent(self, key: str, name: str) -> None:
        """The hash field must be free, else `Taken`."""
        self._absent.append((self._at(key), name))

    def expect(self, key: str, name: str, value: str) -> None:
        """The hash field must still hold `value` ('' for absent), else `Changed`."""
        self._expect.append((self._at(key), name, value))

    def effect(self, command: str, key: str, *args: str | int) -> None:
        self._effects.append((command, self._at(key), len(args), *args))

    def read(self, command: str, key: str, *args: str | int) -> None:
        """A read answered at the moment of the write (a rank, say), and the same on a repetition."""
        self._reads.append((command, self._at(key), len(args), *args))

    def stand(self, keys: Sequence[str], standings: Sequence[str | int]) -> None:
        """Move a team on boards and sums; `commit.lua` says what both are made of."""
        self._standings.append((keys, standings))

    def take_number(self, key: str) -> None:
        self._number = self._at(key)

    def notify(self, *notifications: Notification) -> None:
        """Put them into the campaign's outbox; one whose id is known already stays as it is."""
        for notification in notifications:
            for command, key, *args in enqueue_commands(self.keys, notification):
                self.effect(command, key, *args)

    def commit(self, database: Database, outcome: dict[str, Any]) -> Committed:
        """Apply the plan. Raises `Changed`, `Taken`, or the database's own errors."""
        author = self.author
        entry = ["kind", self.kind, "op", author.op_id, "by", author.person]
        entry += ["at", author.at.isoformat(), "team", self.team, *chain.from_iterable(self.values.items())]
        keys = [
            self.keys.operation(self.campaign, author.op_id),
            self.keys.ledger(self.campaign),
            *self._index,
        ]
        standings: list[str | int] = []
        for of_team, where in self._standings:
            standings += (len(keys) + 1, *where)
            keys += of_team
        conditions: tuple[list[Any], ...] = (self._absent, self._expect)
        args: list[str | int | float] = [
            OPERATION_SECONDS,
            _as_json(outcome),
            self._number,
            len(self._standings),
            len(entry),
            *map(len, conditions),
            len(self._effects),
            len(self._reads),
            *entry,
            *chain.from_iterable(chain(*conditions)),
            *chain.from_iterable(self._effects),
            *standings,
            *chain.from_iterable(self._reads),
        ]
        match _commit(database, keys, args):
            case ["changed", key]:
                raise Changed(key)
            case ["taken", holder]:
                raise Taken(holder)
            case ["again", memory]:
                return _committed(memory)
            case [_, ledger, number, reads]:
                recorded.set(True)
                return Committed(ledger, number, outcome, reads, repeated=False)
            case answer:
                raise TypeError(f"commit.lua answered {answer!r}")

    def _at(self, key: str) -> int:
        """The index of a key in KEYS; the first two are the operation's memory and the ledger."""
        return self._index.setdefault(key, len(self._index) + 3)


def enqueue_commands(keys: Keys, notification: Notification) -> list[list[str]]:
    """The commands that put a notification into its campaign's outbox unless its id is known already."""
    key = keys.notification(notification.campaign, notification.id)
    due = f"{notification.due_at.timestamp():.3f}"
    return [
        ["HSETNX", key, "doc", notification.model_dump_json()],
        ["HSETNX", key, "status", "queued"],
        ["ZADD", keys.outbox(notification.campaign), "NX", due, notification.id],
        ["ZADD", keys.due(notification.campaign), "NX", due, notification.id],
    ]


@dataclass(frozen=True, slots=True)
class Ledger:
    """Reading the truth, in order: what was archived from its file, the rest from the Stream. Raises `ArchiveError`.

    `advance` is told how many entries were read.
    """

    database: Database
    keys: Keys
    advance: Advance = unheard

    def entries(self, campaign: str, after: str = START, until: str = "+") -> Iterator[Entry]:
        """Every entry after the one id, up to and with the other, oldest first, read in batches."""
        for entry_id, fields in self.lines(campaign, after, until):
            yield entry_of(entry_id, fields)

    def lines(self, campaign: str, after: str = START, until: str = "+") -> Iterator[Line]:
        """The same, each as it stands in the Stream, or stood there."""
        last = after
        while True:
            archived, batch = self._following(campaign, last, until)
            if archived and order(last) < order(archived.last):
                yield from self._lines_in(archived, last, until)
                last = archived.last
            elif batch:
                yield from batch
                last = batch[-1][0]
                self.advance(len(batch))
            if not batch or last == until:
                return

    def _following(self, campaign: str, last: str, until: str) -> tuple[Archived | None, list[Line]]:
        """What is archived, and the next entries in the Stream, both at one moment."""
        with self.database.pipeline() as pipe:
            pipe.hget(self.keys.archive(campaign), "doc")
            pipe.xrange(self.keys.ledger(campaign), min=f"({last}", max=until, count=1000)
            doc, batch = pipe.execute()
        return archived_in(doc), batch

    def _lines_in(self, archived: Archived, last: str, until: str) -> Iterator[Line]:
        for _, line in ledger_files.read(archived, last):
            if until != "+" and order(line[0]) > order(until):
                return
            yield line
            self.advance(1)

    def newest(self, campaign: str, count: int, before: str = "+") -> list[Entry]:
        """The last `count` entries, or the last before one (its id), newest first."""
        until = before if before == "+" else f"({before}"
        with self.database.pipeline() as pipe:
            pipe.hget(self.keys.archive(campaign), "doc")
            pipe.xrevrange(self.keys.ledger(campaign), max=until, count=count)
            doc, rows = pipe.execute()
        if len(rows) < count and (archived := archived_in(doc)):
            oldest = rows[-1][0] if rows else before
            rows += ledger_files.newest(archived, count - len(rows), oldest)
        return [entry_of(entry_id, fields) for entry_id, fields in rows]

    def archived(self, campaign: str) -> Archived | None:
        """The part that lies in a file."""
        return archived_in(self.database.hget(self.keys.archive(campaign), "doc"))

    def outcome(self, campaign: str, op_id: str) -> Committed | None:
        """What a write did if it was made already: asked before a doubt is raised about a message that came again."""
        memory = self.database.get(self.keys.operation(campaign, op_id))
        return _committed(memory) if memory else None

    def last_id(self, campaign: str) -> str:
        """The id of the newest entry, '0-0' for an empty ledger."""
        return self.moment(campaign, ())[0]

    def moment(self, campaign: str, reads: Iterable[Command]) -> tuple[str, list[Any]]:
        """The id of the newest entry, and the answers to reads of the campaign as it stands at that entry."""
        with self.database.pipeline() as pipe:
            pipe.xrevrange(self.keys.ledger(campaign), count=1)
            for read in reads:
                pipe.execute_command(*read)
            newest, *answers = pipe.execute()
        return newest[0][0] if newest else "0-0", answers


def _committed(memory: str) -> Committed:
    """What a write left of itself: a line about it, then its outcome."""
    recorded.set(True)
    about, _, outcome = memory.partition("\n")
    told = json.loads(about)
    return Committed(told["ledger"], told["number"], json.loads(outcome), list(told["reads"]), repeated=True)


def entry_of(entry_id: str, fields: dict[str, str]) -> Entry:
    """A line of the ledger as it is kept."""
    known = {"kind", "op", "by", "at", "team", "number"}
    return Entry(
        id=entry_id,
        kind=fields["kind"],
        op_id=fields["op"],
        by=fields["by"],
        at=datetime.fromisoformat(fields["at"]),
        team=fields["team"],
        number=fields["number"],
        values={name: value for name, value in fields.items() if name not in known},
    )
