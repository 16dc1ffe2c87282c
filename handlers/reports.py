"""Reporting progress: read what she typed, doubt what looks wrong, book the rest, and echo it from X to Y."""

import re
import secrets
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any, Literal

from handlers import tasks, texts
from handlers.choices import choice, said_yes, spoke_of, team_meant
from handlers.doubts import (
    again_today,
    doubts,
    not_understood,
    other_unit,
    require_own_figures,
    require_reporting,
    today,
)
from handlers.messages import Context, Reply, UserError
from handlers.router import Router
from handlers.understand.amounts import Doubt, Figures, read_figures
from handlers.understand.gifts import tells_of_one_gift
from handlers.understand.intent import may_turn
from handlers.understand.text import normalise, squash
from storage.ledger import Author, Changed, NotAllowed
from storage.models import Conversation, Team
from storage.reckoning import Reading, reach
from storage.reports import Booked

router = Router()
ASK_YES, ASK_KIND = "reports.confirm", "reports.kind"
Kind = Literal["total", "day", "increment"]
KINDS: tuple[Kind, ...] = ("total", "day", "increment")
KIND_WORDS: dict[Kind, set[str]] = {
    "total": {"累计", "累计共", "总共", "一共", "共", "总额"},
    "day": {"今天", "今日", "当日", "今天一共"},
    "increment": {"新增", "又", "再加", "增加", "刚刚"},
}
TAKES_A_WORD: dict[str, Callable[[Context], Reply]] = {}
"""Dialogues, by state, that take a report word alone (`累计`, `线下`) for an answer."""
LEAST_FEN = 1000
"""A bare number below ten yuan, said where a choice is asked for, is a wrong choice."""
NUMBER_ALONE = re.compile(r"[\d,. ]+")
TRIES = 3
"""How often a write is tried again when the team moved between reading and writing."""


def _has_figures(text: str) -> bool:
    return read_figures(text) is not None


@router.command("已筹", "累计", "目前", "截至", accepts=_has_figures)
@router.command(
    "今天",
    "今日",
    "当日",
    "又",
    "刚刚",
    "新增",
    "再加",
    "线下",
    "线上",
    summary="今天新增2000 / 又筹了500 / 线下 5000",
    audience="captain",
    accepts=_has_figures,
)
@router.command(
    "进度", "上报", "汇报", "报数", "填报", summary="进度 12345.67元 321人次", audience="captain", accepts=_has_figures
)
@router.intent("report")
def report(ctx: Context) -> Reply:
    """Understand a report and book it, or ask about what is doubtful. Some campaigns count items, no money."""
    if ctx.chosen and ctx.chosen.progress == "items":
        return tasks.report(ctx)
    figures = read_figures(ctx.message.text, _codes(ctx))
    if figures is None:
        if ctx.conversation and (takes := TAKES_A_WORD.get(ctx.conversation.state)):
            return takes(ctx)
        raise UserError(texts.reports.how_to_report())
    if isinstance(figures, Doubt):
        raise UserError(texts.reports.doubtful_figure(figures.reason, figures.excerpt))
    require_own_figures(figures)
    ctx, team = team_meant(ctx, figures.code, figures.rest)
    if done := _booked_before_the_close(ctx, team):
        return _echo(ctx, done)
    one_gift = tells_of_one_gift(ctx.campaign, ctx.message.text)
    if not one_gift and (figures.kind == "bare" or again_today(ctx, team, figures)):
        return _read_bare(ctx, team, figures)
    kind = "increment" if one_gift or figures.kind == "bare" else figures.kind
    reading = Reading(kind, figures.channel, figures.amount_fen, figures.donations, _as_of(ctx, figures))
    return _sure_or_ask(ctx, team, figures, reading)


def _booked_before_the_close(ctx: Context, team: Team) -> Booked | None:
    """What this message booked when it first came. Raises `UserError` where the team cannot report; it booked none."""
    try:
        require_reporting(ctx, team)
    except UserError:
        if done := ctx.store.reports.booked(ctx.campaign, ctx.author("report").op_id):
            return done
        raise
    return None


