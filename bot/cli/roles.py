"""`invite`, `roles …`: who may speak for a region or for the whole campaign."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

import typer

if TYPE_CHECKING:
    from storage.campaign_schema import Campaign
    from storage.roles import Colleague

group = typer.Typer(help="Who coordinates what.", no_args_is_help=True)


def add_to(app: typer.Typer) -> None:
    app.command()(invite)
    app.add_typer(group, name="roles")


def invite(
    campaign_id: Annotated[str, typer.Argument(metavar="ID")],
    role: Annotated[Literal["coordinator", "organizer"], typer.Option(help="What the person becomes.")],
    region: Annotated[str, typer.Option(help="Only for this region, by id or name.")] = "",
    name: Annotated[str, typer.Option(help="What her colleagues call her; kept until her role or she goes.")] = "",
) -> None:
    """A one-time code that binds the WeChat user who sends it to a role. Good for 24 hours."""
    from bot.cli.session import open_to_write, published, region_called
    from handlers.language.text import clean
    from storage.models.people import Grant

    with open_to_write() as store:
        campaign = published(store, campaign_id)
        grant = Grant(role=role, region=region_called(campaign, region))
        code = store.people.invite(campaign, grant, store.clock.now(), clean(name, 20))
    typer.echo(f"绑定 {code}")


@group.command("list")
def list_roles(
    campaign_id: Annotated[str | None, typer.Argument(metavar="ID")] = None,
) -> None:
    """Everybody with a role, by tabs: campaign, person, role, region, name, since when, invited by, last seen.

    What is not kept is empty; `operator` is whoever called `yidui invite`.
    """
    from bot.cli.session import open_store, published, tell

    with open_store() as store:
        ids = [published(store, campaign_id).id] if campaign_id else list(store.campaigns.published())
        campaigns = {cid: published(store, cid) for cid in ids}
        lines = [_line(campaigns[cid], colleague) for cid in ids for colleague in store.roles.colleagues(cid)]
    tell(lines, "nobody has a role; yidui invite ID gives one")


def _line(campaign: Campaign, colleague: Colleague) -> str:
    since = campaign.local(colleague.since).isoformat(timespec="minutes") if colleague.since else ""
    by = (colleague.invited_by or "operator") if colleague.since else ""
    seen = colleague.seen.isoformat() if colleague.seen else ""
    grant = colleague.grant
    told = (campaign.id, colleague.person, grant.role, grant.region or "all", colleague.name, since, by, seen)
    return "\t".join(told)


@group.command()
def revoke(
    campaign_id: Annotated[str, typer.Argument(metavar="ID")],
    person: Annotated[str, typer.Argument(metavar="PERSON", help="As `yidui roles list` shows her.")],
) -> None:
    """Take every role of a person in a campaign away."""
    import secrets

    from bot.cli.session import CommandError, open_to_write, published
    from storage.ledger import Author

    with open_to_write() as store:
        campaign = published(store, campaign_id)
        if person not in store.people.coordinators(campaign_id):
            raise CommandError(f"{person!r} has no role in {campaign_id}; see: yidui roles list {campaign_id}")
        author = Author(f"operator:{secrets.token_hex(8)}", "operator", store.clock.now())
        store.people.revoke(campaign, author, person)
    typer.echo(f"{campaign_id}: {person} has no role any more")
