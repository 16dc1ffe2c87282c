"""队伍 and 报数: every team in any state, with its captain and telephone, and every report ever accepted."""

from collections.abc import Iterator

from handlers import texts
from handlers.books.columns import CODE, PROJECT, REGION, UNIT, Column, Row, place
from storage.books import Book
from storage.models.reports import Report

TEAMS = (
    CODE,
    UNIT,
    REGION,
    PROJECT,
    Column("状态", width=8),
    Column("队长", width=10),
    Column("电话", width=14),
    Column("挂钩村（社区）", width=18),
    Column("登记时间", "moment", 17),
    Column("金额（元）", "yuan", 16),
    Column("线上（元）", "yuan", 16),
    Column("线下（元）", "yuan", 16),
    Column("人次", "count", 10),
    Column("今日新增（元）", "yuan", 16),
)


def teams(book: Book) -> Iterator[Row]:
    campaign = book.campaign
    for team in book.teams:
        card = book.card(team)
        yield (
            team.code,
            team.unit,
            *place(campaign, team),
            texts.books.STATUS_NAMES[team.status],
            card.name,
            card.phone,
            team.village,
            team.registered_at,
            team.amount_fen,
            team.standing("online").amount_fen,
            team.standing("offline").amount_fen,
            team.donations,
            team.today_fen(book.today),
        )


REPORTS = (
    CODE,
    UNIT,
    REGION,
    PROJECT,
    Column("上报时间", "moment", 17),
    Column("数字截至", "moment", 17),
    Column("方式", width=10),
    Column("渠道", width=6),
    Column("报后累计（元）", "yuan", 16),
    Column("报后人次", "count", 10),
    Column("状态", width=8),
    Column("上报人", width=16),
)


def reports(book: Book) -> Iterator[Row]:
    for report in book.reports:
        team = book.team(report.team)
        yield team.code, team.unit, *place(book.campaign, team), *_said(book, report)


def _said(book: Book, report: Report) -> Row:
    office = book.offices.get(report.id)
    return (
        report.at,
        report.as_of or report.at,
        texts.figures.KIND_NAMES[report.kind],
        texts.figures.CHANNEL_NAMES[report.channel],
        report.amount_fen,
        report.donations,
        texts.books.REPORT_STATUS_NAMES[report.status],
        texts.naming.office_name(book.campaign, office) if office else "队长",
    )
