"""The sheets of a book: headings and rows. Names, never ids; amounts in fen; of a case neither words nor reporter."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from operator import add
from typing import Literal

from handlers import texts
from storage.books import Book
from storage.campaign_schema import Campaign
from storage.heard import LISTED
from storage.models import Report, Team

Kind = Literal["text", "yuan", "count", "moment"]
"""What stands in a column: text; fen, shown as yuan; a whole number; a moment, shown on the campaign's wall clock."""
Cell = str | int | datetime | None
Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """`width` in characters of a digit's width."""

    heading: str
    kind: Kind = "text"
    width: int = 12


@dataclass(frozen=True, slots=True)
class Sheet:
    """`rows` are made while they are written."""

    name: str
    columns: Sequence[Column]
    rows: Callable[[], Iterable[Row]]


_UNIT, _REGION, _PROJECT = Column("队伍", width=28), Column("县区"), Column("项目", width=20)
_CODE = Column("编号", width=8)
_FIGURES = (
    Column("队伍数", "count", 8),
    Column("已报队伍", "count", 9),
    Column("金额（元）", "yuan", 16),
    Column("线上（元）", "yuan", 16),
    Column("线下（元）", "yuan", 16),
    Column("人次", "count", 10),
    Column("今日新增（元）", "yuan", 16),
)


def sheets_of(book: Book) -> list[Sheet]:
    """Every sheet that the campaign has something for, in order."""
    sheets = [
        ("总览", _OVERVIEW_COLUMNS, _overview),
        ("县区", _REGION_COLUMNS, _by_region),
        ("队伍", _TEAM_COLUMNS, _teams),
        ("报数", _REPORT_COLUMNS, _reports),
        ("舆情", _INCIDENT_COLUMNS, _incidents),
        *([("任务", _TASK_COLUMNS, _tasks)] if book.campaign.progress == "items" else []),
        ("操作记录", _ACT_COLUMNS, _acts),
    ]
    return [Sheet(name, _named_here(book.campaign, columns), partial(rows, book)) for name, columns, rows in sheets]


def _named_here(campaign: Campaign, columns: Sequence[Column]) -> list[Column]:
    """What regions are called at the campaign's level."""
    called = replace(_REGION, heading=texts.naming.region_word(campaign))
    return [called if column is _REGION else column for column in columns]


_OVERVIEW_COLUMNS = (
    _PROJECT,
    *_FIGURES,
    Column("活动", width=30),
    Column("范围"),
    Column("截至", "moment", 17),
    Column("账本记录", width=18),
    Column("账本指纹", width=10),
)


def _overview(book: Book) -> Iterator[Row]:
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


_REGION_COLUMNS = (_REGION, Column("上级"), *_FIGURES)


def _by_region(book: Book) -> Iterator[Row]:
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
            fen = (team.amount_fen, team.online.amount_fen, team.offline.amount_fen)
            grown = (1, 1, *fen, team.donations, team.today_fen(today))
        self.row = tuple(map(add, self.row, grown))


_TEAM_COLUMNS = (
    _CODE,
    _UNIT,
    _REGION,
    _PROJECT,
    Column("状态", width=8),
    Column("队长", width=10),
    Column("电话", width=14),
    Column("登记时间", "moment", 17),
    Column("金额（元）", "yuan", 16),
    Column("线上（元）", "yuan", 16),
    Column("线下（元）", "yuan", 16),
    Column("人次", "count", 10),
    Column("今日新增（元）", "yuan", 16),
)


def _teams(book: Book) -> Iterator[Row]:
    campaign = book.campaign
    for team in book.teams:
        card = book.card(team)
        yield (
            team.code,
            team.unit,
            *_place(campaign, team),
            texts.books.STATUS_NAMES[team.status],
            card.name,
            card.phone,
            team.registered_at,
            team.amount_fen,
            team.online.amount_fen,
            team.offline.amount_fen,
            team.donations,
            team.today_fen(book.today),
        )


_REPORT_COLUMNS = (
    _CODE,
    _UNIT,
    _REGION,
    _PROJECT,
    Column("上报时间", "moment", 17),
    Column("数字截至", "moment", 17),
    Column("方式", width=10),
    Column("渠道", width=6),
    Column("报后累计（元）", "yuan", 16),
    Column("报后人次", "count", 10),
    Column("状态", width=8),
    Column("上报人", width=16),
)


def _reports(book: Book) -> Iterator[Row]:
    for report in book.reports:
        team = book.team(report.team)
        yield team.code, team.unit, *_place(book.campaign, team), *_said(book, report)


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


_INCIDENT_COLUMNS = (
    Column("编号", width=8),
    Column("类别"),
    Column("程度"),
    Column("处理情况"),
    _REGION,
    Column("收到时间", "moment", 17),
    Column("处理期限", "moment", 17),
)


def _incidents(book: Book) -> Iterator[Row]:
    for case in book.incidents:
        region = book.campaign.region(case.region).name if case.region else ""
        state = texts.books.CASE_STATES[case.state]
        yield (
            case.number,
            texts.cases.SORTS[case.sort],
            texts.cases.LEVELS[case.level],
            state,
            region,
            case.at,
            case.due,
        )


_TASK_COLUMNS = (Column("任务", width=24), _REGION, Column("数量", "count"))


def _tasks(book: Book) -> Iterator[Row]:
    names = {task.id: task.name for task in book.campaign.tasks}
    for cell, count in sorted(book.tasks.items()):
        task, region = cell.split("|")
        yield names.get(task, task), book.campaign.region(region).name, count


_ACT_COLUMNS = (
    Column("时间", "moment", 17),
    Column("办理人", width=18),
    Column("操作", width=16),
    _CODE,
    _UNIT,
    Column("操作前", width=30),
    Column("操作后", width=30),
)


def _acts(book: Book) -> Iterator[Row]:
    for act in book.acts:
        campaign, team = book.campaign, act.after or act.before
        office = texts.naming.office_name(campaign, act.office) if act.office else "系统管理员"
        before, after = texts.books.from_and_to(campaign, act)
        what = texts.books.act_name(act)
        yield act.entry.at, office, what, team.code if team else "", team.unit if team else "", before, after


def _place(campaign: Campaign, team: Team) -> tuple[str, str]:
    return campaign.region(team.region).name, campaign.project(team.project).name
