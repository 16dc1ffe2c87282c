"""推送: what goes out when and to whom, and an organizer's word that switches it."""

from collections.abc import Sequence
from datetime import time

from handlers import pages, texts
from handlers.acts import push_plan as acts
from handlers.acts.actor import Actor
from handlers.messages import Context, Reply, UserError
from handlers.proposals import for_a_yes, on_yes, propose
from handlers.router import Router
from handlers.wishes.switches import hours_said, is_a_switch, moves, switched
from handlers.writes import Proposal, SwitchBack
from storage.campaign_settings import Push
from storage.campaign_times import MIDNIGHT_AFTER
from storage.occurrences import next_after
from storage.push_switches import Switched
from storage.roles import may_grant

router = Router()
BULLETIN = "bulletin"


def _switches(text: str) -> bool:
    return is_a_switch(text, texts.deliveries.JOBS.values())


@router.command("推送", "推送计划", summary="推送 / 推送 关 名称", audience="organizer", accepts=_switches)
def push_plan(ctx: Context) -> Reply:
    """The plan line by line; with 关 or 开 and a line's number, name or id, that push is switched."""
    require_organizer(ctx)
    if not ctx.campaign.pushes:
        raise UserError(texts.push_plan.no_pushes(ctx.campaign))
    if moves(ctx.args):
        raise UserError(texts.push_plan.times_stand_in_the_file())
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


def spoken_of(ctx: Context) -> list[Push]:
    """The pushes that an organizer's sentence speaks of, by name or by hour; none where only 战报 is named.

    `别发了` may be about her own subscription, or about what everybody gets.
    """
    if not may_grant(ctx.campaign, ctx.membership, ""):
        return []
    said, hours = ctx.args, hours_said(ctx.args)
    named = [push for push in ctx.campaign.pushes if texts.push_plan.name_of(push) in said]
    if not hours and all(push.job == BULLETIN for push in named):
        return []
    at_hour = [push for push in named or ctx.campaign.pushes if {_hour(at) for at in push.at} & hours]
    return at_hour or [push for push in named if push.job != BULLETIN]


def _hour(at: time) -> int:
    return 24 if at == MIDNIGHT_AFTER else at.hour


def which_is_meant(ctx: Context, pushes: Sequence[Push]) -> Reply:
    """How these are switched off for everybody, and how she ends her own subscription."""
    plan = ctx.campaign.pushes
    lines = [(plan.index(push) + 1, texts.push_plan.called(ctx.campaign, push.id)) for push in pushes]
    return Reply(texts.push_plan.everybodys(lines))


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
