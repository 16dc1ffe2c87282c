"""三方差异: the platform says otherwise than was reported at that moment, and what a coordinator makes of it."""

from datetime import date
from pathlib import Path

import pytest

from bot.simulator.people import SimulatedPerson
from storage.audit import verify
from storage.models.teams import Team
from storage.teams import Teams
from tests.conversations.conftest import Office, app, office, settings, webhook, zhaotong
from tests.conversations.test_team_acts import told
from tests.imports.test_platform import HEAD, Evening

__all__ = ["app", "office", "settings", "webhook", "zhaotong"]

EVENING = HEAD + "永善县人民医院,https://p/1,人道暖昭通,3000.00,30,\n绥江县第一中学,https://p/2,,700,7,\n"
LINE = (
    "D1 永善县人民医院（#0001） 上报2,800.00元｜平台已核定3,000.00元 30人次（截至5月8日21:00）｜上次核定无"
    "｜相差200.00元"
)


@pytest.fixture
def evening(office: Office, tmp_path: Path) -> Evening:
    """#0001 of 永善县 reported 2,800, #0002 of 绥江县 700; the platform's file of the evening says 3,000 and 700."""
    office.captain("李敏", "永善县人民医院", "永善县")
    office.captain("赵强", "绥江县第一中学", "绥江县")
    office.go_to("2024-05-08T15:00")
    office.person("李敏").say("进度 2800元 28人次")
    office.person("赵强").say("进度 700元 7人次")
    office.go_to("2024-05-08T21:30")
    evening = Evening(office, tmp_path)
    evening.apply(EVENING)
    return evening


@pytest.fixture
def liu(evening: Evening) -> SimulatedPerson:
    return evening.office.coordinator("刘主任", "yongshan")


def online(evening: Evening) -> tuple[int, int]:
    total = evening.office.team("永善县人民医院").online
    return total.amount_fen, total.donations


def test_it_waits_in_her_region_and_the_platforms_figure_is_adopted_and_put_back(
    evening: Evening, liu: SimulatedPerson
) -> None:
    office, li = evening.office, evening.office.person("李敏")
    assert LINE in liu.say("待办")
    assert LINE in liu.say("差异")
    assert liu.say("D1").startswith(LINE)
    assert "采用平台 D1" in liu.say("通过 D1")
    assert "采用平台 D1" in liu.say("接手 D1")
    assert office.coordinator("冯主任", "suijiang").say("待办") == "没有等您处理的事项。"
    assert "没有这个编号：D1" in office.person("冯主任").say("采用平台 D1")
    assert "不能" in li.say("采用平台 0001")
    said = liu.say("采用平台 0001")
    assert said.startswith("已更正 D1 采用平台：永善县人民医院（#0001） 线上累计2,800.00元 → 3,000.00元 30人次"), said
    assert online(evening) == (300_000, 30)
    assert told(office, li)[-1].startswith(
        "永善县协调员按平台的数字更正了您的队伍 永善县人民医院（#0001） 的线上累计：2,800.00元 → 3,000.00元 30人次"
    )
    assert "当时上报2,800.00元，相差200.00元，已按平台更正" in li.say("我的队伍")
    assert "3,000.00元 30人次，采用平台 D1（永善县协调员" in liu.say("明细 0001")
    assert liu.say("待办") == "没有等您处理的事项。"
    assert liu.say("采用平台 D1").startswith("已更正 D1")
    assert "已由永善县协调员在" in office.coordinator("陈主任", "yongshan").say("保留上报 D1")
    assert "撤销后线上累计恢复为上报的数字，D1 回到待办" in liu.say("撤销")
    assert liu.say("确认").startswith("已撤销 对 D1 的处理，永善县人民医院（#0001） 线上累计2,800.00元 28人次")
    assert online(evening) == (280_000, 28)
    assert LINE in liu.say("待办")
    assert office.ledger().count("report.corrected") == 1


