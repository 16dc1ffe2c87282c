"""Differences: what becomes of a matter in which the platform and the reports disagree, and where the open ones stand.

Plain functions: the import, the writes and the audit use the same ones.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from storage.campaign_schema import Campaign
from storage.docket import scopes
from storage.ledger import Entry, Plan
from storage.matters import REVIEWED_WITHIN, Difference
from storage.models.teams import Team, Total
from storage.platform import Agreement, Confirmed, agreement
from storage.reckoning import DAY, Reading

FROM_PLATFORM = "platform"
"""The `source` of a correction that is the platform's figure."""


@dataclass(frozen=True, slots=True)
class Found:
    """What was found of one team: its difference is open from then on, settled, or closed as it was `merged`."""

    number: str
    team: str
    state: str


def compared(campaign: Campaign, figures: Confirmed, kept: Difference | None, team: Team) -> str:
    """What the platform's figures make of a team's difference: `open`, `settled`, or '' where it stays as it is.

    One that was decided stays so until the platform's figure changes. Money of a team that has reported nothing to this
    day waits too; what it reported after the moment of the figures is for the next ones to be compared with.
    """
    how: Agreement = agreement(campaign, figures)
    if how == "platform only":
        how = "agrees" if team.online.report or figures.amount_fen <= campaign.reconcile.tolerance_fen else "differs"
    if how != "differs":
        return "settled" if kept and kept.state == "open" else ""
    if kept is None or kept.state == "open":
        return "open"
    return "open" if kept.platform_fen != figures.amount_fen else ""


def found(
    kept: Difference | None, each: Found, figures: Confirmed, before: Confirmed | None, region: str, at: datetime
) -> Difference:
    """The difference after that. `before`: what the platform had said until then."""
    if each.state != "open":
        if kept is None:
            raise ValueError(f"{each.number} was never open")
        return kept.model_copy(update={"state": each.state, "decided_by": "", "decided_at": at})
    told = {
        "as_of": figures.as_of,
        "reported_fen": figures.reported_fen,
        "platform_fen": figures.amount_fen,
        "platform_donations": figures.donations,
        "older_fen": sum(page.amount_fen for page in figures.older),
        "confirmed_fen": before.amount_fen if before else None,
    }
    if kept is None:
        return Difference.model_validate(
            {"number": each.number, "subject": each.team, "region": region, "at": at, "by": "operator"}
            | {"due": at + REVIEWED_WITHIN}
            | told
        )
    again = (
        {} if kept.state == "open" else {**_undecided(kept), "at": at, "due": at + REVIEWED_WITHIN, "asked_at": None}
    )
    return kept.model_copy(update=told | again)


def after_report(kept: Difference, entry: Entry) -> Difference:
    """The difference after a report that adopts the platform's figure, comes to agree with it, or is taken back."""
    if entry.kind == "report.retracted":
        return reopened(kept)
    if entry.values.get("source") == FROM_PLATFORM:
        return adopted(kept, entry.by, entry.at, entry.values["report"])
    return kept.model_copy(update={"state": "settled", "decided_by": entry.by, "decided_at": entry.at})


def as_report(campaign: Campaign, now: datetime, kept: Difference) -> Reading:
    """The platform's figure as the first report of a team: of yesterday where it was yesterday's, else of today."""
    day, today = (campaign.local(at).date() for at in (kept.as_of, now))
    yesterday = day if day == today - DAY else None
    return Reading("total", "online", kept.platform_fen, kept.platform_donations, kept.as_of, yesterday)


def adopted(kept: Difference, by: str, at: datetime, report: str) -> Difference:
    return kept.model_copy(update={"state": "adopted", "decided_by": by, "decided_at": at, "report": report})


def kept_as_reported(kept: Difference, by: str, at: datetime) -> Difference:
    return kept.model_copy(update={"state": "kept", "decided_by": by, "decided_at": at})


def reopened(kept: Difference) -> Difference:
    """A difference of which the decision was undone."""
    return kept.model_copy(update=_undecided(kept))


def agrees_now(campaign: Campaign, kept: Difference, online: Total) -> bool:
    """Whether an online total is what the platform says of a team whose difference is open."""
    return kept.state == "open" and abs(online.amount_fen - kept.platform_fen) <= campaign.reconcile.tolerance_fen


def settle(plan: Plan, campaign: Campaign, before: Difference | None, after: Difference) -> None:
    """Add to a plan that a difference is otherwise from now on, on the condition that it is still as it was read."""
    matters = plan.keys.matters(plan.campaign, "difference")
    plan.expect(matters, after.number, before.model_dump_json() if before else "")
    plan.effect("HSET", matters, after.number, after.model_dump_json())
    if before and before.region != after.region:
        for scope in scopes(campaign, before.region):
            plan.effect("ZREM", plan.keys.differing(plan.campaign, scope), before.number)
    for scope in scopes(campaign, after.region):
        if after.state == "open":
            plan.effect("ZADD", plan.keys.differing(plan.campaign, scope), _since(after), after.number)
        else:
            plan.effect("ZREM", plan.keys.differing(plan.campaign, scope), after.number)


def forget(plan: Plan, campaign: Campaign, each: Difference) -> None:
    """Add to a plan that a difference never was, on the condition that it is still as it was read."""
    matters = plan.keys.matters(plan.campaign, "difference")
    plan.expect(matters, each.number, each.model_dump_json())
    plan.effect("HDEL", matters, each.number)
    for scope in scopes(campaign, each.region):
        plan.effect("ZREM", plan.keys.differing(plan.campaign, scope), each.number)


def members(campaign: Campaign, differences: Iterable[Difference]) -> dict[str, dict[str, str]]:
    """Where the open ones stand, as it follows from the matters: scope → number → since when."""
    standing: dict[str, dict[str, str]] = {}
    for each in differences:
        if each.state == "open":
            for scope in scopes(campaign, each.region):
                standing.setdefault(scope, {})[each.number] = _since(each)
    return standing


def as_text(found: Sequence[Found]) -> str:
    """What the ledger keeps of what an import found."""
    return json.dumps([{"matter": each.number, "team": each.team, "state": each.state} for each in found])


def found_in(values: Mapping[str, str]) -> list[Found]:
    """The same, from the ledger; an earlier version opened none."""
    kept = json.loads(values.get("differences", "[]"))
    return [Found(each["matter"], each["team"], each["state"]) for each in kept]


def _undecided(kept: Difference) -> dict[str, object]:
    return {"state": "open", "decided_by": "", "decided_at": None, "report": "", "turn": kept.turn + 1}


def _since(each: Difference) -> str:
    return str(int(each.at.timestamp()))
