"""战报: the bulletin of the moment, in the same words as the one that the scheduler pushes."""

from handlers.bulletins.edition import Edition
from handlers.bulletins.text import render_bulletin
from handlers.messages import Context, Reply
from handlers.router import Router

router = Router()


@router.command("战报", summary="战报：此刻的总体情况，可直接转发", aside=True)
@router.intent("bulletin")
def show_bulletin(ctx: Context) -> Reply:
    digest = ctx.store.snapshots.of_now(ctx.campaign, ctx.now)
    return Reply(render_bulletin(Edition(ctx.campaign, digest)))
