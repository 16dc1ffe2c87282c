"""A line that counts items cut into numbers, words of its own list (`counting.tsv`), times, and what nobody knows.

Longest match at each place; where its own list has no word the lexicon of reports says what a word does to a count.
Which tasks of the campaign it may be about is told by their words, or by their number in the file.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from unicodedata import category

from handlers.language.figures import figures_at
from handlers.language.numerals import DIGITS, NUMERAL, read_numeral
from handlers.understand.lexicon import Sense, Senses, lexicon
from storage.campaign_extras import Task
from storage.campaign_schema import Campaign

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


_MARK = re.compile(rf"^ ?([1-9])(?:[、)]|\.(?!\d)|:(?!\d)|(?P<bare> )) *(?=.*[\d{DIGITS}十])")
"""`4、宣传工作方案 1份`: the place in a list, or in the file where no name follows."""
_LEAST_SHARED = 2


def named_tasks(campaign: Campaign, said: str) -> tuple[tuple[Task, ...], str, str]:
    """The tasks that a line may be about, a range that was taken for a task's number, and what else the line says."""
    place, said = _ordinal(said)
    mark = _MARK.match(said)
    unmarked = said[mark.end() :] if mark else said
    if fitting := _fitting(campaign, said):
        told = said if mark is None or mark["bare"] else unmarked
        named = _at(campaign, place)
        tasks = dict.fromkeys((*named, *_fitting(campaign, told)))
        covered = set().union(*(_covered(task, told) for task in fitting))
        return tuple(task for task in campaign.tasks if task in tasks), "", _without(told, covered)
    if place:
        return _at(campaign, place), "", said
    if mark is None:
        return (), "", said
    number = next((piece for piece in pieces_of(unmarked)[:1] if piece.has("number")), None)
    value = number.value if number else None
    rising = isinstance(value, Decimal) and value > int(mark[1])
    return _at(campaign, mark[1]), said if rising else "", unmarked


def _ordinal(said: str) -> tuple[str, str]:
    """The number of a task at the head of a line (`第二项`, `任务4`), '' for none, and the rest."""
    pieces = [piece for piece in pieces_of(said) if piece.text != " "]
    if len(pieces) < 2 or not pieces[0].has("nth") or not pieces[1].has("number"):
        return "", said
    behind = pieces[2] if len(pieces) > 2 else None
    placed = behind is not None and behind.has("place")
    if pieces[0].text == "第" and not placed:
        return "", said
    end = behind.end if behind is not None and placed else pieces[1].end
    return pieces[1].text, said[end:].lstrip(" 、.,:")


def _at(campaign: Campaign, place: str) -> tuple[Task, ...]:
    """The task with this number in the file."""
    number = read_numeral(place) if place else None
    return campaign.tasks[int(number) - 1 : int(number)] if isinstance(number, Decimal) and number >= 1 else ()


def _fitting(campaign: Campaign, said: str) -> list[Task]:
    """The tasks whose names share words with the line.

    One that explains less of it than another is left out, unless its whole name stands there; where two explain as
    much, the one whose whole name stands there is meant.
    """
    plain = [piece.text for piece in pieces_of(said) if not piece.has("number", "measure", "gap")]
    bare = "".join(text for text in plain if text not in ("了", "的"))
    covers = [(task, _covered(task, said), task.name in bare) for task in campaign.tasks]
    shared = [one for one in covers if len(one[1]) > _LEAST_SHARED]
    return [
        task
        for task, cover, whole in shared
        if not any(
            (cover < other and named >= whole) or (cover == other and named > whole) for _, other, named in shared
        )
    ]


def _covered(task: Task, said: str) -> set[int]:
    """The places of a line whose characters stand side by side in the task's name too."""
    pairs = set(pairwise(task.name))
    return {place for at, pair in enumerate(pairwise(said)) if pair in pairs for place in (at, at + 1)}


def _without(said: str, places: set[int]) -> str:
    return "".join(" " if place in places else char for place, char in enumerate(said))
