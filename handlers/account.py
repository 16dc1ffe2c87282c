"""What a person decides about herself: subscribing, accepting an invitation, and being forgotten."""

from dataclasses import replace

from handlers import texts
from handlers.farewell import FAREWELL
from handlers.meant import named_now
from handlers.messages import Context, Reply, UserError
from handlers.proposals import for_a_yes, on_yes, propose
from handlers.push_plan import BULLETIN, spoken_of, which_is_meant
from handlers.router import Router
from handlers.welcome import not_understood
from handlers.wishes.editions import asks_who_gets, edition_named, says_which
from handlers.wishes.leaving import is_about_a_team, keeps
from handlers.wishes.slots import begins_with_invitation, word_or_figure
from handlers.writes import Bind, Leave, Proposal
from storage.campaign_schema import Campaign
from storage.ledger import Author, Changed
from storage.models.people import Membership
from storage.models.pushes import Edition
from storage.people import NoInvitation
from storage.unit_people import NoLiaisonCode

router = Router()
LEAVING = ("unsubscribe", "user_authorization_revoke", "user_authorization_cancellation")
"""The events by which WeChat tells that somebody unfollows or withdraws her consent."""
EVENING: Edition = "evening"


@router.intent("subscribe")
def subscribe_by_sentence(ctx: Context) -> Reply:
    """Who gets the bulletin may be asked; everything else is a wish for it."""
    if asks_who_gets(ctx.args):
        bulletins = [push for push in ctx.campaign.pushes if push.job == BULLETIN]
        lines = [texts.push_plan.push_line(ctx.campaign, push, on=True, following=None) for push in bulletins]
        return Reply(texts.account.who_gets(lines))
    return subscribe(ctx)


@router.command("订阅", "订阅战报", summary="订阅 / 退订每晚战报", accepts=says_which)
def subscribe(ctx: Context) -> Reply:
    """One bulletin a day, the evening's; noon's besides, or every one; and what she gets by it."""
    edition = edition_named(ctx.args) or EVENING
    ctx.store.people.subscribe(ctx.campaign, ctx.author("subscribe"), edition)
    return Reply(texts.account.subscribed(ctx.campaign, edition, ctx.site.notice_article))


@router.intent("unsubscribe")
def unsubscribe_by_sentence(ctx: Context) -> Reply:
    """An organizer may speak of what everybody gets: then nothing is done before she says which."""
    pushes = spoken_of(ctx)
    return which_is_meant(ctx, pushes) if pushes else unsubscribe(ctx)


@router.command("退订", "取消订阅", "退订战报")
def unsubscribe(ctx: Context) -> Reply:
    """The daily bulletin, off."""
    ctx.store.people.unsubscribe(ctx.campaign, ctx.author("unsubscribe"))
    return Reply(texts.account.unsubscribed(ctx.campaign))


@router.intent("bind")
def bind_by_sentence(ctx: Context) -> Reply:
    """A code alone that nobody issued, and that may be a word or a figure with its unit, is not taken for one."""
    if word_or_figure(ctx.args) and not ctx.store.people.invited_to(ctx.slots.invitation):
        return not_understood(ctx)
    return bind(ctx if ctx.slots.invitation else replace(ctx, args=""))


@router.command(
    "绑定",
    "绑定邀请码",
    "绑定码",
    "邀请码",
    "我的邀请码",
    "我有邀请码",
    summary="绑定 邀请码",
    accepts=begins_with_invitation,
)
def bind(ctx: Context) -> Reply:
    """Accept an invitation to a role."""
    if not ctx.args:
        raise UserError(texts.account.how_to_bind())
    code = ctx.slots.invitation
    if not code:
        raise UserError(texts.account.no_invitation())
    return _bound(ctx, code, ctx.author("bind"), ctx.author("liaison"))


@on_yes(router, Bind, reminder=texts.dialogues.BINDING)
def bind_scanned(ctx: Context, proposal: Proposal, scanned: Bind) -> Reply:
    """She scanned an invitation, and accepts it."""
    return _bound(ctx, scanned.code, ctx.confirming(proposal.id), ctx.confirming(proposal.id, 1))


def _bound(ctx: Context, code: str, author: Author, as_liaison: Author) -> Reply:
    """A role, or a place as a unit's liaison, by a code of either kind. Raises `UserError`."""
    cid = ctx.store.people.invited_to(code)
    campaign = next((c for c in ctx.campaigns if c.id == cid), None)
    if campaign is None:
        raise UserError(texts.account.no_invitation())
    ctx.spoken_of.add(campaign.id)
    remember = named_now(ctx, campaign, None)
    try:
        grant = ctx.store.people.bind(campaign, author, code, ctx.memberships.get(cid, Membership()))
    except NoInvitation:
        return replace(_liaison(ctx, campaign, code, as_liaison), remember=remember)
    except Changed:
        raise UserError(texts.account.no_invitation()) from None
    region = campaign.region(grant.region).name if grant.region else ""
    name = ctx.store.roles.names(cid, [ctx.person.id]).get(ctx.person.id, "")
    said = texts.account.bound(campaign, texts.naming.ROLE_NAMES[grant.role], region, name)
    return Reply(said, remember=remember)


def _liaison(ctx: Context, campaign: Campaign, code: str, author: Author) -> Reply:
    """A place as the liaison of a unit of the roster, or of a team; what was done already is answered alike."""
    store, people = ctx.store, ctx.store.unit_people
    if done := store.ledger.outcome(campaign.id, author.op_id):
        return _as_liaison(ctx, campaign, done.outcome.get("unit", ""), done.outcome.get("team", ""))
    try:
        found, stored = people.code(campaign.id, code, author.at)
        if found.unit:
            store.roster_liaisons.bind(campaign, author, code, found.unit, stored)
            return _as_liaison(ctx, campaign, found.unit, "")
        return _as_liaison(ctx, campaign, "", people.bind(campaign, author, code))
    except (NoLiaisonCode, Changed):
        raise UserError(texts.account.no_invitation()) from None


def _as_liaison(ctx: Context, campaign: Campaign, unit: str, team: str) -> Reply:
    if not unit:
        return Reply(texts.unit_people.bound(ctx.store.teams.get(campaign.id, team)))
    listed = ctx.store.roster.get(campaign.id, unit)
    return Reply(texts.unit_people.bound_to_unit(listed.unit.unit if listed else ""))


@router.command("注销", "删除我的信息", summary="注销：删除与您有关的信息")
@router.intent("leave")
def ask_to_leave(ctx: Context) -> Reply:
    """Being forgotten cannot be undone, so it is asked once. A team is not forgotten with its captain."""
    if keeps(ctx.args):
        return Reply(texts.account.stays())
    if is_about_a_team(ctx.args):
        raise UserError(texts.account.team_stays(ctx.campaign))
    return for_a_yes(texts.account.ask_to_leave(), propose(ctx, Leave(), lowers=True))


@on_yes(router, Leave, reminder=texts.dialogues.LEAVING, declines=keeps)
def leave(ctx: Context, _proposal: Proposal, _leave: Leave) -> Reply:
    orphaned = ctx.store.erasure.erase(ctx.person, ctx.now, FAREWELL)
    return Reply(texts.account.forgotten(orphaned, ctx.chosen), farewell=True)


def unfollow(ctx: Context) -> Reply:
    """What is kept about her goes (platform rule, unsubscribe event)."""
    ctx.store.erasure.erase(ctx.person, ctx.now, FAREWELL)
    return Reply(farewell=True)


for _event in LEAVING:
    router.event(_event)(unfollow)
