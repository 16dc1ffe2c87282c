"""The teams of a coordinator's region by what people call them: the whole name, a part of it, a short form."""

from handlers.jurisdiction import scopes_of
from handlers.language.called import is_part_of
from handlers.language.names import is_short_for, spoken_names
from handlers.language.text import normalise, squash
from handlers.messages import Context
from handlers.wishes.short_forms import SHORTEST, short_forms, with_code
from storage.campaign_schema import Campaign
from storage.models.teams import Team

MOST = 1_000
"""Teams of a region that are gone through; in a larger one a name is said in full, or a code."""


def called(ctx: Context, said: str) -> list[Team]:
    """Those of her region that a phrase calls, where it says nothing else."""
    return called_among(ctx.campaign, hers(ctx), squash(said))


def led_by(ctx: Context, name: str) -> list[Team]:
    """Those of her region whose captain left this name."""
    teams = hers(ctx)
    people = list(dict.fromkeys(captain for team in teams for captain in team.captains))
    found = {captain for captain, card in ctx.store.teams.cards(ctx.campaign.id, people).items() if card.name == name}
    return [team for team in teams if found & set(team.captains)]


def lines_for(ctx: Context, text: str) -> dict[str, str]:
    """The teams of her region (code) that a line names, each with the line in which the code stands for the name."""
    campaign, line, teams = ctx.campaign, normalise(text), hers(ctx)
    in_full = [(team, name) for team in teams for name in spoken_names(campaign, team.unit) if name in line]
    longest = max((len(name) for _, name in in_full), default=0)
    if longest:
        return {team.code: with_code(line, name, team.code) for team, name in in_full if len(name) == longest}
    for name in short_forms(line):
        if found := called_among(campaign, teams, name):
            return {team.code: with_code(line, name, team.code) for team in found}
    return {}


def called_among(campaign: Campaign, teams: list[Team], name: str) -> list[Team]:
    """Those that a name calls: by a whole name, else by a part of one, else by what people leave of it."""
    if len(name) < SHORTEST:
        return []
    return (
        [team for team in teams if name in spoken_names(campaign, team.unit)]
        or [team for team in teams if is_part_of(name, (team.unit, team.unit_key))]
        or [team for team in teams if is_short_for(campaign, name, team.unit)]
    )


def hers(ctx: Context) -> list[Team]:
    """The teams of her regions that stand on the lists; none where there are too many to go through."""
    if not ctx.membership.roles:
        return []
    lists, cid = ctx.store.team_lists, ctx.campaign.id
    codes = [code for scope in scopes_of(ctx, None) for code in lists.listed(cid, scope, 0, MOST + 1).codes]
    return ctx.store.teams.many(cid, sorted(codes)) if len(codes) <= MOST else []
