"""待办 重发: what waits for a coordinator, and pushes of which nobody knows whether they arrived."""

from dataclasses import dataclass

from handlers import cases, differences, matters, reviews, texts
from handlers.case_notices import case_of
from handlers.coordinators import waiting_teams
from handlers.messages import Context, Reply, UserError
from handlers.router import Router
from storage.ledger import Changed
from storage.matters import UncertainDelivery
from storage.models import Delivery

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
    campaign, author = ctx.campaign, ctx.author("resend")
    matter = matters.named(ctx, _DeliveriesSeen(ctx), said)
    if ctx.store.ledger.outcome(campaign.id, author.op_id) is None:
        if matter.state == "resent":
            raise UserError(texts.deliveries.resent_before(matter.number))
        try:
            ctx.store.deliveries.resend(campaign, author, ctx.membership, matter)
        except Changed:
            raise UserError(texts.deliveries.known_by_now(matter.number)) from None
    return Reply(texts.deliveries.resent(matter.number))


def _uncertain(ctx: Context) -> list[str]:
    campaign = ctx.campaign
    return [
        texts.deliveries.uncertain_line(campaign, matter.number, delivery)
        for matter, delivery in ctx.store.deliveries.waiting(campaign.id)
        if _hers(ctx, delivery)
    ]


def _hers(ctx: Context, delivery: Delivery) -> bool:
    """Whether she may know of a push: of one about a case, by its number of then, only if she may know of that."""
    number, seen, cid = case_of(delivery.notification), cases.CasesSeen(ctx), ctx.campaign.id
    return not number or seen.get(cid, number) is not None or seen.once(cid, number) is not None


@dataclass(frozen=True, slots=True)
class _DeliveriesSeen:
    """The uncertain deliveries that somebody may know of, by their numbers."""

    ctx: Context

    def get(self, campaign: str, number: str) -> UncertainDelivery | None:
        return self._if_hers(self.ctx.store.deliveries.matters.get(campaign, number))

    def once(self, campaign: str, was: str) -> UncertainDelivery | None:
        return self._if_hers(self.ctx.store.deliveries.matters.once(campaign, was))

    def _if_hers(self, matter: UncertainDelivery | None) -> UncertainDelivery | None:
        if matter is None:
            return None
        sent = self.ctx.store.outbox.many(self.ctx.campaign.id, [matter.subject])
        return matter if all(_hers(self.ctx, delivery) for delivery in sent.values()) else None
