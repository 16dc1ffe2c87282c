"""What is said instead of guessing: a doubt, with its reason."""

from dataclasses import dataclass
from typing import Literal

from handlers.understand.text import clean

Reason = Literal["malformed", "vague", "negative", "several", "absurd", "rate", "unclear", "other day"]


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something that must be asked about and never booked: why, and the words in question, safe to echo."""

    reason: Reason
    excerpt: str


class DoubtfulError(Exception):
    """Ends a reading: the line cannot be read in one way only."""

    def __init__(self, reason: Reason, excerpt: str) -> None:
        super().__init__(reason)
        self.doubt = Doubt(reason, clean(excerpt.replace("\x1f", " "), 24))
