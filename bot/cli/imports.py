"""`import …`: tables that come in. Looked at first, written with `--apply`, and the same twice is the same once."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from handlers.imports.roster import Compared, Line
    from storage import Store
    from storage.campaign_schema import Campaign


def add_to(app: typer.Typer) -> None:
    app.command("import")(import_table)


def import_table(
    campaign_id: Annotated[str, typer.Argument(metavar="ID")],
    kind: Annotated[str, typer.Argument(metavar="KIND", help="roster")],
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A .xlsx or .csv file.")],
    apply: Annotated[bool, typer.Option("--apply", help="Write it; else only say what would change.")] = False,
    columns: Annotated[Path | None, typer.Option(metavar="FILE", help='Headings of yours: unit = "学校全称".')] = None,
    sheet: Annotated[str, typer.Option(metavar="NAME", help="Which sheet of a workbook.")] = "",
    apart: Annotated[bool, typer.Option("--apart", help="Units that look like others are units of their own.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
) -> None:
    """Take a table in: the roster of units. Status 1 where a row was refused.

    Rows come on five lists: new, same, changed, alike (new, and like another unit: written by --apart only), refused.
    """
    from bot.cli.session import CommandError, open_store, open_to_write, published

    if kind != "roster":
        raise CommandError(f"there is no import of {kind!r}; use: yidui import {campaign_id} roster {file}")
    with (open_to_write if apply else open_store)() as store:
        campaign = published(store, campaign_id)
        compared, unread = _compare(store, campaign, file, columns, sheet)
        if apply:
            _write(store, campaign, compared, apart)
    if as_json:
        _tell_json(campaign, file, compared, unread, applied=apply)
    else:
        _tell(campaign, file, compared, unread, applied=apply)
    raise typer.Exit(1 if compared.refused else 0)


def _compare(
    store: Store, campaign: Campaign, file: Path, columns: Path | None, sheet: str
) -> tuple[Compared, list[str]]:
    """The rows on their lists, and the headings that nothing reads. Raises `CommandError`."""
    from bot.cli.progress import progress
    from bot.cli.session import CommandError
    from bot.sheets import read_sheet
    from handlers.imports.roster import REQUIRED, columns_of, compare
    from handlers.imports.sheet import Unusable, table_of

    try:
        table = table_of(read_sheet(file, sheet), columns_of("roster", columns), REQUIRED)
    except Unusable as why:
        raise CommandError(str(why)) from None
    with progress("comparing", len(table.rows)) as tick:
        return compare(campaign, table, store.roster.all(campaign.id), tick), list(table.unread)


def _write(store: Store, campaign: Campaign, compared: Compared, apart: bool) -> None:
    import secrets

    from bot.cli.progress import progress
    from bot.cli.session import CommandError
    from storage.ledger import Author, Changed
    from storage.roster import BATCH

    changes = compared.changes(apart=apart)
    run = secrets.token_hex(8)
    with progress("writing", len(changes)) as tick:
        for start in range(0, len(changes), BATCH):
            author = Author(f"import:{run}/{start}", "operator", store.clock.now())
            step = changes[start : start + BATCH]
            try:
                store.roster.write(campaign, author, step)
            except Changed:
                raise CommandError("somebody else changes the roster at this moment; do it again") from None
            tick(len(step))


def _tell(campaign: Campaign, file: Path, compared: Compared, unread: list[str], *, applied: bool) -> None:
    for line in compared.new:
        typer.echo(f"new\trow {line.row}\t{_named(campaign, line)}")
    for line in compared.changed:
        told = "; ".join(f"{name}: {was or '(none)'} → {now or '(none)'}" for name, (was, now) in line.changes.items())
        typer.echo(f"changed\trow {line.row}\t{line.unit}\t{told}")
    for line in compared.alike:
        typer.echo(f"alike\trow {line.row}\t{_named(campaign, line)}\tlike {', '.join(line.like)}")
    for refusal in compared.refused:
        typer.echo(f"refused\trow {refusal.row}\t{refusal.unit}\t{refusal.reason}")
    lists = ("new", "same", "changed", "alike", "refused")
    typer.echo(f"{campaign.id}: {', '.join(f'{len(getattr(compared, name))} {name}' for name in lists)}")
    if unread:
        typer.echo(f"yidui: columns that nothing reads: {', '.join(unread)}", err=True)
    if compared.alike:
        typer.echo(
            "yidui: alike: make one the other's short name (简称), or write them as their own by --apart", err=True
        )
    if not applied:
        typer.echo(f"yidui: nothing was written of {file.name}; --apply does", err=True)


def _named(campaign: Campaign, line: Line) -> str:
    unit = line.change.after.unit
    return f"{unit.unit}\t{campaign.region(unit.region).name}"


def _tell_json(campaign: Campaign, file: Path, compared: Compared, unread: list[str], *, applied: bool) -> None:
    import json

    def told(line: Line) -> dict[str, Any]:
        unit = line.change.after.unit
        return {"row": line.row, "unit": unit.unit, "region": unit.region, "project": unit.project}

    content = {
        "campaign": campaign.id,
        "import": "roster",
        "file": file.name,
        "applied": applied,
        "new": [told(line) for line in compared.new],
        "same": [told(line) for line in compared.same],
        "changed": [told(line) | {"changes": dict(line.changes)} for line in compared.changed],
        "alike": [told(line) | {"like": list(line.like)} for line in compared.alike],
        "refused": [{"row": r.row, "unit": r.unit, "reason": r.reason} for r in compared.refused],
        "unread": unread,
    }
    typer.echo(json.dumps(content, ensure_ascii=False, indent=1))
