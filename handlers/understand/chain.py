"""A pasted list: 接龙, a table, lines of one unit each; reports, counts of items or registrations.

Read are marks `1.` `1、` `1)` `①` `1️⃣`, a number and a tab, or none; what the header says holds for every line. Example
lines and sums are left out. The figures of a line are read like those of any message (`claims`), without its names.
"""

import re
from dataclasses import dataclass, replace
from typing import Literal

from handlers.language.names import find_one_region, find_project
from handlers.language.text import squash
from handlers.understand.cells import Cell, lines_in
from handlers.understand.claim import Claims
from handlers.understand.claims import claims_of
from handlers.understand.count_list import CountLine, read_count_list
from handlers.understand.ear import Ear
from handlers.understand.header import Header, header_of
from handlers.understand.list_lines import calls
from handlers.understand.normal import line_of
from handlers.understand.registration import Registration, read_registration
from handlers.understand.shape import (
    Shape,
    is_about_her_teams,
    is_list_shape,
    is_one_report,
    registers,
    shape_of,
)
from handlers.understand.tokens import tokens_of

MOST_LINES = 300
"""A list longer than this is cut, and says so."""
_SUM = re.compile(r"\d\+\d")
"""`9320+156`: an amount and its count, or a sum."""


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
        left = [text.lstrip("+") for text in left] if self.header.of_day else left
        return f"{self.header.clause}\n{self.header.inline}{self.header.between.join(left)}"

    def claims(self, ear: Ear, name: str) -> Claims:
        """What the line claims of that unit."""
        line = line_of(self.said(name))
        claims = claims_of(line, tokens_of(line, ear), ear)
        sums = tuple(cell.text for cell in self.cells if _is_read(cell, name) and _SUM.search(cell.text))
        return replace(claims, turns=(*claims.turns, *self.header.turns, *sums))


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


def may_be_list(text: str) -> bool:
    """Whether `is_list`, which needs to know her teams, may hold: several lines or parts, or the word for a list."""
    return len(lines_in(text)) > 1 or calls(text)


def is_list(text: str, ear: Ear) -> bool:
    """Whether a message is a pasted list: several lines of one unit each, no form, no list of questions; nor one line
    that is a report about her own team (`as_one_report`)."""
    if bool(read_count_list(ear.campaign, text)):
        return True
    shape = shape_of(text, ear)
    if shape is None or not is_list_shape(shape):
        return False
    return not (is_one_report(shape, ear) or is_about_her_teams(shape, ear))


def as_one_report(text: str, ear: Ear) -> str | None:
    """A list of a single line about her own team, as the report that it is: `三中,筹款总额(元):10860,人次:147`."""
    shape = shape_of(text, ear)
    if shape is None or not is_one_report(shape, ear):
        return None
    header, [(_, cells)] = header_of(shape.header, shape.below, ear, bool(shape.table)), shape.rows
    left = [cell.text for cell in cells if cell.role not in ("person", "aside", "region")]
    said = header.between.join(left)
    return "\n".join(part for part in (*header.turns, header.told, said) if part)


def read_list(text: str, ear: Ear) -> Chain:
    """The list of a text for which `is_list` holds."""
    if counts := read_count_list(ear.campaign, text):
        return Chain("counts", counts=counts[:MOST_LINES], cut=max(0, len(counts) - MOST_LINES))
    shape = shape_of(text, ear) or Shape()
    header = header_of(shape.header, shape.below, ear, bool(shape.table))
    unread = tuple(line for line in shape.below if any(char.isdigit() for char in line))
    cut = max(0, len(shape.rows) - MOST_LINES)
    rows = shape.rows[:MOST_LINES]
    if registers(shape):
        head = " ".join(shape.header)
        entries = tuple(Entry(place, line, _entry(ear, line, head)) for place, (line, _) in enumerate(rows, 1))
        return Chain("registration", entries=entries, unread=unread, cut=cut)
    with_nicknames = shape.called and shape.marked
    progress = tuple(
        Row(place, line, tuple(_without_nickname(cells) if with_nicknames else cells), header)
        for place, (line, cells) in enumerate(rows, 1)
    )
    return Chain("progress", progress=progress, unread=unread, cut=cut)


def _entry(ear: Ear, line: str, head: str) -> Registration:
    """One registration; the project or the region that the header names holds where the line names none."""
    read = read_registration(ear.campaign, line)
    project = read.project or find_project(ear.campaign, head)[0]
    region = read.region or find_one_region(ear.campaign, head)
    return replace(read, project=project, region=region)


def _without_nickname(cells: list[Cell]) -> list[Cell]:
    """A line of WeChat's own 接龙, which puts the sender's nickname ahead of what she wrote."""
    first, *others = cells
    nicknamed = first.role == "maybe" and any(cell.role == "unit" for cell in others)
    return [Cell(first.text, "person"), *others] if nicknamed else cells


def _is_read(cell: Cell, name: str) -> bool:
    if cell.role in ("person", "aside", "region", "project"):
        return False
    return not (cell.role in ("unit", "maybe") and squash(cell.text) in squash(name))
