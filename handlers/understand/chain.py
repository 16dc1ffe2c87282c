"""A pasted list: 接龙, a table, lines of one unit each; reports, counts of items or registrations.

Read are marks `1.` `1、` `1)` `①` `1️⃣`, a number and a tab, or none; what the header says holds for every line. Example
lines and sums are left out. The figures of a line are read like those of any message (`claims`), without its names.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from handlers.understand.cells import (
    Cell,
    cells_of,
    columns,
    is_value,
    lines_in,
    role_of,
    tokens_in,
    unmarked,
    wide_cells,
)
from handlers.understand.claims import Claims, claims_of
from handlers.understand.count_list import CountLine, read_count_list
from handlers.understand.ear import Ear
from handlers.understand.header import Header, header_of
from handlers.understand.names import find_project, find_region
from handlers.understand.normal import line_of
from handlers.understand.registration import Registration, read_registration
from handlers.understand.table import Table, table_under
from handlers.understand.text import is_question, squash
from handlers.understand.tokens import tokens_of

MOST_LINES = 300
"""A list longer than this is cut, and says so."""
_QUOTE = "「"
_COLONS = ":："


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a list; `place` counts from 1. `cells` are its pieces, `header` is what holds for all lines."""

    place: int
    typed: str
    cells: tuple[Cell, ...]
    header: Header

    @property
    def names(self) -> tuple[str, ...]:
        """What may be the unit's name, longest first: with what stands ahead of it, with the county, alone."""
        untold = next((place for place, cell in enumerate(self.cells) if cell.told), len(self.cells))
        ahead = [place for place, cell in enumerate(self.cells[:untold]) if cell.role in ("unit", "maybe") and place]
        named = ["".join(cell.text for cell in self.cells[: place + 1]) for place in ahead]
        regions = [cell.text for cell in self.cells if cell.role == "region"]
        units = [cell.text for cell in self.cells if cell.role == "unit"]
        named += [f"{region}{unit}" for region in regions for unit in units if not unit.startswith(region)] + units
        named += [cell.text for role in ("maybe", "person") for cell in self.cells if cell.role == role]
        return tuple(dict.fromkeys(named))

    @property
    def unit(self) -> str:
        """The unit's name as far as the line tells it; '' where it names none."""
        named = [cell.text for role in ("unit", "maybe", "person") for cell in self.cells if cell.role == role]
        return named[0] if named else ""

    @property
    def beside(self) -> str:
        """The places and projects that the line names."""
        return " ".join(cell.text for cell in self.cells if cell.role in ("region", "project"))

    def said(self, name: str) -> str:
        """What the line says of the unit that is called so: its figures and every word that is no name."""
        left = [cell.text for cell in self.cells if _is_read(cell, name)]
        return f"{self.header.clause}\n{self.header.inline}{self.header.between.join(left)}"

    def claims(self, ear: Ear, name: str) -> Claims:
        """What the line claims of that unit."""
        line = line_of(self.said(name))
        return claims_of(line, tokens_of(line, ear), ear)


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a registration list."""

    place: int
    typed: str
    registration: Registration


@dataclass(frozen=True, slots=True)
class Chain:
    """A pasted list. `unread` are lines that hold figures and are none of its lines; `cut`: lines beyond the limit."""

    kind: Literal["progress", "counts", "registration"]
    progress: tuple[Row, ...] = ()
    counts: tuple[CountLine, ...] = ()
    entries: tuple[Entry, ...] = ()
    unread: tuple[str, ...] = ()
    cut: int = 0


@dataclass(slots=True)
class _Shape:
    """A message by lines: its header, its rows with their cells, and what lies between them."""

    header: list[str] = field(default_factory=list)
    rows: list[tuple[str, list[Cell]]] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    table: Table | None = None
    marked: bool = False
    called: bool = False


def may_be_list(text: str) -> bool:
    """Whether it is worth asking `is_list`, which needs to know her teams: several lines, or the word that calls one."""
    return "\n" in text.strip() or _calls(text)


def is_list(text: str, ear: Ear) -> bool:
    """Whether a message is a pasted list: several lines of one unit each, no form, no list of questions; nor one line
    that is a report about her own team (`as_one_report`)."""
    if bool(read_count_list(ear.campaign, text)):
        return True
    shape = _shape(text, ear)
    return shape is not None and _is_list(shape) and not _is_one_report(shape, ear)


def as_one_report(text: str, ear: Ear) -> str | None:
    """A list of a single line about her own team, as the report that it is: `三中,筹款总额(元):10860,人次:147`."""
    shape = _shape(text, ear)
    if shape is None or not _is_one_report(shape, ear):
        return None
    header, [(_, cells)] = header_of(shape.header, ear, bool(shape.table)), shape.rows
    left = [cell.text for cell in cells if cell.role not in ("person", "aside", "region")]
    said = header.between.join(left)
    return f"{header.told}\n{said}" if header.told else said


def read_list(text: str, ear: Ear) -> Chain:
    """The list of a text for which `is_list` holds."""
    if counts := read_count_list(ear.campaign, text):
        return Chain("counts", counts=counts[:MOST_LINES], cut=max(0, len(counts) - MOST_LINES))
    shape = _shape(text, ear) or _Shape()
    header = header_of(shape.header, ear, bool(shape.table))
    unread, cut = tuple(shape.unread), max(0, len(shape.rows) - MOST_LINES)
    rows = shape.rows[:MOST_LINES]
    if _registers(shape):
        head = " ".join(shape.header)
        entries = tuple(Entry(place, line, _entry(ear, line, head)) for place, (line, _) in enumerate(rows, 1))
        return Chain("registration", entries=entries, unread=unread, cut=cut)
    progress = tuple(Row(place, line, tuple(cells), header) for place, (line, cells) in enumerate(rows, 1))
    return Chain("progress", progress=progress, unread=unread, cut=cut)


def _shape(text: str, ear: Ear) -> _Shape | None:
    """The message by lines; None for what somebody else said, and for a single line that is called no list."""
    if text.lstrip().startswith(_QUOTE):
        return None
    lines = _with_blocks_joined([part for line in lines_in(text) for part in _without_call(line)])
    shape = _Shape(called=any(_calls(line) for line in lines))
    if len(lines) < 2 and not shape.called:
        return None
    plain = [line for line in lines if not _is_example(line)]
    marked = [unmarked(line) for line in plain]
    shape.marked = sum(bool(mark and rest and not _is_labelled(rest)) for mark, rest in marked) > (not shape.called)
    for line, (mark, rest) in zip(plain, marked, strict=True):
        _take(shape, line, mark, rest, ear)
    return shape


def _take(shape: _Shape, line: str, mark: str, rest: str, ear: Ear) -> None:
    """Put a line where it belongs: to the header, to the rows, or among what is not read."""
    if shape.table is None and not shape.rows and (table := table_under(line, ear)):
        shape.table = table
        return
    if _is_sum(rest):
        return
    if shape.table is not None:
        cells = shape.table.cells(line) or (shape.table.cells(rest) if mark else None)
        if cells:
            shape.rows.append((line, cells))
        elif any(char.isdigit() for char in rest):
            shape.unread.append(line)
        return
    if mark and not rest:
        return
    rest = _without_label(rest)
    cells = cells_of(rest, ear) if (mark or not shape.marked) and not _is_labelled(rest) else []
    if cells and (bool(mark) if shape.marked else _is_row(cells, shape)):
        shape.rows.append((rest, cells))
    elif not shape.rows:
        shape.header.append(line)
    elif any(char.isdigit() for char in line):
        shape.unread.append(line)


def _without_call(line: str) -> list[str]:
    """A line in two where it begins with the word that calls a list: `#接龙 23. 三中 9,100元`."""
    head, _, rest = line.partition(" ")
    return [head, rest] if rest and role_of(head) == "chain" else [line]


def _with_blocks_joined(lines: list[str]) -> list[str]:
    """The lines, of which several forms under one another (`单位：…` `总额：…` `人次：…`) are a line each."""
    if sum(_label(line) == "unit" for line in lines) < 2:
        return lines
    joined: list[str] = []
    begun = False
    for line in lines:
        begins = _label(line) == "unit"
        if begun and not begins:
            joined[-1] += f" {line}"
        else:
            joined.append(line)
        begun = begun or begins
    return joined


def _without_label(rest: str) -> str:
    """A line without the label of its unit, where figures stand behind that: `队名：昭通机场 金额：3350元`."""
    if _label(rest) != "unit" or not any(char.isdigit() for char in rest):
        return rest
    return rest[min(place for colon in _COLONS if (place := rest.find(colon)) > 0) + 1 :]


def _calls(line: str) -> bool:
    said = squash(line)
    return any(role == "chain" and word in said for word, role in columns().items())


def _is_example(line: str) -> bool:
    _, rest = unmarked(line)
    for end in range(1, min(len(rest), 6)):
        if role_of(rest[:end]) == "example" and not rest[end].isalnum():
            return True
    return False


def _is_sum(rest: str) -> bool:
    first = next((cell for cell in wide_cells(rest) if squash(cell)), "")
    head = first.split(" ")[0]
    said = "".join(char for char in head.split(":")[0].split("：")[0] if not char.isdigit())
    return role_of(said) == "sum"


def _is_labelled(rest: str) -> bool:
    """Whether a line begins with a label of a form: `单位：昭通一中`."""
    return _label(rest) not in ("", "example")


def _label(line: str) -> str:
    """What the word ahead of a line's colon names; '' where none does."""
    at = min((place for colon in _COLONS if (place := line.find(colon)) > 0), default=0)
    return role_of(line[:at]) if at else ""


