"""Who left, listed beside the database: an older copy of it that is put back has them in it again.

The list is a file of the data folder, one line each: when, and the id under which she was known. The id is random and
says nothing without such a copy; whoever follows again after leaving has another. Lines are appended and synced, never
changed.
"""

import logging
import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

from storage.database import Database
from storage.keys import Keys
from storage.on_disk import sync

FILE = "departed.txt"
AGAIN_SECONDS = 60.0
"""How long after a failure the file is tried again; until then the database remembers."""
BATCH = 1000

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Departures:
    """The list of one data folder."""

    database: Database
    keys: Keys
    folder: Path
    _not_before: float = 0.0

    @property
    def file(self) -> Path:
        return self.folder / FILE

    def note(self) -> None:
        """Write down whoever left since. Where the file cannot be written, that is logged and tried again later."""
        if monotonic() < self._not_before:
            return
        left = self.database.hgetall(self.keys.departed())
        if not left:
            return
        try:
            self._append("".join(f"{at} {person}\n" for person, at in left.items()))
        except OSError as error:
            log.error("who left cannot be written to %s and is tried again: %s", self.file, error.strerror)
            self._not_before = monotonic() + AGAIN_SECONDS
            return
        self.database.hdel(self.keys.departed(), *left)

    def erase_again(self) -> int:
        """Put whoever is in the database although she left onto the list of those to be erased; how many are."""
        back: list[str] = []
        ids = list(self._ids())
        for start in range(0, len(ids), BATCH):
            known = self.database.mget([self.keys.who(person) for person in ids[start : start + BATCH]])
            back += filter(None, known)
        if back:
            self.database.sadd(self.keys.erasures(), *back)
            log.warning("%d who left are in this database, an older copy: they are erased again", len(back))
        return len(back)

    def _ids(self) -> Iterator[str]:
        """Every id on the list; a line that a power failure cut off is passed over."""
        with suppress(FileNotFoundError):
            for line in self.file.read_text(encoding="ascii", errors="replace").splitlines():
                moment, _, person = line.partition(" ")
                if moment and person:
                    yield person

    def _append(self, lines: str) -> None:
        new = not self.file.exists()
        descriptor = os.open(self.file, os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            end = os.lseek(descriptor, 0, os.SEEK_END)
            cut_off = end > 0 and os.pread(descriptor, 1, end - 1) != b"\n"
            wanted = ("\n" if cut_off else "").encode() + lines.encode("ascii")
            if os.write(descriptor, wanted) < len(wanted):
                raise OSError(None, "written in part only: is the disk full?")
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        if new:
            sync(self.folder)
