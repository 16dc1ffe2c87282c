"""Words of the bot at the head of a message: which one stands there, and what behind it.

A word is one only alone, ahead of a mark, or where what follows parses as its arguments (design §5, "Words");
courtesies may stand around it. The words themselves are the router's and come with the ear.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from handlers.language.text import fold
from handlers.language.words import WORDS
from handlers.understand.courtesies import asks_beneath, beneath
from handlers.wishes.slots import SEPARATORS

LONGEST, LONGEST_OF_A_REPORT = 12, 5
"""Characters of the longest word, and of the longest that begins a report."""


@dataclass(frozen=True, slots=True)
class Head:
    """`accepts` decides whether a remainder that follows without a separator belongs to the word. `aside`: it writes
    nothing, and may be said in the middle of a dialogue. `want`: what it writes; '' for anything else."""

    aside: bool
    accepts: Callable[[str], bool]
    want: str = ""


Heads = Mapping[str, Head]
"""Every word, folded."""


class Found(NamedTuple):
    """The word, folded, and what stands behind it."""

    word: str
    head: Head
    behind: str


def head_of(line: str, heads: Heads) -> Found | None:
    """The word at the head of a normalised line: as it stands, or beneath its courtesies.

    What asks, or asks to be shown something, is only a word that shows.
    """
    if found := _plain(line, heads):
        return found
    if not heads or WORDS.get(fold(line)) == "confirm":
        return None
    for headless, bare, looking in beneath(line):
        alone = _plain(bare, heads)
        found = alone if alone and not alone.behind else _plain(headless, heads)
        if found and (found.head.aside or not (looking or asks_beneath(line))):
            return found
    return None


def begins_a_report(line: str, heads: Heads) -> bool:
    """Whether a normalised line begins with a word of reporting."""
    ends = range(1, min(len(line), LONGEST_OF_A_REPORT + 1))
    return any((head := heads.get(fold(line[:end]))) is not None and head.want == "report" for end in ends)


def _plain(line: str, heads: Heads) -> Found | None:
    """The longest word alone, separated, or accepting the rest."""
    for end in range(min(len(line), LONGEST) if heads else 0, 0, -1):
        word = fold(line[:end])
        head = heads.get(word)
        if head is None or not line[end - 1].isalnum():
            continue
        rest = line[end:]
        behind = rest.lstrip(SEPARATORS).strip()
        if not behind or rest[0] in SEPARATORS or head.accepts(behind):
            return Found(word, head, behind)
    return None