def _is_row(cells: Sequence[Cell], shape: _Shape) -> bool:
    """Whether a line without a mark is one of a list: what may be a unit's name, and behind it a figure."""
    begins = next((cell.role for cell in cells if _may_begin(cell)), "")
    registers = shape.called and _speaks_of(shape.header, "registers")
    return begins in ("unit", "maybe") and (registers or _holds_figure(cells))


def _may_begin(cell: Cell) -> bool:
    """Whether a cell is what a line begins with, and no person, place or time ahead of it."""
    return cell.told or cell.role in ("unit", "maybe")


def _holds_figure(cells: Sequence[Cell]) -> bool:
    return any(cell.told for cell in cells)


def _is_list(shape: _Shape) -> bool:
    rows = shape.rows
    if not rows or (len(rows) < 2 and not shape.called and shape.table is None):
        return False
    named = [_name(cells) for _, cells in rows]
    if shape.table is not None:
        return shape.table.has_units or all(any(cell.role == "project" for cell in cells) for _, cells in rows)
    asking = sum(is_question(line) for line, _ in rows)
    if asking * 2 >= len(rows) or sum(map(bool, named)) * 2 < len(rows):
        return False
    if not shape.marked and not shape.called and (len(set(named)) < 2):
        return False
    told = any(_holds_figure(cells) or any(char.isdigit() for char in line) for line, cells in rows)
    return told or _speaks_of(shape.header, "registers")


