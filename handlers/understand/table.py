"""A table copied from a spreadsheet: a row that names the columns, and rows of cells beneath it.

What a column of figures is called is said ahead of each figure in it (`线上(元)：9870`), so that a row reads like any
other line. Columns that are no figures of a team's (目标, 完成率, 序号 …) are set aside. What the lines around a list
say for all of its lines (`各队目标`, `以上作废`, `配捐到账`) is its `Header`: what turns a report turns a list.
"""

from collections.abc import Callable, Iterator, Sequence
from csv import reader
from dataclasses import dataclass
from itertools import repeat

from handlers.language.text import normalise, squash
from handlers.understand.attributes import kind_of
from handlers.understand.cells import Cell, narrow_cells, role_of, tokens_in, wide_cells
from handlers.understand.clauses import clauses_of
from handlers.understand.ear import Ear
from handlers.understand.normal import line_of
from handlers.understand.tokens import Token, tokens_of
from handlers.understand.turns import text_of

_ROLES = ("unit", "person", "region", "project", "aside")
MOST_OF_A_HEADER = 200
"""Characters of a line from which on it names no columns."""


@dataclass(frozen=True, slots=True)
class Table:
    """The columns of a table, each its name and its role, and how its header parts its cells (`parted`)."""

    columns: tuple[tuple[str, str], ...]
    parted: Callable[[str], list[str]]

    @property
    def has_units(self) -> bool:
        """Whether the rows name units."""
        return any(role == "unit" for _, role in self.columns)

    def cells(self, line: str) -> list[Cell]:
        """The cells of a row that say something; none where they do not fall into the columns."""
        parts, columns = self.parted(line), len(self.columns)
        if any(map(squash, parts[columns:])) or (self.parted is not wide_cells and len(parts) < columns):
            return []
        filled = zip(self.columns, parts, strict=False)
        return [cell for (name, role), part in filled if squash(part) and (cell := _cell(name, role, normalise(part)))]


def table_under(line: str, ear: Ear) -> Table | None:
    """The table whose columns a line names; None for any other line."""
    if len(line) > MOST_OF_A_HEADER:
        return None
    parted = next(
        each for each in (wide_cells, _by_commas, narrow_cells) if len(each(line)) > 1 or each is narrow_cells
    )
    named = [(normalise(part), _role_of_column(part, ear)) for part in parted(line)]
    roles = [role for name, role in named if name]
    if len(roles) < 2 or not {"figures", "gifts"} & set(roles):
        return None
    if not all(roles) and (parted is narrow_cells or "unit" not in roles or any(map(_holds_value, named, repeat(ear)))):
        return None
    return Table(tuple((name, role or "figures") for name, role in named), parted)


def _by_commas(line: str) -> list[str]:
    """The cells of a line of comma-separated values, quoted or not."""
    return [part.strip() for part in next(reader([normalise(line)]), [])]


def _holds_value(column: tuple[str, str], ear: Ear) -> bool:
    return any(token.is_value for token in tokens_in(column[0], ear))


def _role_of_column(name: str, ear: Ear) -> str:
    """What stands in a column: a role of `columns.tsv`, or `figures` and `gifts` by the classes of its words."""
    role = role_of(name)
    if role == "sum":
        return "figures"
    if role in (*_ROLES, "remark"):
        return role
    tokens = tokens_in(name, ear)
    if not tokens or any(token.is_value for token in tokens):
        return ""
    if any(token.has("mood", "goal") or token.has("what", "goods", "points", "rate") for token in tokens):
        return "aside"
    if not all(_is_of_a_column(token) for token in tokens):
        return ""
    if any(token.has("label", "gifts") for token in tokens):
        return "gifts"
    told = any(token.has("label", "money") or token.has("kind") or token.has("channel") for token in tokens)
    return "figures" if told else ""


def _is_of_a_column(token: Token) -> bool:
    if token.kind in ("open", "close", "break"):
        return True
    if token.figure is not None:
        return token.figure.kind in ("scale", "date", "moment")
    classes = ("label", "kind", "channel", "when")
    plain = ("verb", "particle", "neutral", "public", "label")
    return token.kind == "name" or any(token.has(each) for each in classes) or token.has("say", *plain)


def _cell(name: str, role: str, text: str) -> Cell | None:
    """A cell under its column; None for one that is set aside."""
    if role == "aside" or (role == "remark" and not squash(text)):
        return None
    if role == "remark":
        return Cell(text, "figures")
    if role in ("figures", "gifts"):
        return Cell(f"{name}:{text}", "figures", any(char.isdigit() for char in text))
    return Cell(text, role)  # type: ignore[arg-type]  # the other columns are named like their cells


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
