"""Teams whose names are alike in one region: who registers is asked, and who coordinates them may make them one."""

from handlers import texts
from handlers.language.near_keys import similar_keys
from handlers.messages import Context
from storage.heard import LISTED
from storage.models.teams import Team
from storage.team_documents import holds_its_name

MOST = 3
"""How many that are like one team are noted."""


def alike(ctx: Context, region: str, unit: str, key: str) -> list[Team]:
    """The teams of a region whose names are like a unit's, the likest first; none where the unit is known itself."""
    campaign, teams = ctx.campaign, ctx.store.teams
    units = teams.units_in(campaign.id, region)
    keys = [] if key in units else similar_keys(campaign, unit, units)
    named = teams.named_many(campaign.id, keys) if keys else {}
    return [team for key in keys for team in named.get(key, []) if holds_its_name(team)][:MOST]


def offer(ctx: Context, team: Team) -> list[str]:
    """A line for each team of its project that it may be: what a coordinator types where they are one."""
    if team.status not in (*LISTED, "pending"):
        return []
    others = ctx.store.teams.noted_alike(ctx.campaign.id, team.code)
    place = (team.region, team.project)
    fit = [each for each in others if each.status in LISTED and (each.region, each.project) == place]
    return [texts.merging.may_be_one(team, each) for each in fit]
