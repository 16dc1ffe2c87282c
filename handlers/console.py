"""工作台 and 退出网页: the way from WeChat into the console, and out of all of it."""

from handlers import texts
from handlers.messages import Context, Reply, UserError
from handlers.router import Router
from storage.sessions import Pass

router = Router()


@router.command(
    "工作台",
    "后台",
    "控制台",
    "网页",
    "网页版",
    "登录网页",
    summary="工作台 / 退出网页：在网页上办",
    audience="coordinator",
    aside=True,
)
@router.intent("console")
def open_console(ctx: Context) -> Reply:
    """A link for this telephone and six digits for a computer, either of which lets her in once."""
    if not ctx.membership.roles:
        raise UserError(texts.console.of_coordinators(ctx.campaign))
    if not ctx.site.console:
        raise UserError(texts.console.not_here())
    entrance = ctx.store.sessions.offer(Pass(person=ctx.person.id, campaign=ctx.campaign.id))
    return Reply(texts.console.way_in(ctx.site.console, entrance.token, entrance.code))


@router.command("退出网页", "退出工作台", "退出后台", "退出登录", aside=True)
def leave_console(ctx: Context) -> Reply:
    """Ends every session of hers, wherever it is open, and the link that she has not used."""
    return Reply(texts.console.left(ctx.store.sessions.end_all(ctx.person.id)))
