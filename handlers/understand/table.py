"""A table copied from a spreadsheet: a row that names the columns, and rows of cells beneath it.

What a column of figures is called is said ahead of each figure in it (`线上(元)：9870`), so that a row reads like any
other line. Columns that are no figures of a team's (目标, 完成率, 序号 …) are set aside.
"""

from collections.abc import Callable
from csv import reader
from dataclasses import dataclass
from itertools import repeat

from handlers.language.text import normalise, squash
from handlers.understand.cells import Cell, is_value, narrow_cells, role_of, tokens_in, wide_cells
from handlers.understand.ear import Ear
from handlers.understand.tokens import Token

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
    return any(is_value(token) for token in tokens_in(column[0], ear))


def _role_of_column(name: str, ear: Ear) -> str:
    """What stands in a column: a role of `columns.tsv`, or `figures` and `gifts` by the classes of its words."""
    role = role_of(name)
    if role == "sum":
        return "figures"
    if role in (*_ROLES, "remark"):
        return role
    tokens = tokens_in(name, ear)
    if not tokens or any(is_value(token) for token in tokens):
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
