"""待办 重发: what waits for a coordinator, and pushes of which nobody knows whether they arrived."""

from dataclasses import dataclass

from handlers import cases, differences, matters, reviews, texts
from handlers.acts import deliveries as acts
from handlers.acts.actor import Actor
from handlers.coordinators import waiting_teams
from handlers.messages import Context, Reply, UserError
from handlers.router import Router
from storage.matters import UncertainDelivery

router = Router()


@router.command(
    "待办", "待办事项", "我的待办", summary="待办 / 重发 D7：等您处理的事项", audience="coordinator", aside=True
)
def show_to_do(ctx: Context) -> Reply:
    """What waits for her: how many teams, questions and cases; figures and uncertain deliveries line by line."""
    if not ctx.membership.roles:
        raise UserError(texts.coordinators.coordinators_only())
    questions = len(ctx.store.questions.waiting(ctx.campaign.id))
    open_cases = len(cases.waiting(ctx))
    figures = reviews.page(ctx, 0) or Reply()
    listed = [part for part in (figures.text, differences.to_do(ctx)) if part]
    told = texts.deliveries.to_do(len(waiting_teams(ctx)), questions, open_cases, listed, _uncertain(ctx))
    return Reply(told, remember=figures.remember)


@router.command("重发", aside=True, accepts=matters.starts_with_number)
def resend(ctx: Context) -> Reply:
    """Queue a push again whose outcome nobody knows: once, however often it is asked for."""
    if not ctx.membership.roles:
        raise UserError(texts.deliveries.resent_by_coordinators())
    said = matters.typed(ctx.args)
    if said is None:
        raise UserError(texts.deliveries.which_to_resend(_uncertain(ctx)))
    actor = _actor(ctx)
    matter = matters.named(ctx, _DeliveriesSeen(ctx, actor), said)
    acts.resend(actor, matter)
    return Reply(texts.deliveries.resent(matter.number))


def _actor(ctx: Context) -> Actor:
    return Actor(ctx.store, ctx.campaign, ctx.author("resend"), ctx.membership)


def _uncertain(ctx: Context) -> list[str]:
    waiting = acts.waiting(_actor(ctx))
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
