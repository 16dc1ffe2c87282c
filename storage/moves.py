"""Moves: a report with the right figure in the wrong place, taken back there and booked here in one write."""

from dataclasses import dataclass
from typing import Any

from storage import boards
from storage.campaign_schema import Campaign
from storage.database import Database
from storage.keys import Keys
from storage.ledger import Author, Ledger, Plan
from storage.models import Membership, Report, Team
from storage.reckoning import Reading, advance, day_of, entry_values, new_report, reach, remembered, retreat
from storage.reports import Booked, booked_as
from storage.teams import require_authority, supersede


@dataclass(frozen=True, slots=True)
class Moved:
    """What was taken back, and what was booked for it."""

    taken: Booked
    booked: Booked


@dataclass(frozen=True, slots=True)
class Moves:
    database: Database
    keys: Keys

    def move(
        self,
        campaign: Campaign,
        author: Author,
        newest: Report,
        source: Team,
        target: Team,
        membership: Membership,
        reading: Reading,
    ) -> Moved:
        """Take the newest report of a channel of `source` back and book `reading` for `target`: both, or neither.

        They may be one team, whose channels then differ. Raises `NotAllowed`, or `Changed` where either has moved.
        """
        cid, day = campaign.id, day_of(campaign, author, source, target)
        gone, left = newest.model_copy(update={"status": "retracted"}), retreat(source, newest, day)
        there = left if target.code == source.code else target
        present = there.total(reading.channel)
        made = new_report(author, there, reading.kind, reading.channel, reach(there, reading, day), present, day)
        report = made.model_copy(update={"moved": newest.id})
        reached = advance(there, report, day)
        if reading.kind == "increment":
            reached = reached.model_copy(update={"recent": remembered(there, reading, author)})

        values = entry_values(report, day) | {"from": source.code}
        plan = Plan(self.keys, cid, author, "report.moved", target.code, values)
        changes = {source.code: (source, left), target.code: (target, reached)}
        for before, after in changes.values():
            require_authority(plan, campaign, before, membership, author.person)
            changed = after.model_copy(update={"version": before.version + 1})
            supersede(plan, before, changed)
            boards.update(plan, campaign, before, changed, day)
        for each in (gone, report):
            plan.effect("HSET", self.keys.reports(cid), each.id, each.model_dump_json(exclude_defaults=True))
        boards.read_rank(plan, campaign, left)
        boards.read_rank(plan, campaign, reached)
        outcome = {
            "taken": _told(gone, source, left),
            "booked": _told(report, there, reached),
        }
        committed = plan.commit(self.database, outcome)
        return _moved(committed.outcome, committed.reads)

    def moved(self, campaign: Campaign, op_id: str) -> Moved | None:
        """What a move did if it was made already."""
        committed = Ledger(self.database, self.keys).outcome(campaign.id, op_id)
        return _moved(committed.outcome, committed.reads) if committed else None


def _told(report: Report, before: Team, after: Team) -> dict[str, str]:
    return {
        "report": report.model_dump_json(),
        "before": before.total(report.channel).model_dump_json(),
        "after": after.model_dump_json(exclude={"number"}),
        "number": str(after.number),
    }


def _moved(outcome: dict[str, Any], better: list[Any]) -> Moved:
    return Moved(booked_as(outcome["taken"], better[0]), booked_as(outcome["booked"], better[1]))
