"""Changes: what a report, a correction, a midnight figure and the ways back make of a team. Nothing is written here.

The live reports of a (team, channel) stand on one another in order of the days to which their figures belong. What was
said of yesterday takes its place there, so that whatever is taken back later leaves what stands beneath it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from storage.campaign_schema import Campaign
from storage.ledger import Author, Changed
from storage.lineage import Lineage, first_after
from storage.models.reports import Report, Withdrawal
from storage.models.teams import Channel, Increment, Team, Total
from storage.reckoning import (
    DAY,
    Reading,
    advance,
    based_on,
    day_meant,
    day_of,
    new_report,
    past_growth,
    past_growth_of_midnight,
    reach,
    remembered,
    retreat,
    shut,
    standing,
    stood_on,
    unshut,
)


class ImpossibleClose(ValueError):
    """A midnight figure that cannot have stood then: below `least`, what stood as that day began, or above `most`."""

    def __init__(self, least: Total, most: Total) -> None:
        super().__init__(f"not between {least.amount_fen} and {most.amount_fen} fen, or not as many 人次")
        self.least, self.most = least, most


@dataclass(frozen=True, slots=True)
class Change:
    """What a write makes of a team.

    `past`: by how much the growth of days that were over has changed, in fen. `others`: reports that are otherwise from
    now on. `above`: the report beneath which a midnight figure is put, or from beneath which it is taken. `matter`: the
    number of the matter that is passed, or of which the passing is undone. `difference`: that of
    the difference from the platform which it decides, or of which the deciding is undone; `source`: whose figure it is.
    """

    kind: str
    before: Team
    after: Team
    report: Report
    past: Mapping[date, int]
    others: Sequence[Report] = ()
    above: str = ""
    matter: str = ""
    difference: str = ""
    source: str = ""


def reported(campaign: Campaign, author: Author, team: Team, reading: Reading) -> Change:
    """Raises `Changed` where a figure of yesterday's end is not one any more, or something was booked since."""
    today = day_of(campaign, author, team)
    day = day_meant(team, reading, today)
    as_of = reading.as_of or (_end_of(campaign, day) if day < today else None)
    before, reached = team.total(reading.channel), reach(team, reading, today)
    report = new_report(author, team, reading.kind, reading.channel, reached, before, day, as_of)
    after = advance(team, report, today)
    if reading.kind == "increment":
        after = after.model_copy(update={"recent": remembered(team, reading, author)})
    return Change("report.accepted", team, after, report, past_growth(team, after, report, today))


def closed(
    lineage: Lineage,
    campaign: Campaign,
    author: Author,
    team: Team,
    channel: Channel,
    day: date,
    amount_fen: int | None,
    donations: int | None,
) -> Change:
    """A midnight figure beneath what has been booked since.

    Raises `ImpossibleClose`; `Changed` where `day` is not yesterday, or nothing that stands was booked since.
    """
    today = day_of(campaign, author, team)
    if day != today - DAY or not team.booked_since(channel, today):
        raise Changed(team.code)
    now, opening = team.total(channel), team.opening(channel, today)
    line = lineage.down_from(campaign.id, now.report, day)
    least = standing(line[-1]) if line[-1].day < day else stood_on(line[-1])
    if not _between(least.amount_fen, amount_fen, now.amount_fen) or (
        now.donations and not _between(least.donations, donations, now.donations)
    ):
        raise ImpossibleClose(least, now)
    figure = Total(
        amount_fen=opening.amount_fen if amount_fen is None else amount_fen,
        donations=opening.donations if donations is None else donations,
    )
    report = new_report(author, team, "close", channel, figure, opening, day, _end_of(campaign, day))
    return _put_beneath("report.closed", team, report, first_after(line, opening.report, day), today)


def corrected(
    lineage: Lineage,
    campaign: Campaign,
    author: Author,
    team: Team,
    newest: Report,
    amount_fen: int | None,
    donations: int | None,
) -> Change:
    """The right total in the place of the one that stands. Raises `Changed` where that is not `newest`."""
    newest, today = stands(lineage, campaign, team, newest), day_of(campaign, author, team)
    reached = Total(
        amount_fen=newest.amount_fen if amount_fen is None else amount_fen,
        donations=newest.donations if donations is None else donations,
    )
    made = new_report(author, team, "correction", newest.channel, reached, stood_on(newest), newest.day)
    report = made.model_copy(update={"replaces": newest.id})
    after = advance(team, report, today)
    put_right = newest.model_copy(update={"status": "corrected"})
    return Change("report.corrected", team, after, report, past_growth(team, after, report, today), [put_right])


