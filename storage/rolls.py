"""Rolls: the teams that are in a certain state, of the whole campaign and of every region, in order of registration.

A sorted set for each roll and scope, kept by the step that changes a team, so that a page of a list costs the same
however many teams there are. Who of them was last heard of stands in `heard`.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Literal

from storage.campaign_schema import Campaign
from storage.heard import LISTED, places
from storage.ledger import NUMBER, Plan
from storage.models.teams import Team

Roll = Literal["pending", "unclaimed", "disabled", "short"]
"""`pending`: waits to be let in; `unclaimed`: for a captain; `disabled`: off every list; `short`: below its project's
claim threshold."""


def _is_short(campaign: Campaign, team: Team) -> bool:
    threshold = campaign.threshold_for(team.project)
    return team.status in LISTED and threshold is not None and not threshold.reached(team.amount_of(threshold.channels))


_ROLLS: Mapping[Roll, Callable[[Campaign, Team], bool]] = {
    "pending": lambda _, team: team.status == "pending",
    "unclaimed": lambda _, team: team.status == "unclaimed",
    "disabled": lambda _, team: team.status == "disabled",
    "short": _is_short,
}
"""Which team stands on which roll: a new one is a row, and a step of the schema that fills it."""


def enrol(plan: Plan, campaign: Campaign, before: Team | None, after: Team | None) -> None:
    """Add to a plan what moves a team from one state to the next on the rolls; None where it was, or is, on none.

    A team without a number is given it by the plan.
    """
    if before and after and before.region == after.region and _of(campaign, before) == _of(campaign, after):
        return
    old, new = _standing(campaign, before), _standing(campaign, after)
    number = f"{after.number:06d}" if after and after.number else NUMBER
    for roll, scope in sorted(old - new):
        plan.effect("ZREM", plan.keys.roll(plan.campaign, roll, scope), f"{before.number:06d}" if before else number)
    for roll, scope in sorted(new - old):
        plan.effect("ZADD", plan.keys.roll(plan.campaign, roll, scope), 0, number)


def members(campaign: Campaign, teams: Sequence[Team]) -> dict[str, set[str]]:
    """The rolls as they follow from teams: `roll:scope` → registration numbers."""
    found: dict[str, set[str]] = {}
    for team in teams:
        for roll, scope in _standing(campaign, team):
            found.setdefault(f"{roll}:{scope}", set()).add(f"{team.number:06d}")
    return found


def _standing(campaign: Campaign, team: Team | None) -> set[tuple[Roll, str]]:
    if team is None:
        return set()
    return {(roll, scope) for scope in places(campaign, team) for roll in _of(campaign, team)}


def _of(campaign: Campaign, team: Team) -> list[Roll]:
    return [roll for roll, holds in _ROLLS.items() if holds(campaign, team)]
