"""A drive from its roster to its settlement: 1 500 units, three evenings of platform files, frozen, and taken out.

Of 240 units the team of unit n reports 10n yuan more every evening, and the platform says the same; so every sum is an
arithmetic series, reckoned by hand. Units 1 to 120 are for 人道暖昭通, which has the threshold of 2 000 yuan and whose
matched money the platform gives by team (0.1n yuan); the others are for 慈善关爱“一老一小”. County c of ten has
the units whose number leaves c + 1 when divided by ten.
"""

from collections.abc import Collection, Sequence
from pathlib import Path

from python_calamine import CalamineWorkbook

from bot.cli.campaigns import _freeze
from bot.cli.imported import Source
from bot.cli.platform_import import PlatformImport, read_platform
from bot.cli.roster_import import read_roster
from bot.exporting import take
from storage.boards import ALL
from storage.ledger import Author
from storage.models.people import Card, Membership
from storage.reckoning import Reading
from storage.teams import NewTeam
from tests.conversations.conftest import Office, app, office, settings, webhook, zhaotong

__all__ = ["app", "office", "settings", "webhook", "zhaotong"]

COUNTIES = ("昭阳区", "鲁甸县", "巧家县", "盐津县", "大关县", "永善县", "绥江县", "镇雄县", "彝良县", "威信县")
TEAMS, WITH_THRESHOLD, OFFLINE = range(1, 241), range(1, 121), range(1, 101)
CAPTAINS = {10: "李敏", 20: "王芳", 30: "赵强", 40: "孙红"}
"""The four that differ: the platform says 5 yuan more of each. They are of 威信县."""
ONLY_PLATFORM, ONLY_REPORTS = 5, range(231, 241)
MONEY = (
    "线上捐款（元）",
    "线下捐款（元）",
    "捐款合计（元）",
    "平台配捐（元）",
    "应拨（元）",
    "其中自主（元）",
    "其中统筹（元）",
)
Rows = list[dict[str, object]]


def unit(n: int) -> str:
    return f"{COUNTIES[(n - 1) % 10]}第{n}小学"


def roster() -> str:
    """1 500 units, 12 rows that are none, and 9 that are like a unit above them."""
    rows = [f"{unit(n)},{COUNTIES[(n - 1) % 10]}," for n in range(1, 1501)]
    rows += ["合计,,", "小学,昭阳区,", "昭阳区第8001小学,昆明,", "昭阳区,昭阳区,", "13900000000,,", ",昭阳区,"]
    rows += [f"昭阳区第{n}小学,昭阳区," for n in (1, 11, 21, 31, 41)] + ["昭阳区第8002小学,昭阳区,没有的项目"]
    rows += [f"昭阳区第{n}中心小学,昭阳区," for n in range(51, 141, 10)]
    return "单位名称,县区,预定项目\n" + "\n".join(rows) + "\n"


def platform(evening: int, differing: Collection[int]) -> str:
    """All but the ten that are only in reports, and six that nobody knows."""
    rows = []
    for n in (n for n in TEAMS if n not in ONLY_REPORTS):
        yuan, matched = 10 * evening * n + 5 * (n in differing), f"{n / 10:.2f}" if n in WITH_THRESHOLD else ""
        rows.append(f"{unit(n)},https://p/{n},{yuan}.00,{evening},{matched}")
    rows += [f"某某战队{letter},https://p/x{letter},8888.00,8," for letter in "甲乙丙丁戊己"]
    return "小队名称,小队链接,筹款金额（元）,捐款人次,配捐金额\n" + "\n".join(rows) + "\n"


def enter(office: Office) -> None:
    """A team for every unit; four captains register theirs by message, the others as their messages would."""
    store, campaign, now = office.store, office.campaign, office.store.clock.now()
    regions = {region.name: region.id for region in campaign.regions}
    for n in TEAMS:
        project, region = "rendao-nuan" if n in WITH_THRESHOLD else "yilao-yixiao", COUNTIES[(n - 1) % 10]
        if n in CAPTAINS:
            office.captain(CAPTAINS[n], unit(n), region)
            continue
        new = NewTeam(unit(n), unit(n), project, regions[region], f"p{n}", Card(name="李敏"))
        store.teams.register(campaign, Author(f"enter/{n}", f"p{n}", now), new, Membership())


