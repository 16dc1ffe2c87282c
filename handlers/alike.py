"""Teams whose names are alike in one region and project: whoever coordinates them is offered to make them one."""

from handlers import texts
from handlers.messages import Context
from handlers.understand.names import similar_units
from storage.heard import LISTED
from storage.models import Team

MOST = 3
"""How many that are like one team are named."""


def alike(ctx: Context, team: Team) -> list[Team]:
    """The listed teams of its region and project whose names are like the team's, the likest first.

    Two round trips, and a comparison with every name of the region.
    """
    campaign, teams = ctx.campaign, ctx.store.teams
    others = [key for key in teams.units_in(campaign.id, team.region) if key != team.unit_key]
    keys = similar_units(campaign, team.unit, others)
    named = teams.named_many(campaign.id, keys) if keys else {}
    found = [each for key in keys for each in named.get(key, [])]
    return [
        each for each in found if each.status in LISTED and (each.region, each.project) == (team.region, team.project)
    ][:MOST]


def offer(ctx: Context, team: Team) -> list[str]:
    """A line for each team that a waiting or listed one may be: what to type where they are one."""
    if team.status not in (*LISTED, "pending"):
        return []
    return [texts.merging.may_be_one(team, each) for each in alike(ctx, team)]
