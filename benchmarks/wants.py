"""What is wanted that writes nothing: lines of the sets `w*`, as the router would answer them.

A line is met where its want is acted upon at once, offered where it is one of the two that are offered, wrong where
something else is acted upon. A word that only sounds like one is offered; how a thing is done is told to who asks for
help; to a captain her region is the standings, as the router answers her. Only w1 and w6 to w11 (`tests/data/blind`)
were written without sight of the reader; those of `tests/data/wants` are by one hand that knew it, as are `q2` and
`q3`, questions to Zhaotong's rulebook.
`python -m benchmarks.wants`
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.table import Table

from benchmarks.effects import BLIND, ROOT, rows, standing, zhaotong
from benchmarks.questions import book_of
from handlers import router
from handlers.rulebook.phrasing import questions_in
from handlers.rulebook.questions import Found, Near, Told, Unknown
from handlers.understand.ear import Ear
from handlers.understand.reading import read
from handlers.understand.readings import Ask, HowTo, Misspelt, Reading, Unsure, WordAhead, intent_of

BY_ONE_WHO_KNEW = ROOT / "tests" / "data" / "wants"
STRANGERS = ("w1", "w6", "w7", "w8", "w9", "w10", "w11")
WANTS = {
    "w1": (80.7, 8.0, 6.0),
    "w2": (77.6, 9.4, 7.1),
    "w3": (79.4, 8.2, 7.1),
    "w4": (82.2, 10.4, 3.7),
    "w6": (92.0, 4.7, 2.7),
    "w7": (77.3, 4.7, 11.3),
    "w8": (68.7, 12.0, 13.3),
    "w9": (82.7, 9.3, 6.7),
    "w10": (72.7, 8.0, 16.0),
    "w11": (81.3, 6.7, 10.0),
}
"""Sets of wants, with the shares that were met, offered and wrong when each was first measured."""
UNMENDED = frozenset({"w9", "w10", "w11"})
"""Nothing was mended after these, so that they go on telling what a stranger meets."""
QUESTIONS = ("q2", "q3")
COORDINATORS = {"通过": "approve", "驳回": "reject", "绑定": "bind"}
"""Words that are commands and no handler of an intent."""

Outcome = Literal["met", "offered", "wrong", "not among two", "not understood"]


@dataclass(frozen=True, slots=True)
class Line:
    """One line and the wants that are right. `coordinates`: whoever says it has a role."""

    right: frozenset[str]
    text: str
    coordinates: bool = False


def lines(name: str) -> Iterator[Line]:
    for right, text, *marks in rows(name, BLIND if name in STRANGERS else BY_ONE_WHO_KNEW):
        yield Line(frozenset(right.split("|")), text.replace("\\n", "\n"), "coordinates" in marks)


def ear() -> Ear:
    """A captain of one team, on the second evening."""
    return Ear(
        zhaotong(),
        (standing("9000/120@07"),),
        datetime(2024, 5, 8, 20, tzinfo=ZoneInfo("Asia/Shanghai")),
        heads=router.heads,
    )


def outcome(line: Line) -> Outcome:
    """What becomes of a line: a command beneath its courtesies, else what `read` says."""
    reading = read(line.text, replace(ear(), coordinates=line.coordinates))
    if isinstance(reading, WordAhead):
        command = router.commands[reading.word]
        names = {name for name, handler in router.intents.items() if handler is command.handler}
        names.add(COORDINATORS.get(command.word, command.word))
        if isinstance(reading.otherwise, Ask):
            names.add(reading.otherwise.intent)
        return "met" if line.right & names else "wrong"
    if isinstance(reading, Misspelt):
        sound = {router.heads[word].want for word in reading.words}
        return "offered" if line.right & sound else "not among two"
    if isinstance(reading, HowTo):
        return "met" if line.right & {reading.want, "help"} else "wrong"
    if isinstance(reading, Unsure):
        if not reading.first:
            return "not understood"
        return "offered" if line.right & {reading.first, reading.second} else "not among two"
    met = line.right & {intent_of(reading), *_answered_alike(reading, line.coordinates)}
    return "met" if met else "wrong"


def _answered_alike(reading: Reading, coordinates: bool) -> tuple[str, ...]:
    """What one handler answers as well: the region of who has none is the standings; a captain's card holds her place
    and the distance to the next."""
    alike: dict[str, tuple[str, ...]] = {"regions": ("rank",), "rank": ("regions",), "team": ("rank",)}
    return () if coordinates else alike.get(intent_of(reading), ())


def invented(name: str) -> list[str]:
    """The questions of a set that the document does not answer, and that a rule answers all the same, at once."""
    book = book_of("zhaotong-2024")
    return [
        asked
        for kind, asked, *_ in rows(name, BY_ONE_WHO_KNEW)
        if kind == "not_stated" and all(_states(book.ask(each)) for each in questions_in(asked))
    ]


def unanswered(name: str) -> list[str]:
    """The questions that the document answers and that get neither an answer nor a choice."""
    book = book_of("zhaotong-2024")
    return [
        asked
        for kind, asked, *_ in rows(name, BY_ONE_WHO_KNEW)
        if kind == "stated" and all(isinstance(book.ask(each), Unknown) for each in questions_in(asked))
    ]


def _states(found: Found | Told | Near | Unknown) -> bool:
    return isinstance(found, Told) or (isinstance(found, Found) and found.rule.status in ("stated", "inferred"))


def main() -> None:
    """Print the tables."""
    console = Console(width=110, highlight=False)
    table = Table("wants", "lines", "met", "offered", "wrong", "not understood", "first: met, offered, wrong")
    for name, first in WANTS.items():
        found = Counter(map(outcome, lines(name)))
        told = (found["met"], found["offered"], found["wrong"], found["not understood"])
        shares = (f"{each / found.total():.1%}" for each in told)
        table.add_row(name, str(found.total()), *shares, ", ".join(f"{each:.1f}" for each in first))
    console.print(table)
    for name in QUESTIONS:
        console.print(f"{name}: answered beside the point {invented(name)}, not answered {unanswered(name)}")


if __name__ == "__main__":
    main()
