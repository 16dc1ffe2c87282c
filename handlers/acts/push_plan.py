"""Acts on the push plan: an organizer switches a push, and takes that back. A word and a button both come here."""

from collections.abc import Callable
from typing import TypeVar

from handlers import texts
from handlers.acts.actor import Actor
from handlers.messages import UserError
from storage.campaign_settings import Push
from storage.ledger import Changed, NotAllowed
from storage.push_switches import Switched

T = TypeVar("T")


def switch(actor: Actor, push: Push, on: bool) -> Switched:
    """A push on or off. Raises `UserError` where it is so already, or she may not."""
    switches, cid = actor.store.push_switches, actor.campaign.id
    if done := switches.done(cid, actor.author.op_id):
        return done
    if switches.is_off(cid, push.id) != on:
        raise UserError(texts.push_plan.switched_already(texts.push_plan.called(actor.campaign, push.id), on))
    return _write(actor, lambda: switches.switch(actor.campaign, actor.author, actor.membership, push, on))


def switch_back(actor: Actor, switched: Switched) -> None:
    """As it was before her act. Raises `UserError`."""
    switches = actor.store.push_switches
    if switches.done(actor.campaign.id, actor.author.op_id) is None:
        _write(actor, lambda: switches.undo(actor.campaign, actor.author, actor.membership, switched))


def _write(actor: Actor, make: Callable[[], T]) -> T:
    try:
        return make()
    except NotAllowed:
        raise UserError(texts.push_plan.organizers_only(actor.campaign)) from None
    except Changed:
        raise UserError(texts.push_plan.changed_meanwhile()) from None
