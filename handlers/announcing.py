"""催报 and 通知: a coordinator speaks to the captains of her region, after a look at whom and one yes.

Reminders speak of reports, never of giving, and go to the teams not heard of today; a notice is hers, word for word.
"""

from handlers import texts
from handlers.acts import announcements as acts
from handlers.acts.actor import Actor
from handlers.jurisdiction import scopes_of
from handlers.language.names import find_region
from handlers.messages import Context, Reply, UserError
from handlers.proposals import for_a_yes, on_yes, propose
from handlers.router import Router
from handlers.wishes.notices import said_notice
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


@on_yes(router, Remind, reminder=texts.dialogues.REMIND)
def send_reminder(ctx: Context, proposal: Proposal, write: Remind) -> Reply:
    author = ctx.confirming(proposal.id)
    told = ctx.store.announcements.done(ctx.campaign.id, author.op_id)
    if told is None and proposal.day != ctx.campaign.local(ctx.now).date():
        raise UserError(texts.dialogues.waited_too_long())
    actor = Actor(ctx.store, ctx.campaign, author, ctx.membership)
    return Reply(texts.announcing.reminded(told or acts.remind(actor, ctx.site.reach, write.scopes)))


@router.command("通知", "发通知", summary="通知 [县区] 内容：发给辖区队长", audience="coordinator")
def notify(ctx: Context) -> Reply:
    """Whom it reaches by what, and the words as they will be read."""
    _require_role(ctx, texts.announcing.notices_are_not_yours(ctx.campaign))
    said = said_notice(ctx.campaign, ctx.args)
    if said.code and ctx.store.teams.many(ctx.campaign.id, [said.code]):
        raise UserError(texts.announcing.goes_to_all(said.code))
    scopes, words = scopes_of(ctx, said.region), texts.announcing.as_shown(said.words)
    asked = acts.notice_preview(_actor(ctx), ctx.site.reach, scopes, words)
    return for_a_yes(asked, propose(ctx, Announce(tuple(scopes), words)))


@on_yes(router, Announce, reminder=texts.dialogues.ANNOUNCE)
def send_notice(ctx: Context, proposal: Proposal, write: Announce) -> Reply:
    author = ctx.confirming(proposal.id)
    told = ctx.store.announcements.done(ctx.campaign.id, author.op_id)
    actor = Actor(ctx.store, ctx.campaign, author, ctx.membership)
    return Reply(texts.announcing.notified(told or acts.announce(actor, ctx.site.reach, write.scopes, write.words)))


def _require_role(ctx: Context, otherwise: str) -> None:
    if not ctx.membership.roles:
        raise UserError(otherwise)


def _actor(ctx: Context) -> Actor:
    return Actor(ctx.store, ctx.campaign, ctx.author("announce"), ctx.membership)