def test_what_was_reported_stays_until_the_platforms_figure_changes(evening: Evening, liu: SimulatedPerson) -> None:
    office = evening.office
    assert liu.say("保留上报 D1").startswith("已登记 D1 保留上报：永善县人民医院（#0001） 线上累计不变，仍是2,800.00元")
    assert "先保留您的上报" in told(office, office.person("李敏"))[-1]
    assert "相差200.00元，协调员保留了上报" in office.person("李敏").say("我的队伍")
    entries = len(office.ledger())
    evening.apply(EVENING)
    assert len(office.ledger()) == entries
    office.go_to("2024-05-09T21:30")
    evening.apply(EVENING, "2024-05-09T21:00")
    assert liu.say("待办") == "没有等您处理的事项。"
    evening.apply(EVENING.replace("3000.00", "3100.00"), "2024-05-09T21:10")
    assert "平台已核定3,100.00元 30人次（截至5月9日21:10）｜上次核定3,000.00元" in liu.say("差异")
    office.go_to("2024-05-10T21:30")
    evening.apply(EVENING.replace("3000.00", "2800.00"), "2024-05-10T21:00")
    assert liu.say("待办") == "没有等您处理的事项。"
    assert "与当时的上报一致" in office.person("李敏").say("我的队伍")


def test_the_captain_is_given_both_figures_and_her_correction_settles_it(
    evening: Evening, liu: SimulatedPerson
) -> None:
    office, li = evening.office, evening.office.person("李敏")
    assert liu.say("请队长核对 D1").startswith("已通知 永善县人民医院（#0001） 的队长核对 D1")
    notice = told(office, li)[-1]
    assert "您上报2,800.00元，平台已核定3,000.00元 30人次" in notice
    assert "更正 0001 3,000.00元" in notice
    assert "｜已请队长核对" in liu.say("待办")
    assert li.say("更正 0001 3,000.00元").startswith("已更正")
    assert liu.say("待办") == "没有等您处理的事项。"
    assert "与平台一致，D1 了结" in li.say("明细")
    assert "之后已经一致" in li.say("我的队伍")


def test_who_has_reported_since_is_shown_what_adopting_would_make_of_it(evening: Evening, liu: SimulatedPerson) -> None:
    evening.office.person("李敏").say("进度 3500元 35人次")
    asked = liu.say("采用平台 D1")
    assert "现在的线上累计已经不是当时的2,800.00元" in asked
    assert "线上累计：3,500.00元 → 3,000.00元" in asked
    assert online(evening) == (350_000, 35)
    assert liu.say("确认").startswith("已更正 D1 采用平台")
    assert online(evening) == (300_000, 30)


def test_it_goes_with_its_team_into_another_region(evening: Evening, liu: SimulatedPerson) -> None:
    city = evening.office.coordinator("王主任", role="organizer")
    assert city.say("移区 0001 绥江县").startswith("已移区")
    assert liu.say("待办") == "没有等您处理的事项。"
    assert LINE in evening.office.coordinator("冯主任", "suijiang").say("差异")


