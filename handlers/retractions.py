"""Taking back and putting back: `撤回` takes the newest of hers, `恢复` puts back what she took back last."""

from dataclasses import replace

from handlers import tasks, texts
from handlers.acts import reports as acts
from handlers.acts.actor import Actor
from handlers.hearing import said_as
from handlers.how_to import how_to
from handlers.live_reports import (
    NO_FIGURES,
    chose_just_now,
    is_named,
    live_reports,
    refuse_in_vain,
    spoken_of_lately,
)
from handlers.meant import TeamNeeded, another_unit, spoke_of, team_meant
from handlers.messages import Context, Reply, UserError
from handlers.router import Router
from handlers.understand.mended import Restoration, Retraction
from handlers.understand.readings import Counts, HowTo
from handlers.wishes.slots import begins_lettered, code_called
from handlers.withdrawals import withdraw_last, withdraw_named
from storage.ledger import Changed
from storage.models.reports import Report
from storage.models.teams import Team

router = Router()
MANY = 20
"""So many reports of others are looked beneath for one of hers."""


def _is_code(rest: str) -> bool:
    return bool(code_called(rest)) or begins_lettered(rest)


@router.command("撤回", summary="撤回最近一次上报", audience="captain", accepts=_is_code)
@router.intent("retract")
def retract(ctx: Context) -> Reply:
    """Take the newest report of hers back, of money or of items. While anything waits for her answer it is this that
    she takes back, unless she names a team. Who asks whether that can be done is told how."""
    said = said_as(ctx, "retract", ctx.args)
    match said:
        case HowTo(want):
            return how_to(ctx, want)
        case _ if withdrawn := withdraw_named(ctx):
            return withdrawn
        case Counts(code=code) if not ctx.conversation and code in ("", *ctx.membership.codes):
            return tasks.retract(ctx, said.said)
        case Counts(code=code) if code:
            return take_back(ctx, Retraction(codes=(code,), coded=True))
        case _:
            return take_back(ctx, said if isinstance(said, Retraction) else None)


@router.command("恢复", "还原", summary="恢复刚撤回的上报", audience="captain", accepts=_is_code)
@router.intent("restore")
def restore(ctx: Context) -> Reply:
    """Put back what she took back last. Who asks whether that can be done is told how."""
    said = said_as(ctx, "restore")
    if isinstance(said, HowTo):
        return how_to(ctx, said.want)
    return put_back(ctx, said if isinstance(said, Restoration) else Restoration())


@router.command("清零", "清空", "归零", "数据清零", "数字清零", "金额清零", "全部清零", "全部清掉", aside=True)
def cannot_clear(ctx: Context) -> Reply:
    """Nothing makes all figures nought at once: the ways that there are."""
    code = ctx.last_team.code if ctx.last_team else next(iter(ctx.membership.codes), "") if ctx.chosen else ""
    return Reply(texts.retractions.cannot_clear(ctx.chosen, code))


def take_back(ctx: Context, said: Retraction | None) -> Reply:
    """The newest report of hers, or of the team she names by its code; the total returns to what it was before.

    What was moved here would be gone on both sides, so it goes only where she names the team by its code.
    """
    coded = said is not None and said.coded
    if ctx.conversation and not coded:
        return Reply(texts.dialogues.dialogue_dropped())
    if said is None:
        raise UserError(texts.retractions.how_to_retract())
    if said.codes:
        ctx, team = team_meant(ctx, said.codes[0])
        said = replace(said, codes=(team.code, *said.codes[1:]))
    if not coded and said.old == NO_FIGURES and (withdrawn := withdraw_last(ctx, _hers_to_take_back(ctx, said))):
        return withdrawn
    author = ctx.author("retract")
    done, before = ctx.store.reports.booked(ctx.campaign, author.op_id), None
    if done is None:
        newest = _of_team(ctx, said) if coded else _of_hers(ctx, said)
        team = ctx.store.teams.get(ctx.campaign.id, newest.team)
        before = _taken_back_just_before(ctx, team, newest)
        if before and said.why and said.old == NO_FIGURES:
            raise UserError(texts.retractions.taken_back_just_now(team, before, newest))
        if said.why and said.old == NO_FIGURES and not _stands_twice(ctx, newest):
            raise UserError(texts.retractions.stands_once(team, newest))
        if other := "" if coded else another_unit(ctx, team, said.rest) or "".join(said.others[:1]):
            raise UserError(texts.retractions.other_unit_not_retracted(other, team))
        if said.correction and newest.kind != "correction":
            raise UserError(texts.retractions.no_correction_stands(team))
        if newest.moved and not coded:
            raise UserError(texts.retractions.moved_not_retracted(team))
        if newest.kind == "merge":
            raise UserError(texts.merging.not_a_report(team))
        try:
            done = acts.take_back(Actor(ctx.store, ctx.campaign, author, ctx.membership), team, newest)
        except Changed:
            return Reply(texts.corrections.moved_meanwhile(ctx.store.teams.get(ctx.campaign.id, team.code)))
    told = texts.retractions.retracted(done, ctx.campaign, ctx.several_campaigns, before)
    return Reply(told, remember=spoke_of(ctx, done.after))


