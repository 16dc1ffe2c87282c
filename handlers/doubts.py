"""What keeps a report from being booked at once, a sentence for every reason; and when a team cannot report."""

from datetime import date

from handlers import texts
from handlers.messages import Context, UserError
from handlers.understand.placing import doubts
from handlers.understand.verdicts import Doubt
from storage.models.teams import Team
from storage.reckoning import Reading, base_of, reach


def sentence(ctx: Context, doubt: Doubt, team: Team, reading: Reading) -> str:
    """Why a reading is asked about, with the figures that it is about."""
    present, reached = base_of(team, reading, today(ctx)), reach(team, reading, today(ctx))
    match doubt.reason:
        case "lower":
            return texts.doubts.doubt_lower(present, reached)
        case "jump":
            return texts.doubts.doubt_jump(present, reached)
        case "minimum":
            return texts.doubts.doubt_minimum(reached, ctx.campaign.policy.minimum_gift_fen or 0)
        case "repeated":
            return texts.doubts.doubt_repeated(reading.amount_fen, reading.donations)
        case "other":
            return texts.doubts.doubt_other_unit(doubt.words, team)
        case "moved" | "other day":
            return doubt.words
        case "below":
            line = texts.examples.correction_of(team.code, reading.channel, reading.amount_fen, reading.donations)
            return texts.doubts.doubt_below(line)
        case "beyond amount" | "beyond per gift" | "beyond jump" | "beyond drop" | "beyond offline":
            return texts.reviews.doubt_beyond(doubt.reason.removeprefix("beyond "), ctx.campaign)
        case "midnight":
            return texts.doubts.doubt_midnight(present, reached, team.total(reading.channel))
        case _:
            return texts.doubts.doubt(doubt.reason, doubt.words)


def doubted(ctx: Context, team: Team, reading: Reading) -> list[str]:
    """Everything about a reading that is not plausible, a sentence each."""
    return [
        sentence(ctx, doubt, team, reading)
        for doubt in doubts(ctx.campaign, team, reading, ctx.campaign.local(ctx.now))
    ]


def today(ctx: Context) -> date:
    """The campaign's local date: what `今天` means."""
    return ctx.campaign.local(ctx.now).date()


def require_going_on(ctx: Context, team: Team) -> None:
    """Raises `UserError` where figures are final or the team is disabled, and for who has no office after the close."""
    if ctx.campaign.frozen:
        raise UserError(texts.campaigns.frozen(ctx.campaign, role=bool(ctx.membership.roles)))
    if ctx.campaign.closed and not ctx.membership.roles:
        raise UserError(texts.campaigns.closed(ctx.campaign))
    if team.status == "disabled":
        raise UserError(texts.acts.off_the_lists(team, ctx.campaign))


def require_reporting(ctx: Context, team: Team) -> None:
    """Raises `UserError` where the team cannot report now: it waits, was turned away, or the window is closed."""
    window = ctx.campaign.windows.reporting
    require_going_on(ctx, team)
    if team.status == "pending":
        raise UserError(texts.reports.team_still_waits(team))
    if team.status == "rejected":
        raise UserError(texts.reports.team_rejected(team))
    if window is not None and not window.holds(ctx.now):
        raise UserError(texts.reports.reporting_closed(ctx.campaign))
