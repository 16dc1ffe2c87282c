"""Two teams go on as one, and the platform: its figures, what waits about them, and tables of before the merger."""

from io import BytesIO
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from bot.simulator.people import SimulatedPerson
from handlers.books import binding
from handlers.books.sheets import sheets_of
from storage.audit import verify
from storage.books import read_book
from storage.settlement import accounts
from tests.conversations.conftest import Office, app, office, settings, webhook, zhaotong
from tests.imports.test_platform import HEAD, Evening

__all__ = ["app", "office", "settings", "webhook", "zhaotong"]

FIRST = "永善县人民医院,https://p/1,,3000.00,30,100\n"
SECOND = "永善县第一中学,https://p/2,,700,7,\n"


@pytest.fixture
def evening(office: Office, tmp_path: Path) -> Evening:
    """#0001 reported 2,800 at three o'clock and #0002 700; the platform says 3,000 and 700 of nine o'clock."""
    office.captain("李敏", "永善县人民医院", "永善县")
    office.captain("王芳", "永善县第一中学", "永善县")
    office.captain("赵强", "永善县第二中学", "永善县")
    office.go_to("2024-05-08T15:00")
    office.person("李敏").say("进度 2800元 28人次")
    office.person("王芳").say("进度 700元 7人次")
    office.go_to("2024-05-08T21:30")
    return Evening(office, tmp_path)


@pytest.fixture
def liu(evening: Evening) -> SimulatedPerson:
    return evening.office.coordinator("刘主任", "yongshan")


def merge(liu: SimulatedPerson, pages: str, words: str = "合并 0001 0002") -> str:
    assert "1. 同一个捐赠页面" in liu.say(words)
    return liu.say(pages)


def sound(evening: Evening) -> bool:
    store, campaign = evening.office.store, evening.office.campaign
    return verify(campaign, store.database, store.keys) == []


def due(evening: Evening) -> dict[str, int]:
    """What the settlement has of each team, in fen."""
    store, campaign = evening.office.store, evening.office.campaign
    teams = store.teams.many(campaign.id, store.teams.codes(campaign.id))
    return {each.team.code: each.due_fen for each in accounts(campaign, teams, store.platform.all(campaign.id))}


def test_what_the_platform_confirmed_of_both_is_the_ones_and_what_waited_goes_with_it(
    evening: Evening, liu: SimulatedPerson
) -> None:
    evening.apply(HEAD + FIRST + SECOND)
    before = liu.say("差异")
    assert "D1 永善县人民医院（#0001） 上报2,800.00元" in before
    assert due(evening) == {"0001": 310_000, "0002": 70_000}
    said = merge(liu, "2")
    assert said.endswith("与平台的差别 D1 随合并了结，两队合起来与平台仍不一致，在“待办”里是 D2。"), said
    assert "D2 永善县第一中学（#0002） 上报3,500.00元｜平台已核定3,700.00元 37人次" in liu.say("差异")
    assert "已处理：随队伍合并" in liu.say("D1")
    assert due(evening) == {"0002": 380_000}
    assert sound(evening)
    liu.say("撤销")
    assert liu.say("确认").startswith("已撤销")
    assert liu.say("差异") == before
    assert due(evening) == {"0001": 310_000, "0002": 70_000}
    assert sound(evening)
    merge(liu, "2")
    assert liu.say("采用平台 0002").startswith("已更正 D3 采用平台：永善县第一中学（#0002） 线上累计3,500.00元 → 3,700")
    assert liu.say("差异") == "没有与平台相差、等您处理的队伍。"
    assert sound(evening)


def test_of_one_page_the_newer_figures_stand_and_may_agree(evening: Evening, liu: SimulatedPerson) -> None:
    evening.apply(HEAD + FIRST)
    evening.office.go_to("2024-05-08T22:30")
    evening.apply("编号,金额,人次\n0002,700,7\n", "2024-05-08T22:00")
    evening.office.person("王芳").say("进度 720元 8人次")
    said = merge(liu, "1")
    assert said.endswith("与平台的差别 D1 随合并了结，两队合起来与平台没有相差。"), said
    assert due(evening) == {"0002": 70_000}
    assert sound(evening)


def test_nothing_is_parted_once_the_platform_has_spoken_of_the_one(evening: Evening, liu: SimulatedPerson) -> None:
    evening.apply(HEAD + FIRST + SECOND)
    merge(liu, "2")
    evening.apply(HEAD + FIRST + SECOND.replace("700", "710"), "2024-05-08T21:10")
    liu.say("撤销")
    assert not liu.say("确认").startswith("已撤销")
    assert due(evening) == {"0002": 381_000}
    assert sound(evening)