def taken_back(lineage: Lineage, campaign: Campaign, author: Author, team: Team, newest: Report) -> Change:
    """Without its newest report: on a correction's goes back to the report it put right, which counts again.

    Raises `Changed` where `newest` is neither what a total stands on nor a midnight figure that came after that, and
    for the total of a merger, which only its undoing takes away.
    """
    if newest.kind == "merge":
        raise Changed(team.code)
    today, top = day_of(campaign, author, team), team.total(newest.channel).report
    if newest.id != top:
        line = lineage.down_from(campaign.id, top, newest.day)
        above = first_after(line, newest.id, newest.day)
        gone = _retracted(line[line.index(above) + 1])
        if gone.kind != "close" or gone.at <= line[0].at:
            raise Changed(team.code)
        past = past_growth_of_midnight(gone, today, taken_away=True)
        freed = based_on(above, stood_on(gone))
        return Change("report.retracted", team, unshut(team, gone, today), gone, past, [freed], above.id)
    newest, *replaced = lineage.many(campaign.id, [newest.id, *filter(None, [newest.replaces])])
    gone, others = _retracted(newest), []
    for before in replaced:
        others = [based_on(before.model_copy(update={"status": "accepted"}), stood_on(newest))]
        gone = based_on(gone, standing(before))
    after = retreat(team, gone, today)
    return Change("report.retracted", team, after, gone, past_growth(team, after, gone, today), others)


def put_back(
    lineage: Lineage, campaign: Campaign, author: Author, team: Team, gone: Report, last: Withdrawal | None
) -> Change:
    """With what was taken back last of its (team, channel).

    Raises `Changed` where that was another, or the total does not stand as it was left.
    """
    today, top = day_of(campaign, author, team), team.total(gone.channel)
    if last is None or (last.report, last.left) != (gone.id, top.report):
        raise Changed(team.code)
    report = gone.model_copy(update={"status": "accepted"})
    if top.report != gone.previous:
        above = lineage.first_after(campaign.id, top.report, gone.previous, gone.day)
        return _put_beneath("report.restored", team, report, above, today)
    others = []
    if gone.replaces:
        [before] = lineage.many(campaign.id, [gone.replaces])
        others = [before.model_copy(update={"status": "corrected"})]
        report = based_on(report, stood_on(before))
    after = advance(team, report, today)
    if report.kind == "increment":
        after = after.model_copy(update={"recent": (*team.recent, _said(report))[-10:]})
    return Change("report.restored", team, after, report, past_growth(team, after, report, today), others)


def stands(lineage: Lineage, campaign: Campaign, team: Team, newest: Report) -> Report:
    """The report on which a total stands, as it is now: what is beneath it may be another than when it was read.

    Raises `Changed` where the total stands on another.
    """
    if newest.id != team.total(newest.channel).report:
        raise Changed(team.code)
    return lineage.many(campaign.id, [newest.id])[0]


def _retracted(report: Report) -> Report:
    return report.model_copy(update={"status": "retracted"})


def _put_beneath(kind: str, team: Team, report: Report, above: Report, today: date) -> Change:
    lifted = based_on(above, standing(report))
    past = past_growth_of_midnight(report, today)
    return Change(kind, team, shut(team, report, today), report, past, [lifted], above.id)


def _said(report: Report) -> Increment:
    """What an increment added, as it is remembered to notice a repetition."""
    return Increment(
        amount_fen=report.amount_fen - report.previous_amount_fen,
        donations=report.donations - report.previous_donations,
        at=report.at,
    )


def _between(least: int, said: int | None, most: int) -> bool:
    return said is None or least <= said <= most


def _end_of(campaign: Campaign, day: date) -> datetime:
    """The midnight that ended a local day."""
    return datetime.combine(day + DAY, time(), campaign.zone)