def _as_of(ctx: Context, figures: Figures) -> datetime | None:
    """The moment she named, unless it is still to come."""
    now = ctx.campaign.local(ctx.now)
    moment = figures.as_of.on(now) if figures.as_of else None
    return moment if moment is None or moment <= now else None


def _sure_or_ask(ctx: Context, team: Team, figures: Figures, reading: Reading) -> Reply:
    """Book a line of which every word is understood."""
    unsure = list(not_understood(ctx, team, figures))
    if unsure and not ctx.store.reports.booked(ctx.campaign, ctx.author("report").op_id):
        return _ask(ctx, team, reading, unsure)
    return _book_or_ask(ctx, team, reading)


@router.state(ASK_YES)
def confirm(ctx: Context) -> Reply:
    """Book a doubted report on a yes. If the team moved meanwhile nothing is written, and the new state is shown.

    Other figures in the place of a yes are a new report; a number without a word or a unit is none.
    """
    if not NUMBER_ALONE.fullmatch(ctx.args) and _is_another_report(ctx, ctx.args):
        return report(ctx)
    if not said_yes(ctx.args):
        return Reply(texts.dialogues.left())
    data, reading = _proposal(ctx)
    try:
        ctx, team = team_meant(ctx, data["code"])
        author = ctx.confirming(data["id"])
        booked = ctx.store.reports.booked(ctx.campaign, author.op_id)
        if booked is None:
            require_reporting(ctx, team)
            if team.version != data["version"]:
                return _ask(ctx, team, reading, [texts.doubts.doubt_moved(team)])
            if reading.kind == "day" and data["day"] != today(ctx).isoformat():
                return _ask(ctx, team, reading, [texts.doubts.doubt_other_day(today(ctx))])
            booked = _book(ctx, author, team, reading)
    except UserError as error:
        return Reply(error.text)
    except Changed:
        team = ctx.store.teams.get(ctx.campaign.id, team.code)
        return _ask(ctx, team, reading, [texts.doubts.doubt_moved(team)])
    return _echo(ctx, booked)


@router.state(ASK_KIND)
def take_kind(ctx: Context) -> Reply:
    """A bare number was read as a total, a day's total, or an increment: she chose which, by number or by word."""
    said = ctx.message.text
    number = choice(said, len(KINDS))
    kind = _kind_said(said) if number is None else KINDS[number]
    if kind is None:
        if _is_another_report(ctx, said):
            return report(ctx)
        raise UserError(texts.dialogues.choose_a_number(len(KINDS)))
    data, bare = _proposal(ctx)
    ctx, team = team_meant(ctx, data["code"])
    reading = replace(bare, kind=kind)
    if kind == "day" and data["day"] != today(ctx).isoformat():
        return _ask(ctx, team, reading, [texts.doubts.doubt_other_day(today(ctx))])
    return _book_or_ask(ctx, team, reading)


TAKES_A_WORD[ASK_KIND] = take_kind


def waiting(ctx: Context) -> tuple[Team, Reading] | None:
    """The report that waits for her answer, and whose; None where none does."""
    if ctx.conversation is None or ctx.conversation.state not in (ASK_YES, ASK_KIND):
        return None
    data, reading = _proposal(ctx)
    return team_meant(ctx, data["code"])[1], reading


def amend(ctx: Context, figures: Figures) -> Reply:
    """Other figures in the place of those that wait for her answer; what they leave out stays. Doubted anew."""
    data, said = _proposal(ctx)
    ctx, team = team_meant(ctx, data["code"])
    kind = said.kind if figures.kind == "bare" else figures.kind
    amount = said.amount_fen if figures.amount_fen is None else figures.amount_fen
    donations = said.donations if figures.donations is None else figures.donations
    reading = Reading(kind, said.channel, amount, donations, said.as_of)
    if kind == "day" and data["day"] != today(ctx).isoformat():
        return _ask(ctx, team, reading, [texts.doubts.doubt_other_day(today(ctx))])
    return _book_or_ask(ctx, team, reading)


