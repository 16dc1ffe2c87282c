"""What a coordinator's roles reach: the regions she sees, and the teams she may act on."""

from handlers import texts
from handlers.messages import Context, UserError
from storage.boards import ALL
from storage.campaign_document import Region
from storage.campaign_schema import Campaign
from storage.models.people import Membership
from storage.models.teams import Team


def require_role(ctx: Context) -> None:
    """Raises `UserError` for whoever has no role in the campaign that is meant."""
    if not ctx.membership.roles:
        raise UserError(texts.coordinators.coordinators_only(ctx.campaign))


def covers(ctx: Context, team: Team) -> bool:
    """Whether one of her roles reaches the team."""
    return ctx.membership.covers(ctx.campaign.region_path(team.region))


def scopes_of(ctx: Context, region: Region | None) -> list[str]:
    """The scopes of a region of hers, or of all of hers, none within another.

    Raises `UserError` for whoever has no role, and for a region that none of hers reaches.
    """
    require_role(ctx)
    campaign, grants = ctx.campaign, ctx.membership.grants
    if region is not None:
        if not ctx.membership.covers(campaign.region_path(region.id)):
            raise UserError(texts.coordinators.not_your_region(campaign, region, grants))
        return [f"region:{region.id}"]
    return scopes_held(campaign, ctx.membership)


def scopes_held(campaign: Campaign, membership: Membership) -> list[str]:
    """The scopes of all regions that somebody's roles reach, none within another; none for whoever has no role."""
    if any(not grant.region for grant in membership.grants):
        return [ALL]
    hers = {grant.region for grant in membership.grants}
    return [
        f"region:{each.id}"
        for each in campaign.regions
        if each.id in hers and not hers & set(campaign.region_path(each.id)[1:])
    ]
