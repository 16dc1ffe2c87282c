"""结算 and 差异: what is due to whom, summed up, and where the platform says otherwise than was reported."""

from collections.abc import Iterator

from handlers import texts
from handlers.books.columns import CODE, PROJECT, REGION, UNIT, Column, Row, place
from storage.book_sums import Sum, within
from storage.books import Book
from storage.heard import LISTED
from storage.platform import agreement
from storage.settlement import Account, accounts

SETTLEMENT = (
    Column("类别", width=10),
    REGION,
    PROJECT,
    CODE,
    UNIT,
    Column("队伍数", "count", 8),
    Column("线上捐款（元）", "yuan", 16),
    Column("线下捐款（元）", "yuan", 16),
    Column("捐款合计（元）", "yuan", 16),
    Column("平台配捐（元）", "yuan", 16),
    Column("应拨（元）", "yuan", 16),
    Column("其中自主（元）", "yuan", 16),
    Column("其中统筹（元）", "yuan", 16),
    Column("资金使用", width=10),
    Column("按口径计（元）", "yuan", 16),
    Column("挂钩村（社区）", width=18),
    Column("线上数字来源", width=12),
    Column("口径说明", width=40),
    Column("截至", "moment", 17),
    Column("账本记录", width=18),
    Column("账本指纹", width=10),
)


def settlement(book: Book) -> Iterator[Row]:
    """All together, every place with what lies within it, every project with its directions, both, and each team."""
    campaign, sums = book.campaign, book.sums
    explained = (texts.books.settlement_note(campaign), book.at, book.ledger_id, book.fingerprint)
    yield _sum_row("合计", "", "", within(campaign, sums), explained)
    regions = {region.id: region.name for region in campaign.regions}
    projects = {project.id: project.name for project in campaign.projects}
    rows = [("县区", name, "", within(campaign, sums, region=region)) for region, name in regions.items()]
    rows += [("项目", "", name, within(campaign, sums, project=project)) for project, name in projects.items()]
    for region, name in regions.items():
        rows += [("县区和项目", name, projects[p], sums[region, p]) for p in projects if (region, p) in sums]
    yield from (_sum_row(*row) for row in rows if row[3].accounts)
    for account in accounts(campaign, book.teams, book.confirmed):
        yield _team_row(book, account)


_UNSAID: Row = ("", None, "", "")


def _sum_row(kind: str, region: str, project: str, of: Sum, explained: Row = _UNSAID) -> Row:
    donated = of.paid_online_fen + of.paid_offline_fen
    money = (of.paid_online_fen, of.paid_offline_fen, donated, of.matched_fen, donated + of.matched_fen)
    uses = (of.own_fen, of.pooled_fen)
    return (kind, region, project, "", "", of.accounts, *money, *uses, "", None, "", "", *explained)


def _money(account: Account) -> Row:
    due = account.due_fen
    return (
        account.online_fen,
        account.offline_fen,
        account.donated_fen,
        account.matched_fen,
        due,
        due if account.use == "own" else None,
        due if account.use == "pooled" else None,
    )


def _team_row(book: Book, account: Account) -> Row:
    team, told = account.team, book.confirmed.get(account.team.code)
    return (
        "队伍",
        *place(book.campaign, team),
        team.code,
        team.unit,
        1,
        *_money(account),
        texts.books.USES[account.use] if account.use else "",
        account.measured_fen if account.use else None,
        team.village,
        texts.books.SOURCES[account.source],
        texts.platform.older_pages(book.campaign, told) if told else "",
        *_UNSAID[1:],
    )


DIFFERENCES = (
    CODE,
    UNIT,
    REGION,
    PROJECT,
    Column("核对结果", width=10),
    Column("当时上报（元）", "yuan", 16),
    Column("平台已核定（元）", "yuan", 16),
    Column("相差（元）", "yuan", 16),
    Column("上次核定（元）", "yuan", 16),
    Column("平台人次", "count", 10),
    Column("平台截至", "moment", 17),
    Column("事项", width=8),
    Column("处理情况", width=14),
    Column("处理时间", "moment", 17),
)


def differences(book: Book) -> Iterator[Row]:
    """Every team whose reports and platform do not agree, or did not; once any file of the platform's came in."""
    newest = max((each.as_of for each in book.confirmed.values()), default=None)
    if newest is None:
        return
    for team in book.teams:
        told = book.confirmed.get(team.code)
        if team.status not in LISTED or not (told or team.online.report):
            continue
        how = agreement(book.campaign, told) if told else "reports only"
        matter = book.differences.get(team.difference)
        if how != "agrees" or matter:
            reported = told.reported_fen if told else team.online.amount_fen
            yield (
                team.code,
                team.unit,
                *place(book.campaign, team),
                texts.books.AGREEMENTS[how],
                reported,
                told.amount_fen if told else None,
                told.amount_fen - (reported or 0) if told else None,
                matter.confirmed_fen if matter else None,
                told.donations if told else None,
                told.as_of if told else newest,
                matter.number if matter else "",
                texts.books.difference_state(matter) if matter else "",
                matter.decided_at if matter else None,
            )
