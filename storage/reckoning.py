"""Reckoning: what a reading makes of a team's totals, and what the ledger keeps of it. Plain functions, no database.

The write and the audit use the same ones, so that a view can be rebuilt from the ledger alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import blake2s
from typing import Literal

from storage.campaign_schema import Campaign
from storage.ledger import Author, Changed, Entry
from storage.models.reports import Report, ReportKind
from storage.models.teams import Channel, Increment, Team, Total

DAY = timedelta(days=1)
REPETITION = timedelta(minutes=30)
"""How long an equal increment is taken for a repetition."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a captain said, understood: fen and 人次 as she said them; None where she said nothing.

    `as_of`: the moment for which she says it (`截至17点`), None for the moment she says it. `day`: the local day at
    whose end the figure stood (a total as of the end of yesterday), None for today's.
    """

    kind: Literal["total", "day", "increment"]
    channel: Channel
    amount_fen: int | None
    donations: int | None
    as_of: datetime | None = None
    day: date | None = None


def base_of(team: Team, reading: Reading, day: date) -> Total:
    """The total in whose place a reading comes, or to which it adds; of a figure of yesterday that of its end."""
    of_midnight = reading.day is not None and reading.day < day
    return team.opening(reading.channel, day) if of_midnight else team.total(reading.channel)


def reach(team: Team, reading: Reading, day: date) -> Total:
    """The cumulative total that a reading leads to on a local date."""
    now = base_of(team, reading, day)
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


def day_meant(team: Team, reading: Reading, day: date) -> date:
    """The day to which a reading's figures belong, said on `day`.

    That is the day before, if it stood at its end and nothing has been booked since. Raises `Changed` where that is so
    no longer: another day has begun, or something was booked.
    """
    if reading.day in (None, day):
        return day
    if reading.kind != "total":
        raise ValueError(f"what stands at the end of a day is a total, not a {reading.kind}")
    if reading.day != day - DAY or team.booked_since(reading.channel, day):
        raise Changed(team.code)
    return reading.day


def advance(team: Team, report: Report, day: date) -> Team:
    """The team after a report or a correction. One of an earlier day's figures moves that midnight's total."""
    return _at(team, report, standing(report), day, heard=_heard(team, day))


def retreat(team: Team, report: Report, day: date) -> Team:
    """The team after its newest report of a channel was taken back."""
    return _at(team, report, stood_on(report), day, recent=tuple(i for i in team.recent if i.at != report.at))


def shut(team: Team, report: Report, day: date) -> Team:
    """The team after a midnight figure was put beneath what was booked since: the total stays."""
    return _reopened(team, report, standing(report), day, heard=_heard(team, day))


def unshut(team: Team, report: Report, day: date) -> Team:
    """The team after a midnight figure was taken away from beneath what was booked since."""
    return _reopened(team, report, stood_on(report), day)


def hear(team: Team, day: date) -> Team:
    """The team after it was heard of on a day."""
    return team.model_copy(update={"heard": _heard(team, day)})


def standing(report: Report) -> Total:
    """The total that a report leads to."""
    return Total(amount_fen=report.amount_fen, donations=report.donations, report=report.id)


def stood_on(report: Report) -> Total:
    """The total that a report was made upon."""
    return Total(amount_fen=report.previous_amount_fen, donations=report.previous_donations, report=report.previous)


def based_on(report: Report, base: Total) -> Report:
    """The report upon another total: what is beneath it has changed, not where it leads to."""
    beneath = {
        "previous": base.report,
        "previous_amount_fen": base.amount_fen,
        "previous_donations": base.donations,
    }
    return report.model_copy(update=beneath)


def past_growth(before: Team, after: Team, report: Report, day: date) -> dict[date, int]:
    """What a write of `day` changes in the growth of days that were over, in fen: a figure belongs to its own day."""
    grown = after.total(report.channel).amount_fen - before.total(report.channel).amount_fen
    return {report.day: grown} if grown and report.day < day else {}


def past_growth_of_midnight(report: Report, day: date, *, taken_away: bool = False) -> dict[date, int]:
    """The same for a midnight figure: what one day gains, the day that began then loses."""
    moved = report.amount_fen - report.previous_amount_fen
    grown = -moved if taken_away else moved
    growth = {report.day: grown, report.day + DAY: -grown}
    return {over: fen for over, fen in growth.items() if fen and over < day}


def report_id(op_id: str) -> str:
    """A report's id follows from the operation that made it, so that a repetition names the same report."""
    return "R" + blake2s(op_id.encode(), digest_size=8).hexdigest()


def _at(team: Team, report: Report, total: Total, day: date, **besides: object) -> Team:
    """The team with a new total in the report's channel, on a day that may only begin with it."""
    changes = {report.channel: total, **_begun(team, day), **besides}
    if report.day < day:
        changes[f"opening_{report.channel}"] = total
    return team.model_copy(update=changes)


def _reopened(team: Team, report: Report, total: Total, day: date, **besides: object) -> Team:
    """The team with another total at the midnight that ended the report's day, if that one began the team's."""
    changes = {**_begun(team, day), **besides}
    if report.day + DAY == day:
        changes[f"opening_{report.channel}"] = total
    return team.model_copy(update=changes)


def _begun(team: Team, day: date) -> dict[str, object]:
    if team.day == day:
        return {}
    return {"day": day, "opening_online": team.online, "opening_offline": team.offline}


def _heard(team: Team, day: date) -> date:
    return max(team.heard or day, day)


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


def entry_values(report: Report, day: date, past: Mapping[date, int]) -> dict[str, str]:
    """What the ledger keeps of a report: enough to rebuild every view of it.

    `past`: by how much (fen) the growth of days that were over has changed. What was written before there was any such
    change has none.
    """
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
        **({"past": past_as_text(past)} if past else {}),
    }


def past_as_text(past: Mapping[date, int]) -> str:
    return " ".join(f"{day.isoformat()}:{grown}" for day, grown in past.items())


def past_of(text: str) -> dict[date, int]:
    """The growth of days that were over, as `past_as_text` keeps it."""
    changes = (change.partition(":") for change in text.split())
    return {date.fromisoformat(day): int(grown) for day, _, grown in changes}


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
