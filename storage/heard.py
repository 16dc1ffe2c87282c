"""When a team was last heard of: a report, a correction, `今天没有新增` or its registration, whoever of it said so.

A sorted set for the campaign and for every region, the score the local day as yyyymmdd. It is about reports, never
about who gave; who may see it is decided above (design §2, "who has not reported").
"""

from collections.abc import Iterator, Sequence
from datetime import date

from storage.boards import ALL, scopes
from storage.campaign_schema import Campaign
from storage.ledger import NUMBER, Plan
from storage.models.teams import Team

LISTED = ("active", "unclaimed")
"""The states of a team that stands on the lists."""


def listen(plan: Plan, campaign: Campaign, before: Team, after: Team) -> None:
    """Add to a plan that a team was heard of; on a day on which it was already, nothing is written."""
    if after.heard != before.heard and after.status in LISTED:
        _hear(plan, campaign, after, f"{after.number:06d}")


def enter(plan: Plan, campaign: Campaign, team: Team) -> None:
    """Add to a plan that a team comes on the lists; one without a number is given it by the plan."""
    _hear(plan, campaign, team, f"{team.number:06d}" if team.number else NUMBER)


def leave(plan: Plan, campaign: Campaign, team: Team) -> None:
    """Add to a plan that a team is on no list any more."""
    for scope in places(campaign, team):
        plan.effect("ZREM", plan.keys.heard(plan.campaign, scope), f"{team.number:06d}")


def places(campaign: Campaign, team: Team) -> Iterator[str]:
    """The scopes in which it is noted when a team was heard of: all, its region and those above."""
    return (scope for scope in scopes(campaign, team) if scope == ALL or scope.startswith("region:"))


def scores(campaign: Campaign, teams: Sequence[Team]) -> dict[str, dict[str, int]]:
    """The sets as they follow from teams: scope → registration number → yyyymmdd."""
    found: dict[str, dict[str, int]] = {}
    for team in teams:
        if team.status in LISTED:
            for scope in places(campaign, team):
                found.setdefault(scope, {})[f"{team.number:06d}"] = score_of(_last_heard(campaign, team))
    return found


def _hear(plan: Plan, campaign: Campaign, team: Team, number: str) -> None:
    for scope in places(campaign, team):
        plan.effect("ZADD", plan.keys.heard(plan.campaign, scope), score_of(_last_heard(campaign, team)), number)


def _last_heard(campaign: Campaign, team: Team) -> date:
    return team.heard or campaign.local(team.registered_at).date()


def score_of(day: date) -> int:
    """A local day as the sets hold it."""
    return day.year * 10_000 + day.month * 100 + day.day
