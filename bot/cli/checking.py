"""`check`: whether the installation could run, and how to mend what is wrong."""

from typing import Annotated

import typer


def add_to(app: typer.Typer) -> None:
    app.command()(check)


def check(
    online: Annotated[bool, typer.Option("--online", help="Ask WeChat about the credentials, too.")] = False,
) -> None:
    """Look at settings, campaign files, Redis and what can be pushed; status 1 where something is wrong."""
    from bot.check import check as look
    from bot.settings import load_settings

    bad = 0
    for finding in look(load_settings(), online):
        typer.echo(f"{'ok ' if finding.good else 'bad'}  {finding.text}")
        bad += not finding.good
    raise typer.Exit(1 if bad else 0)
