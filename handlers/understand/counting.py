"""A line that counts items cut into numbers, words of its own list (`counting.tsv`), times, and what nobody knows.

Longest match at each place; where its own list has no word the lexicon of reports says what a word does to a count.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from unicodedata import category

from handlers.language.figures import figures_at
from handlers.language.numerals import DIGITS, NUMERAL, read_numeral
from handlers.understand.lexicon import Sense, Senses, lexicon

_NUMERAL = re.compile(NUMERAL)
_NUMBERS = frozenset(f"0123456789{DIGITS}十百千万")
_TIMES = frozenset(("date", "moment", "year"))
_ELSE = frozenset(("share", "telephone"))
_GAPS = frozenset(' \n,.。、;:!?()/“”"|\x1e\x1f')
_BY_CLASS: tuple[tuple[str, tuple[str, ...], str], ...] = (
    ("mood", ("goal", "if", "quoted", "drill", "compared", "question"), "unclear"),
    ("when", ("past", "day"), "unclear"),
    ("whose", ("other", "larger", "person", "part"), "unclear"),
    ("turn", (), "unclear"),
    ("direction", (), "unclear"),
    ("mood", ("rough", "denied"), "vague"),
    ("nothing", (), "nothing"),
    ("kind", ("day",), "period"),
    ("when", ("yesterday", "moment"), "period"),
    ("kind", ("total", "sum", "soft"), "familiar"),
    ("when", (), "familiar"),
    ("whose", ("own",), "familiar"),
    ("say", ("courtesy", "addressee", "particle"), "familiar"),
    ("title", (), "familiar"),
)
"""What a word of the lexicon of reports does to a count of items: the first of its classes that stands here."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a line: its classes (`number`, `time`, `gap`, one of the word lists, none for what is unknown)."""

    start: int
    end: int
    text: str
    classes: frozenset[str] = frozenset()
    value: Decimal | str | None = None

    def has(self, *classes: str) -> bool:
        """Whether it is of one of these classes."""
        return not self.classes.isdisjoint(classes)


def pieces_of(text: str) -> list[Piece]:
    """The pieces of a line, in order, each character in exactly one."""
    pieces: list[Piece] = []
    at = 0
    while at < len(text):
        piece = _piece_at(text, at, pieces[-1] if pieces else None)
        pieces.append(piece)
        at = piece.end
    return pieces


def _piece_at(text: str, at: int, before: Piece | None) -> Piece:
    words, general = lexicon("understand/counting"), lexicon()
    own = next(words.words_at(text, at), at)
    measures = before is not None and before.has("number")
    other = next((end for end in general.words_at(text, at) if _class_of(general.senses[text[at:end]])), at)
    nought = other > at and Sense("nothing", "new") in general.senses[text[at:other]]
    if text[at] in _NUMBERS and own - at < 2 and not nought and (figure := _figure_at(text, at)):
        return figure
    if own > at and (own >= other or (measures and Sense("measure", "") in words.senses[text[at:own]])):
        classes = frozenset(sense.kind for sense in words.senses[text[at:own]])
        return Piece(at, own, text[at:own], classes if measures else classes - {"measure"})
    if other > at:
        return Piece(at, other, text[at:other], frozenset((_class_of(general.senses[text[at:other]]),)))
    char = text[at]
    gap = char in _GAPS or char.isspace() or category(char) == "So"
    return Piece(at, at + 1, char, frozenset(("gap",) if gap else ()))


def _figure_at(text: str, at: int) -> Piece | None:
    """A date, a moment or a year; else a number; None where a numeral is part of a word."""
    for figure in figures_at(text, at):
        if figure.kind in _TIMES:
            return Piece(at, figure.end, text[at : figure.end], frozenset(("time",)))
        if figure.kind in _ELSE:
            return Piece(at, figure.end, text[at : figure.end])
    found = _NUMERAL.match(text, at)
    if found is None:
        return None
    return Piece(at, found.end(), found[0], frozenset(("number",)), read_numeral(found[0]))


def _class_of(senses: Senses) -> str:
    """What a word of the lexicon of reports does to a count; '' for one that says nothing here."""
    for kind, values, does in _BY_CLASS:
        if any(sense.kind == kind and (not values or sense.value in values) for sense in senses):
            return does
    return ""


def words_in(pieces: list[Piece], *classes: str) -> Iterator[Piece]:
    """The pieces of some classes."""
    yield from (piece for piece in pieces if piece.has(*classes))
