"""What stands still on the way out, and which sendings were left unanswered: told to every sender by the database.

A part is a channel to persons, one robot, or one hook. Real time, by the server's clock; what was closed at a time that
is still to come was closed before that clock was set back, and is open.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from storage.database import Database, script
from storage.keys import Keys
from storage.models.fact import Fact

_close, _closed = script("close_part"), script("closed_parts")


class Closed(Fact):
    """Why a part stands still: the platform's code and its words. `by_itself`: it opens when its time is over; else it
    is only tried again then, and somebody has to mend it. `paced`: this minute's sendings are used up."""

    code: int
    text: str
    by_itself: bool
    paced: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """`closed`: each part that stands still, with the seconds until it is tried again. `unanswered`: how many sendings
    in a row each part's platform gave no answer to."""

    closed: Mapping[str, tuple[float, Closed]]
    unanswered: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Breakers:
    database: Database
    keys: Keys

    def standing(self) -> Standing:
        """What stands still now, in two steps of one moment."""
        parts = _closed(self.database, [self.keys.closed_parts()])
        closed = {
            part: (int(left) / 1000, Closed.model_validate_json(why))
            for part, left, why in zip(parts[::3], parts[1::3], parts[2::3], strict=True)
        }
        unanswered = self.database.hgetall(self.keys.unanswered())
        return Standing(closed, {part: int(times) for part, times in unanswered.items()})

    def close(self, part: str, why: Closed, seconds: float) -> None:
        """Close it for so long, unless it stands still already."""
        _close(self.database, [self.keys.closed_parts()], [part, int(seconds * 1000), why.model_dump_json()])

    def left_unanswered(self, part: str) -> int:
        """One more sending in a row without an answer; how many there are."""
        return int(self.database.hincrby(self.keys.unanswered(), part, 1))

    def answered(self, part: str) -> None:
        self.database.hdel(self.keys.unanswered(), part)

    def open_all(self) -> None:
        """Nothing stands still, until it fails again."""
        for key in (self.keys.closed_parts(), self.keys.unanswered()):  # of two slots
            self.database.delete(key)
