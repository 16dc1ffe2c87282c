"""What WeChat itself tells: what became of pushes, which notices a person allows, how the account stands.

Nobody is answered; what is told is kept where it belongs. Hearing an event twice changes nothing.
"""

import logging

from handlers.messages import Context, Notice, Reply
from handlers.router import Router
from storage.credits import Told

log = logging.getLogger(__name__)
router = Router()

VERIFICATION = "verification"
MEND = (
    "renew the verification in the official account's console (设置与开发 → 公众号设置): without it API rights vanish"
)


@router.event("templatesendjobfinish")
@router.event("masssendjobfinish")
def push_ended(ctx: Context) -> Reply:
    """A template message or a mass message reached her, or did not."""
    _keep_receipts(ctx)
    return Reply(conversation=ctx.conversation)


@router.event("subscribe_msg_sent_event")
def notice_ended(ctx: Context) -> Reply:
    """A subscription notice reached her, which spends the consent that it stood on, or did not."""
    _hear(ctx, [("spent", notice.template) for notice in ctx.message.notices if notice.template and notice.good])
    _keep_receipts(ctx)
    return Reply(conversation=ctx.conversation)


@router.event("subscribe_msg_popup_event")
@router.event("subscribe_msg_change_event")
def consent(ctx: Context) -> Reply:
    """She allowed notices by some templates, or refused them."""
    _hear(ctx, [(_said(notice), notice.template) for notice in ctx.message.notices if notice.template])
    return Reply(conversation=ctx.conversation)


@router.event("qualification_verify_success")
@router.event("naming_verify_success")
def verified(ctx: Context) -> Reply:
    """The account's verification stands."""
    log.info("WeChat: %s", ctx.message.event)
    ctx.store.alerts.settle(VERIFICATION)
    return Reply(conversation=ctx.conversation)


@router.event("qualification_verify_fail")
@router.event("naming_verify_fail")
@router.event("annual_renew")
@router.event("verify_expired")
def verification_ends(ctx: Context) -> Reply:
    """The account's verification failed, ends, or has ended: an operator has to act."""
    status = " ".join(notice.status for notice in ctx.message.notices)
    log.error("WeChat: %s %s; %s", ctx.message.event, status, MEND)
    ctx.store.alerts.raise_alert(VERIFICATION, 0, f"{ctx.message.event} {status}".strip(), MEND)
    return Reply(conversation=ctx.conversation)


def _keep_receipts(ctx: Context) -> None:
    for notice in ctx.message.notices:
        if notice.push:
            ctx.store.receipts.arrived(notice.push, notice.status, notice.good, ctx.now)
            log.log(logging.INFO if notice.good else logging.WARNING, "push %s: %s", notice.push, notice.status)


def _hear(ctx: Context, told: list[tuple[Told, str]]) -> None:
    if told:
        ctx.store.credits.hear(ctx.person.openid, ctx.message.key, told)


def _said(notice: Notice) -> Told:
    return "accept" if notice.good else "refuse"
