"""表彰: the lists of the campaign's awards, as they were settled, else as the boards propose them."""

from collections.abc import Iterator

from handlers import texts
from handlers.books.columns import CODE, PROJECT, REGION, Column, Row
from storage.books import Book

AWARDS = (
    Column("奖项", width=18),
    Column("名次", "count", 6),
    Column("名称", width=28),
    REGION,
    PROJECT,
    CODE,
    Column("金额（元）", "yuan", 16),
    Column("人次", "count", 10),
    Column("评定依据", width=36),
    Column("状态", width=8),
    Column("评定时间", "moment", 17),
)


def awards(book: Book) -> Iterator[Row]:
    """Each award's list in the order of the file, the first place first."""
    campaign = book.campaign
    for listed in book.awards:
        gifts = listed.award.by == "donations"
        for each in listed.laureates:
            yield (
                listed.award.name,
                each.rank,
                each.name,
                campaign.region(each.region).name,
                campaign.project(each.project).name if each.project else "",
                each.code,
                None if gifts else each.value,
                each.value if gifts else None,
                texts.awards.rule(campaign, listed.award),
                "已定" if listed.settled_at else "建议",
                listed.settled_at,
            )
