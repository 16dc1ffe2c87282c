"""队伍 and 未报: the teams of a coordinator's region in the state that she asks for, and its units without, by pages.

Who has not been heard of is told to the coordinators of the region alone, and not where the campaign file says so
(design §2, "who has not reported"). It is about reports, never about who gave.
"""

from handlers import texts
from handlers.coordinators import my_regions
from handlers.jurisdiction import require_role, scopes_of
from handlers.leaderboard import show_asked
from handlers.messages import Context, Reply, UserError
from handlers.my_team import my_teams
from handlers.regional import lines_for
from handlers.rosters import missing_line, require_few, without_team
from handlers.router import Router
from handlers.team_cards import look_up
from handlers.wishes.teams import (
    OfTeams,
    Which,
    asked_teams,
    asks_for_no_list,
    asks_which_teams,
    may_follow_the_word,
    names_her_region,
)

router = Router()
PAGE = 12
MORE = "teams"
"""What `Person.more` begins with where such a list goes on: `teams|which|scopes|start`, scopes apart by blanks."""


@router.command(
    "队伍",
    "队伍名单",
    "队伍列表",
    "辖区队伍",
    summary="队伍 [县区] [未报|未组队|待认领|未达标|停用]：辖区的队伍",
    audience="coordinator",
    aside=True,
    accepts=may_follow_the_word,
)
def show_teams(ctx: Context) -> Reply:
    """Her region's teams; a code or a unit's name is one team's card. To whoever has no role, her own teams."""
    asked = asked_teams(ctx.campaign, ctx.args)
    if ctx.args and asked.rest and not (ctx.membership.roles and asks_for_no_list(asked.rest)):
        return look_up(ctx, ctx.args)
    if not ctx.membership.roles:
        return my_teams(ctx)
    if asked.rest:
        raise UserError(texts.team_lists.no_such_list(asked.rest))
    return _first(ctx, asked.which or "listed", scopes_of(ctx, asked.region))


@router.command(
    "未报", "未上报", "未报名单", "没报的", summary="未报：今天还没有消息的队伍", audience="coordinator", aside=True
)
def show_silent(ctx: Context) -> Reply:
    """Those of her region that were not heard of today."""
    require_role(ctx)
    return _first(ctx, "silent", scopes_of(ctx, asked_teams(ctx.campaign, ctx.args).region))


@router.intent("regions")
def show_region(ctx: Context) -> Reply:
    """A free sentence about the teams or the region of a coordinator; to anybody else the standings."""
    if not ctx.membership.roles:
        return my_regions(ctx) if names_her_region(ctx.args) else show_asked(ctx)
    asked = asked_teams(ctx.campaign, ctx.args)
    if asked.which is None and (asked.rest or not asks_which_teams(ctx.args)):
        return my_regions(ctx)
    return _first(ctx, asked.which or "listed", scopes_of(ctx, asked.region))


@router.intent("team")
def show_one_or_all(ctx: Context) -> Reply:
    """A sentence about how a team stands; from a coordinator who leads none, about one of her region, or all of it."""
    if ctx.membership.codes or not ctx.membership.roles:
        return my_teams(ctx)
    coded = ctx.slots.team
    if coded and coded.printed:
        return look_up(ctx, f"#{coded.code}")
    named = list(lines_for(ctx, ctx.args))
    return look_up(ctx, f"#{named[0]}") if len(named) == 1 else my_regions(ctx)


def turn(ctx: Context, place: str) -> Reply:
    """The next page; what she may see is looked at anew."""
    which, scopes, start = place.split("|")
    allowed = set(scopes_of(ctx, None))
    hers = [s for s in scopes.split() if s in allowed or _is_within(ctx, s)]
    if not hers:
        raise UserError(texts.leaderboard.nothing_more())
    return _page(ctx, which, hers, int(start))  # type: ignore[arg-type]  # written by `_page`


def _is_within(ctx: Context, scope: str) -> bool:
    region = scope.partition(":")[2]
    return bool(region) and ctx.membership.covers(ctx.campaign.region_path(region))


def _first(ctx: Context, which: Which, scopes: list[str]) -> Reply:
    if which == "silent" and not ctx.campaign.silence.list:
        raise UserError(texts.team_lists.silence_is_not_listed())
    return _page(ctx, which, scopes, 0)


def _page(ctx: Context, which: Which, scopes: list[str], start: int) -> Reply:
    """A page from `start`, and the way to the next."""
    rows, of, units = _units(ctx, scopes, start) if which == "unteamed" else _teams(ctx, which, scopes, start)
    head = texts.team_lists.list_head(ctx.campaign, which, [s.partition(":")[2] for s in scopes], of, ctx.now)
    shown = texts.wording.within(rows, texts.wording.SHORT_BYTES - len(head.encode()))
    end = start + len(shown)
    more = f"{MORE}|{which}|{' '.join(scopes)}|{end}" if end < of else None
    told = texts.team_lists.list_of_teams(head, shown, end, of, which)
    if which == "silent" and start == 0 and (missing := missing_line(ctx.store, ctx.campaign, scopes, units)):
        told = f"{told}\n{missing}"
    return Reply(told, remember={"more": more})


def _teams(ctx: Context, which: OfTeams, scopes: list[str], start: int) -> tuple[list[str], int, int]:
    """`PAGE` teams, through one scope after the other, how many there are, and how many units the roster has there."""
    campaign, codes, of, units = ctx.campaign, list[str](), 0, 0
    today = campaign.local(ctx.now).date()
    for scope in scopes:
        page = ctx.store.team_lists.page(campaign.id, which, scope, today, max(0, start - of), PAGE - len(codes))
        codes += page.codes[: PAGE - len(codes)]
        of, units = of + page.of, units + page.units
    return [texts.team_lists.team_row(campaign, t, today) for t in ctx.store.teams.many(campaign.id, codes)], of, units


def _units(ctx: Context, scopes: list[str], start: int) -> tuple[list[str], int, int]:
    """`PAGE` units of the roster that have no team, how many there are, and how many are gone through."""
    if not ctx.store.roster.exists(ctx.campaign.id):
        raise UserError(texts.roster.no_roster())
    require_few(ctx.store, ctx.campaign, scopes)
    units = without_team(ctx.store, ctx.campaign, scopes)
    return [texts.roster.unit_row(ctx.campaign, unit) for unit in units[start : start + PAGE]], len(units), len(units)
