"""The chain: every entry of a ledger sealed with all that came before it, so that none is changed later unnoticed.

A link is the SHA-256 of the link before it and of the entry as it stands in the Stream: its id and every field, who
wrote it and when among them. The worker adds the links; bulletins print the beginning of the newest, so that many
people have it. What of a ledger lies in a file (`Archives`) is checked there, link by link; where somebody trimmed it
otherwise, what is left is still checked.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from itertools import islice

from storage import ledger_files
from storage.database import Database, script
from storage.keys import Keys
from storage.ledger import Ledger
from storage.ledger_files import Archived, Line, archived_in, order

_extend = script("extend_chain")

BATCH = 1000
"""Links added or read in one round trip."""
FINGERPRINT = 8
"""Digits of a link that a bulletin prints."""


@dataclass(frozen=True, slots=True)
class Link:
    """The seal of one entry (by its id) and of all before it: 64 hex digits. Both are '' before the first."""

    entry: str = ""
    seal: str = ""

    @property
    def fingerprint(self) -> str:
        """Its first 8 digits: what a bulletin prints."""
        return self.seal[:FINGERPRINT]


@dataclass(frozen=True, slots=True)
class Chain:
    """The chains of every campaign's ledger."""

    database: Database
    keys: Keys

    def newest(self, campaign: str) -> Link:
        return _link(self.database.lindex(self.keys.chain(campaign), -1) or "")

    def extend(self, campaign: str) -> bool:
        """Seal what was written since, at most `BATCH` entries; whether more may be left."""
        last = self.newest(campaign)
        lines = Ledger(self.database, self.keys).lines(campaign, after=last.entry or "0-0")
        links, seal = list[str](), last.seal
        for line in islice(lines, BATCH):
            seal = sealed(seal, line)
            links.append(f"{line[0]} {seal}")
        if links:
            _extend(self.database, [self.keys.chain(campaign)], [_text(last), *links])
        return len(links) == BATCH

    def differences(self, campaign: str, printed: Mapping[str, str], ledger: Ledger) -> Iterator[str]:
        """What was changed after it was sealed, one line each. `printed`: the fingerprints that went out, by entry."""
        last = self.newest(campaign)
        entries = _Entries(ledger.lines(campaign, until=last.entry) if last.entry else ())
        before, gone, told = Link(), list[str](), dict(printed)
        for link in self._links(campaign, last):
            yield from (_inserted(entry) for entry in entries.until(link.entry))
            line = entries.take(link.entry)
            if line is None:
                gone.append(link.entry)
            else:
                yield from _removed(gone, begins=line[0] if entries.taken == 1 else "")
                gone.clear()
                if sealed(before.seal, line) != link.seal:
                    yield f"entry {link.entry}: was changed after it was sealed"
            if (digits := told.pop(link.entry, link.fingerprint)) != link.fingerprint:
                yield f"{_printed(link.entry, digits)}, the chain has {link.fingerprint}"
            before = link
        yield from _removed(gone)
        yield from (_inserted(entry) for entry in entries.rest())
        for entry, digits in told.items():
            yield f"{_printed(entry, digits)}, the chain does not have the entry"

    def _links(self, campaign: str, last: Link) -> Iterator[Link]:
        """Every link up to and with one, oldest first: those of a file, but for its last, which stands here as well."""
        passed, archived = 0, None
        while True:
            found, batch = self._following(campaign, passed - _filed(archived))
            if found != archived:
                archived = found
                if archived and passed < _filed(archived):
                    links = (Link(line[0], seal) for seal, line in ledger_files.read(archived))
                    yield from islice(links, passed, _filed(archived))
                    passed = _filed(archived)
                continue
            for text in batch:
                yield (link := _link(text))
                if link == last:
                    return
            passed += len(batch)
            if not batch:
                return

    def _following(self, campaign: str, start: int) -> tuple[Archived | None, list[str]]:
        """What is archived, and the next links in the list, both at one moment."""
        with self.database.pipeline() as pipe:
            pipe.hget(self.keys.archive(campaign), "doc")
            pipe.lrange(self.keys.chain(campaign), start, start + BATCH - 1)
            doc, batch = pipe.execute()
        return archived_in(doc), batch


class _Entries:
    """Entries of a ledger, taken in order beside the links of its chain."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self._lines = iter(lines)
        self._next = next(self._lines, None)
        self.taken = 0

    def until(self, entry: str) -> Iterator[str]:
        """The ids of those before one."""
        while self._next is not None and order(self._next[0]) < order(entry):
            yield self._next[0]
            self._next = next(self._lines, None)

    def take(self, entry: str) -> Line | None:
        """The one with this id, if it is there."""
        line = self._next
        if line is None or line[0] != entry:
            return None
        self._next, self.taken = next(self._lines, None), self.taken + 1
        return line

    def rest(self) -> Iterator[str]:
        while self._next is not None:
            yield self._next[0]
            self._next = next(self._lines, None)


def sealed(before: str, line: Line) -> str:
    """The seal of an entry behind the seal before it ('' for the first)."""
    entry, fields = line
    content = json.dumps([before, entry, *fields.items()], ensure_ascii=False, separators=(",", ":"))
    return sha256(content.encode()).hexdigest()


def _filed(archived: Archived | None) -> int:
    """How many links are in a file alone."""
    return archived.entries - 1 if archived else 0


def _removed(gone: list[str], begins: str = "") -> Iterator[str]:
    """`begins`: the first entry that is there, where these came before it."""
    if begins and gone:
        yield f"the ledger begins at entry {begins}: {len(gone)} before it are gone, from {gone[0]} to {gone[-1]}"
    else:
        yield from (f"entry {entry}: was removed" for entry in gone)


def _printed(entry: str, digits: str) -> str:
    return f"entry {entry}: a bulletin printed the fingerprint {digits}"


def _inserted(entry: str) -> str:
    return f"entry {entry}: was inserted later"


def _link(text: str) -> Link:
    entry, _, seal = text.partition(" ")
    return Link(entry, seal)


def _text(link: Link) -> str:
    return f"{link.entry} {link.seal}" if link.entry else ""