def _name(cells: Sequence[Cell]) -> str:
    code = next((cell.text for cell in cells if cell.text.startswith("#")), "")
    return code or next((cell.text for cell in cells if cell.role in ("unit", "maybe", "person")), "")


def _is_one_report(shape: _Shape, ear: Ear) -> bool:
    """Whether a list has one line, and that is about her own team or names none."""
    if len(shape.rows) != 1 or not (shape.called or shape.table) or _registers(shape):
        return False
    cells = shape.rows[0][1]
    units = [cell.text for cell in cells if cell.role in ("unit", "maybe")]
    return not units or any(_is_hers(unit, ear) for unit in units)


def _is_hers(unit: str, ear: Ear) -> bool:
    return bool(ear.teams_called(unit)) or all(token.kind in ("own", "name") for token in tokens_in(unit, ear))


def _registers(shape: _Shape) -> bool:
    """What the header says, else what most lines hold: no figure but a telephone number."""
    if shape.table is not None:
        return False
    registers = _speaks_of(shape.header, "registers")
    with_figures = sum(_holds_figure(cells) for _, cells in shape.rows)
    return registers and not with_figures or with_figures * 2 < len(shape.rows)


def _speaks_of(header: Sequence[str], role: str) -> bool:
    said = squash(" ".join(header))
    return any(each == role and word in said for word, each in columns().items())


def _entry(ear: Ear, line: str, head: str) -> Registration:
    """One registration; the project or the region that the header names holds where the line names none."""
    read = read_registration(ear.campaign, line)
    project = read.project or find_project(ear.campaign, head)[0]
    region = read.region or find_region(ear.campaign, head)[0]
    return replace(read, project=project, region=region)


def _is_read(cell: Cell, name: str) -> bool:
    if cell.role in ("person", "aside", "region", "project"):
        return False
    return not (cell.role in ("unit", "maybe") and squash(cell.text) in squash(name))
