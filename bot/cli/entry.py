"""Where every command begins and every error ends: one readable line on standard error, status 1."""

import sys
import traceback
from typing import Annotated

import typer

from bot.cli import (
    archiving,
    awards,
    backups,
    campaigns,
    checking,
    facts,
    imports,
    lines,
    menu,
    processes,
    pushes,
    qr,
    rehearsal,
    roles,
)

DEBUG = "--debug"

app = typer.Typer(
    name="yidui",
    help="Yidui (益队): a WeChat bot that coordinates the teams of an online charity drive.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


@app.callback()
def for_every_command(
    debug: Annotated[bool, typer.Option(DEBUG, help="Show the traceback of an error, too.")] = False,
) -> None:
    """Read by `main`, wherever it stands; here only so that the help names it."""


processes.add_to(app)
rehearsal.add_to(app)
checking.add_to(app)
campaigns.add_to(app)
facts.add_to(app)
imports.add_to(app)
pushes.add_to(app)
roles.add_to(app)
lines.add_to(app)
backups.add_to(app)
archiving.add_to(app)
awards.add_to(app)
menu.add_to(app)
qr.add_to(app)


def main() -> None:
    """Run the command of the process's arguments and exit with its status."""
    arguments = [argument for argument in sys.argv[1:] if argument != DEBUG]
    try:
        app(arguments, prog_name="yidui")
    except SystemExit:
        raise
    except _expected() as error:
        if DEBUG in sys.argv:
            traceback.print_exc()
        typer.echo(f"yidui: {' '.join(str(error).split())}", err=True)
        sys.exit(1)
    except _unreadable() as error:
        from bot.findings import damaged

        if DEBUG in sys.argv:
            traceback.print_exc()
        typer.echo(f"yidui: {damaged(error)}", err=True)
        sys.exit(1)


def _expected() -> tuple[type[Exception], ...]:
    """What a command may raise for its user to read. Looked up only once something was raised."""
    from bot.claims import Claimed
    from bot.cli.session import CommandError
    from bot.settings import SettingsError
    from storage.campaign_files import CampaignFileError
    from storage.campaigns import PublishRefused
    from storage.database import StorageError

    return Claimed, CommandError, SettingsError, StorageError, CampaignFileError, PublishRefused, OSError


def _unreadable() -> tuple[type[Exception], ...]:
    """What a stored value raises that was damaged on its way through disk and memory."""
    from json import JSONDecodeError

    from pydantic import ValidationError

    return JSONDecodeError, ValidationError
