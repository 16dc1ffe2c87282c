"""What may become of a report: a closed set. Readings are what would be written; doubts and notes quote her words."""

from dataclasses import dataclass
from typing import Literal

from storage.reckoning import Reading

ReadingKind = Literal["total", "day", "increment"]


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why a figure is asked about, by the name of the reason, and the words of hers that give it; '' for none."""

    reason: str
    words: str


@dataclass(frozen=True, slots=True)
class Note:
    """What of a line is not recorded, and why."""

    reason: str
    words: str


@dataclass(frozen=True, slots=True)
class Ask:
    """One reading, and what is doubted of it so far."""

    reading: Reading
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True, slots=True)
class Book:
    """Written at once, in this order; `notes` are told in the echo."""

    readings: tuple[Reading, ...]
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Offer:
    """Written on her yes."""

    readings: tuple[Reading, ...]
    doubts: tuple[Doubt, ...]
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Choose:
    """A figure that may be several things: she says which of the `kinds`."""

    reading: Reading
    kinds: tuple[ReadingKind, ...]
    doubts: tuple[Doubt, ...] = ()
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Refuse:
    """Not written, whatever she answers: why, and her words."""

    reason: str
    words: str


@dataclass(frozen=True, slots=True)
class Heard:
    """Nothing new came in: the team is heard of, and no figure is written."""


Verdict = Book | Offer | Choose | Refuse | Heard
