"""What is said first and last: help, thanks, leaving a dialogue, and what was not understood."""

from dataclasses import replace

from handlers import pages, texts
from handlers.hearing import said_as
from handlers.how_to import how_to
from handlers.messages import Context, Reply
from handlers.questions import offer
from handlers.router import Router
from handlers.rulebook.no_rule import matter_of
from handlers.rules import answer_question, answer_statement, has_answer_to
from handlers.team_cards import looked_up
from handlers.telephones import telephone_told
from handlers.understand.heads import nearest
from handlers.understand.readings import Misspelt, Unsure
from handlers.wishes.how_to import asked_how, greets, is_done_elsewhere, tells_of_a_picture

router = Router()


@router.command("帮助", "菜单", "帮忙", "help", "功能", summary="帮助：能说什么", aside=True)
def show_help(ctx: Context) -> Reply:
    """What can be said, by role; generated from the words themselves. Who has a role reads hers first."""
    is_captain = any(m.codes for m in ctx.memberships.values())
    is_coordinator = any(m.roles for m in ctx.memberships.values())
    is_organizer = any(g.role == "organizer" for m in ctx.memberships.values() for g in m.grants)
    everybodys = {
        "all": texts.welcome.HELP_FOR_ALL,
        "captain": texts.welcome.HELP_FOR_CAPTAINS if is_captain or not is_coordinator else "",
    }
    offices = {
        "coordinator": texts.welcome.HELP_FOR_COORDINATORS if is_coordinator else "",
        "organizer": texts.welcome.HELP_FOR_ORGANIZERS if is_organizer else "",
    }
    words = texts.welcome.words_for(ctx.vocabulary, ctx.chosen)
    sections = [
        texts.welcome.help_section(title, [w.summary for w in words if w.summary and w.audience == audience])
        for audience, title in (offices | everybodys).items()
        if title
    ]
    page = texts.welcome.help_page(sections, ctx.site.address)
    if len(page.encode()) <= texts.wording.REPLY_BYTES:
        return Reply(page)
    return pages.opening(pages.paged("", sections, texts.welcome.help_tail(ctx.site.address)))


@router.intent("help")
def show_how(ctx: Context) -> Reply:
    """A greeting is greeted; how one thing is done is told alone; else everything that can be said."""
    if greets(ctx.args):
        return greet(ctx)
    if is_done_elsewhere(ctx.args) or matter_of(ctx.args):
        return answer_question(ctx, ctx.args)
    if tells_of_a_picture(ctx.args):
        return Reply(texts.receiving.please_type("image", ctx.chosen))
    want = asked_how(ctx.args)
    return how_to(ctx, want) if want else show_help(ctx)


@router.intent("amend")
def cannot_amend(ctx: Context) -> Reply:
    """What of a registration she can change herself, by the line to type, and who changes the rest."""
    if told := telephone_told(ctx):
        return told
    if ctx.membership.roles:
        return Reply(texts.acts.lines_to_type())
    codes = ctx.membership.codes
    if not codes or ctx.campaign.closed:
        return Reply(texts.welcome.registration_stands(ctx.campaign))
    last = ctx.last_team.code if ctx.last_team and ctx.last_team.code in codes else codes[0]
    return Reply(texts.welcome.what_a_captain_changes(ctx.campaign, last))


@router.intent("privacy")
def show_what_is_kept(ctx: Context) -> Reply:
    return Reply(texts.welcome.what_is_kept(ctx.chosen))


@router.command("算了", "取消", "退出", "不了", "放弃")
@router.intent("cancel")
def leave(ctx: Context) -> Reply:
    """Leave whatever dialogue is open, and those beneath it; where none is, she may mean what was booked last."""
    if ctx.conversation:
        return Reply(texts.dialogues.left())
    return Reply(texts.dialogues.nothing_to_leave(_booked_last(ctx)))


def _booked_last(ctx: Context) -> str:
    """The code of the team of hers whose figures she can put right, '' for none."""
    last = ctx.last_team
    if last is None or not last.reported or ctx.chosen is None or ctx.chosen.closed:
        return ""
    return last.code if last.code in ctx.membership.codes else ""


@router.intent("confirm")
def nothing_to_confirm(ctx: Context) -> Reply:
    return Reply(texts.dialogues.nothing_to_confirm())


@router.intent("greeting")
def greet(ctx: Context) -> Reply:
    return Reply(texts.welcome.greeting(ctx.person.idle), idle=True)


@router.intent("impatience")
def reassure(ctx: Context) -> Reply:
    """Tired of the bot, or waiting: where her figures are, and whom to call."""
    return Reply(texts.rules.calm(ctx.campaign, ctx.person.idle), idle=True)


@router.intent("off_topic")
def stay_on_topic(ctx: Context) -> Reply:
    """Nothing of ours, unless the rulebook answers it, or it calls a team of a coordinator's region."""
    answer = answer_statement(ctx, ctx.args) if has_answer_to(ctx, ctx.args) else None
    return answer or looked_up(ctx) or Reply(texts.welcome.off_topic(ctx.person.idle), idle=True)


@router.intent("thanks")
def thanks(ctx: Context) -> Reply:
    return Reply(texts.welcome.you_are_welcome(ctx.person.idle), idle=True)


@router.intent("unknown")
def not_understood(ctx: Context) -> Reply:
    """Nothing fits: a word that sounds like hers is offered; else the rulebook answers, or the nearest are offered.

    A question can be passed on. What nobody understood is kept, masked, for whoever teaches the bot.
    """
    if ctx.chosen and (told := telephone_told(ctx) or looked_up(ctx)):
        return told
    if isinstance(ctx.reading, Misspelt):
        return Reply(texts.welcome.unknown(list(ctx.reading.words), ctx.chosen, ctx.person.idle), idle=True)
    if answer := answer_statement(ctx, ctx.args):
        return answer
    _keep(ctx)
    words = [w.word for w in texts.welcome.words_for(ctx.vocabulary, ctx.chosen) if w.summary]
    near = nearest(ctx.args, words)
    sorry = texts.welcome.unknown(near, ctx.chosen, ctx.person.idle)
    if ctx.chosen and not near and ctx.slots.asks:
        return replace(offer(ctx, ctx.args, sorry), idle=True)
    return Reply(sorry, idle=True)


def _keep(ctx: Context) -> None:
    """Keep what was said as the trained opinion sees it, unless it may be a complaint."""
    said = said_as(ctx, "unknown")
    if isinstance(said, Unsure) and said.shape:
        ctx.store.lines.keep(ctx.person.openid, said.shape, ctx.now)