def test_a_final_figure_is_what_the_platform_confirmed_of_both(evening: Evening, liu: SimulatedPerson) -> None:
    evening.apply(HEAD + FIRST + SECOND)
    merge(liu, "2")
    store, now = evening.office.store, evening.office.store.clock.now()
    store.campaigns.freeze(evening.office.campaign.id, now)
    frozen = store.campaigns.get(evening.office.campaign.id)
    store.freezing.settle(frozen, now)
    assert evening.office.team("永善县第一中学").amount_fen == 370_000


@pytest.mark.parametrize(
    ("words", "pages", "second", "stood"),
    [
        ("合并 0001 0002", "2", SECOND, 350_000),
        ("合并 0002 0001", "2", SECOND, 350_000),
        ("合并 0001 0002", "1", "", 70_000),
        ("合并 0002 0001", "1", "", 70_000),
    ],
)
def test_a_table_of_before_the_merger_is_compared_with_what_both_had_then(
    evening: Evening, liu: SimulatedPerson, words: str, pages: str, second: str, stood: int
) -> None:
    """王芳 reported last, and again after the moment of the table; then the two were merged."""
    evening.office.person("王芳").say("进度 900元 9人次")
    merge(liu, pages, words)
    evening.office.go_to("2024-05-08T22:30")
    both = HEAD + FIRST + second
    [line] = evening.take(both, "2024-05-08T20:00").compared.new
    assert line.figures.reported_fen == stood
    [line] = evening.take(both, "2024-05-08T22:00").compared.new
    assert line.figures.reported_fen == evening.office.store.teams.get("zhaotong-2024", words[-4:]).online.amount_fen
    [line] = evening.take(both, "2024-05-08T14:00").compared.new
    assert line.figures.reported_fen is None


def test_teams_of_teams_are_compared_with_what_all_had_then(evening: Evening, liu: SimulatedPerson) -> None:
    office = evening.office
    office.person("赵强").say("进度 90元 1人次")
    merge(liu, "2")
    office.go_to("2024-05-08T22:00")
    merge(liu, "2", "合并 0002 0003")
    office.go_to("2024-05-08T22:30")
    rows = HEAD + FIRST
    told = {
        moment: evening.take(rows, f"2024-05-08T{moment}").compared.new[0] for moment in ("15:30", "21:40", "22:10")
    }
    assert {line.team.code for line in told.values()} == {"0003"}
    assert {moment: line.figures.reported_fen for moment, line in told.items()} == {
        "15:30": 350_000,
        "21:40": 359_000,
        "22:10": 359_000,
    }


def settled(evening: Evening) -> list[tuple[str, float, str]]:
    """The teams of the settlement: donations online, and what is explained of them."""
    store = evening.office.store
    book, file = read_book(store, evening.office.campaign, store.clock.now()), BytesIO()
    binding.write(book, [s for s in sheets_of(book) if s.name == "结算"], "xlsx", file, lambda count: None)
    heading, *rows = CalamineWorkbook.from_filelike(BytesIO(file.getvalue())).get_sheet_by_index(0).to_python()
    told = [dict(zip(heading, row, strict=True)) for row in rows if row[0] == "队伍"]
    return [(row["队伍"], row["线上捐款（元）"], row["口径说明"]) for row in told]


def confirmed(evening: Evening, team: str) -> list[tuple[str, int]]:
    """The pages of a team, and what the platform confirmed of each (fen)."""
    kept = evening.office.store.platform.all(evening.office.campaign.id)[team]
    return [(page.page, page.amount_fen) for page in kept.parts]


