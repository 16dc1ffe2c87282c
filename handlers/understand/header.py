"""What the lines around a list say for all of its lines: a kind, a time, a channel, a unit of money, or a turn.

`各队目标`, `以上作废`, `配捐到账`: what turns a report turns a list, ahead of it and behind it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from handlers.understand.attributes import kind_of
from handlers.understand.cells import role_of
from handlers.understand.clauses import clauses_of
from handlers.understand.ear import Ear
from handlers.understand.normal import line_of
from handlers.understand.tokens import Token, tokens_of
from handlers.understand.turns import text_of

SHORT = 10
"""Characters of a clause in which an aim is what the list is of; a longer one only cheers (`争取今晚突破五十万`)."""
_MOODS = ("goal", "compared", "if")
_ACTS = (
    ("when", "past"),
    ("direction", "out"),
    ("channel", "matched"),
    ("what", "currency", "goods", "points", "price"),
    ("whose", "other"),
)
_BARE = "累计"
"""What a figure of a list is that neither the header nor its line names: lists grow."""


@dataclass(frozen=True, slots=True)
class Header:
    """What holds for every line of a list.

    `told`: the words of the header that hold; `clause`: these, or that the figures are totals, as a clause ahead of
    a line; `inline`: words that stand in the line's own clause. `between`: what parts its cells. `of_day`: figures are
    the day's, and a `+` ahead of them adds nothing. `turns`: words that turn the whole list.
    """

    told: str
    clause: str
    inline: str
    between: str
    of_day: bool
    turns: tuple[str, ...] = ()


def header_of(lines: Sequence[str], below: Sequence[str], ear: Ear, *, between: str) -> Header:
    """What the lines above a list and below it say for it.

    A kind that holds from one clause to the next stands in a clause of its own; any other, and the channel, is said
    again in each line.
    """
    tokens = [token for line in lines for token in _told(line, ear)]
    kind = kind_of(tokens)
    alone = kind in (None, "total", "soft", "day")
    inline = [token for token in tokens if token.has("channel") or (token.has("kind") and not alone)]
    left = [token for token in tokens if token not in inline and (kind != "day" or not _adds(token))]
    told = " ".join(token.text for token in left)
    said = "".join(f"{token.text} " for token in inline)
    clause = told if kind is not None else f"{_BARE} {told}"
    turns = tuple(turn for line in (*lines, *below) for turn in _turns(line, ear))
    return Header(f"{said}{told}".strip(), clause.strip(), said, between, kind == "day", turns)


def _told(typed: str, ear: Ear) -> Iterator[Token]:
    """The words of a line that hold for the list; a cheer tells no time (`争取今晚突破五十万`)."""
    line = line_of(typed)
    for clause in clauses_of(tokens_of(line, ear), line.text):
        if not any(token.has("mood", *_MOODS) for token in clause.tokens):
            yield from filter(_holds, clause.tokens)


def _turns(typed: str, ear: Ear) -> Iterator[str]:
    """The clauses of a line that turn the whole list; what belongs to a figure of theirs (`目标2万`) turns nothing."""
    line = line_of(typed)
    for clause in clauses_of(tokens_of(line, ear), line.text):
        said = text_of(clause)
        tokens = [token for token in clause.tokens if role_of(token.text) != "example"]
        if not clause.segments and any(_turns_all(token, len(said) <= SHORT) for token in tokens):
            yield said


def _turns_all(token: Token, short: bool) -> bool:
    if token.has("turn") or token.has("mood", "drill"):
        return True
    acts = (short and token.has("mood", *_MOODS)) or any(token.has(*act) for act in _ACTS)
    return acts and not (token.has("say") or token.has("plan"))


def _adds(token: Token) -> bool:
    return token.has("kind") and not token.has("kind", "day")


def _holds(token: Token) -> bool:
    if role_of(token.text) == "nth":
        return False
    if token.figure is not None:
        return token.figure.kind in ("date", "moment", "scale", "year")
    if token.has("kind", "lightly", "just"):
        return False
    return token.has("kind") or token.has("when") or token.has("channel", "online", "offline")
