"""Pushes of which nobody knows whether they arrived: which of them somebody may know of, and one sent again."""

from collections.abc import Sequence

from handlers import texts
from handlers.acts.actor import Actor
from handlers.case_notices import case_of
from handlers.messages import UserError
from storage.casework import sees
from storage.ledger import Changed
from storage.matters import UncertainDelivery
from storage.models.pushes import Delivery


def waiting(actor: Actor, matters: Sequence[UncertainDelivery]) -> list[tuple[UncertainDelivery, Delivery]]:
    """Those of some that still wait and that she may know of, oldest first."""
    pairs = actor.store.deliveries.waiting(actor.campaign.id, matters)
    return [pair for pair in pairs if is_hers(actor, pair[1])]


def is_hers(actor: Actor, delivery: Delivery) -> bool:
    """Whether she may know of a push: of one about a case, by its number of then, only if she may know of that."""
    number, cases, cid = case_of(delivery.notification), actor.store.incidents.matters, actor.campaign.id
    if not number:
        return True
    found = (cases.get(cid, number), cases.once(cid, number))
    return any(case is not None and sees(actor.campaign, actor.membership, case) for case in found)


def resend(actor: Actor, matter: UncertainDelivery) -> None:
    """Queue it again, once however often it is asked for. Raises `UserError` where its outcome is known by now."""
    if actor.store.ledger.outcome(actor.campaign.id, actor.author.op_id) is not None:
        return
    if matter.state == "resent":
        raise UserError(texts.deliveries.resent_before(matter.number))
    try:
        actor.store.deliveries.resend(actor.campaign, actor.author, actor.membership, matter)
    except Changed:
        raise UserError(texts.deliveries.known_by_now(matter.number)) from None
