"""`yidui import ID platform FILE`: the platform's figures beside the reports, evening after evening."""

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest

from bot.cli.imported import Source
from bot.cli.platform_import import PlatformImport, read_platform
from handlers.imports.reasons import in_chinese
from handlers.imports.sheet import Unusable
from storage.campaign_settings import Reconcile
from tests.conversations.conftest import Office, app, office, settings, webhook, zhaotong
from tests.conversations.test_team_acts import told as told_of
from tests.imports.workbook import write_workbook

__all__ = ["app", "office", "settings", "webhook", "zhaotong"]

HEAD = "小队名称,小队链接,项目名称,筹款金额（元）,捐款人次,配捐金额\n"
FIRST = HEAD + (
    "永善县人民医院,https://p/1,人道暖昭通,5000.00,50,120.5\n"
    "永善一中战队,https://p/2,人道暖昭通,￥3000元,30,\n"
    "绥江县第一中学,https://p/3,,200,2,\n"
    "永善县第一高中,https://p/4,人道暖昭通,1,1,\n"
    "谁也不是,https://p/5,,1,1,\n"
    "鲁甸县第一中学,https://p/6,,12.345,1,\n"
)


@dataclass
class Evening:
    """The office on the evening of 8 May, four teams with their reports of the afternoon."""

    office: Office
    folder: Path

    def take(self, text: str, as_of: str = "2024-05-08T21:00", name: str = "platform.csv") -> PlatformImport:
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        return read_platform(Source(self.office.store, self.office.campaign, path, "", None, as_of))

    def apply(self, text: str, as_of: str = "2024-05-08T21:00") -> PlatformImport:
        imported = self.take(text, as_of)
        imported.write()
        return imported


@pytest.fixture
def evening(office: Office, tmp_path: Path) -> Evening:
    office.captain("李敏", "永善县人民医院", "永善县")
    office.captain("王芳", "永善县第一中学", "永善县")
    office.captain("赵强", "绥江县第一中学", "绥江县")
    office.captain("孙红", "鲁甸县第一中学", "鲁甸县")
    office.go_to("2024-05-08T15:00")
    office.person("李敏").say("进度 5000元 50人次")
    office.person("王芳").say("进度 2800元 28人次")
    office.person("孙红").say("进度 100元 3人次")
    office.go_to("2024-05-08T21:30")
    return Evening(office, tmp_path)


def rows(imported: PlatformImport, which: str) -> list[int]:
    return [line.row for line in getattr(imported.compared, which)]


def test_rows_are_a_teams_by_name_and_the_others_say_who_is_likeliest(evening: Evening) -> None:
    first = evening.apply(FIRST)
    assert rows(first, "new") == [2, 3, 4]
    assert {refusal.row: refusal.reason for refusal in first.refused} == {
        5: "no team is called so; perhaps 永善县第一中学 #0002: add its code",
        6: "no team is called so",
        7: "12.345 is no amount in yuan and fen",
    }
    kept = evening.office.store.platform.all(evening.office.campaign.id)
    assert (kept["0001"].amount_fen, kept["0001"].donations, kept["0001"].matched_fen) == (500_000, 50, 12_050)
    assert (kept["0002"].amount_fen, kept["0002"].reported_fen, kept["0002"].matched_fen) == (300_000, 280_000, None)
    assert kept["0003"].reported_fen is None
    assert [team.code for team in first.compared.reports_only] == ["0004"]


def test_matched_money_stays_where_a_table_has_no_such_column(evening: Evening) -> None:
    evening.apply(FIRST)
    kept = lambda: evening.office.store.platform.all(evening.office.campaign.id)["0001"]  # noqa: E731
    evening.apply("编号,金额\n1,5001\n", "2024-05-08T21:10")
    assert (kept().amount_fen, kept().donations, kept().matched_fen) == (500_100, None, 12_050)
    evening.apply("编号,金额,配捐\n1,5001,\n", "2024-05-08T21:20")
    assert kept().matched_fen is None, "an empty cell says that there is none"


