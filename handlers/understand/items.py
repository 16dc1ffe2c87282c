"""What a campaign without money counts: which task a line names, where, how many, and why a number is not booked.

Reading is exact or refused: a range, a guess, an aim or a negative number gives a `Doubt`. What may stand beside a
count is a short list of familiar words (`counting.tsv`); any other makes the line strange, and it is asked about.
"""

from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise
from typing import Literal

from handlers.language.names import find_region
from handlers.language.text import is_question, squash, without_greeting
from handlers.understand.counting import Piece, named_tasks, pieces_of, words_in
from handlers.understand.normal import line_of
from handlers.understand.verdicts import Doubt
from storage.campaign_document import Region
from storage.campaign_extras import Task
from storage.campaign_schema import Campaign

MOST = 10_000
"""A count above this is no count of items."""
Step = Literal[-1, 0, 1]
Verb = Literal["count", "recount"]
_MENDS = ("not", "put", "should", "becomes", "wrong", "missed", "over")
"""Classes of words that put a count right."""
_MONEY = ("元", "块", "万", "¥", "人次", "筹", "捐款")
_DASHES = frozenset("-−–—")


@dataclass(frozen=True, slots=True)
class Items:
    """A count as typed: the tasks that its words fit, the region, how many; None for what is not said.

    `step`: 1 or -1 where `count` is a difference and no total. `old`: the count that a correction takes back by name.
    `doubt`: why nothing may be booked. `strange`: words that nobody knows. `period`: a day or a month is named, and the
    count may be of that time alone. `mends`: words of a mistake stand in the line. `measured`: a number with a measure.
    `money`: the line tells money or gifts, which such a campaign does not count.
    """

    tasks: tuple[Task, ...]
    region: Region | None
    count: int | None
    step: Step = 0
    old: int | None = None
    doubt: Doubt | None = None
    strange: str = ""
    period: bool = False
    mends: bool = False
    measured: bool = False
    money: bool = False

    @property
    def task(self) -> Task | None:
        """The one task that the words fit."""
        return self.tasks[0] if len(self.tasks) == 1 else None


def told(campaign: Campaign, text: str) -> Verb | None:
    """Whether a line tells how many of a task there are, or puts such a count right; None for any other line, and in a
    campaign of money."""
    if campaign.progress != "items" or is_question(text) or speaks_of_money(text):
        return None
    pieces = pieces_of(line_of(text).text)
    numbers = list(words_in(pieces, "number"))
    if not numbers and not any(words_in(pieces, "nothing")):
        return None
    said = read_items(campaign, text)
    if said.doubt and said.doubt.reason == "nothing":
        return "count"
    if said.count is None and said.doubt is None:
        return None
    plain = not said.strange or (said.doubt is not None and said.doubt.reason == "negative")
    if said.mends and not said.tasks:
        counted = said.measured or any(number.text.isascii() for number in numbers)
        return "recount" if plain and counted and said.count is not None else None
    if not said.tasks or not (said.measured or plain):
        return None
    return "recount" if said.mends else "count"


def names_what_is_counted(campaign: Campaign, text: str) -> bool:
    """Whether a line is a task's or a region's name and nothing besides, in a campaign that counts items."""
    if campaign.progress != "items" or is_question(text):
        return False
    tasks, _, said = named_tasks(campaign, without_greeting(line_of(text).text))
    region, rest = find_region(campaign, said)
    return bool(tasks or region) and not squash(rest)


def read_items(campaign: Campaign, text: str) -> Items:
    """The count that a line tells, what comes on top (`再加1个`), or what takes another's place (`不是3个是2个`)."""
    line = without_greeting(line_of(text).text)
    tasks, guessed, said = named_tasks(campaign, _without(line, ("head",), ("body",)))
    region, rest = find_region(campaign, said)
    pieces = pieces_of(rest)
    strange = "".join(piece.text for place, piece in enumerate(pieces) if _is_strange(pieces, place))
    items = Items(
        tasks,
        region,
        None,
        _step(pieces),
        strange=guessed or strange,
        period=any(_is_of_a_time(pieces, place) for place in range(len(pieces))),
        mends=any(words_in(pieces, *_MENDS)) or any(words_in(pieces_of(line), "becomes", "should", "mend")),
        money=speaks_of_money(text),
        measured=any(before.has("number") and piece.has("measure") for before, piece in pairwise(pieces)),
    )
    return _counted(items, pieces, rest)


def speaks_of_money(text: str) -> bool:
    """Whether a line tells money or gifts, which such a campaign does not count."""
    pieces = [piece for piece in pieces_of(line_of(text).text) if not piece.has("head")]
    said = "".join(piece.text for piece in pieces)
    units = [said[piece.end : piece.end + 2] for piece in pieces_of(said) if piece.has("number")]
    money = any(unit.strip().startswith(_MONEY) for unit in units)
    return money or any(sign in said for sign in _MONEY[3:]) or any("万" in p.text for p in words_in(pieces, "number"))


