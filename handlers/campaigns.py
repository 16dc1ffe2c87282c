"""Campaigns: which one is meant when nobody says so, and 活动, which lists and switches them."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from handlers import texts
from handlers.choices import chosen, is_number
from handlers.meant import NAMED_FOR, is_called, named_now
from handlers.messages import Context, Reply, UserError
from handlers.router import Router
from handlers.running import is_open, offered
from handlers.wishes.campaigns import may_be_a_campaign
from storage.campaign_schema import Campaign
from storage.models.people import Conversation, Membership, Person

router = Router()


def meant(
    person: Person, campaigns: Sequence[Campaign], memberships: Mapping[str, Membership], now: datetime
) -> Campaign | None:
    """The campaign a message concerns (design §2, "Decided"), None where she has to be asked.

    Named in the last ten minutes, else the only one in which she has a team or role, else the only one open, or soon.
    """
    if named := named_lately(person, campaigns, now):
        return named
    mine = [c for c in campaigns if (m := memberships.get(c.id)) and (m.codes or m.roles)]
    if mine:
        return mine[0] if len(mine) == 1 else None
    public = [c for c in campaigns if not c.practice]
    open_now = [c for c in public if is_open(c, now)]
    return _only(open_now) or _only(offered(public, now))


def named_lately(person: Person, campaigns: Sequence[Campaign], now: datetime) -> Campaign | None:
    """The campaign that she named in the last ten minutes, or spoke of."""
    if person.named_at is None or now - person.named_at > NAMED_FOR:
        return None
    return next((c for c in campaigns if c.id == person.campaign), None)


@router.command("切换", "切换到", "切换至", "切到", "换到", "转到", "换活动", accepts=may_be_a_campaign)
@router.command("活动", "切换活动", summary="活动 名称：查看或切换活动")
def show_campaigns(ctx: Context) -> Reply:
    """List the campaigns, or switch to the one named."""
    return _show(ctx, unheard=ctx.args)


@router.intent("campaigns")
def asked_for_campaigns(ctx: Context) -> Reply:
    return _show(ctx, unheard="")


def _show(ctx: Context, unheard: str) -> Reply:
    """`unheard` is repeated where it names no campaign."""
    fitting = [c for c in ctx.campaigns if is_called(c, ctx.args)]
    fitting = [c for c in fitting if c.practice] or fitting
    if len(fitting) == 1:
        return _switch(ctx, fitting[0])
    if not ctx.offered:
        raise UserError(texts.campaigns.no_campaign())
    listed = fitting or sorted(ctx.offered, key=lambda c: not is_open(c, ctx.now))
    lines = [texts.campaigns.campaign_line(c, is_open(c, ctx.now), c == ctx.chosen) for c in listed]
    asked = Conversation(state="campaigns.switch", data={"ids": [c.id for c in listed]})
    listing = texts.campaigns.campaign_list(lines, "" if fitting else unheard)
    return Reply(listing, conversation=asked if len(listed) > 1 else None)


@router.state("campaigns.switch", reminder=texts.dialogues.CAMPAIGN_CHOICE, passing=is_number)
def switch(ctx: Context) -> Reply:
    ids = ctx.conversation.data["ids"] if ctx.conversation else []
    listed = [c for cid in ids for c in ctx.campaigns if c.id == cid]
    return _switch(ctx, chosen(ctx.args, listed, [c for c in listed if is_called(c, ctx.args)]))


def _switch(ctx: Context, campaign: Campaign) -> Reply:
    ctx.spoken_of.add(campaign.id)
    remember = named_now(ctx, campaign, None)
    return Reply(texts.campaigns.campaign_card(campaign, is_open(campaign, ctx.now)), remember=remember)


def _only(campaigns: Sequence[Campaign]) -> Campaign | None:
    return campaigns[0] if len(campaigns) == 1 else None
