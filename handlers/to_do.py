"""待办: what waits for a coordinator, of every kind; figures, raises and uncertain deliveries line by line."""

from handlers import differences, raises, reviews, texts
from handlers.acts import deliveries
from handlers.acts.actor import Actor
from handlers.jurisdiction import scopes_of
from handlers.messages import Context, Reply, UserError
from handlers.router import Router
from storage.casework import sees

router = Router()


@router.command(
    "待办", "待办事项", "我的待办", summary="待办 / 重发 D7：等您处理的事项", audience="coordinator", aside=True
)
def show_to_do(ctx: Context) -> Reply:
    """Of her regions, or what the whole campaign has in common."""
    if not ctx.membership.roles:
        raise UserError(texts.coordinators.coordinators_only(ctx.campaign))
    campaign, actor = ctx.campaign, Actor(ctx.store, ctx.campaign, ctx.author("to do"), ctx.membership)
    desk = ctx.store.desks.look(campaign.id, scopes_of(ctx, None), reviews.PAGE, differences.SHOWN)
    figures, apart = reviews.listed(ctx, desk.figures, 0), desk.differences
    told = texts.to_do.to_do(
        desk.pending,
        desk.questions,
        sum(sees(campaign, ctx.membership, case) for case in desk.cases),
        [
            figures.text,
            differences.to_do(ctx, apart.differences, apart.of, apart.teams),
            differences.strays(ctx.store, campaign, scopes_of(ctx, None)),
            *raises.to_do_lines(actor, desk.raises),
        ],
        [
            texts.deliveries.uncertain_line(campaign, matter.number, delivery)
            for matter, delivery in deliveries.waiting(actor, desk.uncertain)
        ],
    )
    return Reply(told, remember=figures.remember)
