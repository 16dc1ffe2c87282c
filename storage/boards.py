"""Rankings: sorted sets of teams, units, regions and projects, kept up to date by the step that writes.

A score is the negative value and a member the zero-padded registration number, read ascending: the greatest value
comes first and equal values stand in order of registration. Rank = 1 + number of strictly better.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from storage.campaign_schema import Campaign
from storage.database import Command, Database, look
from storage.keys import Keys
from storage.ledger import Plan
from storage.models.teams import Metric, Standing, Team

_standings = look("standings")
ALL = "all"
UNIT = "unit"
"""The dimension of the sums by unit."""


def scopes(campaign: Campaign, team: Team) -> Iterator[str]:
    """Every ranking a team stands in: all, its region and those above, its project and the parent project."""
    yield ALL
    for region in campaign.region_path(team.region):
        yield f"region:{region}"
    yield f"project:{team.project}"
    parent = campaign.project(team.project).parent
    if parent is not None:
        yield f"project:{parent}"


def unit_of(team: Team) -> str:
    """Whose sum a team's values are part of: units of one name in two regions are two."""
    return f"{team.unit_key}|{team.region}"


def unit_scopes(campaign: Campaign, region: str) -> tuple[str, ...]:
    """Under which dimensions the sum of a unit of a region stands: among all, in its region and in those above."""
    return (UNIT, *(units_of(each) for each in campaign.region_path(region)))


def units_of(region: str) -> str:
    """The dimension of the sums by unit of a region, of all for ''."""
    return f"{UNIT}:region:{region}" if region else UNIT


def _key_and_region(unit: str) -> tuple[str, str]:
    key, _, region = unit.rpartition("|")
    return key, region


def metric_name(metric: Metric, day: date) -> str:
    """The metric as it stands in a key: what came in on a day is a board of its own for each local date."""
    if metric == "yesterday":
        day -= timedelta(days=1)
    return f"today:{day.isoformat()}" if metric in ("today", "yesterday") else metric


def values_of(team: Team, day: date) -> dict[str, int]:
    """What a team contributes to each metric, in fen or 人次."""
    return {
        "amount": team.amount_fen,
        "donations": team.donations,
        metric_name("today", day): team.today_fen(day),
    }


def update(plan: Plan, campaign: Campaign, before: Team, after: Team, day: date) -> None:
    """Add to a plan what moves a team from one state to the next on every board and sum.

    Where it stands on a board already and its value stays, nothing is written.
    """
    old, new = values_of(before, day), values_of(after, day)
    stood = before.reported and before.day == day and after.reported
    moved = [metric for metric, value in new.items() if not (stood and value == old[metric])]
    names, units = tuple(scopes(campaign, after)), unit_scopes(campaign, after.region)
    sums = [*(name.partition(":")[2] for name in names[1:]), *[unit_of(after)] * len(units)]
    standings: list[str | int] = [f"{after.number:06d}", len(names), len(sums), *sums, len(moved)]
    for metric in moved:
        grown = new[metric] - old[metric]
        standings += (metric, -new[metric] if after.reported else "", grown, -grown)
    plan.stand(_standing_keys(plan.keys, campaign.id, names, units, tuple(moved)), standings)
    offline = after.offline.amount_fen - before.offline.amount_fen
    if offline:
        plan.effect("HINCRBY", plan.keys.totals(campaign.id), "offline", offline)


def change_past(plan: Plan, campaign: Campaign, team: Team, past: Mapping[date, int]) -> None:
    """Add to a plan that days which are over have grown otherwise, in fen: on their dated boards and sums."""
    keys, cid = plan.keys, campaign.id
    for day, grown in past.items():
        metric = metric_name("today", day)
        plan.effect("HINCRBY", keys.totals(cid), metric, grown)
        for scope in scopes(campaign, team):
            dimension, _, name = scope.partition(":")
            plan.effect("ZINCRBY", keys.board(cid, metric, scope), -grown, f"{team.number:06d}")
            if scope != ALL:
                plan.effect("ZINCRBY", keys.sums(cid, metric, dimension), -grown, name)
        for units in unit_scopes(campaign, team.region):
            plan.effect("ZINCRBY", keys.sums(cid, metric, units), -grown, unit_of(team))


@lru_cache(maxsize=1024)
def _standing_keys(
    keys: Keys, campaign: str, names: tuple[str, ...], units: tuple[str, ...], metrics: tuple[str, ...]
) -> tuple[str, ...]:
    """The totals; for each metric the boards of all scopes, then the sums of all but `ALL`, the first, and of units."""
    found = [keys.totals(campaign)]
    for metric in metrics:
        found += (keys.board(campaign, metric, name) for name in names)
        found += (keys.sums(campaign, metric, name.partition(":")[0]) for name in names[1:])
        found += (keys.sums(campaign, metric, each) for each in units)
    return tuple(found)