def test_what_is_nobodys_waits_with_who_sees_all_until_a_table_tells_whose_it_is(evening: Evening) -> None:
    office = evening.office
    city, liu = office.coordinator("王主任"), office.coordinator("刘主任", "yongshan")
    evening.apply(FIRST)
    waits = city.say("待办")
    assert "只在平台，不知道是哪支队伍的 2行（截至5月8日21:00）" in waits
    assert "· 永善县第一高中 1.00元 1人次，可能是 永善县第一中学（#0002）" in waits
    assert "· 谁也不是 1.00元 1人次" in waits
    assert "不知道是哪支队伍" not in liu.say("待办"), "they are of no region"
    evening.apply("小队名称,编号,筹款金额,捐款人次\n永善县第一高中,4,100,3\n")
    assert "不知道是哪支队伍的 1行" in city.say("待办")
    office.go_to("2024-05-09T21:30")
    evening.apply(FIRST.replace("谁也不是", "另一支"), "2024-05-09T21:00")
    assert "不知道是哪支队伍的 2行（截至5月9日21:00）" in city.say("待办")
    assert "谁也不是" not in city.say("待办")
    office.go_to("2024-05-09T22:30")
    every = HEAD + "永善县人民医院,https://p/1,人道暖昭通,5001,50,\n" + "永善县第一中学,https://p/5,,3,3,\n"
    evening.apply(every, "2024-05-09T22:00")
    assert "另一支" not in city.say("待办")


def test_they_wait_also_where_no_row_of_the_table_is_a_teams(evening: Evening) -> None:
    city = evening.office.coordinator("王主任")
    nobodys = HEAD + "谁也不是,https://p/5,,1,1,\n永善县第一高中,https://p/4,,2,2,\n"
    evening.apply(nobodys)
    assert "不知道是哪支队伍的 2行" in city.say("待办")
    assert evening.take(nobodys).compared.strays == [], "the second run changes nothing"
    evening.apply(nobodys.replace(",2,2,", ",1,9,"), "2024-05-08T20:00")
    assert "永善县第一高中 2.00元 2人次" in city.say("待办"), "an older table"
    evening.apply(HEAD + "谁也不是,https://p/6,,1,1,\n", "2024-05-08T21:10")
    assert "不知道是哪支队伍的 1行" in city.say("待办")


def test_each_team_is_told_how_it_stands_to_the_platform(evening: Evening) -> None:
    assert "平台" not in evening.office.person("李敏").say("我的队伍")
    evening.apply(FIRST)
    told = {
        "李敏": "平台已核定：5,000.00元 50人次（截至5月8日21:00），另有配捐120.50元，与当时的上报一致",
        "王芳": "平台已核定：3,000.00元 30人次（截至5月8日21:00），当时上报2,800.00元，相差200.00元，请核对",
        "赵强": "平台已核定：200.00元 2人次（截至5月8日21:00），当时还没有线上上报",
        "孙红": "平台5月8日21:00的数据里没有这支队伍",
    }
    for name, line in told.items():
        for asked in ("我的队伍", "明细"):
            assert line in evening.office.person(name).say(asked), (name, asked)
    assert "累计：2,800.00元 28人次" in evening.office.person("王芳").say("我的队伍")
    liu = evening.office.coordinator("刘主任", "yongshan")
    assert told["王芳"] in liu.say("0002")
    assert "平台" not in evening.office.person("路人").say("永善县第一中学")


def test_no_message_overwrites_what_the_platform_says(evening: Evening) -> None:
    evening.apply(FIRST)
    for said in ("进度 9000元 90人次", "更正 8000", "撤回"):
        evening.office.person("王芳").say(said)
        assert evening.office.store.platform.all(evening.office.campaign.id)["0002"].amount_fen == 300_000


def test_what_stood_at_that_moment_counts_and_a_correction_from_what_it_put_right(evening: Evening) -> None:
    """王芳's later figure is not compared with the earlier evening's; 李敏's correction of the afternoon's is."""
    evening.office.person("王芳").say("进度 9000元 90人次")
    evening.office.person("李敏").say("更正 5200")
    imported = evening.take(FIRST)
    assert {line.team.code: line.figures.reported_fen for line in imported.compared.new} == {
        "0001": 520_000,
        "0002": 280_000,
        "0003": None,
    }


def test_the_same_file_again_changes_nothing(evening: Evening) -> None:
    evening.apply(FIRST)
    last = evening.office.store.ledger.last_id(evening.office.campaign.id)
    again = evening.apply(FIRST)
    assert (rows(again, "new"), rows(again, "same"), rows(again, "changed")) == ([], [2, 3, 4], [])
    assert evening.office.store.ledger.last_id(evening.office.campaign.id) == last


def test_the_next_evening_knows_a_page_by_its_link_and_an_older_file_is_refused(evening: Evening) -> None:
    evening.apply(FIRST)
    evening.office.go_to("2024-05-09T21:30")
    second = HEAD + "换了名字的战队,https://p/2,,3500,35,10\n"
    imported = evening.apply(second, "2024-05-09T21:00")
    assert rows(imported, "changed") == [2]
    assert imported.compared.changed[0].team.code == "0002"
    assert evening.take(FIRST).refused[0].reason == "newer figures stand, of 2024-05-09 21:00"


