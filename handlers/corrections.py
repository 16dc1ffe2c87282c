"""Correcting: only the newest live report of a channel; for older ones the right total is asked for.

A figure that is taken back by name (`不是3200是3400`) must be the one that stands: else nothing is guessed.
"""

from dataclasses import replace

from handlers import misplaced, retractions, tasks, texts
from handlers.acts import reports as acts
from handlers.acts.actor import Actor
from handlers.correction_doubts import doubts, explains, slipped, waits_for
from handlers.doubts import require_going_on
from handlers.hearing import ear_of, said_as
from handlers.how_to import how_to
from handlers.live_reports import (
    NO_FIGURES,
    corrected_total,
    is_named,
    is_what_came_in,
    live_reports,
    may_be_what_came_in,
    newest_of,
    replaced,
    require_report,
    team_of,
)
from handlers.meant import another_unit, spoke_of, team_meant
from handlers.messages import Context, Reply, UserError
from handlers.proposals import for_a_yes, on_yes, propose
from handlers.report_answers import amend, waiting
from handlers.router import Router
from handlers.understand.answers import channel_in, is_of_its_own, number_chosen, read_total, teams_named
from handlers.understand.mended import Correction, Figures, Restoration, Retraction, Unclear
from handlers.understand.reading import read_as
from handlers.understand.readings import Counts, HowTo, Reading
from handlers.writes import Proposal, RightTotal
from storage.ledger import Author, Changed
from storage.matters import Review, Why
from storage.models.people import Conversation
from storage.models.reports import Report
from storage.models.teams import Channel, Team, Total
from storage.reports import Booked

router = Router()
ASK_TOTAL, ASK_CHANNEL = "corrections.total", "corrections.channel"
CHANNELS: tuple[Channel, ...] = ("online", "offline")


def _starts_with_a_figure(rest: str) -> bool:
    return rest[:1].isdigit()


@router.command(
    "更正",
    "改成",
    "改为",
    "修改",
    "纠正",
    summary="更正 12340",
    audience="captain",
    accepts=_starts_with_a_figure,
)
@router.intent("correct")
def correct(ctx: Context) -> Reply:
    """Put the right total in the place of the newest report; some campaigns count items, no money.

    What waits for her answer is dropped by a correction that cannot be read: nobody shall say yes to it by mistake.
    """
    try:
        return _mended(ctx, said_as(ctx, "correct", ctx.args))
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
    number, ear = number_chosen(answer, len(CHANNELS)), ear_of(ctx)
    channel = channel_in(answer, ear) if number is None else CHANNELS[number]
    if channel is None or (number is None and read_total(answer, ear) is not None):
        raise UserError(texts.dialogues.choose_a_number(len(CHANNELS)))
    said = read_as("correct", data["text"], ear)
    if not isinstance(said, Correction) or said.right is None:
        raise UserError(texts.corrections.how_to_correct())
    ctx, team = team_meant(ctx, data["code"])
    return _put_right(replace(ctx, conversation=None), said, said.right, team, channel)


def _mended(ctx: Context, reading: Reading) -> Reply:
    """A message that puts something right, takes it back or puts it back."""
    match reading:
        case Counts() as counted:
            return tasks.take(ctx, counted)
        case HowTo(want):
            return how_to(ctx, want)
        case Correction() as said:
            return _corrected_as_said(ctx, said)
        case Retraction() as said:
            return retractions.take_back(ctx, said)
        case Restoration() as said:
            return retractions.put_back(ctx, said)
        case Unclear("which", _):
            return retractions.take_back(ctx, None)
        case Unclear("only matched", _):
            raise UserError(texts.reports.match_not_reported())
        case Unclear("several teams", words):
            raise UserError(texts.corrections.one_team_a_line(words))
        case Unclear(reason, words) if reason != "unread":
            raise UserError(texts.corrections.unclear(reason, words or ctx.message.text))
        case _:
            raise UserError(texts.corrections.how_to_correct())


