"""The rows of a pasted list: what of a message is its header, which lines are its rows, and what is neither.

A row is a line beneath the names of columns, a line with a mark, or one that begins with what may be a unit's name
and holds a figure. Forms beneath one another (`单位：…` `总额：…`) are a row each, and so are names with their figures
below. Example lines and sums are left out.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from handlers.language.names import find_project
from handlers.language.text import is_question, squash
from handlers.understand.cells import Cell, cells_of, lines_in, role_of, tokens_in, unmarked, words_of
from handlers.understand.ear import Ear
from handlers.understand.table import Table, table_under

LONGEST = 400
"""Characters of a line beyond which it is none of a list."""
LONGEST_NAME = 40
"""Characters of a line that may be nothing but a name."""
_QUOTE = "「"
_GLUED = re.compile(r"(\d{1,3})([^\W\d].*)")
_HEAD = re.compile(r"\W*([^\W\d]+)")
_LABEL = re.compile(r"([^:：]+)[:：]")


@dataclass(slots=True)
class Rows:
    """A message by lines: its header, its rows with their cells, and what stands below the first of them (`below`).

    `marked`: rows bear marks; `called`: the word 接龙 stands there; `table`: the columns.
    """

    header: list[str] = field(default_factory=list)
    rows: list[tuple[str, list[Cell]]] = field(default_factory=list)
    below: list[str] = field(default_factory=list)
    table: Table | None = None
    marked: bool = False
    called: bool = False

    def is_list(self, ear: Ear) -> bool:
        """Whether there are several rows of one unit each, and no form; one is enough where it is called so."""
        if not self.rows or (len(self.rows) < 2 and not self.called and self.table is None):
            return False
        if self.table is not None:
            return self.table.has_units or all(_names_a_project(cells, ear) for _, cells in self.rows)
        names = [name for _, cells in self.rows if (name := _name(cells))]
        asking = sum(is_question(line) for line, _ in self.rows)
        if asking * 2 >= len(self.rows) or len(names) * 2 < len(self.rows):
            return False
        if not self.marked and not self.called and len(set(names)) < 2:
            return False
        told = any(_told(cells) or any(char.isdigit() for char in line) for line, cells in self.rows)
        return told or self._speaks_of("registers")

    @property
    def registers(self) -> bool:
        """Whether it is of registrations: as the header says, else as most rows hold no figure but a telephone."""
        told = sum(_told(cells) for _, cells in self.rows)
        of_most = told * 2 < len(self.rows) or (not told and self._speaks_of("registers"))
        return self.table is None and of_most

    def is_one_report(self, ear: Ear) -> bool:
        """Whether it has one row, and that is about a team of hers or names none."""
        if len(self.rows) != 1 or not (self.called or self.table) or self.registers:
            return False
        units = [cell.text for cell in self.rows[0][1] if cell.role in ("unit", "maybe")]
        return not units or any(_is_hers(unit, ear) for unit in units)

    def is_about_her_teams(self, ear: Ear) -> bool:
        """Whether plain lines, without marks or columns, are all about teams of hers: a report may be of several."""
        plain = not (self.called or self.marked or self.table)
        return plain and all(_is_hers(_name(cells), ear) for _, cells in self.rows)

    def take(self, line: str, ear: Ear) -> None:
        """Puts a line where it belongs: to the header, to the rows, or among what is not read."""
        mark, rest = unmarked(line)
        if self.table is None and not self.rows and (table := table_under(line, ear)):
            self.table = table
        elif self.table is not None and not _begins_with("sum", rest):
            if cells := self.table.cells(line) or (self.table.cells(rest) if mark else []):
                self.rows.append((line, cells))
            else:
                self.below.append(line)
        elif rest and not _begins_with("sum", rest):
            self._take(_without_label(rest), line, bool(mark), ear)

    def _take(self, rest: str, line: str, marked: bool, ear: Ear) -> None:
        cells = cells_of(rest, ear) if (marked or not self.marked) and not _is_labelled(rest) else []
        if cells and (marked if self.marked else self._is_row(cells)):
            self.rows.append((rest, cells))
        elif not self.rows:
            self.header.append(line)
        elif self.marked and _goes_on(rest, ear):
            above, before = self.rows[-1]
            self.rows[-1] = (f"{above} {rest}", [*before, *cells_of(rest, ear)])
        else:
            self.below.append(line)

    def _is_row(self, cells: Sequence[Cell]) -> bool:
        """Whether a line without a mark is one of a list: what may be a unit's name, and behind it a figure."""
        begins = next((cell.role for cell in cells if cell.told or cell.role in ("unit", "maybe")), "")
        return begins in ("unit", "maybe") and (_told(cells) or (self.called and self._speaks_of("registers")))

    def _speaks_of(self, role: str) -> bool:
        said = squash(" ".join(self.header))
        return any(word in said for word in words_of(role))