def test_a_page_that_is_a_teams_own_link_needs_no_name(evening: Evening) -> None:
    own = "https://gongyi.qq.com/succor/detail.htm?id=7"
    assert "已登记" in evening.office.person("王芳").say(f"链接 0002 {own}")
    imported = evening.take(HEAD + f"随便起的名字,{own},,2800,28,\n")
    assert [line.team.code for line in imported.compared.new] == ["0002"]


def test_a_page_of_a_team_that_was_merged_counts_for_the_one_that_goes_on(evening: Evening) -> None:
    evening.apply(FIRST)
    city = evening.office.coordinator("王主任", role="organizer")
    said = city.say("合并 0002 0001")
    assert "1." in said, said
    assert city.say("2").startswith("已合并")
    evening.office.go_to("2024-05-09T21:30")
    both = HEAD + "永善县人民医院,https://p/1,人道暖昭通,5000,50,100\n永善一中战队,https://p/2,人道暖昭通,3000,30,\n"
    [line] = evening.take(both, "2024-05-09T21:00").compared.changed
    assert (line.team.code, line.figures.amount_fen, line.figures.donations) == ("0001", 800_000, 80)
    assert (line.figures.matched_fen, line.figures.reported_fen) == (10_000, 780_000)
    pageless = evening.take("编号,金额,人次\n0001,5000,50\n0002,3000,30\n", "2024-05-09T21:00")
    assert (pageless.compared.new, pageless.compared.changed) == ([], []), "neither row is all of the team"
    assert {r.reason for r in pageless.refused} == {
        "rows 2, 3 are all team 0001's, into which another was merged; add the page of each"
    }


def test_a_list_by_codes_mends_what_no_name_found(evening: Evening) -> None:
    evening.apply(FIRST)
    mended = evening.apply("编号,金额,人次\n#4,100,3\n9999,1,1\n1,5000,50\n0001,5000,50\n")
    assert rows(mended, "new") == [2]
    assert [(r.row, r.reason) for r in mended.refused] == [
        (3, "there is no team 9999"),
        (5, "row 4 is team 0001's already"),
    ]
    assert mended.compared.of(evening.office.campaign, "agrees")[0].team.code == "0004"


def test_a_code_and_a_name_of_two_teams_are_nobodys_figures(evening: Evening) -> None:
    table = "小队名称,编号,筹款金额\n绥江县第一中学,2,200\n永善一中战队,2,300\n永善县人民医院,1,5000\n"
    imported = evening.take(table)
    assert rows(imported, "new") == [3, 4]
    [refusal] = imported.refused
    assert refusal.row == 2
    assert in_chinese(refusal.reason) == (
        "编号0002是 永善县第一中学 #0002，名称却是 绥江县第一中学 #0003 的，请核对后只留一项"
    )


def test_who_looks_after_a_region_is_told_once_an_import_that_something_differs(evening: Evening) -> None:
    office = evening.office
    people = [
        office.coordinator("刘主任", "yongshan"),
        office.coordinator("龙主任", "ludian"),
        office.coordinator("王主任"),
    ]
    told = lambda: [told_of(office, person) for person in people]  # noqa: E731
    evening.apply(FIRST.replace("5000.00,50", "5100.00,51"))
    evening.apply(FIRST.replace("5000.00,50", "5100.00,51"))
    assert [len(notices) for notices in told()] == [1, 0, 1]
    assert told()[0][0].endswith("您的辖区有队伍与上报的不一样。发“差异”逐条处理，不急，先请队长核对也可以。")
    people[0].say("保留上报 0001")
    evening.apply(FIRST.replace("5000.00,50", "5200.00,52"), "2024-05-08T21:20")
    assert [len(notices) for notices in told()] == [2, 0, 2]


def test_the_tolerance_is_the_files(evening: Evening) -> None:
    evening.office.publish(evening.office.campaign.model_copy(update={"reconcile": Reconcile(tolerance_fen=20_000)}))
    evening.apply(FIRST)
    assert "3,000.00元 30人次（截至5月8日21:00），与当时的上报一致" in evening.office.person("王芳").say("我的队伍")


