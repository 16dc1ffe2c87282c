"""Files of a ledger: its older part, taken out of Redis when a drive was over (`Archives`), and read in its place.

Gzip, one member after another, so that any part is read without the rest: first a line that says what the file is,
then the entries from the first on, a thousand in a member, each as `[seal, id, name, value, ...]`, last a line with the
first entry of each member and where that begins. `zcat` shows all of it.
"""

import gzip
import json
import os
import zlib
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import file_digest
from itertools import islice, pairwise
from pathlib import Path
from typing import Any, BinaryIO

from storage.database import StorageError
from storage.models.fact import Fact

IN_A_MEMBER = 1000
START = "0-0"
"""Before every entry of a ledger."""

Line = tuple[str, dict[str, str]]
"""An entry as it stands in the Stream: its id and its fields in order."""
Sealed = tuple[str, Line]
"""An entry with its seal: 64 hex digits."""


class ArchiveError(StorageError):
    """A file of a ledger is not there or not as it was written; the text says which, and what to do."""


class Archived(Fact):
    """The part of a ledger that lies in a file: how many entries, the newest with its seal, and the file.

    `index_at`: the byte at which the line with the members begins; `sha256` of the whole file.
    """

    path: Path
    entries: int
    last: str
    seal: str
    index_at: int
    sha256: str


def archived_in(doc: str | None) -> Archived | None:
    """What is archived, as Redis keeps it; None where nothing is."""
    return Archived.model_validate_json(doc) if doc else None


def order(entry: str) -> tuple[int, int]:
    """What entries are ordered by: the two numbers of an id."""
    moment, _, number = entry.partition("-")
    return int(moment), int(number)


def write(path: Path, campaign: str, entries: Iterable[Sealed]) -> Archived:
    """A new file that only its owner reads, on the disk when this ends. Raises `FileExistsError`."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    index, written, left = list[tuple[str, int]](), 0, iter(entries)
    seal, last = "", START
    with open(descriptor, "wb") as file:
        _member(file, [{"ledger": campaign, "form": 1}])
        while some := list(islice(left, IN_A_MEMBER)):
            index.append((some[0][1][0], file.tell()))
            _member(file, (_row(sealed) for sealed in some))
            written, (seal, (last, _)) = written + len(some), some[-1]
        index_at = file.tell()
        _member(file, [index])
        file.flush()
        os.fsync(file.fileno())
    return Archived(path=path.resolve(), entries=written, last=last, seal=seal, index_at=index_at, sha256=_digest(path))


def read(archived: Archived, after: str = START) -> Iterator[Sealed]:
    """The entries after one, oldest first. Raises `ArchiveError`, from the beginning also where a byte has changed."""
    if after == START and _digest(archived.path) != archived.sha256:
        raise ArchiveError(f"{archived.path} is not as it was written: bring back the file that was")
    with _opened(archived) as members:
        for place in range(max(0, members.place_of(after)), len(members.starts)):
            yield from (sealed for sealed in members.entries(place) if order(sealed[1][0]) > order(after))


def among(archived: Archived, ids: Collection[str]) -> dict[str, Line]:
    """Those of some entries that are in the file, by id. Raises `ArchiveError`."""
    with _opened(archived) as members:
        places = {members.place_of(each) for each in ids} - {-1}
        lines = (line for place in sorted(places) for _, line in members.entries(place))
        return {line[0]: line for line in lines if line[0] in ids}


def newest(archived: Archived, count: int, before: str) -> Iterator[Line]:
    """The last so many before an entry (its id, `+` for none), newest first. Raises `ArchiveError`."""
    with _opened(archived) as members:
        lines = (line for place in reversed(range(len(members.starts))) for _, line in members.entries(place)[::-1])
        yield from islice((line for line in lines if before == "+" or order(line[0]) < order(before)), count)


@dataclass(frozen=True, slots=True)
class _Members:
    """A file that is open: the first entry of each member, in order, and where members begin and end."""

    file: BinaryIO
    starts: list[tuple[int, int]]
    bounds: list[tuple[int, int]]

    def place_of(self, entry: str) -> int:
        """The member in which an entry would stand, -1 where all come after it."""
        return bisect_right(self.starts, order(entry)) - 1

    def entries(self, place: int) -> list[Sealed]:
        return [_sealed(row) for row in _rows(self.file, *self.bounds[place])]


@contextmanager
def _opened(archived: Archived) -> Iterator[_Members]:
    try:
        with archived.path.open("rb") as file:
            [index] = _rows(file, archived.index_at, archived.path.stat().st_size)
            bounds = list(pairwise([*(at for _, at in index), archived.index_at]))
            yield _Members(file, [order(first) for first, _ in index], bounds)
    except FileNotFoundError:
        raise ArchiveError(
            f"the ledger up to entry {archived.last} is in {archived.path}, which is not there: bring it back"
        ) from None
    except (OSError, EOFError, zlib.error, ValueError) as error:
        raise ArchiveError(f"{archived.path} cannot be read ({error}): bring back the file that was written") from None


def _member(file: BinaryIO, rows: Iterable[object]) -> None:
    lines = "".join(f"{json.dumps(row, ensure_ascii=False, separators=(',', ':'))}\n" for row in rows)
    file.write(gzip.compress(lines.encode(), mtime=0))


def _rows(file: BinaryIO, start: int, end: int) -> list[Any]:
    file.seek(start)
    return [json.loads(line) for line in gzip.decompress(file.read(end - start)).splitlines()]


def _row(sealed: Sealed) -> list[str]:
    seal, (entry, fields) = sealed
    return [seal, entry, *(text for field in fields.items() for text in field)]


def _sealed(row: list[str]) -> Sealed:
    seal, entry, *fields = row
    return seal, (entry, dict(zip(fields[::2], fields[1::2], strict=True)))


def _digest(path: Path) -> str:
    """Raises `ArchiveError`."""
    try:
        with path.open("rb") as file:
            return file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise ArchiveError(f"{path}: {error.strerror or error}; bring back the file that was written") from None