def test_who_comes_between_the_two_readings_was_first(
    evening: Evening, liu: SimulatedPerson, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The matter was read as open and its team as the other one left it: no question is made of the two."""
    chen = evening.office.coordinator("陈主任", "yongshan")
    read, meanwhile = Teams.get, ["采用平台 D1"]

    def get(teams: Teams, campaign: str, code: str) -> Team:
        if meanwhile:
            assert chen.say(meanwhile.pop()).startswith("已更正 D1")
        return read(teams, campaign, code)

    monkeypatch.setattr(Teams, "get", get)
    assert "已由永善县协调员在" in liu.say("采用平台 D1")
    assert evening.office.ledger().count("report.corrected") == 1


def test_of_a_team_off_the_lists_it_is_kept_as_reported_and_nobody_is_asked(
    evening: Evening, liu: SimulatedPerson
) -> None:
    office, li = evening.office, evening.office.person("李敏")
    before = len(told(office, li))
    liu.say("停用 0001 重复登记")
    assert "｜已停用" in liu.say("差异")
    for word in ("采用平台", "请队长核对"):
        assert "要采用请先发“启用 0001”；了结这一条请发“保留上报 D1”" in liu.say(f"{word} D1")
    assert len(told(office, li)) == before + 1, "that it was disabled, and nothing to look at"
    assert liu.say("保留上报 D1").startswith("已登记 D1 保留上报")
    assert liu.say("差异") == "没有与平台相差、等您处理的队伍。"


def test_money_of_a_team_that_reported_nothing_waits_too(evening: Evening, liu: SimulatedPerson) -> None:
    office = evening.office
    liu.say("补录 永善县第一中学 永善县 人道暖昭通 队长王芳 13900000000")
    wang = office.person("王芳")
    code = liu.say("认领码 0003").rsplit("认领 ")[-1][:6]
    wang.say(f"认领 {code}")
    office.go_to("2024-05-09T09:00")
    evening.apply(HEAD + "永善县第一中学,https://p/3,,900,9,\n绥江县第一中学,,,700,7,\n", "2024-05-08T22:00")
    assert (
        "D2 永善县第一中学（#0003） 上报无｜平台已核定900.00元 9人次（截至5月8日22:00）｜上次核定无｜只在平台"
        in liu.say("待办")
    )
    assert liu.say("请队长核对 0003").startswith("已通知")
    assert "您还没有上报，平台已核定900.00元 9人次。平台的数字对的话，发“进度 0003 900.00元”" in told(office, wang)[-1]
    assert liu.say("采用平台 0003").startswith(
        "已更正 D2 采用平台：永善县第一中学（#0003） 线上累计0.00元 → 900.00元 9人次"
    )
    team = office.team("永善县第一中学")
    assert (team.online.amount_fen, team.today_fen(date(2024, 5, 9))) == (90_000, 0), "it was yesterday's"
    assert "采用平台 D2" in liu.say("明细 0003")
    liu.say("撤销")
    assert liu.say("确认").startswith("已撤销 对 D2 的处理")
    assert office.team("永善县第一中学").online.report == ""
    assert liu.say("保留上报 D2").startswith("已登记 D2 保留上报")
    assert wang.say("进度 800元 8人次").startswith("已记录")
    assert verify(office.campaign, office.store.database, office.store.keys) == []


def test_who_first_reports_what_the_platform_says_settles_it(evening: Evening, liu: SimulatedPerson) -> None:
    liu.say("补录 永善县第一中学 永善县 人道暖昭通 队长王芳 13900000000")
    evening.apply("编号,金额,人次\n0003,900,9\n")
    assert "D2" in liu.say("差异")
    assert liu.say("进度 0003 900元 9人次").startswith("已记录")
    assert "D2" not in liu.say("差异")


def test_a_first_report_after_the_moment_of_the_table_is_for_the_next_one_to_be_compared_with(
    evening: Evening, liu: SimulatedPerson
) -> None:
    liu.say("补录 永善县第一中学 永善县 人道暖昭通 队长王芳 13900000000")
    liu.say("进度 0003 950元 9人次")
    evening.apply("编号,金额,人次\n0003,900,9\n")
    assert "D2" not in liu.say("差异")


def test_what_it_is_about_may_stand_before_the_word(evening: Evening, liu: SimulatedPerson) -> None:
    for asked in ("平台差异有哪些", "与平台相差的队伍", "哪些队和平台对不上"):
        assert LINE in liu.say(asked)
    for said in ("D1 请队长核对一下", "0001让队长核实一下"):
        assert "的队长核对 D1" in liu.say(said)
    assert liu.say("把D1保留上报").startswith("已登记 D1 保留上报")
    liu.say("撤销")
    assert liu.say("确认").startswith("已撤销")
    assert liu.say("0001 采用平台的数字吧").startswith("已更正 D1 采用平台")
