"""催报 and 通知: a coordinator speaks to the captains of her region, after a look at whom and one yes.

Reminders speak of reports, never of giving, and go to the teams not heard of today; a notice is hers, word for word.
"""

from typing import Literal

from handlers import texts
from handlers.acts import announcements as acts
from handlers.acts.actor import Actor
from handlers.jurisdiction import scopes_of
from handlers.language.names import find_region
from handlers.messages import Context, Reply, UserError
from handlers.proposals import for_a_yes, on_yes, propose
from handlers.router import Router
from handlers.wishes.notices import SaidNotice, is_kept_back, is_to_be_sent, said_notice, says_to_whom
from handlers.wishes.teams import may_follow_the_word
from handlers.writes import Announce, Proposal, Remind

router = Router()


@router.command(
    "催报",
    "提醒未报",
    "催",
    "催催",
    "催一催",
    summary="催报 [县区]：请没消息的队长报一声",
    audience="coordinator",
    accepts=may_follow_the_word,
)
def remind(ctx: Context) -> Reply:
    """Who is not heard of today, by what they are reached, and what they will read."""
    _require_role(ctx, texts.announcing.reminders_are_not_yours(ctx.campaign))
    region, rest = find_region(ctx.campaign, ctx.args)
    if ctx.args and (region is None or rest):
        raise UserError(texts.announcing.no_such_region(ctx.args))
    scopes = scopes_of(ctx, region)
    asked = acts.reminder_preview(_actor(ctx), ctx.site.reach, scopes)
    return for_a_yes(asked, propose(ctx, Remind(tuple(scopes))))


@on_yes(router, Remind, reminder=texts.dialogues.REMIND, accepts=is_to_be_sent, declines=is_kept_back)
def send_reminder(ctx: Context, proposal: Proposal, write: Remind) -> Reply:
    author = ctx.confirming(proposal.id)
    told = ctx.store.announcements.done(ctx.campaign.id, author.op_id)
    if told is None and proposal.day != ctx.campaign.local(ctx.now).date():
        raise UserError(texts.dialogues.waited_too_long())
    actor = Actor(ctx.store, ctx.campaign, author, ctx.membership)
    return Reply(texts.announcing.reminded(told or acts.remind(actor, ctx.site.reach, write.scopes)))


@router.command(
    "通知",
    "发通知",
    summary="通知 [县区] [未报|未达标] 内容：发给队长",
    audience="coordinator",
    accepts=says_to_whom,
)
def notify(ctx: Context) -> Reply:
    """Whom it reaches by what, and the words as they will be read."""
    _require_role(ctx, texts.announcing.notices_are_not_yours(ctx.campaign))
    said = said_notice(ctx.campaign, ctx.args)
    if said.code and ctx.store.teams.many(ctx.campaign.id, [said.code]):
        raise UserError(texts.announcing.goes_to_all(said.code))
    scopes, which = scopes_of(ctx, said.region), _which(ctx, said)
    words = texts.announcing.as_shown(said.words)
    asked = acts.notice_preview(_actor(ctx), ctx.site.reach, scopes, which, words)
    return for_a_yes(asked, propose(ctx, Announce(tuple(scopes), words, which)))


@on_yes(
    router,
    Announce,
    reminder=texts.dialogues.ANNOUNCE,
    accepts=is_to_be_sent,
    declines=is_kept_back,
    left=lambda _write: texts.announcing.kept_back(),
)
def send_notice(ctx: Context, proposal: Proposal, write: Announce) -> Reply:
    author = ctx.confirming(proposal.id)
    told = ctx.store.announcements.done(ctx.campaign.id, author.op_id)
    actor = Actor(ctx.store, ctx.campaign, author, ctx.membership)
    told = told or acts.announce(actor, ctx.site.reach, write.scopes, write.which, write.words)
    return Reply(texts.announcing.notified(told))


def _which(ctx: Context, said: SaidNotice) -> Literal["listed", "silent", "short"]:
    """The list of teams that it is for. Raises `UserError` where that is not clear, and where nobody would read it."""
    if said.unclear:
        raise UserError(texts.announcing.to_whom())
    if said.which == "silent" and not ctx.campaign.silence.list:
        raise UserError(texts.team_lists.silence_is_not_listed())
    match said.which:
        case None | "listed":
            return "listed"
        case "silent" | "short" as which:
            return which
        case nobodys:
            raise UserError(texts.announcing.not_led(nobodys))


def _require_role(ctx: Context, otherwise: str) -> None:
    if not ctx.membership.roles:
        raise UserError(otherwise)


def _actor(ctx: Context) -> Actor:
    return Actor(ctx.store, ctx.campaign, ctx.author("announce"), ctx.membership)
