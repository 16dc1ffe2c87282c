"""`export`, `audit`: everything kept about a campaign, and whether it agrees with the ledger."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from storage import Store
    from storage.campaign_schema import Campaign
    from storage.ledger import Entry

group = typer.Typer(help="Whether everything kept follows from the ledger.", no_args_is_help=True)


def add_to(app: typer.Typer) -> None:
    app.command()(export)
    app.add_typer(group, name="audit")


def export(
    campaign_id: Annotated[str, typer.Argument(metavar="ID")],
    form: Annotated[str, typer.Option("--format", help="json, xlsx, or csv: a zip of one file a sheet.")] = "json",
    output: Annotated[Path | None, typer.Option("-o", "--output", help="Instead of standard output.")] = None,
    region: Annotated[str, typer.Option(help="Only this region and what lies in it, by id or name.")] = "",
    columns: Annotated[str, typer.Option(metavar="NAME", help="A choice of columns of the campaign file.")] = "",
) -> None:
    """Everything kept about one campaign, names and telephones included; that it was taken stands in its ledger."""
    from bot.cli.session import CommandError, open_store, published, refuse_copy, region_called
    from bot.exporting import FORMS, take
    from bot.settings import load_settings

    if form not in FORMS:
        raise CommandError(f"there is no format {form!r}; use --format {', '.join(FORMS)}")
    if output is None and form != "json" and _shows_on_a_terminal():
        raise CommandError(f"a terminal cannot show {form}: name a file with -o, or send it to one")
    settings = load_settings()
    refuse_copy(settings)
    with open_store(settings) as store:
        campaign = published(store, campaign_id)
        if columns:
            _require_choice(campaign, form, columns)
        book = take(store, campaign, form, region_called(campaign, region), output, columns)
    if output is not None:
        typer.echo(f"{output}: {len(book.teams)} teams, {len(book.reports)} reports", err=True)


def _require_choice(campaign: Campaign, form: str, name: str) -> None:
    """Raises `CommandError` where the form has no columns, or the campaign file no such choice or a wrong one."""
    from bot.cli.session import CommandError
    from handlers.books.sheets import unknown_columns

    names = [choice.name for choice in campaign.book_columns]
    if form == "json":
        raise CommandError("--columns is for xlsx and csv; json has one shape")
    if name not in names:
        raise CommandError(
            f"the campaign file has no [[book_columns]] named {name!r}; it has: {', '.join(names) or 'none'}"
        )
    if wrong := [line for line in unknown_columns(campaign) if line.startswith(f"book_columns.{name}:")]:
        raise CommandError("; ".join(wrong))


def _shows_on_a_terminal() -> bool:
    return sys.stdout.isatty()


@group.command()
def verify(
    campaign_id: Annotated[str, typer.Argument(metavar="ID")],
    against: Annotated[
        str, typer.Option(metavar="URL", help="Also list what an earlier primary holds that this database has not.")
    ] = "",
) -> None:
    """Whether the ledger is as it was sealed, and every view as it gives it, also while it is served; else status 1."""
    from bot.cli.progress import progress
    from bot.cli.session import open_store, published
    from storage.audit import watched

    with open_store() as store, watched(published(store, campaign_id), store.ledger, progress) as audit:
        differences = list(audit.differences())
        differences += _left_behind(store, campaign_id, against) if against else []
        sealed = store.chain.newest(campaign_id)
    for difference in differences:
        typer.echo(difference)
    verdict = f"{len(differences)} differences" if differences else "everything kept equals what the ledger says"
    typer.echo(f"{campaign_id}: {verdict} ({len(audit.views.teams)} teams, ledger {audit.views.ledger})")
    if sealed.entry:
        typer.echo(f"{campaign_id}: sealed to entry {sealed.entry}, fingerprint (账本指纹) {sealed.fingerprint}")
    raise typer.Exit(1 if differences else 0)


def _left_behind(store: Store, campaign_id: str, url: str) -> list[str]:
    """One line for each write that an earlier primary alone has."""
    from storage.database import connect
    from storage.ledger import Ledger
    from storage.left_behind import left_behind

    earlier = connect(url)
    try:
        found = list(left_behind(campaign_id, Ledger(earlier, store.keys), store.ledger))
    finally:
        earlier.close()
    return [f"only in the earlier primary: {_told(entry)}" for entry in found]


def _told(entry: Entry) -> str:
    team = f" #{entry.team}" if entry.team else ""
    values = " ".join(f"{name}={value}" for name, value in entry.values.items())
    return f"{entry.id} {entry.kind}{team} at {entry.at.isoformat()} by {entry.by}: {values}"
