"""推送: what goes out when and to whom, and an organizer's word that switches it."""

from handlers import pages, texts
from handlers.acts import push_plan as acts
from handlers.acts.actor import Actor
from handlers.messages import Context, Reply, UserError
from handlers.proposals import for_a_yes, on_yes, propose
from handlers.router import Router
from handlers.wishes.switches import is_a_switch, switched
from handlers.writes import Proposal, SwitchBack
from storage.campaign_settings import Push
from storage.occurrences import next_after
from storage.push_switches import Switched
from storage.roles import may_grant

router = Router()


@router.command("推送", "推送计划", summary="推送 / 推送 关 名称", audience="organizer", accepts=is_a_switch)
def push_plan(ctx: Context) -> Reply:
    """The plan line by line; with 关 or 开 and a line's number, name or id, that push is switched."""
    require_organizer(ctx)
    if not ctx.campaign.pushes:
        raise UserError(texts.push_plan.no_pushes(ctx.campaign))
    said = switched(ctx.args)
    if said is None:
        return _shown(ctx)
    push = _named(ctx, said.push)
    acts.switch(_actor(ctx), push, said.on)
    return Reply(texts.push_plan.switched(texts.push_plan.called(ctx.campaign, push.id), said.on))


def propose_switching_back(ctx: Context, switched: Switched) -> Reply:
    """The push that she switched last, and her yes for switching it back."""
    asked = texts.push_plan.ask_switch_back(texts.push_plan.called(ctx.campaign, switched.push), switched.on)
    return for_a_yes(asked, propose(ctx, SwitchBack(switched)))


@on_yes(router, SwitchBack, reminder=texts.dialogues.UNDO)
def switch_back(ctx: Context, proposal: Proposal, write: SwitchBack) -> Reply:
    acts.switch_back(Actor(ctx.store, ctx.campaign, ctx.confirming(proposal.id), ctx.membership), write.switched)
    name = texts.push_plan.called(ctx.campaign, write.switched.push)
    return Reply(texts.push_plan.switched_back(name, not write.switched.on))


def require_organizer(ctx: Context) -> None:
    """Raises `UserError` for whoever does not organize the whole campaign."""
    if not may_grant(ctx.campaign, ctx.membership, ""):
        raise UserError(texts.push_plan.organizers_only(ctx.campaign))


def _shown(ctx: Context) -> Reply:
    campaign, off, say = ctx.campaign, ctx.store.push_switches.off(ctx.campaign.id), texts.push_plan.push_line
    lines = [
        f"{number}. {say(campaign, push, push.id not in off, next_after(campaign, push, ctx.now))}"
        for number, push in enumerate(campaign.pushes, start=1)
    ]
    return pages.opening(pages.paged(texts.push_plan.head(campaign), lines, texts.push_plan.how_to_switch()))


def _named(ctx: Context, said: str) -> Push:
    """The push with this number in the list, id, job or name. Raises `UserError` for none, and for several."""
    pushes = ctx.campaign.pushes
    if said.isdigit() and 0 < int(said) <= len(pushes):
        return pushes[int(said) - 1]
    by_id = [push for push in pushes if push.id == said.lower()]
    meant = by_id or [push for push in pushes if said in (push.job, texts.push_plan.name_of(push))]
    if not meant:
        raise UserError(texts.push_plan.no_such_push(said, ctx.campaign))
    if len(meant) > 1:
        lines = [(pushes.index(push) + 1, texts.push_plan.called(ctx.campaign, push.id)) for push in meant]
        raise UserError(texts.push_plan.several_pushes(said, lines))
    return meant[0]


def _actor(ctx: Context) -> Actor:
    return Actor(ctx.store, ctx.campaign, ctx.author("switch"), ctx.membership)
