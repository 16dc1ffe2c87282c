"""导出: a coordinator asks for the tables of her region. A worker makes them, and she opens them in a console session.

They hold names and telephones, so no reply brings them, and no address opens them to whoever has not signed in.
"""

from handlers import texts
from handlers.messages import Context, Reply, UserError
from handlers.router import Router
from handlers.wishes.books import AskedBook, asked_book, heard_book
from storage.campaign_document import Region

router = Router()


@router.command(
    "导出",
    "导出表格",
    "导出数据",
    "导出台账",
    summary="导出 [县区]：辖区的表格，在工作台下载",
    audience="coordinator",
    aside=True,
)
def ask_for_a_book(ctx: Context) -> Reply:
    """`导出`, `导出 永善县`."""
    return _is_made(ctx, asked_book(ctx.campaign, ctx.args))


@router.intent("book")
def hear_of_a_book(ctx: Context) -> Reply:
    """A free sentence for it: `审计要来了，全县的明细打包发我`."""
    return _is_made(ctx, heard_book(ctx.campaign, ctx.args))


def _is_made(ctx: Context, asked: AskedBook | None) -> Reply:
    """What she asked for before and still waits is not asked for twice.

    Raises `UserError` for who has no role: whom to ask, and what she sees of her own team at once.
    """
    if not ctx.membership.roles:
        raise UserError(texts.made_books.of_coordinators(ctx.campaign))
    if asked is None:
        raise UserError(texts.made_books.how_to_ask(ctx.campaign))
    region = _region(ctx, asked)
    if not ctx.site.console:
        return Reply(texts.made_books.by_the_operator(ctx.campaign, region, asked.form, asked.choice))
    where = region.id if region else ""
    book, is_new = ctx.store.made_books.ask(
        ctx.campaign, ctx.author("book"), ctx.membership, where, asked.form, asked.choice
    )
    return Reply(texts.made_books.is_made(ctx.campaign, book, is_new))


def _region(ctx: Context, asked: AskedBook) -> Region | None:
    """The place that she names, else the one that is hers; None for the whole campaign. Raises `UserError`."""
    campaign, grants = ctx.campaign, ctx.membership.grants
    if asked.region is not None:
        if not ctx.membership.covers(campaign.region_path(asked.region.id)):
            raise UserError(texts.coordinators.not_your_region(campaign, asked.region, grants))
        return asked.region
    if any(not grant.region for grant in grants):
        return None
    hers = [region for region in campaign.regions if region.id in {grant.region for grant in grants}]
    if len(hers) > 1:
        raise UserError(texts.made_books.which_region(hers))
    return hers[0]
