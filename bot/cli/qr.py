"""`qr`: the code for following the account and landing in a campaign or a team, as a picture."""

from pathlib import Path
from typing import Annotated

import typer


def add_to(app: typer.Typer) -> None:
    app.command()(qr)


def qr(
    campaign_id: Annotated[str, typer.Argument(metavar="ID")],
    output: Annotated[Path, typer.Option("-o", "--output", metavar="FILE", help="A .png that is written.")],
    team: Annotated[str, typer.Option(metavar="CODE", help="One of its teams, where they land.")] = "",
) -> None:
    """Make a code, good for 30 days: who scans it follows the account and lands in the campaign or the team."""
    from bot.apis import code_maker
    from bot.cli.session import CommandError, open_to_write, published
    from bot.settings import load_settings
    from bot.web.codes import qr_picture
    from handlers import texts
    from scheduler.channels import SendError
    from storage.scenes import LASTS, Scene, new_token

    settings = load_settings()
    if output.suffix != ".png":
        raise CommandError(f"{output}: name a file that ends in .png")
    with open_to_write(settings) as store:
        campaign, code = published(store, campaign_id), team.lstrip("#").zfill(4) if team else ""
        found = store.teams.many(campaign_id, [code]) if code else []
        if code and not found:
            raise CommandError(f"{campaign_id} has no team {code}")
        token = new_token()
        try:
            says = code_maker(settings, store)(token)
        except SendError as error:
            instead = texts.follow_codes.words_instead(campaign, found[0] if found else None)
            told = f"WeChat: {f'{error.code} ' if error.code else ''}{error}; {error.mend or 'try again'}"
            raise CommandError(f"{told}. What people may be told meanwhile: {instead}") from None
        store.scenes.keep(token, Scene(campaign_id, code), LASTS)
    output.write_bytes(qr_picture(says))
    typer.echo(f"{output}: lands in {found[0].unit if found else campaign.name}, good for {LASTS.days} days")
