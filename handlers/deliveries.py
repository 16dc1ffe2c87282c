"""重发: a push of which nobody knows whether it arrived is sent again by a coordinator."""

from dataclasses import dataclass

from handlers import matters, texts
from handlers.acts import deliveries as acts
from handlers.acts.actor import Actor
from handlers.messages import Context, Reply, UserError
from handlers.router import Router
from handlers.wishes.slots import begins_with_matter
from storage.matters import UncertainDelivery

router = Router()


@router.command("重发", aside=True, accepts=begins_with_matter)
def resend(ctx: Context) -> Reply:
    """Queue a push again whose outcome nobody knows: once, however often it is asked for."""
    if not ctx.membership.roles:
        raise UserError(texts.deliveries.resent_by_coordinators())
    said = ctx.slots.matter
    if said is None:
        raise UserError(texts.deliveries.which_to_resend(_uncertain(ctx)))
    actor = _actor(ctx)
    matter = matters.named(ctx, _DeliveriesSeen(ctx, actor), said)
    acts.resend(actor, matter)
    return Reply(texts.deliveries.resent(matter.number))


def _actor(ctx: Context) -> Actor:
    return Actor(ctx.store, ctx.campaign, ctx.author("resend"), ctx.membership)


def _uncertain(ctx: Context) -> list[str]:
    waiting = acts.waiting(_actor(ctx), ctx.store.deliveries.matters.all(ctx.campaign.id))
    return [texts.deliveries.uncertain_line(ctx.campaign, matter.number, delivery) for matter, delivery in waiting]


@dataclass(frozen=True, slots=True)
class _DeliveriesSeen:
    """The uncertain deliveries that somebody may know of, by their numbers."""

    ctx: Context
    actor: Actor

    def get(self, campaign: str, number: str) -> UncertainDelivery | None:
        return self._if_hers(self.ctx.store.deliveries.matters.get(campaign, number))

    def once(self, campaign: str, was: str) -> UncertainDelivery | None:
        return self._if_hers(self.ctx.store.deliveries.matters.once(campaign, was))

    def _if_hers(self, matter: UncertainDelivery | None) -> UncertainDelivery | None:
        if matter is None:
            return None
        sent = self.ctx.store.outbox.many(self.ctx.campaign.id, [matter.subject])
        return matter if all(acts.is_hers(self.actor, delivery) for delivery in sent.values()) else None
