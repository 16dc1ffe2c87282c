"""`import ID roster FILE`: the units that are expected."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import typer

from bot.cli.imported import Source, tell_end, tell_json, tell_refused, write_in_steps
from bot.cli.progress import progress
from bot.sheets import read_sheet
from handlers.imports.headings import columns_of
from handlers.imports.roster import REQUIRED, Compared, Line, compare
from handlers.imports.rows import Refusal
from handlers.imports.sheet import table_of
from handlers.imports.steps import of_roster
from storage import roster_liaisons

LISTS = ("new", "same", "changed", "alike", "refused")


def read_roster(source: Source, apart: bool) -> "RosterImport":
    """`apart`: units that look like others are units of their own. Raises `Unusable`."""
    table = table_of(read_sheet(source.file, source.sheet), columns_of("roster", source.columns), REQUIRED)
    with progress("comparing", len(table.rows)) as tick:
        compared = compare(source.campaign, table, source.store.roster.all(source.campaign.id), tick)
    return RosterImport(source, apart, compared, table.unread)


@dataclass(frozen=True, slots=True)
class RosterImport:
    source: Source
    apart: bool
    compared: Compared
    unread: Sequence[str]
    codes: dict[str, str] = field(default_factory=dict)

    @property
    def refused(self) -> Sequence[Refusal]:
        return self.compared.refused

    def write(self) -> None:
        store, campaign = self.source.store, self.source.campaign
        write_in_steps(self.source, of_roster(store, campaign, self.compared, self.codes, apart=self.apart))

    def tell(self, *, as_json: bool, applied: bool) -> None:
        if as_json:
            self._tell_json(applied)
            return
        for line in self.compared.new:
            typer.echo(f"new\t{self._row(line)}")
        for line in self.compared.changed:
            told = [f"{name}: {was or '(none)'} → {now or '(none)'}" for name, (was, now) in line.changes.items()]
            typer.echo(f"changed\trow {line.row}\t{line.unit}\t{'; '.join(told)}")
        for line in self.compared.alike:
            typer.echo(f"alike\t{self._row(line)}\tlike {', '.join(line.like)}")
        tell_refused(self.refused)
        for line, name, code in self._liaisons():
            typer.echo(f"liaison\t{self._row(line)}\t{name}\t{code or 'is bound'}")
        if any(self.codes.values()):
            days = roster_liaisons.LASTS.days
            typer.echo(f"yidui: liaison: she sends 绑定 and her code to the account, within {days} days", err=True)
        if self.compared.alike:
            typer.echo("yidui: alike: make one the other's short name (简称), or write both by --apart", err=True)
        counted = {name: len(getattr(self.compared, name)) for name in LISTS}
        tell_end(self.source, counted, self.unread, applied=applied)

    def _liaisons(self) -> list[tuple[Line, str, str]]:
        """The rows whose liaison has a code now ('' who is bound), each with her name."""
        named = self.compared.liaisons(apart=self.apart)
        made = [(line, line.change.after, self.codes.get(line.change.after.unit.id)) for line in named]
        return [(line, after.people.liaison.name, code) for line, after, code in made if code is not None]

    def _row(self, line: Line) -> str:
        return f"row {line.row}\t{line.unit}\t{self.source.campaign.region(line.change.after.unit.region).name}"

    def _tell_json(self, applied: bool) -> None:
        compared = self.compared
        lists: dict[str, Any] = {
            "new": [_told(line) for line in compared.new],
            "same": [_told(line) for line in compared.same],
            "changed": [_told(line) | {"changes": dict(line.changes)} for line in compared.changed],
            "alike": [_told(line) | {"like": list(line.like)} for line in compared.alike],
            "unread": list(self.unread),
            "liaisons": [_told(line) | {"name": name, "code": code} for line, name, code in self._liaisons()],
        }
        tell_json(self.source, "roster", lists, self.refused, applied)


def _told(line: Line) -> dict[str, Any]:
    unit = line.change.after.unit
    return {"row": line.row, "unit": unit.unit, "region": unit.region, "project": unit.project}