def read_rank(plan: Plan, campaign: Campaign, after: Team, scope: str = ALL) -> None:
    """Ask a plan for the number of teams that are strictly better than `after` on the amount board."""
    plan.read("ZCOUNT", plan.keys.board(campaign.id, "amount", scope), "-inf", f"({-after.amount_fen}")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a team stands: its rank, how many stand on the board, and the value of the next one above (or None)."""

    rank: int
    of: int
    next_value: int | None


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some places of a ranking with their teams' codes; `size`: how many stand there with more than nothing.

    `named`: how many of those are told to anybody. `equals`: how many more stand there with as much as the last.
    `places`: where the teams stand that were asked for besides.
    """

    size: int
    named: int
    standings: tuple[Standing, ...] = ()
    codes: tuple[str, ...] = ()
    equals: int = 0
    places: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class UnitPlace:
    """Where a unit stands: its key and region, what its teams add up to, and their 人次."""

    rank: int
    key: str
    region: str
    value: int
    donations: int


@dataclass(frozen=True, slots=True)
class Boards:
    """Reading the rankings; every read costs O(log n) however many teams there are."""

    database: Database
    keys: Keys

    def top(
        self, campaign: str, metric: Metric, scope: str, day: date, start: int = 0, count: int = 10
    ) -> list[Standing]:
        """`count` places from `start` (0 = first)."""
        board = self.keys.board(campaign, metric_name(metric, day), scope)
        rows = self.database.zrange(board, start, start + count - 1, withscores=True) if count else []
        if not rows:
            return []
        better = self.database.zcount(board, "-inf", f"({rows[0][1]:.0f}")
        return list(standings_of(rows, first_rank=better + 1, first_place=start + 1))

    def stretch(
        self,
        campaign: Campaign,
        metric: Metric,
        scope: str,
        day: date,
        start: int,
        count: int,
        beside: Sequence[Team] = (),
    ) -> Stretch:
        """`count` places of those with more than nothing, from `start` (0 = first), in one round trip.

        Under `top:N` nobody is named beyond the first N of all, wherever it stands. `beside`: teams of the scope that
        have reported, and whose places by amount are wanted too.
        """
        name, cid = metric_name(metric, day), campaign.id
        keys = [self.keys.board(cid, name, scope), self.keys.codes(cid), self.keys.board(cid, name, ALL)]
        asked = self._places_reads(cid, beside, scope)
        args = [start, start + count - 1, campaign.ranking.top or ""]
        (size, named, better, level, flat, codes), read = self.database.take_beside(_standings, keys, args, asked)
        rows = [(member, float(score)) for member, score in zip(flat[0::2], flat[1::2], strict=True)]
        found = tuple(standings_of(rows, first_rank=better + 1, first_place=start + 1))
        return Stretch(size, named, found, tuple(codes), level - start - len(rows), tuple(_places_of(read)))

    def equals(self, campaign: str, metric: Metric, scope: str, day: date, places: int, value: int) -> int:
        """How many more than the first `places` stand there with as much as the last of them, whose `value` it is."""
        board = self.keys.board(campaign, metric_name(metric, day), scope)
        return int(self.database.zcount(board, "-inf", str(-value))) - places

    def leading(self, campaign: str, metric: Metric, scope: str, day: date, top: int) -> int:
        """How many first places of a scope belong to teams that are among the first `top` of all."""
        name = metric_name(metric, day)
        last = self.database.zrange(self.keys.board(campaign, name, ALL), top - 1, top - 1, withscores=True)
        worst = f"{last[0][1]:.0f}" if last else "+inf"
        return int(self.database.zcount(self.keys.board(campaign, name, scope), "-inf", worst))

    def raised(self, campaign: str, metric: Metric, scope: str, day: date) -> int:
        """How many stand there with more than nothing: a ranking names nobody who has none."""
        return int(self.database.zcount(self.keys.board(campaign, metric_name(metric, day), scope), "-inf", "(0"))

    def size(self, campaign: str, metric: Metric, scope: str, day: date) -> int:
        return int(self.database.zcard(self.keys.board(campaign, metric_name(metric, day), scope)))

    def place(self, campaign: str, team: Team, scope: str = ALL) -> Place:
        """Where a team that has reported stands by amount."""
        return place_of(self.database.together(self.place_reads(campaign, team, scope)))

    def places(self, campaign: str, teams: Sequence[Team], scope: str = ALL) -> list[Place]:
        """The same of several, in one round trip."""
        return list(_places_of(self.database.together(self._places_reads(campaign, teams, scope))))

    def _places_reads(self, campaign: str, teams: Sequence[Team], scope: str) -> list[Command]:
        return [read for team in teams for read in self.place_reads(campaign, team, scope)]

    def place_reads(self, campaign: str, team: Team, scope: str = ALL) -> list[Command]:
        """The three questions that `place_of` makes a place of."""
        board, above = self.keys.board(campaign, "amount", scope), f"({-team.amount_fen}"
        return [
            ("ZCOUNT", board, "-inf", above),
            ("ZCARD", board),
            ("ZREVRANGEBYSCORE", board, above, "-inf", "WITHSCORES", "LIMIT", 0, 1),
        ]

    def sums(self, campaign: str, metric: Metric, dimension: str, day: date) -> dict[str, int]:
        """The value of every region or project that has any, greatest first."""
        rows = self.database.zrange(
            self.keys.sums(campaign, metric_name(metric, day), dimension), 0, -1, withscores=True
        )
        return {name: -int(score) for name, score in rows}

    def leading_units(self, campaign: str, metric: Metric, day: date, region: str, top: int) -> int:
        """How many first places of a region's units belong to those that are among the first `top` of all."""
        name = metric_name(metric, day)
        last = self.database.zrange(self.keys.sums(campaign, name, UNIT), top - 1, top - 1, withscores=True)
        worst = f"{last[0][1]:.0f}" if last else "+inf"
        return int(self.database.zcount(self.keys.sums(campaign, name, units_of(region)), "-inf", worst))

    def stretch_of_units(
        self, campaign: str, metric: Metric, day: date, start: int, count: int, region: str = ""
    ) -> tuple[int, list[UnitPlace]]:
        """The same of units, in a region or, for '', of all; two round trips."""
        sums = self.keys.sums(campaign, metric_name(metric, day), units_of(region))
        with self.database.pipeline(transaction=True) as pipe:
            pipe.zcount(sums, "-inf", "(0")
            pipe.zrange(sums, start, start + max(count, 1) - 1, withscores=True)
            size, found = pipe.execute()
        rows = [row for row in found[: max(count, 0)] if row[1] < 0]
        if not rows:
            return int(size), []
        with self.database.pipeline(transaction=False) as pipe:
            pipe.zcount(sums, "-inf", f"({rows[0][1]:.0f}")
            pipe.zmscore(self.keys.sums(campaign, "donations", UNIT), [unit for unit, _ in rows])
            better, gifts = pipe.execute()
        ranks = _ranks([score for _, score in rows], better + 1, start + 1)
        return int(size), [
            UnitPlace(rank, *_key_and_region(unit), -int(score), -int(given or 0))
            for rank, (unit, score), given in zip(ranks, rows, gifts, strict=True)
        ]

    def values(self, campaign: str, metric: Metric, day: date, numbers: Sequence[int]) -> dict[int, int]:
        """What each team has, by registration number; 0 for what stands on no board."""
        board = self.keys.board(campaign, metric_name(metric, day), ALL)
        scores = self.database.zmscore(board, [f"{number:06d}" for number in numbers]) if numbers else []
        return {number: -int(score or 0) for number, score in zip(numbers, scores, strict=True)}

    def least_of_first(self, campaign: str, metric: Metric, day: date, top: int) -> int:
        """What the last of the first `top` teams of all has; 1 where there are fewer."""
        board = self.keys.board(campaign, metric_name(metric, day), ALL)
        last = self.database.zrange(board, top - 1, top - 1, withscores=True)
        return max(1, -int(last[0][1])) if last else 1


def place_of(answers: Sequence[Any]) -> Place:
    """The place that the answers to `Boards.place_reads` tell."""
    better, of, above = answers
    return Place(better + 1, of, -int(above[1]) if above else None)


def _places_of(answers: Sequence[Any]) -> Iterator[Place]:
    return map(place_of, zip(answers[0::3], answers[1::3], answers[2::3], strict=True))


def standings_of(rows: list[tuple[str, float]], first_rank: int, first_place: int) -> Iterator[Standing]:
    """The places along a stretch of a board whose first row's rank is known."""
    ranks = _ranks([score for _, score in rows], first_rank, first_place)
    for rank, (member, score) in zip(ranks, rows, strict=True):
        yield Standing(rank=rank, number=int(member), value=-int(score))


def _ranks(scores: list[float], first_rank: int, first_place: int) -> Iterator[int]:
    """Ranks along a stretch: the first one is known, an equal value shares it."""
    rank, previous = first_rank, scores[0] if scores else 0.0
    for place, score in enumerate(scores, start=first_place):
        if score != previous:
            rank, previous = place, score
        yield rank