def put_back(ctx: Context, said: Restoration) -> Reply:
    """What she took back last, while nothing has been booked since for that team and channel."""
    if said.codes:
        ctx, team = team_meant(ctx, said.codes[0])
        said = replace(said, codes=(team.code, *said.codes[1:]))
    author = ctx.author("restore")
    done = ctx.store.reports.booked(ctx.campaign, author.op_id)
    if done is None:
        codes = said.codes or ctx.membership.codes
        codes = codes if said.codes or ctx.last_team is None else tuple({*codes, ctx.last_team.code})
        teams = ctx.store.teams.many(ctx.campaign.id, codes)
        gone = ctx.store.reports.last_withdrawn(ctx.campaign.id, ctx.person.id, teams)
        if gone is None:
            raise UserError(texts.retractions.nothing_withdrawn(ctx.campaign))
        team = next(team for team in teams if team.code == gone.team)
        if not is_named(said.old, gone):
            raise UserError(texts.retractions.another_withdrawn(team, gone))
        try:
            done = acts.put_back(Actor(ctx.store, ctx.campaign, author, ctx.membership), team, gone)
        except Changed:
            stands = ctx.store.teams.get(ctx.campaign.id, team.code)
            raise UserError(texts.retractions.booked_since(stands, gone)) from None
    told = texts.retractions.restored(done, ctx.campaign, ctx.several_campaigns)
    return Reply(told, remember=spoke_of(ctx, done.after))


def _taken_back_just_before(ctx: Context, team: Team, newest: Report) -> Report | None:
    """What she took back last, if it lay upon what is the newest now."""
    gone = ctx.store.reports.last_withdrawn(ctx.campaign.id, ctx.person.id, [team])
    upon = gone is not None and gone.channel == newest.channel and newest.id in (gone.previous, gone.replaces)
    return gone if upon else None


def _stands_twice(ctx: Context, newest: Report) -> bool:
    """Whether a report adds nothing, or the same as the one before it."""
    step = _step(newest)
    if step == (0, 0) or not newest.previous:
        return step == (0, 0)
    [before] = ctx.store.reports.many(ctx.campaign.id, [newest.previous])
    return step == _step(before)


def _step(report: Report) -> tuple[int, int]:
    return report.amount_fen - report.previous_amount_fen, report.donations - report.previous_donations


def _of_team(ctx: Context, said: Retraction) -> Report:
    """The newest report of the team that she names, whoever made it."""
    team = ctx.store.teams.get(ctx.campaign.id, said.codes[0])
    live = live_reports(ctx, team)
    if not live:
        raise UserError(texts.reports.nothing_reported(team))
    return _one(team, _narrowed(team, live, said))


def _of_hers(ctx: Context, said: Retraction) -> Report:
    """The newest of hers. Raises `TeamNeeded` where she spoke of another team since, `UserError` where what she said
    last is not what its total stands on any more."""
    teams = _hers_to_take_back(ctx, said)
    if chose_just_now(ctx) and ctx.last_team:
        teams = [team for team in teams if team.code == ctx.last_team.code] or teams
    hers = ctx.store.reports.newest_by(ctx.campaign.id, teams, ctx.person.id)
    if not hers:
        team = next((team for team in teams if ctx.last_team and team.code == ctx.last_team.code), teams[0])
        live = live_reports(ctx, team)
        raise UserError(_why_none_of_hers(team, live))
    team = next(team for team in teams if team.code == hers[0].team)
    newest = _one(team, _narrowed(team, hers, said))
    team = next(team for team in teams if team.code == newest.team)
    spoken = spoken_of_lately(ctx)
    if said.old == NO_FIGURES and len(teams) > 1 and ctx.last_team and ctx.last_team.code != team.code:
        others = [each for each in teams if each.code == ctx.last_team.code]
        raise TeamNeeded([*others, *(each for each in (spoken or [team]) if each not in others)])
    if _said_more_since(ctx, team, newest, said):
        raise UserError(texts.retractions.not_hers(team))
    return newest


def _why_none_of_hers(team: Team, live: list[Report]) -> str:
    if not live:
        return texts.reports.nothing_reported(team)
    if max(live, key=lambda report: report.at).kind == "merge":
        return texts.merging.not_a_report(team)
    return texts.retractions.not_hers(team)


def _hers_to_take_back(ctx: Context, said: Retraction) -> list[Team]:
    """Her teams, those that she names, or for a coordinator without one the team that she spoke of last."""
    if said.codes or ctx.membership.codes:
        return ctx.store.teams.many(ctx.campaign.id, said.codes or ctx.membership.codes)
    try:
        return [team_meant(ctx, ctx.last_team.code if ctx.last_team else None)[1]]
    except TeamNeeded as needed:
        refuse_in_vain(needed)
        raise


def _narrowed(team: Team, live: list[Report], said: Retraction) -> list[Report]:
    """The reports of the channel or with the figure that she names. Raises `UserError` where none is."""
    named = [report for report in live if said.old.channel in (None, report.channel) and is_named(said.old, report)]
    figures = (said.old.amount_fen, said.old.donations)
    if not named or (figures != (None, None) and len(named) > 1):
        raise UserError(texts.retractions.choose_what_to_retract(team, texts.figures.figures_said(*figures)))
    return named


def _one(team: Team, live: list[Report]) -> Report:
    """The newest. Raises `UserError` where two are equally new."""
    newest = max(live, key=lambda report: report.at)
    if sum(report.at == newest.at for report in live) > 1:
        raise UserError(texts.retractions.choose_what_to_retract(team))
    return newest


def _said_more_since(ctx: Context, team: Team, newest: Report, said: Retraction) -> bool:
    """Whether another report of hers, newer than this one, lies beneath what others have booked for the team."""
    if said.old != NO_FIGURES:
        return False
    for report in live_reports(ctx, team):
        for _ in range(MANY):
            if report.by == ctx.person.id or report.at <= newest.at or not report.previous:
                break
            [report] = ctx.store.reports.many(ctx.campaign.id, [report.previous])
        if report.by == ctx.person.id and report.at > newest.at:
            return True
    return False
