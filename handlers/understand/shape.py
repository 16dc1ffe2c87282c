"""The shape of a pasted list: what of a message is its header, which lines are its rows, and what is neither.

Rows are lines beneath the names of columns, lines with a mark, or lines that begin with what may be a unit's name and
hold a figure. Example lines and sums are left out; forms beneath one another are a row each.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from handlers.language.text import is_question, squash
from handlers.understand.cells import Cell, cells_of, is_value, tokens_in, unmarked, words_of
from handlers.understand.ear import Ear
from handlers.understand.list_lines import calls, is_example, is_labelled, is_sum, list_lines, without_label
from handlers.understand.table import Table, table_under

_QUOTE = "「"
LONGEST = 400
"""Characters of a line beyond which it is none of a list."""


@dataclass(slots=True)
class Shape:
    """A message by lines: its header, its rows with their cells, and what stands below the first of them (`below`).

    `marked`: rows bear marks; `called`: the word 接龙 stands there; `table`: the columns.
    """

    header: list[str] = field(default_factory=list)
    rows: list[tuple[str, list[Cell]]] = field(default_factory=list)
    below: list[str] = field(default_factory=list)
    table: Table | None = None
    marked: bool = False
    called: bool = False


def shape_of(text: str, ear: Ear) -> Shape | None:
    """The message by lines; None for what somebody else said, and for a single line that is called no list."""
    if text.lstrip().startswith(_QUOTE):
        return None
    lines = list_lines(text, ear)
    long, lines = (
        [line[:LONGEST] for line in lines if len(line) > LONGEST],
        [line for line in lines if len(line) <= LONGEST],
    )
    shape = Shape(called=any(calls(line) for line in lines))
    if len(lines) < 2 and not shape.called:
        return None
    plain = [line for line in lines if not is_example(line)]
    marked = [unmarked(line) for line in plain]
    shape.marked = sum(bool(mark and rest and not is_labelled(rest)) for mark, rest in marked) > (not shape.called)
    for line, (mark, rest) in zip(plain, marked, strict=True):
        _take(shape, line, mark, rest, ear)
    shape.below += long
    return shape


def _take(shape: Shape, line: str, mark: str, rest: str, ear: Ear) -> None:
    """Put a line where it belongs: to the header, to the rows, or among what is not read."""
    if shape.table is None and not shape.rows and (table := table_under(line, ear)):
        shape.table = table
        return
    if is_sum(rest):
        return
    if shape.table is not None:
        cells = shape.table.cells(line) or (shape.table.cells(rest) if mark else None)
        if cells:
            shape.rows.append((line, cells))
        else:
            shape.below.append(line)
        return
    if mark and not rest:
        return
    rest = without_label(rest)
    cells = cells_of(rest, ear) if (mark or not shape.marked) and not is_labelled(rest) else []
    if cells and (bool(mark) if shape.marked else _is_row(cells, shape)):
        shape.rows.append((rest, cells))
    elif not shape.rows:
        shape.header.append(line)
    elif shape.marked and _goes_on(rest, ear):
        shape.rows[-1] = (f"{shape.rows[-1][0]} {rest}", [*shape.rows[-1][1], *cells_of(rest, ear)])
    else:
        shape.below.append(line)


def _goes_on(line: str, ear: Ear) -> bool:
    """Whether a line without a mark is the rest of the one above: it begins with a figure, or with what one counts."""
    first = next(iter(tokens_in(line, ear)), None)
    return first is not None and (is_value(first) or first.has("label", "gifts", "money"))


def _is_row(cells: Sequence[Cell], shape: Shape) -> bool:
    """Whether a line without a mark is one of a list: what may be a unit's name, and behind it a figure."""
    begins = next((cell.role for cell in cells if _may_begin(cell)), "")
    entered = shape.called and _speaks_of(shape.header, "registers")
    return begins in ("unit", "maybe") and (entered or _holds_figure(cells))


def _may_begin(cell: Cell) -> bool:
    """Whether a cell is what a line begins with, and no person, place or time ahead of it."""
    return cell.told or cell.role in ("unit", "maybe")


def _holds_figure(cells: Sequence[Cell]) -> bool:
    return any(cell.told for cell in cells)


def is_list_shape(shape: Shape) -> bool:
    """Whether there are several rows of one unit each, and no form; one is enough where it is called so."""
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


def is_about_her_teams(shape: Shape, ear: Ear) -> bool:
    """Whether plain lines, without marks or columns, are all about teams of hers: a report may be of several."""
    plain = not (shape.called or shape.marked or shape.table)
    return plain and all(_is_hers(_name(cells), ear) for _, cells in shape.rows)


def is_one_report(shape: Shape, ear: Ear) -> bool:
    """Whether a list has one line, and that is about her own team or names none."""
    if len(shape.rows) != 1 or not (shape.called or shape.table) or registers(shape):
        return False
    cells = shape.rows[0][1]
    units = [cell.text for cell in cells if cell.role in ("unit", "maybe")]
    return not units or any(_is_hers(unit, ear) for unit in units)


def _is_hers(unit: str, ear: Ear) -> bool:
    """Whether a name is a team's of hers, with the county or the project ahead of it or without."""
    kinds = {token.kind for token in tokens_in(unit, ear)}
    return bool(ear.teams_called(unit, 0, len(unit))) or ("own" in kinds and kinds <= {"own", "name"})


def registers(shape: Shape) -> bool:
    """What the header says, else what most lines hold: no figure but a telephone number."""
    if shape.table is not None:
        return False
    with_figures = sum(_holds_figure(cells) for _, cells in shape.rows)
    return with_figures * 2 < len(shape.rows) or (not with_figures and _speaks_of(shape.header, "registers"))


def _speaks_of(header: Sequence[str], role: str) -> bool:
    said = squash(" ".join(header))
    return any(word in said for word in words_of(role))
