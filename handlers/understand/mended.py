"""What a message puts right, takes back or puts back: a closed set."""

from dataclasses import dataclass
from typing import Literal

from handlers.understand.verdicts import Doubt
from storage.models.teams import Channel

Kind = Literal["total", "day", "increment", "bare"]
Named = Literal["total", "day", "increment"]
Slip = Literal["", "nought more", "nought less", "swapped"]


@dataclass(frozen=True, slots=True)
class Figures:
    """What is said of money (fen) and gifts (人次), as a total, a day's or an increment; None where nothing is said."""

    amount_fen: int | None = None
    donations: int | None = None
    kind: Kind = "bare"
    channel: Channel | None = None


@dataclass(frozen=True, slots=True)
class Correction:
    """What was wrong and what is right. `right` is None where only that something was wrong is said.

    `old`: the figures taken back. `step`: `right` is what was left out (1) or was too much (-1), and no total.
    `kind`, `channel`: what the report really was, its figures being right. `wrong_name`, `right_name`: units or
    projects mixed up. `codes`: her teams that are named. `others`: units named that are not hers. `earlier`: a report
    of another day is meant. `doubts`: what must be asked before anything is written. `slip`: a nought too many or too
    few, or amount and count in each other's place; `counts`: it is in the count. `coded`: the
    team is named by its code. `rest`: what else is said, perhaps another unit.
    """

    right: Figures | None = None
    old: Figures = Figures()
    step: Literal[-1, 0, 1] = 0
    kind: Named | None = None
    channel: Channel | None = None
    wrong_name: str = ""
    right_name: str = ""
    codes: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    earlier: bool = False
    doubts: tuple[Doubt, ...] = ()
    slip: Slip = ""
    counts: bool = False
    coded: bool = False
    rest: str = ""

    @property
    def raises(self) -> bool:
        """Whether the right figure is above the one taken back."""
        right, old = self.right or Figures(), self.old
        return (right.amount_fen or 0, right.donations or 0) > (old.amount_fen or 0, old.donations or 0)


@dataclass(frozen=True, slots=True)
class Retraction:
    """The newest report is taken back. `old`: the figures by which it is named. `correction`: it was one.

    `coded`: the team is named by its code. `rest`: what else its clause says, perhaps another unit. `why`: only that
    something came twice is said, which may be why a report was just taken back.
    """

    old: Figures = Figures()
    codes: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    correction: bool = False
    coded: bool = False
    rest: str = ""
    why: bool = False


@dataclass(frozen=True, slots=True)
class Restoration:
    """What was taken back last counts again. `old`: the figures by which it is named."""

    old: Figures = Figures()
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unclear:
    """The right figures cannot be read: why, by the name of the reason, and her words."""

    reason: str
    words: str


Mended = Correction | Retraction | Restoration | Unclear
