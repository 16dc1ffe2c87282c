"""待办 重发: what waits for a coordinator, and pushes of which nobody knows whether they arrived."""

from handlers import matters, reviews, texts
from handlers.coordinators import waiting_teams
from handlers.messages import Context, Reply, UserError
from handlers.router import Router
from storage.ledger import Changed

router = Router()


@router.command(
    "待办", "待办事项", "我的待办", summary="待办 / 重发 D7：等您处理的事项", audience="coordinator", aside=True
)
def show_to_do(ctx: Context) -> Reply:
    """What waits for her: how many teams and questions, figures page by page, uncertain deliveries line by line."""
    if not ctx.membership.roles:
        raise UserError(texts.coordinators.coordinators_only())
    questions = len(ctx.store.questions.waiting(ctx.campaign.id))
    figures = reviews.page(ctx, 0) or Reply()
    told = texts.deliveries.to_do(len(waiting_teams(ctx)), questions, figures.text, _uncertain(ctx))
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
    matter = matters.named(ctx, ctx.store.deliveries.matters, said)
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
    ]