def _corrected_as_said(ctx: Context, said: Correction) -> Reply:
    """What waits for her answer is put right; a correction of what stands elsewhere leaves it open."""
    if said.right is None:
        return _put_elsewhere(ctx, said)
    if _of_what_waits(ctx, said):
        return amend(ctx, said.right)
    meant, team = team_of(ctx, said)
    reply = _put_right(meant, said, said.right, team, said.right.channel)
    if waiting(ctx) is None or reply.conversation is not None:
        return reply
    return replace(reply, text=f"{reply.text}\n{texts.reports.WAITS_FOR_YES}", conversation=ctx.conversation)


def _put_right(ctx: Context, said: Correction, right: Figures, team: Team, channel: Channel | None) -> Reply:
    """The newest report with the right figures in it: written where nothing is doubted, else shown for a yes."""
    author = ctx.author("correct")
    done = ctx.store.reports.booked(ctx.campaign, author.op_id)
    if done:
        return _corrected(ctx, done)
    require_going_on(ctx, team)
    require_report(team, said, other := _another(ctx, team, said))
    meant = _meant(ctx, team, said, channel)
    if len(meant) > 1:
        open_ = Conversation(state=ASK_CHANNEL, data={"text": ctx.message.text, "code": team.code})
        return Reply(texts.corrections.ask_channel(team, CHANNELS), conversation=open_)
    newest = meant[0]
    reached = corrected_total(ctx, team, newest, said)
    if reached is None:
        if _stands_already(newest, said, right):
            return Reply(texts.corrections.nothing_to_change(team, newest))
        return _ask_right(team, newest, said.old, counts=right.amount_fen is None)
    if reached == Total(amount_fen=newest.amount_fen, donations=newest.donations):
        return Reply(texts.corrections.nothing_to_change(team, newest))
    came_in = said.old == NO_FIGURES and not said.step and is_what_came_in(newest, right)
    doubted = [texts.corrections.read_as_added(newest)] if came_in else []
    if said.old == NO_FIGURES and not (came_in or said.step) and may_be_what_came_in(newest, right):
        doubted.append(texts.corrections.read_as_the_total(newest, right.amount_fen or 0))
    doubted += doubts(ctx.campaign, newest, reached, sure=came_in or explains(said, newest, reached))
    if said.step:
        doubted.append(texts.doubts.doubt_step(team.total(newest.channel), reached))
    if other:
        doubted.append(texts.doubts.doubt_other_unit(other, team))
    doubted += [texts.corrections.doubted(doubt.reason, doubt.words) for doubt in said.doubts]
    if doubted:
        return _ask(ctx, team, newest, reached, doubted)
    return _correct(ctx, author, team, newest, reached)


def _another(ctx: Context, team: Team, said: Correction) -> str:
    """The unit that is named beside the team that is meant; '' where none is, or a team is named by its code."""
    if said.coded:
        return ""
    return another_unit(ctx, team, said.rest) or (said.others[0] if said.others and not said.codes else "")


def _of_another_team(ctx: Context, reading: Reading) -> str:
    """A figure of another team, by its code or its unit, takes the place of the total that was asked for."""
    if ctx.conversation is None:
        return ""
    code, said = ctx.conversation.data["code"], ctx.message.text
    if not (is_of_its_own(reading) or read_total(said, ear_of(ctx))):
        return ""
    team = ctx.store.teams.get(ctx.campaign.id, code)
    named, right = teams_named(said, ear_of(ctx)), read_as("correct", said, ear_of(ctx))
    rest = right.rest if isinstance(right, Correction) else said
    other = code not in named if named else another_unit(ctx, team, rest)
    return texts.corrections.put_aside(team) if other else ""


def _remind(asked: Conversation) -> str:
    return texts.dialogues.RIGHT_COUNT if asked.data.get("counts") else texts.dialogues.RIGHT_TOTAL


