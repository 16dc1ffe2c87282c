"""Correcting and retracting: only the newest live report of a team; for older ones the right total is asked for."""

import re
import secrets
from collections.abc import Iterator

from handlers import texts
from handlers.choices import said_yes, spoke_of, team_meant
from handlers.messages import Context, Reply, UserError
from handlers.reports import require_own_figures
from handlers.router import Router
from handlers.understand.amounts import Doubt, Figures, read_figures
from storage.campaign_schema import Campaign
from storage.ledger import Author, Changed, NotAllowed
from storage.models import Channel, Conversation, Report, Team, Total
from storage.reports import Booked

router = Router()
RIGHT = re.compile(r".*(?:应该?(?:是|为)|改(?:成|为)|更正为?|(?<!不)是)", re.DOTALL)
"""Everything up to the last word after which the right figure stands."""
CODE = re.compile(r"# ?(\d{1,9})|(?<![\d.])(\d{4,9})(?![\d.]|元|块|人|笔)")
"""A team code where no figures are expected."""


@router.command(
    "更正",
    "改成",
    "改为",
    "修改",
    "纠正",
    summary="更正 12340",
    audience="captain",
    accepts=lambda rest: read_figures(rest) is not None,
)
@router.intent("correct")
def correct(ctx: Context) -> Reply:
    """Put the right total in the place of the newest report."""
    codes = [c for m in ctx.memberships.values() for c in m.codes]
    wrong, right = _split(ctx.args)
    figures = read_figures(right, codes)
    if figures is None:
        raise UserError(texts.how_to_correct())
    if isinstance(figures, Doubt):
        raise UserError(texts.doubtful_figure(figures.reason, figures.excerpt))
    require_own_figures(figures)
    code = figures.code or next((code for code in codes if code in wrong), None)
    ctx, team = team_meant(ctx, code, f"{wrong} {figures.rest}")
    author = ctx.author("correct")
    done = ctx.store.reports.booked(ctx.campaign, author.op_id)
    if done:
        return _corrected(ctx, done)
    newest = _newest(ctx, team, _channel_said(ctx.args))
    reached = _reach(ctx, team, newest, figures)
    doubted = list(_doubts(ctx.campaign, newest, reached))
    if doubted:
        data = {
            "id": secrets.token_hex(8),
            "code": team.code,
            "report": newest.id,
            "figures": [reached.amount_fen, reached.donations],
        }
        question = texts.ask_correction(team, newest.channel, reached, doubted)
        return Reply(question, conversation=Conversation(state="corrections.confirm", data=data))
    return _correct(ctx, author, team, newest, reached)


@router.state("corrections.confirm")
def confirm(ctx: Context) -> Reply:
    """Correct on a yes, if the report in question is still the newest."""
    if not said_yes(ctx.args):
        return Reply(texts.left())
    if ctx.conversation is None:
        raise ValueError("nothing was proposed")
    data = ctx.conversation.data
    try:
        ctx, team = team_meant(ctx, data["code"])
        author = ctx.confirming(data["id"])
        done = ctx.store.reports.booked(ctx.campaign, author.op_id)
        if done:
            return _corrected(ctx, done)
        newest = next((r for r in _live(ctx, team) if r.id == data["report"]), None)
        if newest is None:
            return Reply(texts.moved_meanwhile(team))
        amount, donations = data["figures"]
        return _correct(ctx, author, team, newest, Total(amount_fen=amount, donations=donations))
    except UserError as error:
        return Reply(error.text)


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
    """Take the newest report back; the total returns to what it was before."""
    named = CODE.search(ctx.args)
    ctx, team = team_meant(ctx, (named[1] or named[2]).zfill(4) if named else None, ctx.args)
    author = ctx.author("retract")
    done = ctx.store.reports.booked(ctx.campaign, author.op_id)
    if done is None:
        newest = _newest(ctx, team, _channel_said(ctx.args))
        try:
            done = ctx.store.reports.retract(ctx.campaign, author, team, ctx.membership, newest)
        except Changed:
            return Reply(texts.moved_meanwhile(ctx.store.teams.get(ctx.campaign.id, team.code)))
        except NotAllowed:
            raise UserError(texts.not_your_team(team.code)) from None
    return Reply(texts.retracted(done, ctx.campaign, ctx.several_campaigns), remember=spoke_of(ctx, done.after))


def _split(text: str) -> tuple[str, str]:
    """What was wrong, and what is right: 刚才报的3万不对，应该是 | 32000."""
    mark = RIGHT.match(text)
    return (mark[0], text[mark.end() :]) if mark else ("", text)


def _reach(ctx: Context, team: Team, newest: Report, figures: Figures) -> Total:
    """The total a correction leads to: read as the report should have been said, with what it leaves out unchanged."""
    if figures.kind == "increment":
        base = Total(amount_fen=newest.previous_amount_fen, donations=newest.previous_donations)
    elif figures.kind == "day":
        base = team.opening(newest.channel, ctx.campaign.local(ctx.now).date())
    else:
        base = Total()
    amount, donations = figures.amount_fen, figures.donations
    return Total(
        amount_fen=newest.amount_fen if amount is None else base.amount_fen + amount,
        donations=newest.donations if donations is None else base.donations + donations,
    )


def _doubts(campaign: Campaign, newest: Report, reached: Total) -> Iterator[str]:
    """What is asked before a correction is made."""
    amount, minimum = reached.amount_fen, campaign.policy.minimum_gift_fen
    if newest.amount_fen and (amount >= 10 * newest.amount_fen or amount * 10 <= newest.amount_fen):
        yield texts.doubt_far_off(newest, reached)
    if amount < newest.previous_amount_fen:
        yield texts.doubt_below_previous(newest, reached)
    if minimum and amount < reached.donations * minimum:
        yield texts.doubt_minimum(reached, minimum)


def _correct(ctx: Context, author: Author, team: Team, newest: Report, reached: Total) -> Reply:
    try:
        booked = ctx.store.reports.correct(
            ctx.campaign, author, team, ctx.membership, newest, reached.amount_fen, reached.donations
        )
    except Changed:
        return Reply(texts.moved_meanwhile(ctx.store.teams.get(ctx.campaign.id, team.code)))
    except NotAllowed:
        raise UserError(texts.not_your_team(team.code)) from None
    return _corrected(ctx, booked)


def _corrected(ctx: Context, booked: Booked) -> Reply:
    text = texts.corrected(booked, ctx.campaign, ctx.several_campaigns)
    return Reply(text, remember=spoke_of(ctx, booked.after))


def _channel_said(text: str) -> Channel | None:
    """The channel she names; the newest report of either is meant where she names none."""
    channels: tuple[Channel, ...] = ("online", "offline")
    named = [channel for channel in channels if texts.CHANNEL_NAMES[channel] in text]
    return named[0] if len(named) == 1 else None


def _newest(ctx: Context, team: Team, channel: Channel | None) -> Report:
    live = [report for report in _live(ctx, team) if channel in (None, report.channel)]
    if not live:
        raise UserError(texts.nothing_reported(team))
    return max(live, key=lambda report: report.at)


def _live(ctx: Context, team: Team) -> list[Report]:
    """The report that each channel's total stands on."""
    ids = [total.report for total in (team.online, team.offline) if total.report]
    return ctx.store.reports.many(ctx.campaign.id, ids)
