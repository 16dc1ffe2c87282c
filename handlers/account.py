"""What a person decides about herself: subscribing, accepting an invitation, and being forgotten."""

import re
import secrets
from dataclasses import replace

from handlers import texts
from handlers.choices import named_now, said_yes
from handlers.messages import Context, Reply, UserError
from handlers.router import Router
from storage.ledger import Changed
from storage.models import Conversation, Membership
from storage.people import NoInvitation

router = Router()
INVITATION = re.compile(r"(?<![0-9A-Za-z])[0-9A-Za-z]{8}(?![0-9A-Za-z])")


@router.command("订阅", "订阅战报", summary="订阅 / 退订每晚战报")
@router.intent("subscribe")
def subscribe(ctx: Context) -> Reply:
    """The daily bulletin, on."""
    ctx.store.people.subscribe(ctx.campaign, ctx.author("subscribe"))
    return Reply(texts.subscribed(ctx.campaign))


@router.command("退订", "取消订阅", "退订战报")
@router.intent("unsubscribe")
def unsubscribe(ctx: Context) -> Reply:
    """The daily bulletin, off."""
    ctx.store.people.unsubscribe(ctx.campaign, ctx.author("unsubscribe"))
    return Reply(texts.unsubscribed(ctx.campaign))


def _starts_with_code(text: str) -> bool:
    return INVITATION.match(text) is not None


@router.command("绑定", "绑定邀请码", summary="绑定 邀请码", accepts=_starts_with_code)
def bind(ctx: Context) -> Reply:
    """Accept an invitation to a role."""
    if not ctx.args:
        raise UserError(texts.how_to_bind())
    code = INVITATION.search(ctx.args)
    cid = ctx.store.people.invited_to(code[0].upper()) if code else ""
    campaign = next((c for c in ctx.campaigns if c.id == cid), None)
    if code is None or campaign is None:
        raise UserError(texts.no_invitation())
    membership = ctx.memberships.get(cid, Membership())
    try:
        grant = ctx.store.people.bind(campaign, ctx.author("bind"), code[0].upper(), membership)
    except (NoInvitation, Changed):
        raise UserError(texts.no_invitation()) from None
    region = campaign.region(grant.region).name if grant.region else ""
    remember = named_now(replace(ctx, chosen=campaign, last_team=None))
    return Reply(texts.bound(campaign, texts.ROLE_NAMES[grant.role], region), remember=remember)


@router.command("注销", "删除我的信息", summary="注销：删除与您有关的信息")
def ask_to_leave(ctx: Context) -> Reply:
    """Being forgotten cannot be undone, so it is asked once."""
    data = {"id": secrets.token_hex(8)}
    return Reply(texts.ask_to_leave(), conversation=Conversation(state="account.leave", data=data))


@router.state("account.leave")
def leave(ctx: Context) -> Reply:
    if not said_yes(ctx.args):
        return Reply(texts.left())
    if ctx.conversation is None:
        raise ValueError("nothing was asked")
    try:
        forget(ctx, ctx.conversation.data["id"])
    except Changed:
        return Reply(texts.left_meanwhile())
    return Reply(texts.forgotten(), farewell=True)


@router.event("unsubscribe")
@router.event("user_authorization_revoke")
@router.event("user_authorization_cancellation")
def unfollow(ctx: Context) -> Reply:
    """She unfollows or withdraws her consent: what is kept about her goes (platform rule, unsubscribe event)."""
    forget(ctx, ctx.message.key)
    return Reply()


def forget(ctx: Context, operation: str) -> None:
    """Take her out of every campaign, then erase her; figures stay, teams without a captain wait to be claimed."""
    for campaign in ctx.campaigns:
        membership = ctx.memberships.get(campaign.id, Membership())
        teams = ctx.store.teams.many(campaign.id, membership.codes)
        ctx.store.people.leave(campaign, ctx.confirming(operation), membership, teams)
        ctx.store.incidents.erase(campaign.id, ctx.person.id)
        ctx.store.questions.erase(campaign.id, ctx.person.id)
    ctx.store.people.forget(ctx.person)
