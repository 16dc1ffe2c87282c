"""A pasted list: 接龙, a table, lines of one unit each; reports, counts of items or registrations.

Read are marks `1.` `1、` `1)` `①` `1️⃣`, a number and a tab, or none; what the header says holds for every line. Example
lines and sums are left out. The figures of a line are read like those of any message (`claims`), without its names.
"""

import re
from dataclasses import dataclass, replace
from typing import Literal

from handlers.language.names import find_one_region, find_project, is_ending
from handlers.language.text import squash
from handlers.understand.cells import Cell, lines_in, unmarked
from handlers.understand.claim import Claims
from handlers.understand.claims import claims_of
from handlers.understand.ear import Ear
from handlers.understand.items import Items, read_items
from handlers.understand.normal import line_of
from handlers.understand.registration import Registration, read_registration
from handlers.understand.rows import Rows, calls, rows_of
from handlers.understand.table import Header, header_of
from handlers.understand.tokens import tokens_of
from storage.campaign_schema import Campaign

MOST_LINES = 300
"""A list longer than this is cut, and says so."""
_SUM = re.compile(r"\d\+\d")
"""`9320+156`: an amount and its count, or a sum."""
_CLAUSE = re.compile(r"[;。]|,(?!\d)")


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
        named = ["".join(cell.text for cell in self.cells[: place + 1]) for place in reversed(ahead)]
        regions = [cell.text for cell in self.cells if cell.role == "region"]
        units = [cell.text for cell in self.cells if cell.role == "unit" and not is_ending(cell.text)]
        named += [f"{region}{unit}" for region in regions for unit in units if not unit.startswith(region)] + units
        named += [cell.text for role in ("maybe", "person") for cell in self.cells if cell.role == role]
        return tuple(dict.fromkeys(named))

    @property
    def unit(self) -> str:
        """The unit's name as far as the line tells it; '' where it names none. An ending alone (中学) names none."""
        named = [cell.text for role in ("unit", "maybe", "person") for cell in self.cells if cell.role == role]
        return max(self.names, key=len) if named and is_ending(named[0]) and self.names else next(iter(named), "")

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
class CountLine:
    """One line of a list of counts; `place` counts from 1."""

    place: int
    typed: str
    said: Items


@dataclass(frozen=True, slots=True)
class Chain:
    """A pasted list. `unread` are lines that hold figures and are none of its lines; `cut`: lines beyond the limit."""

    kind: Literal["progress", "counts", "registration"]
    progress: tuple[Row, ...] = ()
    counts: tuple[CountLine, ...] = ()
    entries: tuple[Entry, ...] = ()
    unread: tuple[str, ...] = ()
    cut: int = 0


def list_of(text: str, ear: Ear) -> Chain | None:
    """The pasted list that a message is: several rows of one unit each, or counts of several tasks.

    None for a form, for questions, for one line about her own team (`as_one_report`) and for lines about her teams.
    """
    if len(lines_in(text)) < 2 and not calls(text):
        return None
    if counts := _counts(ear.campaign, text):
        return Chain("counts", counts=counts[:MOST_LINES], cut=max(0, len(counts) - MOST_LINES))
    rows = rows_of(text, ear)
    if rows is None or not rows.is_list(ear) or rows.is_one_report(ear) or rows.is_about_her_teams(ear):
        return None
    unread = tuple(line for line in rows.below if any(char.isdigit() for char in line))
    taken, cut = list(enumerate(rows.rows[:MOST_LINES], 1)), max(0, len(rows.rows) - MOST_LINES)
    if rows.registers:
        head = " ".join(rows.header)
        entries = tuple(Entry(place, line, _entry(ear, line, head)) for place, (line, _) in taken)
        return Chain("registration", entries=entries, unread=unread, cut=cut)
    header = _header(rows, ear)
    nicknamed = rows.called and rows.marked
    told = (Row(n, line, tuple(_without_nickname(cells) if nicknamed else cells), header) for n, (line, cells) in taken)
    return Chain("progress", progress=tuple(told), unread=unread, cut=cut)


def as_one_report(text: str, ear: Ear) -> str | None:
    """A list of a single line about her own team, as the report that it is: `三中,筹款总额(元):10860,人次:147`."""
    rows = rows_of(text, ear)
    if rows is None or not rows.is_one_report(ear):
        return None
    header, [(_, cells)] = _header(rows, ear), rows.rows
    said = header.between.join(cell.text for cell in cells if cell.role not in ("person", "aside", "region"))
    return "\n".join(part for part in (*header.turns, header.told, said) if part)


def _header(rows: Rows, ear: Ear) -> Header:
    return header_of(rows.header, rows.below, ear, between="," if rows.table else " ")


def _counts(campaign: Campaign, text: str) -> tuple[CountLine, ...]:
    """The lines or clauses that hold a number, where at least two count something; none in a campaign of money.

    A header's task or region holds for all lines. A clause counts something only beside the name of a task.
    """
    if campaign.progress != "items":
        return ()
    by_line = "\n" in text.strip()
    parts = lines_in(text) if by_line else _CLAUSE.split(line_of(text).text)
    read = [(part, read_items(campaign, part)) for line in parts if (part := unmarked(line)[1])] if parts[1:] else []
    header = [said for _, said in read if said.count is None and said.doubt is None]
    tasks = next((said.tasks for said in header if said.tasks), ())
    region = next((said.region for said in header if said.region), None)
    lines = tuple(
        CountLine(place, part, replace(said, tasks=said.tasks or tasks, region=said.region or region))
        for place, (part, said) in enumerate(((p, s) for p, s in read if s not in header), 1)
    )
    counting = sum(bool(line.said.tasks) or (by_line and line.said.measured) for line in lines)
    return lines if counting > 1 else ()


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
