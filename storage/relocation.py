"""Relocation: what moves a team from where it stands to where it belongs after an act on it.

Its name, its counts, lists and rolls, its boards and sums, its claim code. What goes off the lists has its growth of
every day put on a shelf, from which it is put back. Figures themselves are never changed here.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from storage import heard
from storage.boards import ALL, metric_name, scopes, unit_of, unit_scopes
from storage.campaign_schema import Campaign
from storage.database import Database
from storage.heard import LISTED
from storage.keys import Keys
from storage.ledger import Plan
from storage.models.teams import Team
from storage.rolls import enrol
from storage.team_documents import holds_its_name, name_of
from storage.teams import count_field

BEFORE_REGISTERING = timedelta(days=2)
"""So long before it was registered a team may have grown, by what was said of the days before."""

Growth = Mapping[str, int]
"""What a team grew by, in fen, by the name of each day's board (`today:2024-05-08`)."""


def stands(team: Team) -> bool:
    """Whether a team is on boards and in sums."""
    return team.reported and team.status in LISTED


def relocate(plan: Plan, campaign: Campaign, before: Team, after: Team, growth: Growth) -> None:
    """Add to a plan all that follows from a team's new unit, region, project or state."""
    _name(plan, before, after)
    _wait(plan, before, after)
    _count(plan, campaign, before, after)
    _hear(plan, campaign, before, after)
    enrol(plan, campaign, before, after)
    _stand(plan, campaign, before, after, growth)
    _shelve(plan, before, after, growth)
    if before.claim_code != after.claim_code:
        claims = plan.keys.claims(plan.campaign)
        if before.claim_code:
            plan.effect("HDEL", claims, before.claim_code)
        if after.claim_code:
            plan.effect("HSET", claims, after.claim_code, after.code)


def restand(plan: Plan, campaign: Campaign, before: Team, after: Team, was: Growth, grown: Growth) -> None:
    """Add to a plan that a listed team stands with other figures: `was` its growth, `grown` its growth from now on."""
    old = values_of(before, was) if before.reported else {}
    new = values_of(after, grown) if after.reported else {}
    member = f"{after.number:06d}"
    for metric in sorted(old.keys() | new.keys()):
        gained = new.get(metric, 0) - old.get(metric, 0)
        for scope in scopes(campaign, after):
            board = plan.keys.board(campaign.id, metric, scope)
            if metric not in new:
                plan.effect("ZREM", board, member)
            elif new[metric] != old.get(metric):
                plan.effect("ZADD", board, -new[metric], member)
            if gained:
                _add(plan, metric, scope, gained)
        if gained:
            _add_to_unit(plan, campaign, metric, after, gained)
    if offline := after.standing("offline").amount_fen - before.standing("offline").amount_fen:
        plan.effect("HINCRBY", plan.keys.totals(campaign.id), "offline", offline)


def growth_of(database: Database, keys: Keys, campaign: Campaign, team: Team, day: date) -> dict[str, int]:
    """What a team grew by until `day`, from the boards or from its shelf; one round trip."""
    if not stands(team):
        return {name: int(fen) for name, fen in database.hgetall(keys.shelf(campaign.id, team.code)).items()}
    names = [metric_name("today", each) for each in _days(campaign, team, day)]
    with database.pipeline(transaction=False) as pipe:
        for name in names:
            pipe.zscore(keys.board(campaign.id, name, ALL), f"{team.number:06d}")
        scores = pipe.execute()
    return {name: -int(score) for name, score in zip(names, scores, strict=True) if score is not None}


def values_of(team: Team, growth: Growth) -> dict[str, int]:
    """What a team contributes to each board, in fen or 人次."""
    return {"amount": team.amount_fen, "donations": team.donations, **growth}


def first_day(campaign: Campaign, team: Team) -> date:
    """The first local day on which a team may have grown."""
    return team.grown_since or campaign.local(team.registered_at).date() - BEFORE_REGISTERING


def _days(campaign: Campaign, team: Team, day: date) -> Iterator[date]:
    first = first_day(campaign, team)
    last = max(day, team.day or day)
    return (first + timedelta(days=n) for n in range((last - first).days + 1))


