"""What is asked before a report is booked, and what keeps one from being booked at all."""

import re
from collections.abc import Iterator
from datetime import date, time

from handlers import texts
from handlers.choices import another_unit
from handlers.messages import Context, UserError
from handlers.understand.amounts import Figures
from handlers.understand.gifts import tells_of_one_gift
from handlers.understand.strange import strange_beside
from handlers.understand.team_numbers import called_by_number
from handlers.understand.text import squash
from storage.campaign_schema import Campaign
from storage.models import Team, Total
from storage.reckoning import REPETITION, Reading

DATE = re.compile(r"(\d{1,2}) ?月 ?(\d{1,2}) ?[日号]")


def not_understood(ctx: Context, team: Team, figures: Figures) -> Iterator[str]:
    """What else the line says that does not fit: another unit, one giver, or words that may turn its meaning round."""
    other = other_unit(ctx, team, figures)
    if other:
        yield texts.doubts.doubt_other_unit(other, team)
    elif tells_of_one_gift(ctx.campaign, ctx.message.text):
        yield texts.doubts.doubt_one_gift()
    elif strange := strange_beside(ctx.campaign, figures):
        yield texts.doubts.doubt_strange(strange, ctx.message.text)
    if figures.kind == "day" and _names_another_day(ctx, figures):
        yield texts.doubts.doubt_other_day(today(ctx))


def other_unit(ctx: Context, team: Team, figures: Figures) -> str:
    """The unit, or the number of a team, that a report names beside the team that would be meant; '' for none."""
    if figures.code:
        return ""
    called = called_by_number(ctx.message.text)
    if called and squash(called) not in squash(team.unit):
        return called
    return another_unit(ctx, team, figures.rest)


def again_today(ctx: Context, team: Team, figures: Figures) -> bool:
    """`今天又筹了800` where the team stands higher than in the morning: the day's sum, or an increment?"""
    if figures.kind != "day" or not figures.again:
        return False
    return team.opening(figures.channel, today(ctx)).amount_fen != team.total(figures.channel).amount_fen


def _names_another_day(ctx: Context, figures: Figures) -> bool:
    """Whether a day's figure is said for a moment or a date that is not of today: `截至昨晚12点今日3500元`."""
    now = ctx.campaign.local(ctx.now)
    moment = figures.as_of.on(now) if figures.as_of else now
    written = DATE.findall(ctx.message.text)
    midnight = moment.time() == time.min and figures.as_of is not None
    of_today = moment.date() == now.date() and moment <= now and not midnight
    return not of_today or any((int(month), int(day)) != (now.month, now.day) for month, day in written)


def doubts(campaign: Campaign, team: Team, reading: Reading, reached: Total, ctx: Context) -> Iterator[str]:
    """Everything about a report that is asked before it is booked (design §2, "A report")."""
    present = team.total(reading.channel)
    if reached.amount_fen < present.amount_fen or reached.donations < present.donations:
        yield texts.doubts.doubt_lower(present, reached)
    if present.amount_fen > 0 and reached.amount_fen >= 10 * present.amount_fen:
        yield texts.doubts.doubt_jump(present, reached)
    minimum = campaign.policy.minimum_gift_fen
    if minimum and reached.donations and reached.amount_fen < reached.donations * minimum:
        yield texts.doubts.doubt_minimum(reached, minimum)
    if reading.kind == "increment" and any(
        (i.amount_fen, i.donations) == (reading.amount_fen or 0, reading.donations or 0) and ctx.now - i.at < REPETITION
        for i in team.recent
    ):
        yield texts.doubts.doubt_repeated(reading.amount_fen, reading.donations)


def today(ctx: Context) -> date:
    """The campaign's local date: what `今天` means."""
    return ctx.campaign.local(ctx.now).date()


def require_reporting(ctx: Context, team: Team) -> None:
    """Raises `UserError` where the team cannot report now: it waits, was turned away, or the window is closed."""
    window = ctx.campaign.windows.reporting
    if team.status == "pending":
        raise UserError(texts.reports.team_still_waits(team))
    if team.status == "rejected":
        raise UserError(texts.reports.team_rejected(team))
    if window is not None and not window.holds(ctx.now):
        raise UserError(texts.reports.reporting_closed(ctx.campaign))


def require_own_figures(figures: Figures) -> None:
    """Raises `UserError` where the line holds a team's code or matched money only."""
    if figures.amount_fen is None and figures.donations is None:
        raise UserError(texts.reports.match_not_reported() if figures.match_fen else texts.reports.how_to_report())
