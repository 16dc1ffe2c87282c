"""A sheet as a file holds it, and its rows by the headings that name their columns."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from math import isfinite

from handlers.language.text import normalise, squash

Cell = str | int | float | bool | date | None
HEADINGS_WITHIN = 15
"""Rows from the top in which the headings are looked for: notices stand above them."""
DEEPEST = 3
"""Rows of headings at most: 联络员 above 姓名 and 电话."""
_ADDED = re.compile(r"[(（][^()（）万]*[)）]|[*＊]")


class Unusable(Exception):
    """A table cannot be taken in as it is; the text is one line that says why, and what helps."""


@dataclass(frozen=True, slots=True)
class Span:
    """Merged cells, from the first row and column to the last, counted from 0."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """Rows of one length. `name` is '' where a file has one sheet without a name (csv)."""

    rows: Sequence[Sequence[Cell]]
    merged: Sequence[Span] = ()
    name: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of data: its number as the spreadsheet shows it, and its cells as text by field."""

    number: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a sheet that are not empty, the fields that have a column, and the headings that nothing reads."""

    rows: Sequence[Row]
    fields: frozenset[str]
    unread: Sequence[str]


Columns = Mapping[str, Sequence[str]]
"""Field → the headings under which it may stand."""


def table_of(sheet: Sheet, columns: Columns, required: Sequence[str]) -> Table:
    """The rows by field. Raises `Unusable` where a required column is not found, or one is found twice."""
    known = {squash(normalise(heading)): field for field, headings in columns.items() for heading in headings}
    for top in range(min(HEADINGS_WITHIN, len(sheet.rows))):
        deep = [_headings(sheet, top, depth, known) for depth in range(1, DEEPEST + 1)]
        most = max(deep, key=lambda found: len(set(found.fields) - {""}))
        if set(required) <= set(most.fields):
            return _below(sheet, most)
    wanted = ", ".join(" or ".join(columns[field][:3]) for field in required)
    raise Unusable(f"no row of headings with {wanted} within the first {HEADINGS_WITHIN} rows; name yours by --columns")


def text_of(cell: Cell) -> str:
    """A cell as text: a number as it is typed (13900000000, not 1.39e10; 30.3, which a workbook keeps as
    30.299999999999997), a text without doubled blanks."""
    match cell:
        case None | bool():
            return "" if cell is None else str(cell)
        case float() | int():
            return str(int(cell)) if isfinite(cell) and cell == int(cell) else f"{cell:.15g}"
        case datetime():
            return cell.isoformat(sep=" ", timespec="minutes")
        case date():
            return cell.isoformat()
    return " ".join(normalise(cell).split())


@dataclass(frozen=True, slots=True)
class _Headings:
    """Of each column the heading as it stands and the field it names ('' for none); `first`: the first row below."""

    told: Sequence[str]
    fields: Sequence[str]
    first: int


def _headings(sheet: Sheet, top: int, depth: int, known: Mapping[str, str]) -> _Headings:
    """What stands above each column in `depth` rows. No column has a field where these are no such headings."""
    rows = [[text_of(cell) for cell in row] for row in sheet.rows[top : top + depth]]
    if len(rows) < depth or any(all(lower) or not any(lower) for lower in rows[1:]):
        return _Headings((), (), top)
    spread = [_spread(row, below) for row, below in zip(rows, [*rows[1:], None], strict=True)]
    told = ["".join(dict.fromkeys(column)) for column in zip(*spread, strict=True)]
    return _Headings(told, [_field(heading, known) for heading in told], top + depth)


def _spread(row: Sequence[str], below: Sequence[str] | None) -> list[str]:
    """An upper heading counts for the free cells on its right that have a heading of their own below."""
    if below is None:
        return list(row)
    told, last = [], ""
    for text, beneath in zip(row, below, strict=True):
        last = text or (last if beneath else "")
        told.append(last)
    return told


def _field(heading: str, known: Mapping[str, str]) -> str:
    """What is added in brackets (（必填）) or as a star says nothing."""
    return known.get(squash(heading)) or known.get(squash(_ADDED.sub("", heading)), "")


def _below(sheet: Sheet, headings: _Headings) -> Table:
    columns: dict[str, int] = {}
    for at, field in enumerate(headings.fields):
        if field in columns:
            raise Unusable(
                f"two columns may be the {field}: {headings.told[at]} is one; name the right one by --columns"
            )
        if field:
            columns[field] = at
    _refuse_merged(sheet, headings.first, columns.values())
    rows = []
    for number, cells in enumerate(sheet.rows[headings.first :], start=headings.first + 1):
        told = {field: text_of(cells[at]) for field, at in columns.items()}
        if any(told.values()):
            rows.append(Row(number, told))
    unread = [text for text, field in zip(headings.told, headings.fields, strict=True) if text and not field]
    return Table(rows, frozenset(columns), unread)


def _refuse_merged(sheet: Sheet, first: int, read: Collection[int]) -> None:
    """Whose a merged cell is, nobody can know: a figure would be another's, too."""
    for span in sheet.merged:
        if span.bottom >= first and any(span.left <= at <= span.right for at in read):
            row = max(span.top, first) + 1
            raise Unusable(f"cells are merged among the data (row {row}): unmerge them, and fill each cell")
