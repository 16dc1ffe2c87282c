"""Reports: a cumulative total per (team, channel), accepted once, corrected and retracted, never erased.

A report is said as a total, as a day's running total (the total at local midnight plus the value), or as an
increment; it is turned into a cumulative total when it is accepted (design §2, "A report").
"""

from dataclasses import dataclass

from storage import boards
from storage.campaign_schema import Campaign
from storage.database import Database
from storage.keys import Keys
from storage.ledger import Author, Ledger, Plan
from storage.models import Membership, Report, Team, Total
from storage.reckoning import Reading, advance, day_of, entry_values, new_report, reach, remembered, retreat
from storage.teams import require_authority, supersede, team_of


@dataclass(frozen=True, slots=True)
class Booked:
    """A write to a team's total: the report, the team before and after it, and its new rank (0: on no board)."""

    report: Report
    before: Total
    after: Team
    rank: int
    repeated: bool


class NoReport(Exception):
    """There is no live report to correct or retract."""


@dataclass(frozen=True, slots=True)
class Reports:
    """The reports of every campaign."""

    database: Database
    keys: Keys

    def add(
        self,
        campaign: Campaign,
        author: Author,
        team: Team,
        membership: Membership,
        reading: Reading,
    ) -> Booked:
        """Accept a report on the team as it was read. Raises `NotAllowed`, or `Changed` where it moved meanwhile."""
        day = day_of(campaign, author, team)
        before, reached = team.total(reading.channel), reach(team, reading, day)
        report = new_report(author, team, reading.kind, reading.channel, reached, before, day, reading.as_of)
        after = advance(team, report, day)
        if reading.kind == "increment":
            after = after.model_copy(update={"recent": remembered(team, reading, author)})
        return self._book(campaign, author, membership, "report.accepted", team, after, report)

    def correct(
        self,
        campaign: Campaign,
        author: Author,
        team: Team,
        membership: Membership,
        newest: Report,
        amount_fen: int | None,
        donations: int | None,
    ) -> Booked:
        """Replace the newest live report of a (team, channel) by the right total."""
        reached = Total(
            amount_fen=newest.amount_fen if amount_fen is None else amount_fen,
            donations=newest.donations if donations is None else donations,
        )
        day = day_of(campaign, author, team)
        base = Total(
            amount_fen=newest.previous_amount_fen,
            donations=newest.previous_donations,
            report=newest.previous,
        )
        corrected = new_report(author, team, "correction", newest.channel, reached, base, newest.day)
        report = corrected.model_copy(update={"replaces": newest.id})
        after = advance(team, report, day)
        put_right = newest.model_copy(update={"status": "corrected"})
        return self._book(campaign, author, membership, "report.corrected", team, after, report, put_right)

    def retract(self, campaign: Campaign, author: Author, team: Team, membership: Membership, newest: Report) -> Booked:
        """Take back the newest live report of a (team, channel): the view returns to its predecessor.

        That of a correction is the report it put right, which counts again.
        """
        gone, put_right = newest.model_copy(update={"status": "retracted"}), None
        if newest.replaces:
            (corrected,) = self.many(campaign.id, [newest.replaces])
            put_right = corrected.model_copy(update={"status": "accepted"})
            gone = gone.model_copy(
                update={
                    "previous": put_right.id,
                    "previous_amount_fen": put_right.amount_fen,
                    "previous_donations": put_right.donations,
                }
            )
        after = retreat(team, gone, day_of(campaign, author, team))
        return self._book(campaign, author, membership, "report.retracted", team, after, gone, put_right)

    def booked(self, campaign: Campaign, op_id: str) -> Booked | None:
        """What an operation booked if it was done already: a message that comes again is not doubted again."""
        committed = Ledger(self.database, self.keys).outcome(campaign.id, op_id)
        return booked_as(committed.outcome, committed.reads[0]) if committed else None

    def newest(self, campaign: str, team: Team) -> Report:
        """The newest live report of a team, of whichever channel. Raises `NoReport`."""
        ids = [total.report for total in (team.online, team.offline) if total.report]
        if not ids:
            raise NoReport
        return max(self.many(campaign, ids), key=lambda report: report.at)

    def many(self, campaign: str, ids: list[str]) -> list[Report]:
        stored = self.database.hmget(self.keys.reports(campaign), ids) if ids else []
        return [Report.model_validate_json(doc) for doc in stored if doc]

    def _book(
        self,
        campaign: Campaign,
        author: Author,
        membership: Membership,
        kind: str,
        before: Team,
        after: Team,
        report: Report,
        put_right: Report | None = None,
    ) -> Booked:
        """`put_right`: the report that a correction takes the place of, or gives it back to, as it is from now on."""
        cid, day = campaign.id, day_of(campaign, author, before)
        plan = Plan(self.keys, cid, author, kind, before.code, entry_values(report, day))
        require_authority(plan, campaign, before, membership, author.person)
        changed = after.model_copy(update={"version": before.version + 1})
        team = supersede(plan, before, changed)
        kept = report.model_dump_json(exclude_defaults=True)
        plan.effect("HSET", self.keys.reports(cid), report.id, kept)
        if put_right is not None:
            doc = put_right.model_dump_json(exclude_defaults=True)
            plan.effect("HSET", self.keys.reports(cid), put_right.id, doc)
        boards.update(plan, campaign, before, changed, day)
        boards.read_rank(plan, campaign, changed)
        outcome = {
            "report": kept,
            "before": before.total(report.channel).model_dump_json(exclude_defaults=True),
            "after": team,
            "number": str(changed.number),
        }
        committed = plan.commit(self.database, outcome)
        if committed.repeated:
            return booked_as(committed.outcome, committed.reads[0])
        return Booked(report, before.total(report.channel), changed, _rank(changed, committed.reads[0]), repeated=False)


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
