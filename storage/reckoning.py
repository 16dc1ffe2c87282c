"""Reckoning: what a reading makes of a team's totals, and what the ledger keeps of it. Plain functions, no database.

The write and the audit use the same ones, so that a view can be rebuilt from the ledger alone.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import blake2s
from typing import Literal

from storage.campaign_schema import Campaign
from storage.ledger import Author, Entry
from storage.models import Channel, Increment, Report, ReportKind, Team, Total

REPETITION = timedelta(minutes=30)
"""How long an equal increment is taken for a repetition."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a captain said, understood: fen and 人次 as she said them; None where she said nothing.

    `as_of`: the moment for which she says it (`截至17点`), None for the moment she says it. `day`: the local day at whose
    end the figure stood, None for today's.
    """

    kind: Literal["total", "day", "increment"]
    channel: Channel
    amount_fen: int | None
    donations: int | None
    as_of: datetime | None = None
    day: date | None = None


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
        **({"moved": report.moved} if report.moved else {}),
    }


def report_of(entry: Entry) -> Report:
    """The report that a line of the ledger tells, as it stood after that line."""
    values = entry.values
    return Report(
        id=values["report"],
        team=entry.team,
        channel=values["channel"],
        kind=values["said_as"],
        amount_fen=int(values["amount_fen"]),
        donations=int(values["donations"]),
        at=datetime.fromisoformat(values["reported_at"]),
        day=date.fromisoformat(values["report_day"]),
        by=values["reported_by"],
        previous=values["previous"],
        previous_amount_fen=int(values["previous_amount_fen"]),
        previous_donations=int(values["previous_donations"]),
        as_of=datetime.fromisoformat(values["as_of"]) if "as_of" in values else None,
        replaces=values.get("replaces", ""),
        moved=values.get("moved", ""),
        status="retracted" if entry.kind == "report.retracted" else "accepted",
    )