def _name(plan: Plan, before: Team, after: Team) -> None:
    old = (before.unit_key, name_of(before)) if holds_its_name(before) else None
    new = (after.unit_key, name_of(after)) if holds_its_name(after) else None
    names, unit = plan.keys.names(plan.campaign), plan.keys.unit
    if old and old != new:
        if not before.twin:
            plan.effect("HDEL", names, old[1])
        plan.effect("SREM", unit(plan.campaign, old[0]), before.code)
    if new and old != new:
        if not after.twin:
            plan.absent(names, new[1])
            plan.effect("HSET", names, new[1], after.code)
        plan.effect("SADD", unit(plan.campaign, new[0]), after.code)
        plan.effect("SADD", plan.keys.region_units(plan.campaign, after.region), after.unit_key)


def _wait(plan: Plan, before: Team, after: Team) -> None:
    waiting = plan.keys.waiting(plan.campaign)
    if before.status == "pending" != after.status:
        plan.effect("SREM", waiting, before.code)
    elif after.status == "pending" != before.status:
        plan.effect("SADD", waiting, after.code)


def _count(plan: Plan, campaign: Campaign, before: Team, after: Team) -> None:
    old, new = _listed_in(campaign, before), _listed_in(campaign, after)
    for scope in [each for each in old if each not in new]:
        plan.effect("HINCRBY", plan.keys.counts(campaign.id), count_field(scope), -1)
    for scope in [each for each in new if each not in old]:
        plan.effect("HINCRBY", plan.keys.counts(campaign.id), count_field(scope), 1)


def _hear(plan: Plan, campaign: Campaign, before: Team, after: Team) -> None:
    old, new = (set(heard.places(campaign, team)) if team.status in LISTED else set() for team in (before, after))
    if old != new and old:
        heard.leave(plan, campaign, before)
    if old != new and new:
        heard.enter(plan, campaign, after)


def _listed_in(campaign: Campaign, team: Team) -> Sequence[str]:
    return tuple(scopes(campaign, team)) if team.status in LISTED else ()


def _stand(plan: Plan, campaign: Campaign, before: Team, after: Team, growth: Growth) -> None:
    old = tuple(scopes(campaign, before)) if stands(before) else ()
    new = tuple(scopes(campaign, after)) if stands(after) else ()
    member = f"{after.number:06d}"
    for metric, value in values_of(before, growth).items():
        for scope in [each for each in old if each not in new]:
            plan.effect("ZREM", plan.keys.board(campaign.id, metric, scope), member)
            _add(plan, metric, scope, -value)
        for scope in [each for each in new if each not in old]:
            plan.effect("ZADD", plan.keys.board(campaign.id, metric, scope), -value, member)
            _add(plan, metric, scope, value)
    carry_to_unit(plan, campaign, before, after, growth)
    offline = before.standing("offline").amount_fen
    if offline and bool(old) != bool(new):
        plan.effect("HINCRBY", plan.keys.totals(campaign.id), "offline", offline if new else -offline)


def _add(plan: Plan, metric: str, scope: str, value: int) -> None:
    if scope == ALL:
        plan.effect("HINCRBY", plan.keys.totals(plan.campaign), metric, value)
        return
    dimension, _, name = scope.partition(":")
    plan.effect("ZINCRBY", plan.keys.sums(plan.campaign, metric, dimension), -value, name)


def carry_to_unit(plan: Plan, campaign: Campaign, before: Team, after: Team, growth: Growth) -> None:
    """Add to a plan that a team's values leave the sums of one unit for another's; a sum of nothing goes."""
    left, joined = (team if stands(team) else None for team in (before, after))
    if left and joined and unit_of(left) == unit_of(joined):
        return
    for metric, value in values_of(before, growth).items():
        if joined:
            _add_to_unit(plan, campaign, metric, joined, value)
        if left:
            _add_to_unit(plan, campaign, metric, left, -value)
            for units in unit_scopes(campaign, left.region):
                plan.effect("ZREMRANGEBYSCORE", plan.keys.sums(plan.campaign, metric, units), 0, 0)


def _add_to_unit(plan: Plan, campaign: Campaign, metric: str, team: Team, value: int) -> None:
    for units in unit_scopes(campaign, team.region):
        plan.effect("ZINCRBY", plan.keys.sums(plan.campaign, metric, units), -value, unit_of(team))


def _shelve(plan: Plan, before: Team, after: Team, growth: Growth) -> None:
    shelf = plan.keys.shelf(plan.campaign, after.code)
    if stands(before) and not stands(after) and growth:
        pairs = [part for name, fen in growth.items() for part in (name, fen)]
        plan.effect("HSET", shelf, *pairs)
    elif stands(after) and not stands(before):
        plan.effect("DEL", shelf)
