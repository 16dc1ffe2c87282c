"""`archive`: the ledger of a drive that is over goes into a file, from which it is read like before."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def add_to(app: typer.Typer) -> None:
    app.command()(archive)


def archive(
    campaign_id: Annotated[str, typer.Argument(metavar="ID")],
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Where the file is kept from now on, on every host.")],
) -> None:
    """Move the ledger of a frozen campaign out of Redis into one file of DIR, which is read in its place."""
    from bot.cli.progress import progress
    from bot.cli.session import open_store, published, refuse_copy
    from bot.settings import load_settings
    from storage.archives import archive as put_away

    settings = load_settings()
    refuse_copy(settings)
    with open_store(settings) as store:
        campaign = published(store, campaign_id)
        archived = put_away(store, campaign, folder, store.clock.now(), progress)
    typer.echo(
        f"{archived.path}: {archived.entries} entries up to {archived.last}, verified. Whatever reads the ledger reads "
        "this file from now on: keep it there, and a copy elsewhere"
    )
