"""The reports that a team's totals stand on, and the total to which a correction of one of them leads."""

from datetime import date

from handlers import texts
from handlers.doubts import today
from handlers.messages import Context, UserError
from handlers.understand.amounts import Figures
from handlers.understand.correcting import Correction
from storage.models import Channel, Report, Team, Total


def newest_of(ctx: Context, team: Team, channel: Channel | None) -> Report:
    """The newest of them, of one channel if it is named. Raises `UserError` where there is none."""
    live = [report for report in live_reports(ctx, team) if channel in (None, report.channel)]
    if not live:
        raise UserError(texts.reports.nothing_reported(team))
    return max(live, key=lambda report: report.at)


def live_reports(ctx: Context, team: Team) -> list[Report]:
    """The report that each channel's total stands on."""
    ids = [total.report for total in (team.online, team.offline) if total.report]
    return ctx.store.reports.many(ctx.campaign.id, ids)


def corrected_total(ctx: Context, team: Team, newest: Report, said: Correction) -> Total | None:
    """The total a correction leads to; None where it is about another report than the newest.

    A wrong figure that she names is either the total that stands, or what the newest report added to it.
    """
    figures = said.figures
    day = today(ctx)
    if figures is None or (said.earlier and newest.day == day):
        return None
    if said.step:
        return _stepped(newest, figures, said.step) if is_named(said, newest) else None
    stands, step = _stands(newest), _added(newest)
    if figures.kind == "bare" and _names(said, step) and not _names(said, stands):
        base = Total(amount_fen=newest.previous_amount_fen, donations=newest.previous_donations)
        return replaced(newest, base, figures)
    if not is_named(said, newest) or (figures.kind == "day" and newest.day != day):
        return None
    return replaced(newest, _base(team, newest, figures, day), figures)


def _names(said: Correction, total: Total) -> bool:
    """Whether the figure that she takes back is this one; one that she does not name may be any."""
    return said.old_fen in (None, total.amount_fen) and said.old_donations in (None, total.donations)


def is_named(said: Correction, newest: Report) -> bool:
    """Whether she takes this report back: by the total that stands, by what it added, or without a figure."""
    return _names(said, _stands(newest)) or _names(said, _added(newest))


def _stands(newest: Report) -> Total:
    return Total(amount_fen=newest.amount_fen, donations=newest.donations)


def _added(newest: Report) -> Total:
    return Total(
        amount_fen=newest.amount_fen - newest.previous_amount_fen,
        donations=newest.donations - newest.previous_donations,
    )


def _stepped(newest: Report, figures: Figures, sign: int) -> Total:
    """The newest total with what was left out, or without what was too much.

    Raises `UserError` where more is taken away than stands.
    """
    amount = newest.amount_fen + sign * (figures.amount_fen or 0)
    donations = newest.donations + sign * (figures.donations or 0)
    if amount < 0 or donations < 0:
        raise UserError(texts.corrections.how_to_correct())
    return Total(amount_fen=amount, donations=donations)


def _base(team: Team, newest: Report, figures: Figures, today: date) -> Total:
    """What the right figure is counted from: read as the report should have been said."""
    if figures.kind == "increment":
        return Total(amount_fen=newest.previous_amount_fen, donations=newest.previous_donations)
    if figures.kind == "day":
        return team.opening(newest.channel, today)
    return Total()


def replaced(newest: Report, base: Total, figures: Figures) -> Total:
    """The newest total with the right figures in it; what they leave out stays unchanged."""
    amount, donations = figures.amount_fen, figures.donations
    return Total(
        amount_fen=newest.amount_fen if amount is None else base.amount_fen + amount,
        donations=newest.donations if donations is None else base.donations + donations,
    )
