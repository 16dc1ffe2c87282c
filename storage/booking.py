"""Booking: the one write that every change of a team's totals is, whole or not at all."""

from collections.abc import Callable
from dataclasses import dataclass

from storage import boards, differences, heard, rolls
from storage.announcements import note
from storage.authority import office_of, rely_on_state, require_authority
from storage.campaign_schema import Campaign
from storage.changes import Change
from storage.database import Database
from storage.keys import Keys
from storage.ledger import Author, Changed, Committed, Plan
from storage.matters import Difference, Matters
from storage.models.people import Membership
from storage.models.reports import Report, Withdrawal
from storage.models.teams import Team, Total
from storage.reckoning import day_of, entry_values
from storage.team_documents import supersede, team_of


@dataclass(frozen=True, slots=True)
class Booked:
    """A write to a team's total: the report, the team before and after it, and its new rank (0: on no board)."""

    report: Report
    before: Total
    after: Team
    rank: int
    repeated: bool


def book(
    database: Database,
    keys: Keys,
    campaign: Campaign,
    author: Author,
    membership: Membership,
    change: Change,
    also: Callable[[Plan, Team], None] = lambda plan, after: None,
) -> Booked:
    """Write a change. Raises `NotAllowed`; `Frozen` once figures are final; `Changed` where the team or the writer's
    role is not as it was read.

    `also` adds to the plan what happens in the same step, given the team after it.
    """
    cid, before, report = campaign.id, change.before, change.report
    day, total = day_of(campaign, author, before), before.total(report.channel)
    values = entry_values(report, day, change.past) | ({"above": change.above} if change.above else {})
    values |= {"matter": change.matter} if change.matter else {}
    values |= {"difference": change.difference} if change.difference else {}
    values |= {"source": change.source} if change.source else {}
    plan = Plan(keys, cid, author, change.kind, before.code, values)
    rely_on_state(plan, campaign)
    require_authority(plan, campaign, before, membership, author.person)
    plan.values |= office_of(campaign, membership, before, author.person)
    after = change.after.model_copy(update={"version": before.version + 1})
    team = supersede(plan, before, after)
    kept = report.model_dump_json(exclude_defaults=True)
    plan.effect("HSET", keys.reports(cid), report.id, kept)
    for other in change.others:
        plan.effect("HSET", keys.reports(cid), other.id, other.model_dump_json(exclude_defaults=True))
    if change.kind == "report.retracted" and not (change.matter or change.difference):
        left = after.total(report.channel).report
        withdrawal = Withdrawal(report=report.id, by=author.person, at=author.at, left=left)
        plan.effect("HSET", keys.withdrawn(cid), report.place, withdrawal.model_dump_json())
    elif change.kind == "report.restored":
        plan.effect("HDEL", keys.withdrawn(cid), report.place)
    heard.listen(plan, campaign, before, after)
    rolls.enrol(plan, campaign, before, after)
    boards.update(plan, campaign, before, after, day)
    boards.change_past(plan, campaign, after, change.past)
    boards.read_rank(plan, campaign, after)
    if before.difference and not change.difference:
        _settle_difference(plan, database, campaign, before, after)
    if author.herald:
        note(plan, database, campaign, author.herald(report, total, after, change.kind == "report.retracted"))
    also(plan, after)
    outcome = {
        "report": kept,
        "before": total.model_dump_json(exclude_defaults=True),
        "after": team,
        "number": str(after.number),
    }
    committed = plan.commit(database, outcome)
    if committed.repeated:
        if done := outcome_of(committed):
            return done
        raise Changed(before.code)
    return Booked(report, total, after, _rank(after, committed.reads[0]), repeated=False)


def _settle_difference(plan: Plan, database: Database, campaign: Campaign, before: Team, after: Team) -> None:
    """A report that brings the online total to the platform's settles the difference that is open."""
    if plan.kind == "report.retracted" or before.online == after.online:
        return
    kept = Matters(database, plan.keys, Difference).get(campaign.id, before.difference)
    if kept and differences.agrees_now(campaign, kept, after.online):
        plan.values["difference"] = kept.number
        settled = {"state": "settled", "decided_by": plan.author.person, "decided_at": plan.author.at}
        differences.settle(plan, campaign, kept, kept.model_copy(update=settled))


def outcome_of(committed: Committed) -> Booked | None:
    """What a write booked; None for one that booked nothing."""
    return booked_as(committed.outcome, committed.reads[0]) if "report" in committed.outcome else None


def booked_as(outcome: dict[str, str], better: int) -> Booked:
    """A write as its outcome tells it: done before, and told again. `better`: how many teams stood before it."""
    after = team_of(outcome["after"], outcome["number"])
    return Booked(
        report=Report.model_validate_json(outcome["report"]),
        before=Total.model_validate_json(outcome["before"]),
        after=after,
        rank=_rank(after, better),
        repeated=True,
    )


def _rank(after: Team, better: int) -> int:
    """1 + the number of strictly better teams; 0 for a team that is on no board."""
    return int(better) + 1 if after.reported else 0