@router.state(ASK_TOTAL, reminder=_remind, gives_way=_of_another_team)
def take_total(ctx: Context) -> Reply:
    """An older report was wrong: she says what the total ought to be now, or by how much it was wrong (`多报了200`)."""
    if ctx.conversation is None:
        raise ValueError("no total was asked for")
    data = ctx.conversation.data
    said = read_as("correct", ctx.message.text, ear_of(ctx))
    if isinstance(said, Correction) and said.step and said.right is not None:
        ctx, team = team_meant(ctx, data["code"])
        return _put_right(replace(ctx, conversation=None), said, said.right, team, data["channel"])
    right = read_total(ctx.message.text, ear_of(ctx), "gifts" if data.get("counts") else "money")
    if not isinstance(right, Figures) or right.kind not in ("bare", "total"):
        raise UserError((texts.corrections.say_the_count if data.get("counts") else texts.corrections.say_the_total)())
    ctx, team = team_meant(ctx, data["code"])
    author = ctx.author("correct")
    done = ctx.store.reports.booked(ctx.campaign, author.op_id)
    if done:
        return _corrected(ctx, done)
    newest = newest_of(ctx, team, data["channel"])
    reached = replaced(newest, Total(), right)
    doubted = list(doubts(ctx.campaign, newest, reached, sure=False))
    return _ask(ctx, team, newest, reached, doubted) if doubted else _correct(ctx, author, team, newest, reached)


@on_yes(router, RightTotal, reminder=texts.dialogues.CORRECTION)
def make(ctx: Context, proposal: Proposal, right: RightTotal) -> Reply:
    """Correct, if the report in question is still the newest."""
    ctx, team = team_meant(ctx, right.code)
    author = ctx.confirming(proposal.id)
    if done := ctx.store.reviews.done(ctx.campaign.id, author.op_id):
        return _corrected(ctx, done) if isinstance(done, Booked) else _waits(ctx, done)
    newest = next((report for report in live_reports(ctx, team) if report.id == right.report), None)
    if newest is None:
        return Reply(texts.corrections.moved_meanwhile(team))
    total = Total(amount_fen=right.amount_fen, donations=right.donations)
    if why := waits_for(ctx.campaign, newest, total):
        return _wait(ctx, author, team, newest, total, why)
    return _correct(ctx, author, team, newest, total)


def _of_what_waits(ctx: Context, said: Correction) -> bool:
    """Whether it is the report waiting for her answer that she puts right: she names no team, no other figure, and no
    other channel in which something stands."""
    waits = waiting(ctx)
    if waits is None or said.step or said.codes or said.earlier or said.others:
        return False
    team, report = waits
    channel = said.right.channel if said.right else None
    if channel not in (None, report.channel) and team.standing(channel or report.channel).report:
        return False
    return said.old.amount_fen in (None, report.amount_fen) and said.old.donations in (None, report.donations)


def _put_elsewhere(ctx: Context, said: Correction) -> Reply:
    """The figure was right, but its kind, its channel or its team was not; else the right total is asked for."""
    if said.right_name:
        return misplaced.of_another_team(ctx, said.wrong_name, said.right_name)
    if not (said.kind or said.channel) and ctx.conversation is not None and ctx.conversation.proposes:
        raise UserError(texts.corrections.how_to_correct())
    ctx, team = team_of(ctx, said)
    require_going_on(ctx, team)
    newest = newest_of(ctx, team, None)
    if said.old != NO_FIGURES:
        newest = next((report for report in live_reports(ctx, team) if is_named(said.old, report)), newest)
    if said.slip and not said.earlier and (without := slipped(newest, said)):
        doubted = [texts.corrections.slip(said.slip), *doubts(ctx.campaign, newest, without, sure=True)]
        return _ask(ctx, team, newest, without, doubted)
    named = is_named(said.old, newest) and not (said.earlier and newest.day == ctx.campaign.local(ctx.now).date())
    if said.channel is not None and named:
        return misplaced.of_the_other_channel(ctx, team, newest, said.channel)
    reached = misplaced.read_as(ctx, team, newest, said.kind) if said.kind and named else None
    if reached is None:
        if not named or said.kind or said.channel:
            return _ask_right(team, newest, said.old, counts=said.counts)
        asks = (texts.corrections.ask_count if said.counts else texts.corrections.ask_total)(team, newest)
        return _ask_total(team, newest, asks, counts=said.counts)
    if reached == Total(amount_fen=newest.amount_fen, donations=newest.donations):
        return Reply(texts.corrections.nothing_to_change(team, newest))
    return _ask(ctx, team, newest, reached, [texts.corrections.read_otherwise(newest, said.kind or "total")])


