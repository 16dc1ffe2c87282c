"""`import ID platform FILE`: what the platform says of teams, beside what they reported."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import typer

from bot.cli.imported import Source, tell_end, tell_json, tell_refused, write_in_steps
from bot.cli.progress import progress
from bot.sheets import read_sheet
from handlers.imports.headings import columns_of
from handlers.imports.moments import Moments
from handlers.imports.platform import SHAPES, Compared, compare, platform_table
from handlers.imports.rows import Refusal, Refused
from handlers.imports.sheet import Unusable
from handlers.imports.steps import of_platform
from handlers.imports.wholes import Line
from handlers.texts.figures import figures_said, yuan
from storage.platform import Confirmed, agreement

LISTS = ("new", "same", "changed", "refused")


def read_platform(source: Source) -> "PlatformImport":
    """Raises `Unusable`."""
    shapes = {shape: columns_of(shape, source.columns) for shape in SHAPES}
    table = platform_table(read_sheet(source.file, source.sheet), shapes)
    moments = _moments(source)
    with progress("comparing", len(table.rows)) as tick:
        compared = compare(source.store, source.campaign, table, moments, tick)
    return PlatformImport(source, compared, table.unread)


def _moments(source: Source) -> Moments:
    moments = Moments(source.campaign, source.store.clock.now())
    try:
        return replace(moments, told=moments.read(source.as_of)) if source.as_of else moments
    except Refused as why:
        raise Unusable(f"--as-of: {why}") from None


@dataclass(frozen=True, slots=True)
class PlatformImport:
    source: Source
    compared: Compared
    unread: Sequence[str]

    @property
    def refused(self) -> Sequence[Refusal]:
        return self.compared.refused

    def write(self) -> None:
        write_in_steps(self.source, of_platform(self.source.store, self.source.campaign, self.compared))

    def tell(self, *, as_json: bool, applied: bool) -> None:
        campaign, compared = self.source.campaign, self.compared
        if as_json:
            self._tell_json(applied)
            return
        for line in compared.new:
            typer.echo(f"new\t{_row(line)}\t{_said(line.figures)}")
        for line in compared.changed:
            was = _said(line.before) if line.before else ""
            typer.echo(f"changed\t{_row(line)}\t{was} → {_said(line.figures)}")
        tell_refused(self.refused)
        for line in (*compared.new, *compared.changed):
            for page in line.figures.older:
                stands = f"{yuan(page.amount_fen)} of {campaign.local(page.as_of):%Y-%m-%d %H:%M} still counts"
                typer.echo(f"not in the table\t{_row(line)}\t{page.page}: {stands}")
        for line in compared.of(campaign, "differs"):
            reported = yuan(line.figures.reported_fen or 0)
            typer.echo(f"differs\t{_row(line)}\tplatform {yuan(line.figures.amount_fen)}, reported {reported}")
        for line in compared.of(campaign, "platform only"):
            typer.echo(f"platform only\t{_row(line)}")
        for team in compared.reports_only:
            typer.echo(f"reports only\t{team.unit} #{team.code}\treported {yuan(team.online.amount_fen)}")
        counted = {name: len(getattr(compared, name)) for name in LISTS}
        counted |= {name: len(compared.of(campaign, name)) for name in ("agrees", "differs", "platform only")}
        counted["reports only"] = len(compared.reports_only)
        tell_end(self.source, counted, self.unread, applied=applied)

    def _tell_json(self, applied: bool) -> None:
        campaign, compared = self.source.campaign, self.compared

        def told(line: Line) -> dict[str, Any]:
            return {"row": line.row, "agreement": agreement(campaign, line.figures), **_json(line.figures)}

        lists = {
            "new": [told(line) for line in compared.new],
            "same": [told(line) for line in compared.same],
            "changed": [
                told(line) | {"before": _json(line.before) if line.before else None} for line in compared.changed
            ],
            "reports_only": [{"team": t.code, "reported_fen": t.online.amount_fen} for t in compared.reports_only],
            "unread": list(self.unread),
        }
        tell_json(self.source, "platform", lists, self.refused, applied)


def _row(line: Line) -> str:
    return f"row {line.row}\t{line.team.unit} #{line.team.code}"


def _said(figures: Confirmed) -> str:
    matched = "" if figures.matched_fen is None else f" + {yuan(figures.matched_fen)}"
    return figures_said(figures.amount_fen, figures.donations) + matched


def _json(figures: Confirmed) -> dict[str, Any]:
    return figures.model_dump(mode="json")