def rows_of(text: str, ear: Ear) -> Rows | None:
    """The message by lines; None for what somebody else said, and for a single line that is called no list."""
    if text.lstrip().startswith(_QUOTE):
        return None
    lines = _blocks_joined(_marks_apart([part for line in lines_in(text) for part in _without_call(line)]), ear)
    short = [line for line in lines if len(line) <= LONGEST]
    found = Rows(called=any(map(calls, short)))
    if len(short) < 2 and not found.called:
        return None
    plain = [line for line in short if not _begins_with("example", unmarked(line)[1])]
    marked = sum(bool(mark and rest and not _is_labelled(rest)) for mark, rest in map(unmarked, plain))
    found.marked = marked > (not found.called)
    for line in plain:
        found.take(line, ear)
    found.below += [line[:LONGEST] for line in lines if len(line) > LONGEST]
    return found


def calls(line: str) -> bool:
    """Whether a line holds the word that calls a list."""
    said = squash(line)
    return any(word in said for word in words_of("chain"))


def _without_call(line: str) -> list[str]:
    """A line in two where it begins with the word that calls a list: `#接龙 23. 三中 9,100元`."""
    head, _, rest = line.partition(" ")
    return [head, rest] if rest and role_of(head) == "chain" else [line]


def _marks_apart(lines: list[str]) -> list[str]:
    """The lines, of which those that bear the numbers 1, 2, 3 … glued to their names bear marks: `1昭通一中3200元`."""
    found = [_GLUED.match(line) for line in lines]
    numbers = [int(each[1]) for each in found if each]
    if len(numbers) < 2 or numbers != list(range(1, len(numbers) + 1)):
        return lines
    return [f"{each[1]}. {each[2]}" if each else line for each, line in zip(found, lines, strict=True)]


def _blocks_joined(lines: list[str], ear: Ear) -> list[str]:
    """The lines, of which several blocks under one another (`单位：…` `总额：…` `人次：…`) are a line each."""
    begins = [_begins_block(line, ear) for line in lines]
    followed = [begin and not after for begin, after in zip(begins, [*begins[1:], True], strict=False)]
    if sum(followed) < 2 or followed != begins:
        return lines
    first = begins.index(True)
    joined = lines[:first]
    for line, begin in zip(lines[first:], begins[first:], strict=True):
        if begin:
            joined.append(line)
        else:
            joined[-1] += f" {line}"
    return joined


def _begins_block(line: str, ear: Ear) -> bool:
    """Whether a line says nothing but whose the figures in the lines below are: `单位：昭通一中`, `昭通一中`."""
    if _label(line) == "unit":
        return True
    if len(line) > LONGEST_NAME or _LABEL.match(line):
        return False
    roles = {cell.role for cell in cells_of(unmarked(line)[1], ear)}
    return "unit" in roles and roles <= {"unit", "person", "region", "project"}


def _begins_with(role: str, rest: str) -> bool:
    """Whether the word that a line without its mark begins with is of a role: an example's, a sum's."""
    head = _HEAD.match(rest)
    return head is not None and role_of(head[1]) == role


def _label(line: str) -> str:
    """What the word ahead of a line's colon names; '' where none does."""
    label = _LABEL.match(line)
    return role_of(label[1]) if label else ""


def _is_labelled(rest: str) -> bool:
    """Whether a line begins with a label of a form: `单位：昭通一中`."""
    return _label(rest) not in ("", "example")


def _without_label(rest: str) -> str:
    """A line without the label of its unit, where figures stand behind that: `队名：昭通机场 金额：3350元`."""
    label = _LABEL.match(rest)
    told = label is not None and role_of(label[1]) == "unit" and any(char.isdigit() for char in rest)
    return rest[label.end() :] if label and told else rest


def _goes_on(line: str, ear: Ear) -> bool:
    """Whether a line without a mark is the rest of the one above: it begins with a figure, or with what one counts."""
    first = next(iter(tokens_in(line, ear)), None)
    return first is not None and (first.is_value or first.has("label", "gifts", "money"))


def _told(cells: Sequence[Cell]) -> bool:
    return any(cell.told for cell in cells)


def _name(cells: Sequence[Cell]) -> str:
    code = next((cell.text for cell in cells if cell.text.startswith("#")), "")
    return code or next((cell.text for cell in cells if cell.role in ("unit", "maybe", "person")), "")


def _names_a_project(cells: Sequence[Cell], ear: Ear) -> bool:
    return any(cell.role == "project" and find_project(ear.campaign, cell.text)[0] for cell in cells)


def _is_hers(unit: str, ear: Ear) -> bool:
    """Whether a name is a team's of hers, with the county or the project ahead of it or without."""
    kinds = {token.kind for token in tokens_in(unit, ear)}
    return bool(ear.teams_called(unit, 0, len(unit))) or ("own" in kinds and kinds <= {"own", "name"})
