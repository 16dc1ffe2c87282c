"""总览 and 县区: the figures of all, of every project, of every place. Sums count what stands on lists and boards."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from operator import add

from handlers.books.columns import PROJECT, REGION, Column, Row
from storage.books import Book
from storage.heard import LISTED
from storage.models import Team

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
    campaign, sums = book.campaign, defaultdict[str, _Figures](_Figures)
    for team in book.teams:
        for project in ("", team.project, campaign.project(team.project).parent):
            if project is not None:
                sums[project].add(team, book.today)
    where = campaign.region(book.region).name if book.region else "全部"
    as_of = (campaign.name, where, book.at, book.ledger_id, book.fingerprint)
    for project, name in (("", "全部"), *((project.id, project.name) for project in campaign.projects)):
        yield name, *sums[project].row, *as_of


REGIONS = (REGION, Column("上级"), *_FIGURES)


def by_region(book: Book) -> Iterator[Row]:
    """Every place of the book, with all that lies within it."""
    campaign, sums = book.campaign, defaultdict[str, _Figures](_Figures)
    for team in book.teams:
        for region in campaign.region_path(team.region):
            sums[region].add(team, book.today)
    for place in campaign.regions:
        if not book.region or book.region in campaign.region_path(place.id):
            above = campaign.region(place.parent).name if place.parent else ""
            yield place.name, above, *sums[place.id].row


@dataclass(slots=True)
class _Figures:
    """What `_FIGURES` heads, of the teams that are on lists and boards."""

    row: tuple[int, ...] = (0,) * len(_FIGURES)

    def add(self, team: Team, today: date) -> None:
        if team.status not in LISTED:
            return
        grown = (1, 0, 0, 0, 0, 0, 0)
        if team.reported:
            fen = (team.amount_fen, team.standing("online").amount_fen, team.standing("offline").amount_fen)
            grown = (1, 1, *fen, team.donations, team.today_fen(today))
        self.row = tuple(map(add, self.row, grown))
