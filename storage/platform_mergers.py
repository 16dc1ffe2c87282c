"""What the platform says of two teams that go on as one, and what becomes of where it differed from their reports.

Figures of two donation pages add up; of one page the newer stand. What waited about the team that goes is closed with
it, and the figures of both are compared with what both had reported then.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from storage import differences
from storage.campaign_schema import Campaign
from storage.database import Database
from storage.differences import Found
from storage.ledger import Changed, Plan
from storage.matters import Difference, Matters
from storage.mergers import Parts, in_both
from storage.models.fact import Fact
from storage.models.teams import Team
from storage.platform import Confirmed, added, matched


class Told(Fact):
    """The platform's figures of two teams by their codes, and their differences by number."""

    confirmed: dict[str, Confirmed]
    differences: dict[str, Difference]


class Joined(Fact):
    """What was told of two teams `before` they went on as one, and the figures of `whole` of that."""

    before: Told
    whole: Confirmed


def join(
    plan: Plan, database: Database, campaign: Campaign, source: Team, target: Team, after: Team, parts: Parts
) -> tuple[Team, Joined | None]:
    """Add to a merger that both teams' figures are those of the one that goes on, as it is `after`.

    Returns that team with its difference, and what undoing needs; nothing where the platform told nothing of the
    source.
    """
    told = _told(plan, database, (source, target))
    if source.code not in told.confirmed:
        return after, None
    matters = Matters(database, plan.keys, Difference)
    whole = whole_of(source, target, told.confirmed, parts)
    found = _found(campaign, source, after, told, whole, lambda: matters.next_number(plan.campaign))
    plan.values |= {"confirmed": whole.model_dump_json(), "differences": differences.as_text(found)}
    _figures(plan, told.confirmed, {target.code: whole})
    for number, each in differences_after(told, found, whole, after, plan.author.at).items():
        differences.settle(plan, campaign, told.differences.get(number), each)
    return with_difference(after, found), Joined(before=told, whole=whole)


def part(plan: Plan, database: Database, campaign: Campaign, source: Team, target: Team, joined: Joined) -> None:
    """Add to the undoing of a merger that each has its own again. Raises `Changed` where other figures came since."""
    now = _told(plan, database, (source, target))
    if now.confirmed != {target.code: joined.whole}:
        raise Changed(target.code)
    _figures(plan, now.confirmed, joined.before.confirmed)
    for number, each in now.differences.items():
        if before := joined.before.differences.get(number):
            differences.settle(plan, campaign, each, before)
        else:
            differences.forget(plan, campaign, each)


def whole_of(source: Team, target: Team, told: Mapping[str, Confirmed], parts: Parts) -> Confirmed:
    """The figures of the team that goes on; the source has some. Of equally new ones of one page the target's."""
    own, others = told.get(target.code), told[source.code]
    if own is None:
        whole = others
    elif "online" in in_both(source, target) and len(parts["online"]) == 1:
        whole = max(own, others, key=lambda each: each.as_of)
    else:
        whole = added(own, others)
    return whole.model_copy(update={"team": target.code})


def differences_after(
    told: Told, found: Sequence[Found], whole: Confirmed, after: Team, at: datetime
) -> dict[str, Difference]:
    """The differences that a merger changes, as they are from then on."""
    own = told.confirmed.get(after.code)
    return {
        each.number: differences.found(told.differences.get(each.number), each, whole, own, after.region, at)
        for each in found
    }


def with_difference(after: Team, found: Sequence[Found]) -> Team:
    """The team that goes on, with the difference that it has."""
    number = next((each.number for each in found if each.team == after.code), after.difference)
    return after.model_copy(update={"difference": number})


def _found(
    campaign: Campaign, source: Team, after: Team, told: Told, whole: Confirmed, number: Callable[[], str]
) -> list[Found]:
    found = []
    gone, kept = told.differences.get(source.difference), told.differences.get(after.difference)
    if gone and gone.state == "open":
        found.append(Found(gone.number, source.code, "merged"))
    if state := differences.compared(campaign, whole, kept, after):
        found.append(Found(kept.number if kept else number(), after.code, state))
    return found


def _told(plan: Plan, database: Database, teams: Sequence[Team]) -> Told:
    codes = [team.code for team in teams]
    docs = database.hmget(plan.keys.platform(plan.campaign), codes)
    confirmed = {code: Confirmed.model_validate_json(doc) for code, doc in zip(codes, docs, strict=True) if doc}
    numbers = [team.difference for team in teams if team.difference]
    kept = Matters(database, plan.keys, Difference).many(plan.campaign, numbers)
    return Told(confirmed=confirmed, differences={each.number: each for each in kept})


def _figures(plan: Plan, before: Mapping[str, Confirmed], after: Mapping[str, Confirmed]) -> None:
    """Add that these figures stand in the place of those, on the condition that those do."""
    key = plan.keys.platform(plan.campaign)
    for code in sorted(before.keys() | after.keys()):
        plan.expect(key, code, before[code].model_dump_json() if code in before else "")
        if code in after:
            plan.effect("HSET", key, code, after[code].model_dump_json())
        else:
            plan.effect("HDEL", key, code)
    if gained := sum(map(matched, after.values())) - sum(map(matched, before.values())):
        plan.effect("HINCRBY", plan.keys.totals(plan.campaign), "matched", gained)
