"""Moves: a report with the right figure in the wrong place, taken back there and booked here in one write."""

from dataclasses import dataclass
from typing import Any

from storage import boards, heard, rolls
from storage.announcements import note
from storage.authority import office_of, rely_on_state, require_authority
from storage.booking import Booked, booked_as
from storage.campaign_schema import Campaign
from storage.changes import stands
from storage.database import Database
from storage.keys import Keys
from storage.ledger import Author, Changed, Ledger, Plan
from storage.lineage import Lineage
from storage.models.people import Membership
from storage.models.reports import Report
from storage.models.teams import Team
from storage.reckoning import (
    Reading,
    advance,
    day_meant,
    day_of,
    entry_values,
    new_report,
    past_as_text,
    past_growth,
    reach,
    remembered,
    retreat,
)
from storage.team_documents import supersede


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

        They may be one team, whose channels then differ. A reading as of the end of yesterday belongs to that day, and
        a figure taken back leaves its own. Raises `NotAllowed`, or `Changed` where either has moved,
        or the total is that of a merger.
        """
        cid, day = campaign.id, day_of(campaign, author, source, target)
        try:
            lineage = Lineage(self.database, self.keys)
            newest = stands(lineage, campaign, source, newest)
            if lineage.tells_a_merger(campaign.id, newest):
                raise Changed(source.code)
            left = retreat(source, newest, day)
            there = left if target.code == source.code else target
            meant = day_meant(there, reading, day)
        except Changed:
            if done := self.moved(campaign, author.op_id):
                return done
            raise
        gone = newest.model_copy(update={"status": "retracted"})
        present = there.total(reading.channel)
        made = new_report(author, there, reading.kind, reading.channel, reach(there, reading, day), present, meant)
        report = made.model_copy(update={"moved": newest.id})
        reached = advance(there, report, day)
        if reading.kind == "increment":
            reached = reached.model_copy(update={"recent": remembered(there, reading, author)})

        left_past, past = past_growth(source, left, gone, day), past_growth(there, reached, report, day)
        values = entry_values(report, day, past) | {"from": source.code}
        values |= {"from_past": past_as_text(left_past)} if left_past else {}
        plan = Plan(self.keys, cid, author, "report.moved", target.code, values)
        rely_on_state(plan, campaign)
        changes = {source.code: (source, left), target.code: (target, reached)}
        for before, after in changes.values():
            require_authority(plan, campaign, before, membership, author.person)
            plan.values |= office_of(campaign, membership, before, author.person)
            changed = after.model_copy(update={"version": before.version + 1})
            supersede(plan, before, changed)
            boards.update(plan, campaign, before, changed, day)
            heard.listen(plan, campaign, before, changed)
            rolls.enrol(plan, campaign, before, changed)
        boards.change_past(plan, campaign, source, left_past)
        boards.change_past(plan, campaign, target, past)
        plan.effect("HDEL", self.keys.withdrawn(cid), gone.place)
        for each in (gone, report):
            plan.effect("HSET", self.keys.reports(cid), each.id, each.model_dump_json(exclude_defaults=True))
        boards.read_rank(plan, campaign, left)
        boards.read_rank(plan, campaign, reached)
        if author.herald:
            note(plan, self.database, campaign, author.herald(report, present, reached, False))
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
