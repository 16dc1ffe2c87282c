"""Correcting: only the newest live report of a channel; for older ones the right total is asked for.

A figure that is taken back by name (`不是3200是3400`) must be the one that stands: else nothing is guessed.
"""

import secrets
from collections.abc import Iterator
from dataclasses import replace

from handlers import misplaced, tasks, texts
from handlers.choices import another_unit, choice, said_yes, spoke_of, team_meant
from handlers.live_reports import corrected_total, is_named, live_reports, newest_of, replaced
from handlers.messages import Context, Reply, UserError
from handlers.report_answers import amend, waiting
from handlers.router import Router
from handlers.understand.amounts import Doubt, Figures, read_figures
from handlers.understand.correcting import WORDS_OF_A_MISTAKE, Correction, channel_of, read_correction
from handlers.understand.strange import strange_words
from handlers.understand.text import squash
from storage.campaign_schema import Campaign
from storage.ledger import Author, Changed, NotAllowed
from storage.models import Channel, Conversation, Report, Team, Total
from storage.reports import Booked

router = Router()
ASK_YES, ASK_TOTAL, ASK_CHANNEL = "corrections.confirm", "corrections.total", "corrections.channel"
CHANNELS: tuple[Channel, ...] = ("online", "offline")


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
    """Put the right total in the place of the newest report; some campaigns count items, no money.

    What waits for her answer is dropped by a correction that cannot be read: nobody shall say yes to it by mistake.
    """
    try:
        if ctx.chosen and ctx.chosen.progress == "items":
            return tasks.correct(ctx)
        return _correct_in(ctx, channel_of(ctx.args))
    except UserError as error:
        if ctx.conversation is None or not ctx.conversation.proposes:
            raise
        return Reply(f"{error.text}\n{texts.dialogues.dialogue_dropped()}")


@router.state(ASK_CHANNEL, reminder=texts.dialogues.CHANNEL)
def take_channel(ctx: Context) -> Reply:
    """Both channels hold a report: she chose which to correct, by number or by name."""
    if ctx.conversation is None:
        raise ValueError("no channel was asked for")
    data, answer = ctx.conversation.data, ctx.message.text
    number = choice(answer, len(CHANNELS))
    channel = channel_of(answer) if number is None else CHANNELS[number]
    if channel is None or _has_figures(answer):
        raise UserError(texts.dialogues.choose_a_number(len(CHANNELS)))
    return _correct_in(replace(ctx, args=data["text"]), channel, data["code"])


def _has_figures(text: str) -> bool:
    """Figures beside the name of a channel are a new matter."""
    return choice(text, len(CHANNELS)) is None and read_figures(text) is not None


def _correct_in(ctx: Context, channel: Channel | None, code: str | None = None) -> Reply:
    said = read_correction(ctx.args, [c for m in ctx.memberships.values() for c in m.codes])
    if said is None and not squash(ctx.args):
        ctx, team = team_meant(ctx, code)
        newest = newest_of(ctx, team, channel)
        return _ask_total(team, newest, texts.corrections.ask_total(team, newest))
    if said is None:
        raise UserError(texts.corrections.how_to_correct())
    if isinstance(said, Doubt):
        raise UserError(texts.reports.doubtful_figure(said.reason, said.excerpt))
    if said.figures is None:
        return _put_elsewhere(ctx, said)
    if _of_what_waits(ctx, said):
        return amend(ctx, said.figures.kind, said.figures.amount_fen, said.figures.donations)
    ctx, team = team_meant(ctx, code or said.code, said.rest)
    author = ctx.author("correct")
    done = ctx.store.reports.booked(ctx.campaign, author.op_id)
    if done:
        return _corrected(ctx, done)
    meant = _meant(ctx, team, said, channel)
    if len(meant) > 1:
        asked = Conversation(state=ASK_CHANNEL, data={"text": ctx.args, "code": team.code})
        return Reply(texts.corrections.ask_channel(team, CHANNELS), conversation=asked)
    newest = meant[0]
    reached = corrected_total(ctx, team, newest, said)
    if reached is None:
        return _ask_total(team, newest, texts.corrections.ask_right_total(team, newest, said.old_fen))
    doubted = list(_doubts(ctx.campaign, newest, reached))
    other = "" if said.code else another_unit(ctx, team, said.rest)
    if said.step:
        doubted.append(texts.doubts.doubt_step(team.total(newest.channel), reached))
    if other:
        doubted.append(texts.doubts.doubt_other_unit(other, team))
    elif strange := strange_words(ctx.campaign, WORDS_OF_A_MISTAKE.sub(" ", said.rest)):
        doubted.append(texts.doubts.doubt_strange(strange, ctx.message.text))
    if doubted:
        return _ask(team, newest, reached, doubted)
    return _correct(ctx, author, team, newest, reached)