def test_the_moment_is_asked_for_and_never_still_to_come(evening: Evening) -> None:
    with pytest.raises(Unusable, match="no time stands in the table; say of which the figures are: --as-of"):
        evening.take(FIRST, "")
    assert [r.reason for r in evening.take("队伍编号,金额,截至\n0001,5000,\n", "").refused] == [
        "no time stands in the row; say of which the figures are: --as-of 2024-05-08T21:00"
    ]
    assert evening.take(FIRST, "2024-05-08T22:00").refused[0].reason == "2024-05-08 22:00 is still to come"
    with pytest.raises(Unusable):
        evening.take(FIRST, "gestern")
    timed = "队伍编号,金额,截至\n0001,5000,2024/05/08 20:00\n"
    [line] = evening.take(timed, "").compared.new
    assert line.figures.as_of == datetime.fromisoformat("2024-05-08T20:00+08:00")


@pytest.mark.parametrize(
    ("told", "read"),
    [
        ("2024/5/8 9:05", "2024-05-08T09:05"),
        ("2024年5月8日 21:00", "2024-05-08T21:00"),
        ("2024年5月7日24时", "2024-05-08T00:00"),
        ("2024-05-08 20点30分", "2024-05-08T20:30"),
        ("2024.5.8 20:30:15", "2024-05-08T20:30:15"),
        ("2024-05-08T11:00+00:00", "2024-05-08T19:00"),
        ("2024-5-8", "2024-05-08T21:00"),
    ],
)
def test_a_moment_is_read_as_tables_write_it(evening: Evening, told: str, read: str) -> None:
    """A day alone is that of the whole table's moment."""
    [line] = evening.take(f"队伍编号,金额,截至\n0001,5000,{told}\n").compared.new
    assert line.figures.as_of == datetime.fromisoformat(f"{read}+08:00")


@pytest.mark.parametrize(
    "told", ["2024-05-07", "2024-05-08 24:01", "2024-05-08 20:61", "5月8日 20:00", "2024-02-30 8:00"]
)
def test_what_tells_no_moment_is_refused(evening: Evening, told: str) -> None:
    [refusal] = evening.take(f"队伍编号,金额,截至\n0001,5000,{told}\n").refused
    assert refusal.reason == f"{told} is no time such as 2024-05-08T21:00"


def test_a_line_of_sums_is_nobodys_and_waits_nowhere(evening: Evening) -> None:
    summed = evening.apply(FIRST + "合计,,,8000,80,\n总 计：,,,8000,80,\n")
    assert {r.reason for r in summed.refused if r.row > 7} == {"a line of sums, no unit"}
    assert "8,000" not in evening.office.coordinator("王主任").say("待办")


def test_a_cell_of_a_workbook_is_the_amount_that_it_shows(evening: Evening) -> None:
    path = evening.folder / "platform.xlsx"
    write_workbook(path, {"平台": [["编号", "金额"], [1, 5030.2999999999997], [2, 1e300], [3, 0.125]]})
    imported = read_platform(Source(evening.office.store, evening.office.campaign, path, "", None, "2024-05-08T21:00"))
    assert [line.figures.amount_fen for line in imported.compared.new] == [503_030]
    assert [refusal.row for refusal in imported.refused] == [3, 4]


def test_ten_thousands_are_never_read_as_yuan(evening: Evening) -> None:
    with pytest.raises(Unusable, match="no row of headings"):
        evening.take("小队名称,筹款金额（万元）\n永善县人民医院,0.5\n")


def test_the_audit_sees_a_touched_figure(evening: Evening) -> None:
    from storage.audit import verify

    evening.apply(FIRST)
    store, cid = evening.office.store, evening.office.campaign.id
    kept = store.platform.all(cid)["0001"]
    key = store.keys.platform(cid)
    store.database.hset(key, "0001", kept.model_copy(update={"amount_fen": 1}).model_dump_json())
    assert len(verify(evening.office.campaign, store.database, store.keys)) == 1
    store.database.hset(key, "0001", kept.model_dump_json())


def test_the_lists_are_told_and_given_to_programs(evening: Evening, capsys: pytest.CaptureFixture[str]) -> None:
    imported = evening.take(FIRST)
    imported.tell(as_json=False, applied=False)
    out = capsys.readouterr().out
    assert "new\trow 2\t永善县人民医院 #0001\t5,000.00元 50人次 + 120.50元" in out
    assert "differs\trow 3\t永善县第一中学 #0002\tplatform 3,000.00元, reported 2,800.00元" in out
    assert "reports only\t鲁甸县第一中学 #0004\treported 100.00元" in out
    assert "3 new, 0 same, 0 changed, 3 refused, 1 agrees, 1 differs, 1 platform only, 1 reports only" in out
    imported.tell(as_json=True, applied=False)
    told = json.loads(capsys.readouterr().out)
    assert [row["agreement"] for row in told["new"]] == ["agrees", "differs", "platform only"]
    assert told["reports_only"] == [{"team": "0004", "reported_fen": 10_000}]
