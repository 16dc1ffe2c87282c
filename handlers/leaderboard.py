"""排行: where teams, counties and projects stand, as far as the campaign's ranking mode shows it.

Everybody sees the standings; a captain also sees where her own teams stand. `更多` goes on where the last
page ended. A unit that is named gets its own
line, if it stands where everybody may look; one that nobody knows and one that is not shown are answered alike.
"""

from collections.abc import Sequence
from dataclasses import replace

from handlers import standings, texts
from handlers.hearing import said_as
from handlers.language.names import unit_key
from handlers.messages import Context, Reply
from handlers.my_team import my_teams
from handlers.router import Router
from handlers.understand.readings import Ask
from handlers.wishes.standings import (
    MOST,
    AskedStandings,
    asks_for_a_place,
    names_a_place,
    of_her_place,
    whose_place,
)
from storage import boards
from storage.boards import Place
from storage.campaign_schema import Campaign
from storage.models.teams import Metric, Team

router = Router()

PAGE = MOST
MORE = "standings"
"""What `Person.more` begins with where a ranking goes on: `standings|metric|scope|start`."""


@router.command(
    "排行",
    "排名",
    "排行榜",
    "榜单",
    summary="排行 [县区或项目]：筹款排行",
    aside=True,
    accepts=names_a_place,
)
def show_amounts(ctx: Context) -> Reply:
    return _named(ctx, "amount")


@router.command("人次榜", "人次排行", summary="人次榜：捐赠人次排行", aside=True)
def show_donations(ctx: Context) -> Reply:
    return _named(ctx, "donations")


@router.command("增长榜", "今日榜", summary="增长榜：今日新增排行", aside=True)
def show_growth(ctx: Context) -> Reply:
    return _named(ctx, "today")


@router.command("昨日榜", summary="昨日榜：昨日新增排行", aside=True)
def show_yesterday(ctx: Context) -> Reply:
    return _named(ctx, "yesterday")


@router.command(
    "县区排行", "县区榜", "市州排行", "市州榜", "街道排行", "街道榜", summary="县区排行：各县区合计", aside=True
)
def show_regions(ctx: Context) -> Reply:
    return _sums(ctx, "region", "amount")


@router.command("项目排行", "项目榜", summary="项目排行：各项目合计", aside=True)
def show_projects(ctx: Context) -> Reply:
    return _sums(ctx, "project", "amount")


def turn(ctx: Context, place: str) -> Reply:
    """The next page of the standings she looked at last: `metric|scope|start`."""
    metric, _, rest = place.partition("|")
    scope, _, start = rest.rpartition("|")
    if metric not in texts.leaderboard.METRIC_NAMES:
        return Reply(texts.leaderboard.nothing_more())
    return _teams(ctx, metric, scope, int(start))


@router.intent("rank")
def show_asked(ctx: Context) -> Reply:
    """A free sentence about standings: which counties, which projects, the teams of a place, or one unit's place."""
    said = said_as(ctx, "rank")
    bare, codes = (said.bare, said.codes) if isinstance(said, Ask) else ("", ())
    name = whose_place(bare)
    key = unit_key(ctx.campaign, name) if name else ""
    named = ctx.store.teams.named(ctx.campaign.id, key) if key else []
    asked = AskedStandings(ctx.campaign, ctx.args)
    of_a_part = asked.region or asked.project or asked.of_regions or asked.of_projects
    if codes and not (named or of_a_part or asks_for_a_place(bare)):
        return my_teams(replace(ctx, reading=Ask("team", codes=codes)))
    if units := named or ([] if of_a_part else ctx.store.teams.many(ctx.campaign.id, codes)):
        return _places(ctx, name, units)
    if asks_for_a_place(bare) and ctx.campaign.ranking.public:
        return Reply(texts.leaderboard.nobody_of_that_name(ctx.campaign, name))
    if asked.of_regions or of_her_place(ctx.args):
        return _sums(ctx, "region", asked.metric)
    if asked.of_projects:
        return _sums(ctx, "project", asked.metric)
    return _by_words(ctx, asked, asked.metric)


def _by_words(ctx: Context, asked: AskedStandings, metric: Metric) -> Reply:
    """The teams of the region or else the project that is named, or all: as many as are asked for."""
    if asked.region is not None:
        return _teams(ctx, metric, f"region:{asked.region.id}", 0, asked.places)
    return _teams(ctx, metric, f"project:{asked.project.id}" if asked.project else boards.ALL, 0, asked.places)


def _named(ctx: Context, metric: Metric) -> Reply:
    """The standings behind the word: of a unit, a region or a project; what names none of them is told so."""
    asked = AskedStandings(ctx.campaign, ctx.args)
    if asked.of_regions_alone:
        return _sums(ctx, "region", metric)
    name = asked.name
    units = ctx.store.teams.named(ctx.campaign.id, unit_key(ctx.campaign, name)) if name else []
    if units:
        return _places(ctx, name, units)
    if ctx.campaign.ranking.public and not (asked.region or asked.project) and asked.is_a_name:
        return Reply(texts.leaderboard.nobody_of_that_name(ctx.campaign, name))
    return _by_words(ctx, asked, metric)