def _ask(ctx: Context, team: Team, newest: Report, reached: Total, doubted: list[str]) -> Reply:
    right = RightTotal(team.code, newest.id, reached.amount_fen, reached.donations)
    lowers = reached.amount_fen < newest.amount_fen or reached.donations < newest.donations
    question = texts.corrections.ask_correction(team, newest.channel, reached, doubted)
    return for_a_yes(question, propose(ctx, right, lowers=lowers))


def _stands_already(newest: Report, said: Correction, right: Figures) -> bool:
    """Whether what she says is right is what stands today."""
    amount, donations = right.amount_fen, right.donations
    same = amount in (None, newest.amount_fen) and donations in (None, newest.donations)
    return same and right.kind in ("bare", "total") and not said.step and not said.earlier


def _ask_right(team: Team, newest: Report, old: Figures, *, counts: bool) -> Reply:
    """It is another report that she puts right: what is right now is asked for, the total or the 人次 alone."""
    if counts:
        return _ask_total(team, newest, texts.corrections.ask_right_count(team, newest, old.donations), counts=True)
    return _ask_total(team, newest, texts.corrections.ask_right_total(team, newest, old.amount_fen))


def _ask_total(team: Team, newest: Report, question: str, *, counts: bool = False) -> Reply:
    """`counts`: the 人次 is asked for, which then a bare number is."""
    data = {"code": team.code, "channel": newest.channel, "counts": counts}
    return Reply(question, conversation=Conversation(state=ASK_TOTAL, data=data))


def _correct(ctx: Context, author: Author, team: Team, newest: Report, reached: Total) -> Reply:
    try:
        booked = acts.correct(Actor(ctx.store, ctx.campaign, author, ctx.membership), team, newest, reached)
    except Changed:
        return Reply(texts.corrections.moved_meanwhile(ctx.store.teams.get(ctx.campaign.id, team.code)))
    return _corrected(ctx, booked)


def _wait(ctx: Context, author: Author, team: Team, newest: Report, right: Total, why: Why) -> Reply:
    try:
        review = acts.wait_to_correct(Actor(ctx.store, ctx.campaign, author, ctx.membership), team, newest, right, why)
    except Changed:
        return Reply(texts.corrections.moved_meanwhile(ctx.store.teams.get(ctx.campaign.id, team.code)))
    return _waits(ctx, review)


def _waits(ctx: Context, review: Review) -> Reply:
    team = ctx.store.teams.get(ctx.campaign.id, review.subject)
    return Reply(texts.reviews.waits(review, team, ctx.campaign), remember=spoke_of(ctx, team))


def _corrected(ctx: Context, booked: Booked) -> Reply:
    text = texts.corrections.corrected(booked, ctx.campaign, ctx.several_campaigns)
    return Reply(text, remember=spoke_of(ctx, booked.after))


def _meant(ctx: Context, team: Team, said: Correction, channel: Channel | None) -> list[Report]:
    """The standing reports that a correction may be about: of the channel, or with the figure, that she names."""
    standing = live_reports(ctx, team)
    live = [report for report in standing if channel in (None, report.channel)]
    if standing and channel and not live:
        right = said.right or Figures()
        line = texts.examples.total_of_team(team.code, channel, right.amount_fen or 0, right.donations)
        raise UserError(texts.corrections.none_in_channel(team, channel, line if right.amount_fen else ""))
    return [report for report in live if is_named(said.old, report)] or live