def _without(line: str, ahead: tuple[str, ...], anywhere: tuple[str, ...]) -> str:
    """A line without the words that say that a report follows, and without the offices that stand beside every task."""
    pieces = pieces_of(line)
    while pieces and (pieces[0].has(*ahead) or (len(pieces) > 1 and pieces[0].has("gap"))):
        pieces.pop(0)
    return "".join(" " if piece.has(*anywhere) else piece.text for piece in pieces).strip()


def _counted(items: Items, pieces: list[Piece], shown: str) -> Items:
    """The items with the count that is told, or why there is none."""
    numbers = list(words_in(pieces, "number"))
    wrong = [number for number in numbers if _is_wrong(pieces, number)]
    right = [number for number in numbers if number not in wrong]
    if doubt := _doubt_of(pieces, right, items, shown):
        return replace(items, doubt=doubt)
    old = _exact(wrong[0]) if wrong else None
    if not right:
        return replace(items, doubt=Doubt("unclear", shown.strip()), old=None) if wrong else items
    count = _exact(right[0])
    if isinstance(count, Doubt):
        return replace(items, doubt=count)
    return replace(items, count=count, old=None if isinstance(old, Doubt) else old)


def _is_wrong(pieces: list[Piece], number: Piece) -> bool:
    """Whether a number is what was wrong: behind 不是 or 报成, ahead of 改成, or called wrong with none behind it."""
    place = pieces.index(number)
    ahead = next((p for p in reversed(pieces[:place]) if p.has("not", "put", "should", "becomes", "is")), None)
    between = pieces[pieces.index(ahead) + 1 : place] if ahead else []
    if ahead is not None and ahead.has("not", "put") and not any(words_in(between, "number")):
        return True
    behind = next((p for p in pieces[place + 1 :] if p.has("becomes", "wrong", "back", "should", "number")), None)
    return behind is not None and behind.has("becomes", "wrong", "back", "should")


def _doubt_of(pieces: list[Piece], numbers: list[Piece], items: Items, shown: str) -> Doubt | None:
    """A guess, an aim, another's or last year's count, a negative one, several, or a sum beside what is added."""
    text = "".join(piece.text for piece in pieces)
    if said := next(words_in(pieces, "unclear"), None):
        return Doubt("unclear", said.text)
    if said := next(words_in(pieces, "nothing"), None):
        return Doubt("vague" if numbers else "nothing", said.text)
    if any(_is_negative(text, number) for number in numbers):
        return Doubt("negative", shown.strip())
    if len(numbers) > 1:
        return Doubt("several", text[numbers[0].start : _end_of(pieces, numbers[-1])])
    if said := next(words_in(pieces, "vague"), None):
        return Doubt("vague", said.text)
    summed = next((p for p in words_in(pieces, "all") if "到" not in p.text and "至" not in p.text), None)
    return Doubt("several", summed.text) if items.step and summed else None


def _end_of(pieces: list[Piece], number: Piece) -> int:
    behind = pieces[pieces.index(number) + 1 : pieces.index(number) + 2]
    return behind[0].end if behind and behind[0].has("measure") else number.end


def _is_negative(text: str, number: Piece) -> bool:
    ahead = text[: number.start].rstrip(" ")
    if ahead.endswith("负"):
        return True
    return bool(ahead) and ahead[-1] in _DASHES and not ahead[:-1].rstrip(" ")[-1:].isdigit()


def _exact(number: Piece) -> int | Doubt:
    """The count that a number tells exactly; else why it tells none."""
    value = number.value
    if not isinstance(value, Decimal):
        return Doubt("vague" if value == "vague" else "malformed", number.text)
    if value != int(value):
        return Doubt("malformed", number.text)
    return int(value) if value <= MOST else Doubt("absurd", number.text)


def _step(pieces: list[Piece]) -> Step:
    """Whether the number comes on top of what stands, or off it."""
    if any(words_in(pieces, "over")):
        return -1
    if any(words_in(pieces, "missed")) or any(_adds(pieces, piece) for piece in words_in(pieces, "more")):
        return 1
    return -1 if any(words_in(pieces, "less")) else 0


def _adds(pieces: list[Piece], piece: Piece) -> bool:
    """`+` adds only ahead of a number."""
    following = pieces[pieces.index(piece) + 1 : pieces.index(piece) + 2]
    return piece.text != "+" or bool(following and following[0].has("number"))


def _is_strange(pieces: list[Piece], place: int) -> bool:
    """Whether nobody knows what a piece does here: an unknown word, a number's dress away from a task, a stray `+`."""
    piece = pieces[place]
    return not piece.classes - {"nth", "place"} or (piece.has("more") and not _adds(pieces, piece))


def _is_of_a_time(pieces: list[Piece], place: int) -> bool:
    """Whether a count may be of that time alone: not where all until then is counted (`截至6月20日`)."""
    ahead = next((piece for piece in reversed(pieces[:place]) if not piece.has("gap")), None)
    return pieces[place].has("period", "time") and not (ahead is not None and ahead.has("upto"))