def _places(ctx: Context, name: str, units: list[Team]) -> Reply:
    """Where a unit's teams stand by amount: the asker's own always, others as far as any ranking shows them."""
    ranking = ctx.campaign.ranking
    if ranking.mode == "off":
        return Reply(texts.leaderboard.standings_off())
    lines = [_placed(ctx, team) if team.code in ctx.membership.codes else public_place(ctx, team) for team in units]
    if not any(lines):
        if ranking.public:
            return Reply(texts.leaderboard.nobody_of_that_name(ctx.campaign, name))
        return Reply(texts.leaderboard.standings_own_only())
    return Reply("\n".join(filter(None, lines)))


def _placed(ctx: Context, team: Team) -> str:
    """Her own team's place in the ranking of all."""
    return _own_place(ctx, team, ctx.store.boards.place(ctx.campaign.id, team) if team.reported else None)


def public_place(ctx: Context, team: Team) -> str:
    """Its place in the ranking of all, where that names it; '' where it does not."""
    place = standings.public_place(ctx.store, ctx.campaign, team)
    return texts.leaderboard.team_place(team, ctx.campaign.project(team.project).name, place) if place else ""


def _teams(ctx: Context, metric: Metric, scope: str, start: int, places: int = PAGE) -> Reply:
    """One page of a ranking of teams: `places` of them from `start`."""
    if not ctx.campaign.ranking.public:
        return _closed(ctx, scope)
    campaign, day = ctx.campaign, ctx.campaign.local(ctx.now).date()
    hers = _own_teams(ctx, scope) if metric == "amount" and not start else []
    told = [team for team in hers if team.reported]
    may_see = _places_for(ctx, metric, scope)
    page = standings.of_teams(ctx.store, campaign, metric, scope, day, start, places, places=may_see, beside=told)
    if start and start >= page.shown:
        return Reply(texts.leaderboard.nothing_more(), remember={"more": None})
    lines = [texts.leaderboard.standings_head(campaign, _scope_name(campaign, scope), "队伍排行", metric, ctx.now)]
    lines += [texts.leaderboard.place_line(row.rank, row.name, row.value, metric) for row in page.rows]
    if not page.size:
        lines.append(texts.leaderboard.standings_empty())
    elif page.small:
        lines.append(texts.leaderboard.too_small(page.small, campaign.ranking.min_unit_size))
    more = None
    if page.end == page.shown or places < PAGE:
        lines += texts.leaderboard.equals(page.equals, "支")
    if page.end < page.shown:
        lines.append(texts.leaderboard.standings_more(page.end, page.shown))
        more = f"{MORE}|{metric}|{scope}|{page.end}"
    elif page.shown < page.size:
        top = campaign.ranking.top or page.shown
        lines.append(texts.leaderboard.standings_top_only(top, _scope_name(campaign, scope)))
    lines += _own_places(ctx, hers, page.beside)
    return Reply("\n".join(lines), remember={"more": more})


def _places_for(ctx: Context, metric: Metric, scope: str) -> int | None:
    """How many places she is told beyond what is public: who has authority over all that stand there, the first N."""
    dimension, _, name = scope.partition(":")
    place = ctx.campaign.region_path(name) if dimension == "region" else ()
    return ctx.campaign.ranking.top if ctx.membership.covers(place) else None


def _sums(ctx: Context, dimension: str, metric: Metric) -> Reply:
    """The regions, or the projects, that are no part of another, by what came together there."""
    if not ctx.campaign.ranking.public:
        return _closed(ctx, boards.ALL)
    campaign = ctx.campaign
    ranked = standings.of_parts(ctx.store, campaign, metric, dimension, campaign.local(ctx.now).date())
    what = texts.leaderboard.regions_ranking(campaign) if dimension == "region" else "项目排行"
    lines = [texts.leaderboard.standings_head(campaign, "", what, metric, ctx.now)]
    lines += [texts.leaderboard.place_line(row.rank, row.name, row.value, metric) for row in ranked.rows]
    lines += texts.leaderboard.equals(ranked.equals, "个") if ranked.rows else [texts.leaderboard.standings_empty()]
    return Reply("\n".join(lines), remember={"more": None})


def _closed(ctx: Context, scope: str) -> Reply:
    """Nothing is public: `own` still tells a captain where she stands herself."""
    if ctx.campaign.ranking.mode == "off":
        return Reply(texts.leaderboard.standings_off())
    hers = _own_teams(ctx, scope)
    places = ctx.store.boards.places(ctx.campaign.id, [team for team in hers if team.reported], scope)
    return Reply("\n".join(_own_places(ctx, hers, places)) or texts.leaderboard.standings_own_only())


def _own_teams(ctx: Context, scope: str) -> list[Team]:
    """Her teams that stand in this ranking."""
    return [team for team in ctx.own_teams(ctx.campaign) if scope in boards.scopes(ctx.campaign, team)]


def _own_places(ctx: Context, teams: Sequence[Team], places: Sequence[Place]) -> list[str]:
    """A line for each of her teams; `places`: of those that have reported."""
    stands = iter(places)
    return [_own_place(ctx, team, next(stands) if team.reported else None) for team in teams]


def _own_place(ctx: Context, team: Team, place: Place | None) -> str:
    return texts.leaderboard.own_place(team, ctx.campaign.project(team.project).name, place)


def _scope_name(campaign: Campaign, scope: str) -> str:
    dimension, _, name = scope.partition(":")
    if dimension == "region":
        return campaign.region(name).name
    return campaign.project(name).name if dimension == "project" else ""
