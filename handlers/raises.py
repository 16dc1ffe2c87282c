"""提额 (紧急提额): who works at a place asks that its target be raised, an organizer passes or returns it.

It waits as a matter, `D12`, in 待办, is told to those who decide, and its outcome to who asked; 撤销 undoes a decision.
"""

from collections.abc import Sequence

from handlers import texts
from handlers.acts import raises as acts
from handlers.acts.actor import Actor
from handlers.language.names import find_project, find_region
from handlers.messages import Context, Reply, UserError
from handlers.proposals import for_a_yes, on_yes, propose
from handlers.router import Router
from handlers.wishes.amounts import SaidRaise, said_raise
from handlers.wishes.slots import Numbered
from handlers.writes import Proposal, UndoRaise
from storage.matters import Raise
from storage.raises import RaiseDecided
from storage.targets import OF_A_PROJECT, sets_targets

router = Router()


def _may_follow(remainder: str) -> bool:
    """`提额永善县10万` asks for one; a question about raises does not."""
    return said_raise(remainder).fen is not None


@router.command("提额", "申请提额", summary="提额 县区或项目 100000 原因", audience="coordinator", accepts=_may_follow)
def ask(ctx: Context) -> Reply:
    """The target of a place or a project is to be raised; alone it lists those that wait."""
    if not ctx.membership.roles:
        raise UserError(texts.raises.by_coordinators(ctx.campaign))
    actor = _actor(ctx, "raise")
    if not ctx.args and (lines := to_do_lines(actor, acts.waiting(actor))):
        return Reply("\n".join(lines))
    place, said = _said(ctx)
    if said.fen is None:
        raise UserError(texts.raises.how_to_ask())
    asked = acts.ask(actor, place, said.fen, said.rest)
    hers = sets_targets(ctx.campaign, ctx.membership, asked.subject)
    return Reply(texts.raises.waits(ctx.campaign, asked, decides=hers))


def passed(ctx: Context) -> Reply | None:
    """通过 D12; None where the number is of no raise."""
    named = _named(ctx)
    return Reply(texts.raises.passed(ctx.campaign, acts.pass_on(_actor(ctx, "raise"), named.number))) if named else None


def given_back(ctx: Context) -> Reply | None:
    """退回 or 驳回 D12 with the reason; None where the number is of no raise."""
    named = _named(ctx)
    if named is None:
        return None
    returned = acts.give_back(_actor(ctx, "raise"), named.number, named.rest)
    return Reply(texts.raises.returned(ctx.campaign, returned, named.rest))


def taken(ctx: Context) -> None:
    """接手 D12: nobody takes a raise. Raises `UserError` where the number is of one."""
    if named := _named(ctx):
        raise UserError(texts.raises.not_taken(named.number))


def withdrawn(ctx: Context) -> Reply | None:
    """撤回 D12 by who asked; None where the number is of no raise."""
    named = _named(ctx)
    if named is None:
        return None
    return Reply(texts.raises.withdrawn(ctx.campaign, acts.withdraw(_actor(ctx, "raise"), named.number)))


def shown(ctx: Context, number: str) -> Reply | None:
    """One raise; None where the number is of none that she may see."""
    actor, asked = _actor(ctx, "raise"), ctx.store.raises.matters.get(ctx.campaign.id, number)
    if asked is None or not acts.sees(actor, asked):
        return None
    offices = acts.offices_of(actor, [asked.by, asked.decided_by])
    return Reply(texts.raises.card(ctx.campaign, asked, offices[asked.by], offices[asked.decided_by]))


def to_do_lines(actor: Actor, waiting: Sequence[Raise]) -> list[str]:
    """A line for each of those that wait and that she may see."""
    hers = [asked for asked in waiting if acts.sees(actor, asked)]
    offices = acts.offices_of(actor, [asked.by for asked in hers])
    return [texts.raises.to_do_line(actor.campaign, asked, offices[asked.by]) for asked in hers]


def propose_undoing(ctx: Context, last: RaiseDecided) -> Reply:
    """Her last act was to decide on a raise: whether that is to be undone."""
    asked = ctx.store.raises.matters.get(ctx.campaign.id, last.number)
    if asked is None or asked.state != last.state:
        raise UserError(texts.undoing.nothing_to_undo())
    return for_a_yes(texts.raises.ask_undo(ctx.campaign, asked), propose(ctx, UndoRaise(last)))


@on_yes(router, UndoRaise, reminder=texts.dialogues.UNDO)
def undo(ctx: Context, proposal: Proposal, said: UndoRaise) -> Reply:
    """The decision is undone, once."""
    actor = Actor(ctx.store, ctx.campaign, ctx.confirming(proposal.id), ctx.membership)
    return Reply(texts.raises.undone(ctx.campaign, acts.undo(actor, said.last)))


def _said(ctx: Context) -> tuple[str, SaidRaise]:
    """Of what place, and what is said of it: a project that is named goes before a region."""
    region, rest = find_region(ctx.campaign, ctx.args)
    project, rest = find_project(ctx.campaign, rest)
    place = f"{OF_A_PROJECT}{project.id}" if project else region.id if region else ""
    return place, said_raise(rest)


def _named(ctx: Context) -> Numbered | None:
    """The number of a raise at the head of a word's arguments."""
    said = ctx.slots.matter
    if said is None or not said.lettered:
        return None
    return said if ctx.store.raises.matters.get(ctx.campaign.id, said.number) else None


def _actor(ctx: Context, verb: str) -> Actor:
    return Actor(ctx.store, ctx.campaign, ctx.author(verb), ctx.membership)
