"""The docket: which figures wait for a coordinator, in every region by the time they are due, and what the ledger keeps
of them. Plain functions: the writes, the audit and the acts that move a team use the same ones.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from storage.boards import ALL
from storage.campaign_schema import Campaign
from storage.ledger import Entry, Plan
from storage.matters import REVIEWED_WITHIN, Review
from storage.models.teams import Team, Total


def settle(plan: Plan, campaign: Campaign, before: Review, after: Review) -> None:
    """Add to a plan that a matter is otherwise from now on, on the condition that it is still as it was read."""
    plan.expect(plan.keys.matters(plan.campaign, "review"), before.number, before.model_dump_json())
    enter(plan, campaign, after)


def enter(plan: Plan, campaign: Campaign, review: Review) -> None:
    """Add to a plan that a matter is kept, and stands on the docket while it is open."""
    plan.effect("HSET", plan.keys.matters(plan.campaign, "review"), review.number, review.model_dump_json())
    for scope in scopes(campaign, review.region):
        if review.state == "open":
            plan.effect("ZADD", plan.keys.docket(plan.campaign, scope), due(review), review.number)
        else:
            plan.effect("ZREM", plan.keys.docket(plan.campaign, scope), review.number)


def carry(plan: Plan, campaign: Campaign, reviews: Iterable[Review], region: str) -> None:
    """Add to a plan that open matters go with their team into another region."""
    for review in reviews:
        for scope in scopes(campaign, review.region):
            plan.effect("ZREM", plan.keys.docket(plan.campaign, scope), review.number)
        settle(plan, campaign, review, review.model_copy(update={"region": region}))


def due(review: Review) -> str:
    """When it should be decided on, as the docket keeps it."""
    return str(int(review.due.timestamp())) if review.due else "0"


def scopes(campaign: Campaign, region: str) -> Iterator[str]:
    """The scopes in which a region's matters stand."""
    yield ALL
    yield from (f"region:{place}" for place in campaign.region_path(region))


def members(campaign: Campaign, reviews: Iterable[Review]) -> dict[str, dict[str, str]]:
    """The docket as it follows from the matters: scope → number → when it is due."""
    found: dict[str, dict[str, str]] = {}
    for review in reviews:
        if review.state == "open":
            for scope in scopes(campaign, review.region):
                found.setdefault(scope, {})[review.number] = due(review)
    return found


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was decided: by whom, when, and the report (id) that passing booked."""

    by: str
    at: datetime
    report: str = ""


def decided(review: Review, verdict: Verdict, state: str) -> Review:
    """A matter that is passed, returned or withdrawn."""
    told = {"state": state, "decided_by": verdict.by, "decided_at": verdict.at, "report": verdict.report}
    return review.model_copy(update=told)


def reopened(review: Review) -> Review:
    """A matter of which the decision was undone."""
    undecided = {"state": "open", "decided_by": "", "decided_at": None, "report": ""}
    return review.model_copy(update=undecided | {"turn": review.turn + 1})


def holding(team: Team, number: str) -> Team:
    """A team for which one matter more waits."""
    ordered = sorted({*team.held, number}, key=lambda each: int(each.removeprefix("D")))
    return team.model_copy(update={"held": tuple(ordered)})


def released(team: Team, number: str) -> Team:
    """A team for which a matter waits no longer."""
    return team.model_copy(update={"held": tuple(each for each in team.held if each != number)})


def entry_values(review: Review) -> dict[str, str]:
    """What the ledger keeps of figures that wait: enough to have the matter again."""
    return {
        "matter": review.number,
        "why": review.why,
        "region": review.region,
        "channel": review.channel,
        "said_as": review.said_as,
        **_said("amount_fen", review.amount_fen),
        **_said("donations", review.donations),
        **({"as_of": review.as_of.isoformat()} if review.as_of else {}),
        **({"figure_day": review.figure_day.isoformat()} if review.figure_day else {}),
        **({"replaces": review.replaces} if review.replaces else {}),
        "before": review.before.report,
        "before_amount_fen": str(review.before.amount_fen),
        "before_donations": str(review.before.donations),
        "reached_amount_fen": str(review.reached.amount_fen),
        "reached_donations": str(review.reached.donations),
        "day": review.day.isoformat(),
    }


def review_of(entry: Entry) -> Review:
    """The matter that a line of the ledger opened."""
    values = entry.values
    return Review(
        number=values["matter"],
        at=entry.at,
        by=entry.by,
        region=values["region"],
        subject=entry.team,
        due=entry.at + REVIEWED_WITHIN,
        why=values["why"],
        day=date.fromisoformat(values["day"]),
        said_as=values["said_as"],
        channel=values["channel"],
        amount_fen=_number(values, "amount_fen"),
        donations=_number(values, "donations"),
        as_of=datetime.fromisoformat(values["as_of"]) if "as_of" in values else None,
        figure_day=date.fromisoformat(values["figure_day"]) if "figure_day" in values else None,
        replaces=values.get("replaces", ""),
        before=Total(
            amount_fen=int(values["before_amount_fen"]),
            donations=int(values["before_donations"]),
            report=values["before"],
        ),
        reached=Total(amount_fen=int(values["reached_amount_fen"]), donations=int(values["reached_donations"])),
    )


def _said(name: str, figure: int | None) -> dict[str, str]:
    return {} if figure is None else {name: str(figure)}


def _number(values: Mapping[str, str], name: str) -> int | None:
    return int(values[name]) if name in values else None
