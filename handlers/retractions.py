"""Retracting: the newest report of a channel is taken back, and the total returns to what it was before."""

import re
from dataclasses import replace

from handlers import tasks, texts
from handlers.choices import another_unit, spoke_of, team_meant
from handlers.live_reports import is_named, live_reports, newest_of
from handlers.messages import Context, Reply, UserError
from handlers.router import Router
from handlers.understand.amounts import Doubt, read_figures
from handlers.understand.correcting import Correction, channel_of
from handlers.understand.team_numbers import called_by_number, with_code
from handlers.understand.wants import REVOKING
from storage.ledger import Changed, NotAllowed
from storage.models import Report, Team

router = Router()
CODE = re.compile(r"# ?(\d{1,9})|(?<![\d.])(\d{4,9})(?![\d.]|元|块|人|笔)")
"""A team code where no figures are expected."""
CORRECTION = re.compile("(?:更正|改正|订正|纠正)(?!为|成|[^,。]{0,3}[0-9])")
"""`撤回刚才的更正`: it is a correction that is taken back."""


@router.command(
    "撤回",
    "撤销",
    "撤消",
    summary="撤回最近一次上报",
    audience="captain",
    accepts=lambda rest: CODE.fullmatch(rest) is not None,
)
@router.intent("retract")
def retract(ctx: Context) -> Reply:
    """Take the newest report back; the total returns to what it was before. Some campaigns count items, no money.

    While anything waits for her answer it is this that she takes back, unless she names a team. What was moved here
    would be gone on both sides, so it goes only where she names the team by its code.
    """
    said = with_code(ctx.args, [code for membership in ctx.memberships.values() for code in membership.codes])
    named = _code_named(said)
    if ctx.conversation and not named:
        return Reply(texts.dialogues.dialogue_dropped())
    if ctx.chosen and ctx.chosen.progress == "items" and named in (None, *ctx.membership.codes):
        return tasks.retract(replace(ctx, args=CODE.sub(" ", ctx.args)))
    ctx, team = team_meant(ctx, named, ctx.args)
    author = ctx.author("retract")
    done = ctx.store.reports.booked(ctx.campaign, author.op_id)
    if done is None:
        if not named and (other := called_by_number(said) or another_unit(ctx, team, ctx.args)):
            raise UserError(texts.retractions.other_unit_not_retracted(other, team))
        newest = _to_retract(ctx, team)
        if newest.moved and not named:
            raise UserError(texts.retractions.moved_not_retracted(team))
        try:
            done = ctx.store.reports.retract(ctx.campaign, author, team, ctx.membership, newest)
        except Changed:
            return Reply(texts.corrections.moved_meanwhile(ctx.store.teams.get(ctx.campaign.id, team.code)))
        except NotAllowed:
            raise UserError(texts.choices.not_your_team(team.code)) from None
    told = texts.retractions.retracted(done, ctx.campaign, ctx.several_campaigns)
    return Reply(told, remember=spoke_of(ctx, done.after))


def _code_named(text: str) -> str | None:
    """The code in a retraction: `#12`, `0012`, or a number that stands alone; `那条5000的` is a figure."""
    named = CODE.search(text)
    if named is None or not (named[1] or named[2].startswith("0") or CODE.fullmatch(text.strip())):
        return None
    return (named[1] or named[2]).zfill(4)


def _to_retract(ctx: Context, team: Team) -> Report:
    """The report that is meant: of the channel or with the figure she names, else the newest of both channels.

    Raises `UserError` where the figure is not that of a newest report, where two are equally new, or where she
    speaks of a correction and the newest is none.
    """
    channel = channel_of(ctx.args)
    newest = newest_of(ctx, team, channel)
    if CORRECTION.search(ctx.args) and newest.kind != "correction":
        raise UserError(texts.retractions.no_correction_stands(team))
    live = [report for report in live_reports(ctx, team) if channel in (None, report.channel)]
    said = read_figures(REVOKING.sub(" ", ctx.args))
    if isinstance(said, Doubt):
        raise UserError(texts.reports.doubtful_figure(said.reason, said.excerpt))
    if said and (said.amount_fen is not None or said.donations is not None):
        taken = Correction(old_fen=said.amount_fen, old_donations=said.donations)
        meant = [report for report in live if is_named(taken, report)]
        if len(meant) != 1:
            named = texts.figures.figures_said(said.amount_fen, said.donations)
            raise UserError(texts.retractions.choose_what_to_retract(team, named))
        return meant[0]
    if sum(report.at == newest.at for report in live) > 1:
        raise UserError(texts.retractions.choose_what_to_retract(team))
    return newest
