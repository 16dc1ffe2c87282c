"""`export`, `audit`: everything kept about a campaign, and whether it agrees with the ledger."""

import sys
from pathlib import Path
from typing import Annotated

import typer

group = typer.Typer(help="Whether everything kept follows from the ledger.", no_args_is_help=True)


def add_to(app: typer.Typer) -> None:
    app.command()(export)
    app.add_typer(group, name="audit")


def export(
    campaign_id: Annotated[str, typer.Argument(metavar="ID")],
    form: Annotated[str, typer.Option("--format", help="json, xlsx, or csv: a zip of one file a sheet.")] = "json",
    output: Annotated[Path | None, typer.Option("-o", "--output", help="Instead of standard output.")] = None,
    region: Annotated[str, typer.Option(help="Only this region and what lies in it, by id or name.")] = "",
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
        book = take(store, campaign, form, region_called(campaign, region), output)
    if output is not None:
        typer.echo(f"{output}: {len(book.teams)} teams, {len(book.reports)} reports", err=True)


def _shows_on_a_terminal() -> bool:
    return sys.stdout.isatty()


@group.command()
def verify(campaign_id: Annotated[str, typer.Argument(metavar="ID")]) -> None:
    """Whether the ledger is as it was sealed, and every view as it gives it, also while it is served; else status 1."""
    from bot.cli.session import open_store, published
    from storage.audit import Audit

    with open_store() as store:
        audit = Audit(published(store, campaign_id), store.ledger)
        differences = list(audit.differences())
        sealed = store.chain.newest(campaign_id)
    for difference in differences:
        typer.echo(difference)
    verdict = f"{len(differences)} differences" if differences else "everything kept equals what the ledger says"
    typer.echo(f"{campaign_id}: {verdict} ({len(audit.views.teams)} teams, ledger {audit.views.ledger})")
    if sealed.entry:
        typer.echo(f"{campaign_id}: sealed to entry {sealed.entry}, fingerprint (账本指纹) {sealed.fingerprint}")
    raise typer.Exit(1 if differences else 0)