def report(office: Office, evening: int) -> None:
    """Everybody but the team that only the platform knows; the first hundred have a yuan offline once."""
    for n, name in CAPTAINS.items():
        assert office.person(name).say(f"进度 {10 * evening * n}元 {evening}人次").startswith("已记录")
        if evening == 1:
            assert office.person(name).say("线下 1元 1人次").startswith("已记录")
    store, campaign, now = office.store, office.campaign, office.store.clock.now()
    teams = {team.unit: team for team in office.teams()}
    for n in (n for n in TEAMS if n not in CAPTAINS and n != ONLY_PLATFORM):
        by, online = f"p{n}", Reading("total", "online", 1000 * evening * n, evening)
        author = Author(f"online/{evening}/{n}", by, now)
        booked = store.reports.add(campaign, author, teams[unit(n)], Membership(), online)
        if evening == 1 and n in OFFLINE:
            offline = Reading("total", "offline", 100, 1)
            store.reports.add(campaign, Author(f"offline/{n}", by, now), booked.after, Membership(), offline)


def import_evening(office: Office, folder: Path, evening: int, differing: Collection[int]) -> PlatformImport:
    path = folder / f"evening-{evening}.csv"
    path.write_text(platform(evening, differing), encoding="utf-8")
    imported = read_platform(Source(office.store, office.campaign, path, "", None, f"2024-05-{6 + evening:02d}T21:00"))
    imported.write()
    return imported


def live_through(office: Office, folder: Path) -> None:
    """Roster, registration, three evenings with their decisions, the close and the freeze."""
    path = folder / "roster.csv"
    path.write_text(roster(), encoding="utf-8")
    units = read_roster(Source(office.store, office.campaign, path, "", None, ""), apart=False)
    assert (len(units.compared.new), len(units.refused), len(units.compared.alike)) == (1500, 12, 9)
    units.write()
    enter(office)
    liu = office.coordinator("刘主任", "weixin")
    for evening, differing in ((1, [*CAPTAINS]), (2, [40]), (3, [*CAPTAINS])):
        office.go_to(f"2024-05-{6 + evening:02d}T20:00")
        report(office, evening)
        office.go_to(f"2024-05-{6 + evening:02d}T21:30")
        found = import_evening(office, folder, evening, differing)
        assert len(found.refused) == 6
        assert [line.team.unit for line in found.compared.of(office.campaign, "differs")] == [*map(unit, differing)]
        assert [line.team.unit for line in found.compared.of(office.campaign, "platform only")] == [unit(5)]
        assert [team.unit for team in found.compared.reports_only] == [*map(unit, ONLY_REPORTS)]
        if evening == 1:
            assert liu.say("采用平台 D2").startswith("已更正")
            assert liu.say("保留上报 D3").startswith("已登记")
            assert liu.say("请队长核对 D4").startswith("已通知")
            assert office.person("赵强").say("更正 线上305元 1人次").startswith("已更正")
    assert "与平台相差 4条" in liu.say("差异")
    entries = len(office.ledger())
    import_evening(office, folder, 3, CAPTAINS)
    assert len(office.ledger()) == entries
    _freeze(office.store, office.campaign)
    office._forget_cache()
    office.campaign = office.store.campaigns.get(office.campaign.id)


def rows_of(book: Path, sheet: str) -> Rows:
    heading, *rows = CalamineWorkbook.from_path(book).get_sheet_by_name(sheet).to_python()
    return [dict(zip(map(str, heading), row, strict=True)) for row in rows]


def fen(row: dict[str, object], headings: Sequence[str] = MONEY) -> list[int]:
    return [round(float(str(row[heading] or 0)) * 100) for heading in headings]