def test_a_page_that_a_table_leaves_out_counts_as_it_was_last_confirmed(
    evening: Evening, liu: SimulatedPerson, capsys: pytest.CaptureFixture[str]
) -> None:
    evening.apply(HEAD + FIRST + SECOND)
    merge(liu, "2")
    evening.office.person("王芳").say("进度 0002 3600元 36人次")
    evening.office.go_to("2024-05-09T21:30")
    partly = evening.apply(HEAD + FIRST.replace("3000.00,30", "3200.00,32"), "2024-05-09T21:00")
    assert confirmed(evening, "0002") == [("https://p/1", 320_000), ("https://p/2", 70_000)]
    assert due(evening) == {"0002": 400_000}
    partly.tell(as_json=False, applied=True)
    told = "row 2\t永善县第一中学 #0002\thttps://p/2: 700.00元 of 2024-05-08 21:00 still counts"
    assert f"not in the table\t{told}" in capsys.readouterr().out
    older = "其中1个页面这次没有数据，仍按5月8日21:00的700.00元计"
    said = f"平台已核定：3,900.00元 39人次（截至5月9日21:00，{older}）"
    assert settled(evening) == [("永善县第一中学", 3900, older)]
    assert said in liu.say("0002")
    assert said in evening.office.person("王芳").say("我的队伍")
    assert "（截至5月9日21:00，其中700.00元的页面这次没有数据，按上次的计）" in liu.say("差异")
    again = evening.take(HEAD + FIRST.replace("3000.00,30", "3200.00,32"), "2024-05-09T21:00")
    assert (len(again.compared.same), again.compared.changed) == (1, [])
    assert sound(evening)
    evening.office.go_to("2024-05-10T21:30")
    evening.apply(HEAD + SECOND.replace("700,7", "710,8"), "2024-05-10T21:00")
    assert confirmed(evening, "0002") == [("https://p/1", 320_000), ("https://p/2", 71_000)]
    evening.apply(HEAD + SECOND.replace("700,7", "711,8") + FIRST, "2024-05-10T21:20")
    assert confirmed(evening, "0002") == [("https://p/1", 300_000), ("https://p/2", 71_100)]
    assert "这次没有数据" not in liu.say("0002")
    assert sound(evening)


def test_each_page_keeps_its_matched_money_where_a_table_has_no_such_column(
    evening: Evening, liu: SimulatedPerson
) -> None:
    evening.apply(HEAD + FIRST + SECOND)
    merge(liu, "2")
    bare = "小队名称,小队链接,筹款金额\n甲,https://p/2,800\n乙,https://p/1,3000\n丙,https://p/3,1\n"
    imported = evening.apply(bare.replace("丙", "永善县第一中学"), "2024-05-08T21:10")
    assert [line.figures.matched_fen for line in imported.compared.changed] == [10_000]
    assert due(evening) == {"0002": 390_100}
    assert evening.office.store.database.hget(evening.office.store.keys.totals("zhaotong-2024"), "matched") == "10000"
    assert sound(evening)


def test_nothing_counts_where_nobody_knows_which_page_a_row_is_of(evening: Evening, liu: SimulatedPerson) -> None:
    evening.apply(HEAD + FIRST + SECOND)
    merge(liu, "2")
    other_page = HEAD + FIRST.replace("p/1", "p/9")
    by_the_other = "编号,金额,人次\n1,3000,30\n"
    named_so = HEAD + "永善县人民医院,,,3000,30,\n"
    whole = "编号,金额,人次\n2,3800,38\n"
    missing = "rows 2 are not all of team 0002, into which another was merged; add its other pages"
    pageless = "rows 2 are all team 0002's, into which another was merged; add the page of each"
    for table, why in ((other_page, missing), (by_the_other, pageless), (named_so, pageless)):
        imported = evening.take(table, "2024-05-08T21:20")
        assert [refusal.reason for refusal in imported.refused] == [why]
        assert imported.compared.changed == []
    evening.apply(whole, "2024-05-08T21:20")
    assert due(evening) == {"0002": 390_000}, "what was matched stays"
    evening.apply(HEAD + FIRST + SECOND.replace("700", "800"), "2024-05-08T21:25")
    assert confirmed(evening, "0002") == [("https://p/1", 300_000), ("https://p/2", 80_000)]
    assert sound(evening)


def test_a_page_first_seen_after_the_merger_stays_the_ones(evening: Evening, liu: SimulatedPerson) -> None:
    """Its own link was told before the two were one; the table calls the page otherwise."""
    own = "https://gongyi.qq.com/succor/detail.htm?id=7"
    assert "已登记" in evening.office.person("李敏").say(f"链接 0001 {own}")
    merge(liu, "2")
    evening.apply(HEAD + SECOND + f"别的名字,{own},,3000,30,\n")
    assert confirmed(evening, "0002") == [(own, 300_000), ("https://p/2", 70_000)]
    store, campaign = evening.office.store, evening.office.campaign
    assert store.platform.pages(campaign.id) == {own: "0002", "https://p/2": "0002"}
    assert sound(evening)