def _is_another_report(ctx: Context, said: str) -> bool:
    """Whether words in the place of a choice report something: no number mistyped, and nothing that is taken back."""
    figures = read_figures(said, _codes(ctx))
    if not isinstance(figures, Figures) or may_turn(normalise(said)):
        return False
    return figures.donations is not None or (figures.amount_fen or 0) >= LEAST_FEN


def _kind_said(text: str) -> Kind | None:
    said = squash(text)
    return next((kind for kind, words in KIND_WORDS.items() if said in words), None)


def _book_or_ask(ctx: Context, team: Team, reading: Reading) -> Reply:
    author = ctx.author("report")
    day = today(ctx)
    doubted = list(doubts(ctx.campaign, team, reading, reach(team, reading, day), ctx))
    if doubted:
        booked = ctx.store.reports.booked(ctx.campaign, author.op_id)
        return _echo(ctx, booked) if booked else _ask(ctx, team, reading, doubted)
    for _ in range(TRIES):
        try:
            return _echo(ctx, _book(ctx, author, team, reading))
        except Changed:
            team = ctx.store.teams.get(ctx.campaign.id, team.code)
            doubted = list(doubts(ctx.campaign, team, reading, reach(team, reading, day), ctx))
            if doubted:
                return _ask(ctx, team, reading, doubted)
    return _ask(ctx, team, reading, [texts.doubts.doubt_moved(team)])


def _book(ctx: Context, author: Author, team: Team, reading: Reading) -> Booked:
    try:
        return ctx.store.reports.add(ctx.campaign, author, team, ctx.membership, reading)
    except NotAllowed:
        raise UserError(texts.choices.not_your_team(team.code)) from None


def _read_bare(ctx: Context, team: Team, figures: Figures) -> Reply:
    """A number without a word: the first report is a total whichever way it is read; later ones are asked about."""
    reading = Reading("total", figures.channel, figures.amount_fen, figures.donations, _as_of(ctx, figures))
    if not team.total(figures.channel).report:
        return _sure_or_ask(ctx, team, figures, reading)
    booked = ctx.store.reports.booked(ctx.campaign, ctx.author("report").op_id)
    if booked:
        return _echo(ctx, booked)
    if other := other_unit(ctx, team, figures):
        raise UserError(texts.reports.other_unit_not_booked(other, team))
    said = texts.figures.figures_said(figures.amount_fen, figures.donations)
    question = texts.reports.ask_kind(said, team, team.total(figures.channel))
    return Reply(question, conversation=_proposing(ctx, ASK_KIND, team, reading))


def _ask(ctx: Context, team: Team, reading: Reading, doubted: list[str]) -> Reply:
    reached = reach(team, reading, today(ctx))
    question = texts.reports.ask_doubts(team, texts.figures.kind_name(reading.kind, reading.channel), reached, doubted)
    return Reply(question, conversation=_proposing(ctx, ASK_YES, team, reading))


def _proposing(ctx: Context, state: str, team: Team, reading: Reading) -> Conversation:
    data = {
        "id": secrets.token_hex(8),
        "code": team.code,
        "version": team.version,
        "day": today(ctx).isoformat(),
        "reading": [reading.kind, reading.channel, reading.amount_fen, reading.donations],
        "as_of": reading.as_of.isoformat() if reading.as_of else "",
    }
    return Conversation(state=state, data=data)


def _proposal(ctx: Context) -> tuple[dict[str, Any], Reading]:
    if ctx.conversation is None:
        raise ValueError("nothing was proposed")
    data = ctx.conversation.data
    as_of = datetime.fromisoformat(data["as_of"]) if data["as_of"] else None
    kind, channel, amount, donations = data["reading"]
    return data, Reading(kind, channel, amount, donations, as_of)


def _echo(ctx: Context, booked: Booked) -> Reply:
    team = booked.after
    text = texts.reports.booked(booked, ctx.campaign, ctx.several_campaigns)
    return Reply(text, remember=spoke_of(ctx, team))


def _codes(ctx: Context) -> list[str]:
    return [code for membership in ctx.memberships.values() for code in membership.codes]