@router.state(ASK_TOTAL, reminder=texts.dialogues.RIGHT_TOTAL)
def take_total(ctx: Context) -> Reply:
    """An older report was wrong: she says what the total ought to be now."""
    if ctx.conversation is None:
        raise ValueError("no total was asked for")
    data = ctx.conversation.data
    figures = read_figures(ctx.args)
    if not isinstance(figures, Figures) or figures.kind not in ("bare", "total"):
        raise UserError(texts.corrections.say_the_total())
    ctx, team = team_meant(ctx, data["code"])
    author = ctx.author("correct")
    done = ctx.store.reports.booked(ctx.campaign, author.op_id)
    if done:
        return _corrected(ctx, done)
    newest = newest_of(ctx, team, data["channel"])
    reached = replaced(newest, Total(), figures)
    doubted = list(_doubts(ctx.campaign, newest, reached))
    return _ask(team, newest, reached, doubted) if doubted else _correct(ctx, author, team, newest, reached)


@router.state(ASK_YES, reminder=texts.dialogues.CORRECTION)
def confirm(ctx: Context) -> Reply:
    """Correct on a yes, if the report in question is still the newest."""
    if not said_yes(ctx.args):
        return Reply(texts.dialogues.left())
    if ctx.conversation is None:
        raise ValueError("nothing was proposed")
    data = ctx.conversation.data
    try:
        ctx, team = team_meant(ctx, data["code"])
        author = ctx.confirming(data["id"])
        done = ctx.store.reports.booked(ctx.campaign, author.op_id)
        if done:
            return _corrected(ctx, done)
        newest = next((r for r in live_reports(ctx, team) if r.id == data["report"]), None)
        if newest is None:
            return Reply(texts.corrections.moved_meanwhile(team))
        amount, donations = data["figures"]
        return _correct(ctx, author, team, newest, Total(amount_fen=amount, donations=donations))
    except UserError as error:
        return Reply(error.text)


def _of_what_waits(ctx: Context, said: Correction) -> bool:
    """Whether it is the report waiting for her answer that she puts right: she names no team and no other figure."""
    asked = waiting(ctx)
    if asked is None or said.step or said.code or said.earlier:
        return False
    team, report = asked
    if another_unit(ctx, team, said.rest):
        return False
    return said.old_fen in (None, report.amount_fen) and said.old_donations in (None, report.donations)


def _put_elsewhere(ctx: Context, said: Correction) -> Reply:
    """The figure was right, but its kind, its channel or its team was not."""
    if said.right:
        return misplaced.of_another_team(ctx, said.wrong, said.right)
    ctx, team = team_meant(ctx, said.code)
    newest = newest_of(ctx, team, None)
    if said.channel is not None:
        return misplaced.of_the_other_channel(ctx, team, newest, said.channel)
    reached = misplaced.read_as(ctx, team, newest, said.kind) if said.kind and not said.earlier else None
    if reached is None:
        return _ask_total(team, newest, texts.corrections.ask_right_total(team, newest, said.old_fen))
    if reached == Total(amount_fen=newest.amount_fen, donations=newest.donations):
        return Reply(texts.corrections.nothing_to_change(team, newest))
    return _ask(team, newest, reached, [texts.corrections.read_otherwise(newest, said.kind or "total")])


def _ask(team: Team, newest: Report, reached: Total, doubted: list[str]) -> Reply:
    data = {
        "id": secrets.token_hex(8),
        "code": team.code,
        "report": newest.id,
        "figures": [reached.amount_fen, reached.donations],
    }
    question = texts.corrections.ask_correction(team, newest.channel, reached, doubted)
    return Reply(question, conversation=Conversation(state=ASK_YES, data=data))


def _ask_total(team: Team, newest: Report, question: str) -> Reply:
    data = {"code": team.code, "channel": newest.channel}
    return Reply(question, conversation=Conversation(state=ASK_TOTAL, data=data))


def _doubts(campaign: Campaign, newest: Report, reached: Total) -> Iterator[str]:
    """What is asked before a correction is made."""
    amount, minimum = reached.amount_fen, campaign.policy.minimum_gift_fen
    if newest.amount_fen and (amount >= 10 * newest.amount_fen or amount * 10 <= newest.amount_fen):
        yield texts.doubts.doubt_far_off(newest, reached)
    if amount < newest.previous_amount_fen:
        yield texts.doubts.doubt_below_previous(newest, reached)
    if minimum and amount < reached.donations * minimum:
        yield texts.doubts.doubt_minimum(reached, minimum)


def _correct(ctx: Context, author: Author, team: Team, newest: Report, reached: Total) -> Reply:
    try:
        booked = ctx.store.reports.correct(
            ctx.campaign, author, team, ctx.membership, newest, reached.amount_fen, reached.donations
        )
    except Changed:
        return Reply(texts.corrections.moved_meanwhile(ctx.store.teams.get(ctx.campaign.id, team.code)))
    except NotAllowed:
        raise UserError(texts.choices.not_your_team(team.code)) from None
    return _corrected(ctx, booked)


def _corrected(ctx: Context, booked: Booked) -> Reply:
    text = texts.corrections.corrected(booked, ctx.campaign, ctx.several_campaigns)
    return Reply(text, remember=spoke_of(ctx, booked.after))


def _meant(ctx: Context, team: Team, said: Correction, channel: Channel | None) -> list[Report]:
    """The standing reports that a correction may be about: of the channel, or with the figure, that she names."""
    live = [report for report in live_reports(ctx, team) if channel in (None, report.channel)]
    if not live:
        raise UserError(texts.reports.nothing_reported(team))
    return [report for report in live if is_named(said, report)] or live