def reckoned_by_hand(book: Path) -> None:
    rows = rows_of(book, "结算")
    whole = rows[0]
    # online 30 × (1 + … + 240) + 4 × 5, offline 99 × 1, matched 0.1 × (1 + … + 120)
    # own: 67 to 120, 30 × 5 049 + 34 + 504.90; pooled: 1 to 66, 30 × 2 211 + 20 + 65 + 221.10
    assert fen(whole) == [86_762_000, 9_900, 86_771_900, 72_600, 86_844_500, 15_200_890, 6_663_610]
    assert whole["队伍数"] == 240
    assert "2000元是否把配捐算在内，方案未规定" in str(whole["口径说明"])
    counties = {str(row["县区"]): row for row in rows if row["类别"] == "县区"}
    # 24 numbers that leave c + 1: 24 (c + 1) + 2 760 in all, 12 (c + 1) + 660 of them up to 120, ten up to 100, but for
    # unit 5, of which only the platform knows
    for c, county in enumerate(COUNTIES):
        online = 30 * (24 * (c + 1) + 2_760) * 100 + (2_000 if county == "威信县" else 0)
        offline, matched = (900 if county == "大关县" else 1_000), 10 * (12 * (c + 1) + 660)
        donated = online + offline
        assert fen(counties[county], MONEY[:5]) == [online, offline, donated, matched, donated + matched]
    projects = {str(row["项目"]): row for row in rows if row["类别"] == "项目"}
    assert fen(projects["人道暖昭通"], MONEY[:5]) == [21_782_000, 9_900, 21_791_900, 72_600, 21_864_500]
    assert fen(projects["慈善关爱“一老一小”"], MONEY[:5]) == [64_980_000, 0, 64_980_000, 0, 64_980_000]
    for kind in ("县区", "项目", "县区和项目", "队伍"):
        summed = [sum(column) for column in zip(*(fen(row) for row in rows if row["类别"] == kind), strict=True)]
        assert summed == fen(whole), kind
    teams = {str(row["队伍"]): row for row in rows if row["类别"] == "队伍"}
    used = [(n, teams[unit(n)]["资金使用"]) for n in (66, 67, 120, 121)]
    assert used == [(66, "统筹"), (67, "自主"), (120, "自主"), (121, "")]
    assert {teams[unit(n)]["线上数字来源"] for n in (1, 5, 40)} == {"定稿"}
    assert {teams[unit(n)]["线上数字来源"] for n in ONLY_REPORTS} == {"上报"}


def agrees_with_boards_and_ledger(office: Office, book: Path) -> None:
    store, cid = office.store, office.campaign.id
    whole = rows_of(book, "结算")[0]
    totals = store.database.hgetall(store.keys.totals(cid))
    assert fen(whole)[1:4] == [int(totals["offline"]), int(totals["amount"]), int(totals["matched"])]
    day = office.campaign.local(store.clock.now()).date()
    assert len(store.boards.top(cid, "amount", ALL, day, 0, 500)) == 240
    sealed = dict(link.split(" ") for link in store.database.lrange(store.keys.chain(cid), 0, -1))
    assert sealed[str(whole["账本记录"])].startswith(str(whole["账本指纹"]))


def tells_the_differences(book: Path) -> None:
    rows = rows_of(book, "差异")
    told = {str(row["队伍"]): (row["核对结果"], row["处理情况"]) for row in rows}
    assert told[unit(5)] == ("只在平台", "待处理")
    assert told[unit(231)] == ("只在上报", "")
    assert {told[unit(n)] for n in CAPTAINS} == {("相差", "待处理")}
    assert len(rows) == 4 + 1 + 10
    assert [fen(row, ["相差（元）"]) for row in rows if row["核对结果"] == "相差"] == [[500]] * 4


def test_a_drive_is_settled_to_the_fen(office: Office, tmp_path: Path) -> None:
    """One story, because it takes seconds to live through; every part of it looks at the same book."""
    live_through(office, tmp_path)
    book = tmp_path / "book.xlsx"
    take(office.store, office.campaign, "xlsx", "", book)
    reckoned_by_hand(book)
    agrees_with_boards_and_ledger(office, book)
    tells_the_differences(book)
