"""Standings as figures: what anybody may see of a ranking. The chat's words, the pages and the API are made of them.

Ranks are given before anything is held back. Nobody stands in a ranking with nothing. A team or unit with fewer 人次
than the file's `min_unit_size` is counted and not named; under `top:N` nothing is named beyond the first N.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from handlers.language.names import unit_key
from storage import Store
from storage.boards import Place
from storage.campaign_document import Project, Region
from storage.campaign_schema import Campaign
from storage.models.teams import Metric, Team

LOOKED_AT = 100
"""Units and teams that a search looks at closely."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line. `code`: a team's; `region`, `project`: ids, '' where it is none's. `value`: fen, or 人次."""

    rank: int
    name: str
    value: int
    code: str = ""
    region: str = ""
    project: str = ""


@dataclass(frozen=True, slots=True)
class Standings:
    """A stretch of a ranking, from the place `start` (0 = first).

    `end`: the place after its last; `shown`: how many places are public; `size`: how many have anything. `small`: how
    many of the stretch are not named. `equals`: how many more are level with the last one that is public. `sums`: of
    every region or project by its id, where those are ranked. `beside`: where the teams stand that were asked for too.
    """

    rows: tuple[Row, ...]
    start: int
    end: int
    shown: int
    size: int
    small: int = 0
    equals: int = 0
    sums: Mapping[str, int] = field(default_factory=dict)
    beside: tuple[Place, ...] = ()


def of_teams(
    store: Store,
    campaign: Campaign,
    metric: Metric,
    scope: str,
    day: date,
    start: int,
    count: int,
    places: int | None = None,
    beside: Sequence[Team] = (),
) -> Standings:
    """`count` places of a ranking of teams. `places`: how many of them she may see, else those that are public.

    `beside`: as `Boards.stretch` has it. Two round trips, three where places are cut off that were asked for.
    """
    stretch = store.boards.stretch(campaign, metric, scope, day, start, count, beside)
    size, found = stretch.size, stretch.standings
    shown = stretch.named if places is None else min(places, size)
    standings = found[: max(0, shown - start)]
    teams = {team.number: team for team in store.teams.many(campaign.id, stretch.codes[: len(standings)])}
    rows = [
        Row(s.rank, team.unit, s.value, team.code, team.region, team.project)
        for s in standings
        if campaign.shows((team := teams[s.number]).donations)
    ]
    end = start + len(standings)
    last = bool(standings) and end < size and (end == shown or len(standings) == count)
    equals = stretch.equals if last else 0
    if last and len(standings) < len(found):
        equals = store.boards.equals(campaign.id, metric, scope, day, end, standings[-1].value)
    small = len(standings) - len(rows)
    return Standings(tuple(rows), start, end, shown, size, small, equals, beside=stretch.places)


def of_units(
    store: Store, campaign: Campaign, metric: Metric, day: date, start: int, count: int, region: str = ""
) -> Standings:
    """`count` places of the ranking of units, of all or of a region: what the teams of each add up to.

    Under `top:N` no unit beyond the first N of all is named, and none of which no team is among the first N, as that
    team is not.
    """
    board, top = store.boards, campaign.ranking.top
    size, found = board.stretch_of_units(campaign.id, metric, day, start, count, region)
    shown = size
    if top:
        shown = min(size, board.leading_units(campaign.id, metric, day, region, top) if region else top)
    places = found[: max(0, shown - start)]
    teams = store.teams.named_many(campaign.id, [place.key for place in places])
    leads = _leads(store, campaign, metric, day, top, teams) if top else None
    rows = []
    for place in places:
        members = [team for team in teams.get(place.key, ()) if team.region == place.region]
        if members and campaign.shows(place.donations) and (leads is None or any(t.number in leads for t in members)):
            projects = {team.project for team in members}
            project = projects.pop() if len(projects) == 1 else ""
            rows.append(Row(place.rank, members[0].unit, place.value, region=place.region, project=project))
    return Standings(tuple(rows), start, start + len(places), shown, size, len(places) - len(rows))


def _leads(
    store: Store, campaign: Campaign, metric: Metric, day: date, top: int, teams: Mapping[str, Sequence[Team]]
) -> set[int]:
    """The registration numbers of those teams that are among the first `top` of all."""
    numbers = [team.number for named in teams.values() for team in named]
    least = store.boards.least_of_first(campaign.id, metric, day, top)
    values = store.boards.values(campaign.id, metric, day, numbers)
    return {number for number, value in values.items() if value >= least}


def of_parts(store: Store, campaign: Campaign, metric: Metric, dimension: str, day: date) -> Standings:
    """The regions, or the projects, that are no part of another, by what came together there."""
    nodes: Sequence[Region | Project] = campaign.regions if dimension == "region" else campaign.projects
    sums = store.boards.sums(campaign.id, metric, dimension, day)
    ranked = ranked_parts(nodes, sums)
    shown = ranked[: campaign.ranking.top or None]
    equals = sum(row.value == shown[-1].value for row in ranked[len(shown) :]) if shown else 0
    return Standings(tuple(shown), 0, len(shown), len(shown), len(ranked), equals=equals, sums=sums)


def ranked_parts(nodes: Sequence[Region | Project], sums: Mapping[str, int]) -> list[Row]:
    """Those at the top of their tree that have anything, greatest first, then in the file's order."""
    having = [node for node in nodes if node.parent is None and sums.get(node.id)]
    values = [sums[node.id] for node in having]
    rows = []
    for node in sorted(having, key=lambda node: -sums[node.id]):
        rank = 1 + sum(value > sums[node.id] for value in values)
        where = {"region": node.id} if isinstance(node, Region) else {"project": node.id}
        rows.append(Row(rank, node.name, sums[node.id], **where))
    return rows


def public_place(store: Store, campaign: Campaign, team: Team) -> Place | None:
    """A team's place by amount in the ranking of all, where that names it. None names a team too small to be public."""
    if not campaign.ranking.public or not team.amount_fen or not campaign.shows(team.donations):
        return None
    place = store.boards.place(campaign.id, team)
    return place if place.rank <= (campaign.ranking.top or place.rank) else None


def search(store: Store, campaign: Campaign, region: str, said: str, limit: int) -> list[tuple[Team, Place]]:
    """The teams of a region whose units' names hold what was said, as far as a ranking names them: greatest first."""
    key = unit_key(campaign, said)
    places = [each.id for each in campaign.regions if region in campaign.region_path(each.id)]
    keys = store.unit_names.holding(campaign.id, places, [key], LOOKED_AT)
    found = store.teams.named_many(campaign.id, keys)
    teams = [team for named in found.values() for team in named if team.region in places]
    teams.sort(key=lambda team: -team.amount_fen)
    placed = ((team, public_place(store, campaign, team)) for team in teams[:LOOKED_AT])
    return [(team, place) for team, place in placed if place][:limit]
