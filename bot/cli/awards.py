"""`awards ID`: whom the campaign's rules propose for its awards, and the lists that were settled."""

from pathlib import Path
from typing import Annotated

import typer


def add_to(app: typer.Typer) -> None:
    app.command()(awards)


def awards(
    campaign_id: Annotated[str, typer.Argument(metavar="ID")],
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="Write the sheet 表彰 to this .xlsx file.")
    ] = None,
) -> None:
    """Print every list, settled or proposed: units, teams and regions, never a person. 定奖 settles one, by message."""
    from bot.cli.session import CommandError, open_store, published, refuse_copy
    from bot.exporting import take_sheets
    from bot.settings import load_settings
    from handlers import texts

    settings = load_settings()
    if output is not None:
        refuse_copy(settings)
    with open_store(settings) as store:
        campaign = published(store, campaign_id)
        if not campaign.awards:
            raise CommandError(f"{campaign_id} has no [[awards]] in its file")
        settled = store.awards.settled(campaign_id)
        for award in campaign.awards:
            kept = settled.get(award.id)
            laureates = kept.laureates if kept else store.awards.proposed(campaign, award)
            typer.echo(texts.awards.list_head(campaign, award, kept, len(laureates)))
            for each in laureates:
                typer.echo(texts.awards.list_line(campaign, award, each))
        if output is not None:
            take_sheets(store, campaign, ["表彰"], output)
