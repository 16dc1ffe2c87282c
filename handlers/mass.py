"""群发: an organizer speaks to everybody who follows the account, after a look at what is left and one yes."""

from datetime import timedelta

from handlers import texts
from handlers.acts.announcements import require_announcing
from handlers.messages import Context, Reply, UserError
from handlers.notices import notification
from handlers.proposals import for_a_yes, on_yes, propose
from handlers.push_plan import require_organizer
from handlers.router import Router
from handlers.wishes.notices import is_kept_back
from handlers.writes import Broadcast, Proposal
from storage.ledger import Changed, NotAllowed
from storage.mass import JOB, NoneLeft, Span

router = Router()
LASTS = timedelta(hours=2)
"""How long it may wait for the worker: later, it would come unlooked for."""


@router.command("群发", "群发通知", summary="群发 内容：发给全部关注者", audience="organizer")
def broadcast(ctx: Context) -> Reply:
    """The words as they will be read, and how often that may still be done."""
    require_organizer(ctx)
    span, words = _span(ctx), texts.announcing.as_shown(ctx.args)
    if not words:
        raise UserError(texts.mass.how_to(ctx.store.mass.left(span), span))
    require_announcing(ctx.campaign, words)
    _require_time(ctx)
    if not (left := ctx.store.mass.left(span)):
        raise UserError(texts.mass.none_left(span))
    asked = texts.mass.ask(texts.mass.said(ctx.campaign, words), left, span)
    return for_a_yes(asked, propose(ctx, Broadcast(words), lowers=True))


@on_yes(router, Broadcast, reminder=texts.dialogues.ANNOUNCE, declines=is_kept_back)
def send(ctx: Context, proposal: Proposal, write: Broadcast) -> Reply:
    author, span = ctx.confirming(proposal.id), _span(ctx)
    if not ctx.store.mass.done(ctx.campaign.id, author.op_id):
        _require_time(ctx)
    said = texts.mass.said(ctx.campaign, write.words)
    push = notification(f"{ctx.campaign.id}:{JOB}:{author.op_id}", ctx.campaign, JOB, "", said, ctx.now)
    push = push.model_copy(update={"asked": True, "expires_at": ctx.now + LASTS})
    try:
        ctx.store.mass.order(ctx.campaign, author, ctx.membership, span, push)
    except NoneLeft:
        raise UserError(texts.mass.none_left(span)) from None
    except NotAllowed:
        raise UserError(texts.push_plan.organizers_only(ctx.campaign)) from None
    except Changed:
        raise UserError(texts.push_plan.changed_meanwhile()) from None
    return Reply(texts.mass.ordered(ctx.store.mass.left(span), span))


def _span(ctx: Context) -> Span:
    """By what the account counts. Raises `UserError` for one that cannot speak to everybody."""
    if ctx.site.mass_span is None:
        raise UserError(texts.mass.account_cannot())
    return ctx.site.mass_span


def _require_time(ctx: Context) -> None:
    """Quiet hours hold whatever is no answer."""
    if ctx.campaign.quiet_hours.holds(ctx.campaign.local(ctx.now).time()):
        raise UserError(texts.mass.quiet_now(ctx.campaign))
