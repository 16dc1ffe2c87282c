"""Reports: a cumulative total per (team, channel), accepted once, corrected and retracted, never erased.

A report is said as a total, as a day's running total (the total at local midnight plus the value), or as an
increment; it is turned into a cumulative total when it is accepted (design §2, "A report").
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import blake2s
from typing import Literal

from storage import boards
from storage.campaign_schema import Campaign
from storage.database import Database
from storage.keys import Keys
from storage.ledger import Author, Ledger, Plan
from storage.models import Channel, Increment, Membership, Report, ReportKind, Team, Total
from storage.teams import require_authority, supersede, team_of

REPETITION = timedelta(minutes=30)
"""How long an equal increment is taken for a repetition."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a captain said, understood: fen and 人次 as she said them; None where she said nothing.

    `as_of`: the moment for which she says it (`截至17点`), None for the moment she says it.
    """

    kind: Literal["total", "day", "increment"]
    channel: Channel
    amount_fen: int | None
    donations: int | None
    as_of: datetime | None = None


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


def reach(team: Team, reading: Reading, day: date) -> Total:
    """The cumulative total that a reading leads to on a local date."""
    now = team.total(reading.channel)
    match reading.kind:
        case "total":
            amount, donations = 0, 0
        case "day":
            opening = team.opening(reading.channel, day)
            amount, donations = opening.amount_fen, opening.donations
        case "increment":
            amount, donations = now.amount_fen, now.donations
    return Total(
        amount_fen=now.amount_fen if reading.amount_fen is None else amount + reading.amount_fen,
        donations=now.donations if reading.donations is None else donations + reading.donations,
    )


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
        return self._book(campaign, author, membership, "report.corrected", team, after, report, newest)

    def retract(self, campaign: Campaign, author: Author, team: Team, membership: Membership, newest: Report) -> Booked:
        """Take back the newest live report of a (team, channel): the view returns to its predecessor.

        That of a correction is the report it put right, which counts again.
        """
        gone, put_right = newest.model_copy(update={"status": "retracted"}), None
        if newest.replaces:
            (put_right,) = self.many(campaign.id, [newest.replaces])
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
        """`put_right`: the report that a correction takes the place of, or gives its place back to."""
        cid, day = campaign.id, day_of(campaign, author, before)
        plan = Plan(self.keys, cid, author, kind, before.code, entry_values(report, day))
        require_authority(plan, campaign, before, membership, author.person)
        changed = after.model_copy(update={"version": before.version + 1})
        team = supersede(plan, before, changed)
        kept = report.model_dump_json(exclude_defaults=True)
        plan.effect("HSET", self.keys.reports(cid), report.id, kept)
        if put_right is not None:
            status = "corrected" if report.status == "accepted" else "accepted"
            doc = put_right.model_copy(update={"status": status}).model_dump_json(exclude_defaults=True)
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


def day_of(campaign: Campaign, author: Author, *teams: Team) -> date:
    """The local date of a write. A team's day never runs backwards: a write may wait while the next one passes it."""
    return max([campaign.local(author.at).date(), *(team.day for team in teams if team.day)])


def advance(team: Team, report: Report, day: date) -> Team:
    """The team after a report or a correction. A correction of an earlier day's report moves that midnight's total."""
    total = Total(amount_fen=report.amount_fen, donations=report.donations, report=report.id)
    return _at(team, report, total, day)


def retreat(team: Team, report: Report, day: date) -> Team:
    """The team after its newest report of a channel was taken back."""
    total = Total(amount_fen=report.previous_amount_fen, donations=report.previous_donations, report=report.previous)
    return _at(team, report, total, day, recent=tuple(i for i in team.recent if i.at != report.at))


def report_id(op_id: str) -> str:
    """A report's id follows from the operation that made it, so that a repetition names the same report."""
    return "R" + blake2s(op_id.encode(), digest_size=8).hexdigest()


def _at(team: Team, report: Report, total: Total, day: date, **besides: object) -> Team:
    """The team with a new total in the report's channel, on a day that may only begin with it."""
    changes = {report.channel: total, **besides}
    if team.day != day:
        changes |= {"day": day, "opening_online": team.online, "opening_offline": team.offline}
    if report.day < day:
        changes[f"opening_{report.channel}"] = total
    return team.model_copy(update=changes)


def new_report(
    author: Author,
    team: Team,
    kind: ReportKind,
    channel: Channel,
    reached: Total,
    base: Total,
    day: date,
    as_of: datetime | None = None,
) -> Report:
    return Report(
        id=report_id(author.op_id),
        team=team.code,
        channel=channel,
        kind=kind,
        amount_fen=reached.amount_fen,
        donations=reached.donations,
        at=author.at,
        day=day,
        by=author.person,
        previous=base.report,
        previous_amount_fen=base.amount_fen,
        previous_donations=base.donations,
        as_of=as_of,
    )


def remembered(team: Team, reading: Reading, author: Author) -> tuple[Increment, ...]:
    fresh = tuple(i for i in team.recent if author.at - i.at < REPETITION)
    this = Increment(amount_fen=reading.amount_fen or 0, donations=reading.donations or 0, at=author.at)
    return (*fresh, this)[-10:]


def entry_values(report: Report, day: date) -> dict[str, str]:
    """What the ledger keeps of a report: enough to rebuild every view of it."""
    return {
        "report": report.id,
        "channel": report.channel,
        "said_as": report.kind,
        "amount_fen": str(report.amount_fen),
        "donations": str(report.donations),
        "previous": report.previous,
        "previous_amount_fen": str(report.previous_amount_fen),
        "previous_donations": str(report.previous_donations),
        "reported_at": report.at.isoformat(),
        "reported_by": report.by,
        "report_day": report.day.isoformat(),
        "day": day.isoformat(),
        **({"as_of": report.as_of.isoformat()} if report.as_of else {}),
        **({"replaces": report.replaces} if report.replaces else {}),
    }


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
