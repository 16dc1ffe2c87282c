"""明细: every report of a team and every act on it: how it was said, from where to where, when, and by whom."""

from handlers import pages, texts
from handlers.acts.actor import Actor
from handlers.jurisdiction import covers
from handlers.meant import going_on
from handlers.messages import Context, Reply, UserError
from handlers.my_team import beside_the_platform, my_teams
from handlers.router import Router
from handlers.team_cards import teams_called
from handlers.team_lists import show_one_or_all
from storage.models.teams import Team

router = Router()
ENTRIES, TEAMS = 60, 3
"""How many entries of a team are shown at most, and of how many teams at once."""


@router.command(
    "明细",
    "进度明细",
    "报数明细",
    "上报明细",
    "记录",
    "报数记录",
    summary="明细 [编号]：每次上报和改动",
    audience="captain",
    aside=True,
)
def show_history(ctx: Context) -> Reply:
    """What became of the team that she names, newest first; of those she leads where she names none."""
    return _histories(ctx, _may_see(ctx, ctx.args) if ctx.args else [])


@router.intent("history")
def my_history(ctx: Context) -> Reply:
    """The same in a sentence, which may hold the code of one of hers; from a coordinator who leads none, how her region
    stands."""
    if ctx.membership.roles and not ctx.membership.codes:
        return show_one_or_all(ctx)
    hers = [code for code in ctx.membership.codes if ctx.slots.holds(code)]
    return _histories(ctx, ctx.store.teams.many(ctx.campaign.id, hers))


def _histories(ctx: Context, named: list[Team]) -> Reply:
    teams = named or ctx.store.teams.many(ctx.campaign.id, ctx.membership.codes)
    if not teams or (ctx.campaign.progress == "items" and not named):
        return my_teams(ctx)
    lines = [line for team in teams[:TEAMS] for line in _history(ctx, team)]
    rest = texts.my_team.rest_of_teams(len(teams) - TEAMS) if len(teams) > TEAMS else ""
    return pages.opening(pages.paged("", lines, rest))


def _may_see(ctx: Context, said: str) -> list[Team]:
    """The teams that are called so and that she acts for. Raises `UserError` for none."""
    called = going_on(ctx, teams_called(ctx, said))
    may_see = [team for team in called if ctx.person.id in team.captains or covers(ctx, team)]
    if not may_see:
        raise UserError(texts.team_histories.not_hers_to_see(said, role=bool(ctx.membership.roles)))
    return may_see


def _history(ctx: Context, team: Team) -> list[str]:
    entries = ctx.store.histories.newest(ctx.campaign.id, team.code, ENTRIES)
    actor = Actor(ctx.store, ctx.campaign, ctx.author("history"), ctx.membership)
    names = actor.names_for(team, entries)
    platform = beside_the_platform(ctx.campaign, ctx.store.platform.seen(ctx.campaign, team))
    return texts.team_histories.history(ctx.campaign, team, platform, entries, names)
