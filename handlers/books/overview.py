"""总览 and 县区: the figures of all, of every project, of every place. Sums count what stands on lists and boards."""

from collections.abc import Iterator

from handlers.books.columns import PROJECT, REGION, Column, Row
from storage.book_sums import Sum, within
from storage.books import Book

_FIGURES = (
    Column("队伍数", "count", 8),
    Column("已报队伍", "count", 9),
    Column("金额（元）", "yuan", 16),
    Column("线上（元）", "yuan", 16),
    Column("线下（元）", "yuan", 16),
    Column("人次", "count", 10),
    Column("今日新增（元）", "yuan", 16),
)

OVERVIEW = (
    PROJECT,
    *_FIGURES,
    Column("活动", width=30),
    Column("范围"),
    Column("截至", "moment", 17),
    Column("账本记录", width=18),
    Column("账本指纹", width=10),
)


def overview(book: Book) -> Iterator[Row]:
    """All together, then every project and direction; a parent project has its directions' figures in its own."""
    campaign = book.campaign
    where = campaign.region(book.region).name if book.region else "全部"
    as_of = (campaign.name, where, book.at, book.ledger_id, book.fingerprint)
    for project, name in (("", "全部"), *((project.id, project.name) for project in campaign.projects)):
        yield name, *_row(within(campaign, book.sums, project=project)), *as_of


REGIONS = (REGION, Column("上级"), *_FIGURES)


def by_region(book: Book) -> Iterator[Row]:
    """Every place of the book, with all that lies within it."""
    campaign = book.campaign
    for place in campaign.regions:
        if not book.region or book.region in campaign.region_path(place.id):
            above = campaign.region(place.parent).name if place.parent else ""
            yield place.name, above, *_row(within(campaign, book.sums, region=place.id))


def _row(of: Sum) -> Row:
    """What `_FIGURES` heads."""
    return of.teams, of.reported, of.amount_fen, of.online_fen, of.offline_fen, of.donations, of.today_fen
