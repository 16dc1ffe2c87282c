"""`export`, `audit`: everything kept about a campaign, and whether it agrees with the ledger."""

from pathlib import Path
from typing import Annotated

import typer

group = typer.Typer(help="Whether everything kept follows from the ledger.", no_args_is_help=True)


def add_to(app: typer.Typer) -> None:
    app.command()(export)
    app.add_typer(group, name="audit")


def export(
    campaign_id: Annotated[str, typer.Argument(metavar="ID")],
    form: Annotated[str, typer.Option("--format", help="json")] = "json",
    output: Annotated[Path | None, typer.Option("-o", "--output", help="Instead of standard output.")] = None,
) -> None:
    """Everything kept about one campaign."""
    import json

    from bot.cli.session import CommandError, open_store, published
    from storage.export import export_campaign

    if form != "json":
        raise CommandError(f"there is no format {form!r}; use --format json")
    with open_store() as store:
        content = export_campaign(store, published(store, campaign_id), store.clock.now())
    text = json.dumps(content, ensure_ascii=False, indent=1) + "\n"
    if output is None:
        typer.echo(text, nl=False)
        return
    output.write_text(text, encoding="utf-8")
    typer.echo(f"{output}: {len(content['teams'])} teams, {len(content['reports'])} reports", err=True)


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
