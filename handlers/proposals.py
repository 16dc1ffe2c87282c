"""A write that waits for her yes: drawn up as one typed value, kept in the dialogue, and made by the one handler that
takes the yes."""

import secrets
from collections.abc import Callable
from datetime import timedelta
from typing import Any, TypeVar

from handlers import texts
from handlers.choices import said_yes
from handlers.meant import in_campaign
from handlers.messages import Context, Reply, UserError
from handlers.router import Router
from handlers.tables import Reminder
from handlers.understand.answers import is_explicit
from handlers.writes import Proposal, Write, stored
from storage.keys import CONVERSATION_SECONDS
from storage.models.people import Conversation

LASTS = timedelta(seconds=CONVERSATION_SECONDS)
"""How long a proposal waits, whatever else is said meanwhile."""
W = TypeVar("W", bound=Write)


def propose(ctx: Context, write: Write, *, lowers: bool = False) -> Proposal:
    """A write as a proposal of this moment; `lowers`: something that stands would become less."""
    campaign = ctx.chosen
    day = (campaign.local(ctx.now) if campaign else ctx.now).date()
    until = ctx.now + LASTS
    return Proposal(secrets.token_hex(8), campaign.id if campaign else "", day, until, write, lowers)


def state_of(kind: type[object]) -> str:
    """The step of a dialogue in which a write of this kind waits for a yes."""
    return f"proposals.{kind.__name__}"


def waits(proposal: Proposal, state: str = "", **besides: Any) -> Conversation:
    """The dialogue in which a proposal waits: for a yes, or in another `state` for what is asked before."""
    data = stored().dump_python(proposal, mode="json") | besides
    return Conversation(state=state or state_of(type(proposal.write)), data=data)


def for_a_yes(question: str, proposal: Proposal) -> Reply:
    """The question that needs a yes; it is asked again where she has lost sight of it."""
    return Reply(question, conversation=waits(proposal, asked=question))


def proposal_of(conversation: Conversation | None) -> Proposal:
    """The proposal that waits in a dialogue."""
    if conversation is None:
        raise ValueError("nothing was proposed")
    return stored().validate_python(conversation.data)


def taken(ctx: Context, proposal: Proposal, make: Callable[[Context], Reply]) -> Reply:
    """What was agreed to is made, in the campaign in which it was proposed, unless it waited too long; what cannot be
    made is told, and waits no more."""
    campaigns = {"", *(campaign.id for campaign in ctx.campaigns)}
    if ctx.now > proposal.until or proposal.campaign not in campaigns:
        return Reply(texts.dialogues.waited_too_long())
    try:
        return make(in_campaign(ctx, proposal.campaign))
    except UserError as error:
        return Reply(error.text)


def on_yes(
    router: Router,
    kind: type[W],
    reminder: Reminder,
    passing: Callable[[str], bool] | None = None,
    accepts: Callable[[str], bool] = lambda _said: False,
    declines: Callable[[str], object] = lambda _said: False,
    left: Callable[[W], str] = lambda _write: texts.dialogues.left(),
    amends: Callable[[Context, W], Reply | None] = lambda _ctx, _write: None,
) -> Callable[[Callable[[Context, Proposal, W], Reply]], Callable[[Context, Proposal, W], Reply]]:
    """Register what makes a kind of write on her yes, in the campaign in which it was proposed.

    `passing`: as for a state of the router. `accepts`, `declines`: what takes this kind of write, or turns it down,
    besides the words that do so for any. `left`: what is said of one that is turned down. `amends`: the answer to what
    puts it right while it waits.
    """

    def register(make: Callable[[Context, Proposal, W], Reply]) -> Callable[[Context, Proposal, W], Reply]:
        @router.state(state_of(kind), reminder, passing)
        def take_yes(ctx: Context) -> Reply:
            proposal = proposal_of(ctx.conversation)
            write = proposal.write
            if not isinstance(write, kind):
                raise TypeError(f"{write} waits as {kind.__name__}")
            if amended := amends(in_campaign(ctx, proposal.campaign), write):
                return amended
            if declines(ctx.args) or not (accepts(ctx.args) or said_yes(ctx.args)):
                return Reply(left(write))
            if proposal.lowers and not is_explicit(ctx.args):
                return Reply(texts.dialogues.needs_an_explicit_yes(), conversation=ctx.conversation)
            return taken(ctx, proposal, lambda ctx: make(ctx, proposal, write))

        return make

    return register
