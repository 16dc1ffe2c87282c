"""The reports that totals stand on, which of them a message means, and the total to which a correction leads."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from handlers import texts
from handlers.doubts import today
from handlers.meant import NAMED_FOR, TeamNeeded, named_lately, team_meant
from handlers.messages import Context, UserError
from handlers.understand.mended import Correction, Figures, Kind
from handlers.understand.placing import PERHAPS
from storage.models.reports import Report
from storage.models.teams import Channel, Team, Total

NO_FIGURES = Figures()


def team_of(ctx: Context, said: Correction) -> tuple[Context, Team]:
    """The team that a correction means. Raises as `team_meant` does; one of which nothing stands is not asked about."""
    try:
        return _team_of(ctx, said.codes, said.old)
    except TeamNeeded as needed:
        refuse_in_vain(needed, said)
        raise


def refuse_in_vain(needed: TeamNeeded, said: Correction | None = None) -> None:
    """Raises `UserError` where a yes to the one team that is asked about would be refused: nothing stands of it."""
    if len(needed.teams) == 1:
        require_report(needed.teams[0], said)


def require_report(team: Team, said: Correction | None = None, other: str = "") -> None:
    """Raises `UserError` where nothing stands that could be put right, with the line that reports what is right.

    `other`: a unit that she names beside the team, whose figures they may be.
    """
    if team.online.report or team.offline.report:
        return
    line = "" if said is None or said.right is None or other else _reporting(team, said, said.right)
    raise UserError(texts.reports.nothing_reported(team, line))


def _reporting(team: Team, said: Correction, right: Figures) -> str:
    """The line with which the right figures are reported; '' where they are not surely the team's total."""
    doubted = any(doubt.reason != "unsure" for doubt in said.doubts)
    if said.step or doubted or right.amount_fen is None or right.kind not in ("bare", "total"):
        return ""
    return texts.examples.total_of_team(team.code, right.channel or "online", right.amount_fen, right.donations)


def _team_of(ctx: Context, codes: Sequence[str], old: Figures) -> tuple[Context, Team]:
    """One that is named, else the one whose newest report has the wrong figures; two of hers that were spoken of
    within ten minutes are asked about."""
    if len(codes) == 1:
        return team_meant(ctx, codes[0])
    if chose_just_now(ctx) and ctx.last_team:
        return ctx, ctx.last_team
    teams = ctx.store.teams.many(ctx.campaign.id, codes) if codes else spoken_of_lately(ctx)
    if old != NO_FIGURES and len(teams) > 1:
        named = [team for team in teams if any(is_named(old, report) for report in live_reports(ctx, team))]
        teams = named if len(named) == 1 else teams
    if len(teams) > 1:
        raise TeamNeeded(teams)
    return team_meant(ctx, teams[0].code if teams else None)


def spoken_of_lately(ctx: Context) -> list[Team]:
    """Her teams that she looked up, named or reported for within ten minutes, the one she spoke of last first."""
    codes = ctx.membership.codes
    if len(codes) < 2:
        return []
    teams = ctx.store.teams.many(ctx.campaign.id, codes)
    hers = ctx.store.reports.newest_by(ctx.campaign.id, teams, ctx.person.id)
    named = {report.team for report in hers if ctx.now - report.at <= NAMED_FOR}
    last = ctx.last_team.code if ctx.last_team and named_lately(ctx) else ""
    spoken = [team for team in teams if team.code in named | {last}]
    return sorted(spoken, key=lambda team: team.code != last)


def chose_just_now(ctx: Context) -> bool:
    """Whether this message is the one for which she has just chosen a team."""
    return ctx.person.named_at == ctx.now and ctx.last_team is not None and ctx.last_team.code in ctx.membership.codes


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
    right, day = said.right, today(ctx)
    if right is None or (said.earlier and newest.day == day):
        return None
    if said.step:
        return _stepped(newest, right, said.step) if is_named(said.old, newest) else None
    if said.old == NO_FIGURES and is_what_came_in(newest, right):
        return replaced(newest, _base(team, newest, replace(right, kind=_kind_of(newest, day)), day), right)
    stands, step = _stands(newest), _added(newest)
    if right.kind == "bare" and said.old != NO_FIGURES and _names(said.old, step) and not _names(said.old, stands):
        base = Total(amount_fen=newest.previous_amount_fen, donations=newest.previous_donations)
        return replaced(newest, base, right)
    if not is_named(said.old, newest) or (right.kind == "day" and newest.day != day):
        return None
    return replaced(newest, _base(team, newest, right, day), right)


def is_what_came_in(newest: Report, right: Figures) -> bool:
    """Whether a bare right figure is of what the newest report added, for it is below all that stood before
    (`又筹了600`, `不对，是500`)."""
    told, stood = right.amount_fen, newest.previous_amount_fen
    if told is None:
        told, stood = right.donations, newest.previous_donations
    return right.kind == "bare" and newest.kind in ("increment", "day", "correction") and (told or 0) < stood


def may_be_what_came_in(newest: Report, right: Figures) -> bool:
    """Whether a bare right figure may be of that as well: it is no more than so many times what came in, or less."""
    amount, added = right.amount_fen or 0, newest.amount_fen - newest.previous_amount_fen
    comes_on_top = right.kind == "bare" and newest.kind in ("increment", "day")
    return comes_on_top and 0 < amount <= PERHAPS * added and added <= PERHAPS * amount


def _kind_of(newest: Report, today: date) -> Kind:
    return "day" if newest.kind == "day" and newest.day == today else "increment"


def _names(old: Figures, total: Total) -> bool:
    """Whether the figure that she takes back is this one; one that she does not name may be any."""
    return old.amount_fen in (None, total.amount_fen) and old.donations in (None, total.donations)


def is_named(old: Figures, newest: Report) -> bool:
    """Whether she takes this report back: by the total that stands, by what it added, or without a figure."""
    fits = old.channel in (None, newest.channel) or old == replace(NO_FIGURES, channel=old.channel)
    return fits and (_names(old, _stands(newest)) or _names(old, _added(newest)))


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
        raise UserError(texts.corrections.more_than_stands(_stands(newest)))
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
