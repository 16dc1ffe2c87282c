"""Figures beyond the file's limit: after her yes they wait in 待办, counted nowhere until a coordinator passes them."""

import re

import pytest

from bot.simulator.people import SimulatedPerson
from storage.campaign_settings import Limits, Offline, Ranking
from storage.models.teams import Team
from storage.teams import Teams
from tests.conversations.conftest import Office, at
from tests.conversations.test_team_acts import told

UNIT = "永善县人民医院"
HUGE = "进度 99,999,999元 300人次"


@pytest.fixture
def li(office: Office) -> SimulatedPerson:
    li = office.captain("李敏", UNIT, "永善县")
    li.say("进度 5000元 50人次")
    return li


@pytest.fixture
def county(office: Office) -> SimulatedPerson:
    return office.coordinator("刘主任", "yongshan")


@pytest.fixture
def city(office: Office) -> SimulatedPerson:
    return office.coordinator("王主任", role="organizer")


def wait(li: SimulatedPerson, said: str = HUGE) -> str:
    """Say it, agree, and return what she is told."""
    asked = li.say(said)
    assert asked.endswith("回复“确认”，或“算了”"), asked
    assert "要等协调员核实" in asked, asked
    return li.say("确认")


def stands(office: Office, unit: str = UNIT) -> tuple[int, int]:
    team = office.team(unit)
    return team.amount_fen, team.donations


def test_a_strangers_99999999_yuan_counts_nowhere_until_it_is_passed(
    office: Office, li: SimulatedPerson, county: SimulatedPerson, city: SimulatedPerson
) -> None:
    elsewhere = office.coordinator("外县", "suijiang")
    answer = wait(li)
    assert answer.startswith("已登记 D1 等协调员核实：永善县人民医院（#0001） 累计（线上） 99,999,999.00元 300人次")
    assert "线上累计仍是 5,000.00元 50人次" in answer
    assert "请联系 昭通市红十字会" in answer
    assert stands(office) == (500_000, 50)
    for asked in ("战报", "排行", "县区排行", "增长榜"):
        assert "99,999" not in office.person("路人").say(asked)
    assert "等协调员核实：D1 累计（线上） 99,999,999.00元 300人次（还没有计入）" in li.say("我的队伍")
    for coordinator in (county, city):
        waiting = coordinator.say("待办")
        assert "D1 永善县人民医院（#0001） 累计（线上） 99,999,999.00元 300人次" in waiting
        assert "5,000.00元 50人次 → 99,999,999.00元 300人次" in waiting
    assert office.sound()
    for coordinator in (county, city):
        [notice] = told(office, coordinator)
        assert notice.startswith("待办 D1：永善县人民医院（#0001） 累计（线上） 99,999,999.00元 300人次（5,000.00元"), (
            notice
        )
        assert "发“通过 D1”或“退回 D1 原因”" in notice
    assert told(office, elsewhere) == told(office, li) == []
    passed = county.say("通过 D1")
    assert passed.startswith("已通过 D1，已记入：永善县人民医院（#0001）"), passed
    assert "5,000.00元 → 99,999,999.00元" in passed
    assert stands(office) == (9_999_999_900, 300)
    assert told(office, li)[-1].startswith("永善县协调员通过了 D1：您的队伍 永善县人民医院（#0001）")
    assert "99,999,999.00元" in office.person("路人").say("战报")
    assert county.say("待办") == "没有等您处理的事项。"
    assert "等协调员核实" not in li.say("我的队伍")
    assert office.ledger()[-1] == "report.accepted"


def test_what_was_passed_is_the_captains_own_report(
    office: Office, li: SimulatedPerson, county: SimulatedPerson
) -> None:
    wait(li)
    county.say("通过 D1")
    assert li.say("撤回").startswith("已撤回")
    assert stands(office) == (500_000, 50)


def test_it_is_returned_with_a_reason_and_the_captain_reports_anew(
    office: Office, li: SimulatedPerson, county: SimulatedPerson
) -> None:
    wait(li)
    answer = county.say("退回 D1 请核对小数点")
    assert answer.startswith("已退回 D1：永善县人民医院（#0001） 累计（线上） 99,999,999.00元")
    assert "原因：请核对小数点" in answer
    notice = told(office, li)[-1]
    assert notice.startswith("永善县协调员退回了 D1")
    assert "原因：请核对小数点" in notice
    assert "线上累计仍是 5,000.00元 50人次" in notice
    assert county.say("待办") == "没有等您处理的事项。"
    assert li.say("进度 9999元 99人次").startswith("已记录")
    assert stands(office) == (999_900, 99)


def test_the_teams_history_tells_all_of_it(office: Office, li: SimulatedPerson, county: SimulatedPerson) -> None:
    wait(li)
    county.say("退回 D1 请核对")
    county.say("撤销")
    county.say("确认")
    county.say("通过 D1")
    county.say("撤销")
    county.say("确认")
    history = county.say("明细 0001")
    for line in (
        "D1 等协调员核实：累计（线上） 99,999,999.00元 300人次，没有计入（队长）",
        "D1 退回，没有计入（永善县协调员）",
        "D1 重新等协调员核实（永善县协调员）",
        "5,000.00元 50人次 → 99,999,999.00元 300人次，D1 通过（永善县协调员）",
        "D1 的通过撤销了，重新等协调员核实",
    ):
        assert line in history, history


def test_who_takes_it_first_is_said_to_the_second(
    office: Office, li: SimulatedPerson, county: SimulatedPerson, city: SimulatedPerson
) -> None:
    wait(li)
    office.go_to("2024-04-20T10:31:05")
    assert county.say("接手 D1").startswith("已接手 D1：永善县人民医院（#0001）")
    second = city.say("接手 D1")
    assert re.search(r"D1 已由永善县协调员在 4月20日10:31:0\d 先接手，不能再接手", second), second
    assert county.say("接手 D1").startswith("已接手 D1")
    assert office.ledger().count("review.taken") == 1
    assert "已有人接手" in city.say("待办")


@pytest.mark.parametrize(("word", "again"), [("通过 D1", "已通过 D1"), ("退回 D1 不对", "没有再通知一次")])
def test_twice_is_once_and_somebody_elses_second_press_is_told_who_was_first(
    office: Office, li: SimulatedPerson, county: SimulatedPerson, city: SimulatedPerson, word: str, again: str
) -> None:
    wait(li)
    before = len(office.ledger())
    county.say(word)
    assert again in county.say(word)
    for other in ("通过 D1", "退回 D1 另有原因"):
        answer = city.say(other)
        assert "D1 已由永善县协调员在 4月20日" in answer, answer
        assert "不能再办" in answer
    assert len(office.ledger()) == before + 1
    assert len(told(office, li)) == 1


def test_the_team_has_moved_so_the_new_state_is_shown_and_asked(
    office: Office, li: SimulatedPerson, county: SimulatedPerson
) -> None:
    wait(li)
    li.say("进度 6000元 60人次")
    asked = county.say("通过 D1")
    assert "D1 还没有通过" in asked
    assert "6,000.00元 60人次 → 99,999,999.00元 300人次" in asked
    assert asked.endswith("回复“确认”，或“算了”")
    assert stands(office) == (600_000, 60)
    office.store.clock.advance_to(at("2024-04-20T10:20"))  # type: ignore[attr-defined]  # a rehearsal
    li.say("进度 6100元 61人次")
    again = county.say("确认")
    assert "6,100.00元 61人次 → 99,999,999.00元" in again
    assert county.say("确认").startswith("已通过 D1")
    assert stands(office) == (9_999_999_900, 300)


def test_an_increment_that_waited_is_added_to_what_stands_then(
    office: Office, li: SimulatedPerson, county: SimulatedPerson
) -> None:
    wait(li, "又筹了2000000元")
    li.say("又筹了700")
    asked = county.say("通过 D1")
    assert "5,700.00元 50人次 → 2,005,700.00元" in asked
    county.say("确认")
    assert stands(office)[0] == 200_570_000


def test_what_was_said_yesterday_belongs_to_yesterday(
    office: Office, li: SimulatedPerson, county: SimulatedPerson
) -> None:
    wait(li, "今天新增2000000元")
    office.go_to("2024-04-21T09:00")
    assert county.say("通过 D1").startswith("已通过 D1")
    assert stands(office)[0] == 200_000_000
    assert "今日：0.00元" in li.say("我的队伍")


def test_what_was_said_yesterday_is_not_passed_over_what_came_since(
    office: Office, li: SimulatedPerson, county: SimulatedPerson
) -> None:
    wait(li)
    office.go_to("2024-04-21T09:00")
    li.say("又筹了700")
    answer = county.say("通过 D1")
    assert "D1（累计（线上） 99,999,999.00元 300人次）已经接不上，不能通过" in answer
    assert stands(office)[0] == 570_000
    assert county.say("退回 D1").startswith("已退回 D1")


@pytest.mark.parametrize("word", ["通过 D1", "退回 D1 弄错"])
def test_a_decision_is_undone_while_nothing_was_built_on_it(
    office: Office, li: SimulatedPerson, county: SimulatedPerson, word: str
) -> None:
    wait(li)
    before = office.team(UNIT)
    county.say(word)
    assert "D1 回到待办" in county.say("撤销")
    assert county.say("确认").startswith("已撤销 对 D1 的处理")
    after = office.team(UNIT)
    assert after.model_copy(update={"version": before.version}) == before
    assert "D1 永善县人民医院" in county.say("待办")
    assert any("重新等待核实" in text for text in told(office, li))
    assert "没有可以撤销的操作" in county.say("撤销")
    assert county.say("通过 D1").startswith("已通过 D1")
    assert stands(office) == (9_999_999_900, 300)


def test_a_decision_is_not_undone_once_something_was_built_on_it(
    office: Office, li: SimulatedPerson, county: SimulatedPerson
) -> None:
    wait(li)
    county.say("通过 D1")
    li.say("又筹了100")
    answer = county.say("撤销")
    assert "不能直接撤销" in answer
    assert "撤回 0001" in answer


def test_by_the_code_of_a_team_where_exactly_one_waits(
    office: Office, li: SimulatedPerson, county: SimulatedPerson
) -> None:
    wait(li)
    wait(li, "又筹了3000000元")
    answer = county.say("通过 0001")
    assert "有几条等待核实，请用编号" in answer
    assert "D1" in answer
    assert "D2" in answer
    assert stands(office)[0] == 500_000
    assert county.say("退回 D2").startswith("已退回 D2")
    assert county.say("通过 0001").startswith("已通过 D1")
    assert "不能通过或驳回" in county.say("通过 0001")


@pytest.mark.parametrize("said", ["接手 1", "退回 1 不对", "通过 1", "驳回 1", "接手", "退回"])
def test_a_bare_number_is_never_a_matter(
    office: Office, li: SimulatedPerson, county: SimulatedPerson, said: str
) -> None:
    wait(li)
    before = office.ledger()
    assert re.search("不能|请带上|没有这个编号", county.say(said))
    assert office.ledger() == before


def test_others_may_not_and_are_told_what_they_may(office: Office, li: SimulatedPerson) -> None:
    wait(li)
    foreign = office.coordinator("外县", "suijiang")
    for said in ("接手 D1", "通过 D1", "退回 D1 不对", "驳回 D1"):
        for person in (li, office.person("路人")):
            assert "不能" in person.say(said), said
        assert "没有这个编号：D1" in foreign.say(said)
    assert foreign.say("待办") == "没有等您处理的事项。"
    assert stands(office)[0] == 500_000
    assert office.team(UNIT).held == ("D1",)


def test_a_role_that_was_taken_away_in_between_passes_nothing(
    office: Office, li: SimulatedPerson, county: SimulatedPerson
) -> None:
    wait(li)
    li.say("进度 6000元 60人次")
    assert "还没有通过" in county.say("通过 D1")
    office.revoke(county)
    assert "不能" in county.say("确认")
    assert stands(office)[0] == 600_000
    assert office.team(UNIT).held == ("D1",)


def test_after_the_close_a_coordinator_still_decides(
    office: Office, li: SimulatedPerson, county: SimulatedPerson
) -> None:
    wait(li)
    asked = li.say("又筹了2000000元")
    assert "要等协调员核实" in asked
    office.store.campaigns.close(office.campaign.id, office.store.clock.now())
    office._forget_cache()
    assert "不能" in li.say("确认")
    assert office.team(UNIT).held == ("D1",)
    assert county.say("通过 D1").startswith("已通过 D1")
    assert stands(office)[0] == 9_999_999_900


def test_a_captain_takes_back_what_waits_and_never_an_older_report_instead(
    office: Office, li: SimulatedPerson, county: SimulatedPerson
) -> None:
    wait(li)
    answer = li.say("撤回")
    assert answer.startswith("已撤回 D1：永善县人民医院（#0001）"), answer
    assert stands(office) == (500_000, 50)
    assert "D1 已由上报的人在" in county.say("通过 D1")
    wait(li)
    li.say("又筹了300")
    assert "5,000.00元" in li.say("撤回")
    assert stands(office)[0] == 500_000
    assert li.say("撤回 D2").startswith("已撤回 D2")
    assert office.team(UNIT).held == ()


def test_a_correction_beyond_the_limit_waits_and_is_passed_in_its_place(
    office: Office, li: SimulatedPerson, county: SimulatedPerson
) -> None:
    answer = wait(li, "更正 2000000元")
    assert answer.startswith("已登记 D1 等协调员核实：永善县人民医院（#0001） 更正（线上） 2,000,000.00元 50人次")
    assert stands(office) == (500_000, 50)
    assert county.say("通过 D1").startswith("已通过 D1")
    assert stands(office) == (200_000_000, 50)
    assert office.ledger()[-1] == "report.corrected"
    assert county.say("撤销").endswith("回复“确认”，或“算了”")
    county.say("确认")
    assert stands(office) == (500_000, 50)


def test_a_first_report_that_waits_cannot_be_corrected_but_taken_back(office: Office) -> None:
    wang = office.captain("王芳", "绥江县第一中学", "绥江县")
    wait(wang)
    assert "先发“撤回 D1”" in wang.say("更正 5000元")
    assert office.team("绥江县第一中学").held == ("D1",)


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("进度 600000元 50人次", "平均每人次超过1万元"),
        ("进度 500100元 9000人次", "超过已记录的100倍"),
        ("进度 30元 5人次", "不到已记录的100分之一"),
    ],
)
def test_every_limit_of_the_file_makes_figures_wait(office: Office, li: SimulatedPerson, said: str, why: str) -> None:
    assert why in wait(li, said)
    assert stands(office) == (500_000, 50)


def test_the_limits_are_the_files_own(office: Office, li: SimulatedPerson) -> None:
    office.publish(office.campaign.model_copy(update={"limits": Limits(amount=300_000)}))
    assert "一次增加超过3000元" in wait(li, "进度 9000元 90人次")
    assert li.say("进度 7900元 79人次").startswith("已记录")


def test_offline_gifts_wait_where_the_file_says_so(
    office: Office, li: SimulatedPerson, county: SimulatedPerson
) -> None:
    assert li.say("线下 800元").startswith("已记录")
    office.publish(office.campaign.model_copy(update={"offline": Offline(approve=True)}))
    assert "线下累计仍是 800.00元" in wait(li, "线下 900元")
    assert li.say("进度 5100元 51人次").startswith("已记录")
    assert "不能直接改过去" in li.say("刚才那笔是线下的")
    assert county.say("通过 0001").startswith("已通过 D1")
    assert office.team(UNIT).offline.amount_fen == 90_000


def test_a_waiting_report_counts_as_heard(office: Office, li: SimulatedPerson, county: SimulatedPerson) -> None:
    office.go_to("2024-04-21T09:00")
    assert UNIT in county.say("未报")
    wait(li)
    assert UNIT not in county.say("未报")


def test_a_moved_team_takes_what_waits_along(
    office: Office, li: SimulatedPerson, county: SimulatedPerson, city: SimulatedPerson
) -> None:
    suijiang = office.coordinator("绥江", "suijiang")
    wait(li)
    city.say("移区 0001 绥江县")
    assert office.sound()
    assert county.say("待办") == "没有等您处理的事项。"
    assert "没有这个编号：D1" in county.say("通过 D1")
    assert "D1" in suijiang.say("待办")
    assert suijiang.say("通过 D1").startswith("已通过 D1")


def test_the_list_goes_page_by_page_and_by_time(office: Office, county: SimulatedPerson) -> None:
    names = [f"永善县第{n}中学" for n in "一二三四五六七八九十"]
    for n, name in enumerate(names):
        captain = office.captain(f"李小{n}", name, "永善县")
        wait(captain)
        office.wait(minutes=1)
    first = county.say("待办")
    assert "待核实的数字 10条" in first
    assert first.index("D1 ") < first.index("D2 ")
    assert "发“更多”" in first
    second = county.say("更多")
    assert "D10 " in second
    assert "D1 " not in second


def test_what_waits_for_a_team_that_is_off_the_lists_is_not_passed(
    office: Office, li: SimulatedPerson, county: SimulatedPerson
) -> None:
    wait(li)
    county.say("停用 0001 冒名")
    assert "先发“启用 0001”" in county.say("通过 D1")
    county.say("启用 0001")
    assert county.say("通过 D1").startswith("已通过 D1")


def test_who_comes_between_the_two_readings_was_first(
    office: Office, li: SimulatedPerson, county: SimulatedPerson, city: SimulatedPerson, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The matter was read as open and its team as the other one left it: no question is made of the two."""
    wait(li)
    read, meanwhile = Teams.get, ["通过 D1"]

    def get(teams: Teams, campaign: str, code: str) -> Team:
        if meanwhile:
            assert city.say(meanwhile.pop()).startswith("已通过 D1")
        return read(teams, campaign, code)

    monkeypatch.setattr(Teams, "get", get)
    assert "D1 已由昭通市组织方在" in county.say("通过 D1")
    assert stands(office) == (9_999_999_900, 300)


def test_what_waits_for_a_team_that_was_merged_is_returned(
    office: Office, li: SimulatedPerson, county: SimulatedPerson
) -> None:
    office.captain("王芳", "永善县中医院", "永善县").say("进度 8000元 70人次")
    wait(li)
    preview = county.say("合并 0001 0002")
    assert "请回复数字" in preview
    assert "#0001 有等核实的 D1，还没有计入，合并后不能再通过" in preview
    assert county.say("1").startswith("已合并")
    assert office.sound()
    assert "｜已并入 #0002" in county.say("待办")
    assert "已并入 #0002，D1 不能通过" in county.say("通过 D1")
    assert county.say("退回 D1 已合并").startswith("已退回 D1")


def test_a_list_leaves_such_a_line_alone(office: Office, li: SimulatedPerson, county: SimulatedPerson) -> None:
    office.captain("王芳", "永善县第一中学", "永善县")
    answer = county.say("1. 永善县人民医院 累计3000000元\n2. 永善县第一中学 累计900元")
    assert "要等协调员核实，请单独上报这一支" in answer
    county.say("确认")
    assert stands(office)[0] == 500_000
    assert stands(office, "永善县第一中学")[0] == 90_000


@pytest.mark.parametrize(
    "said", ["拆成500笔报9500元", "刷单刷到9500元", "先垫300凑到9500，明天返还", "累计9500元，回头单位报销"]
)
def test_farming_is_refused_with_the_rule_and_opens_a_case_quietly(
    office: Office, li: SimulatedPerson, county: SimulatedPerson, said: str
) -> None:
    answer = li.say(said)
    assert "没有记录，不能上报" in answer, answer
    assert "依据：通知 一、通知 五" in answer
    assert "案件" not in answer
    assert stands(office) == (500_000, 50)
    assert office.ledger()[-1] == "incident.opened"
    assert any("案件编号 D1" in text for text in told(office, county))


@pytest.mark.parametrize("said", ["刷新纪录，累计9500元 90人次", "横幅花了380元，找单位报销，累计9500元 90人次"])
def test_what_only_sounds_like_it_opens_no_case(office: Office, li: SimulatedPerson, said: str) -> None:
    li.say(said)
    assert "incident.opened" not in office.ledger()


def test_nothing_of_what_waits_is_shown_where_the_ranking_is_off(office: Office, li: SimulatedPerson) -> None:
    office.publish(office.campaign.model_copy(update={"ranking": Ranking(mode="off")}))
    wait(li)
    assert "等协调员核实" in li.say("我的队伍")
    assert "等协调员核实" not in office.person("路人").say("#0001")


@pytest.mark.parametrize("reason", ["人次和金额是不是填反了", "请再看看平台上到底是多少？", "单位写错了吧"])
def test_a_reason_may_ask(office: Office, li: SimulatedPerson, county: SimulatedPerson, reason: str) -> None:
    wait(li)
    answer = county.say(f"退回 D1 {reason}")
    assert answer.startswith("已退回 D1：")
    assert f"原因：{reason.rstrip('？')}" in answer


def test_who_asks_how_gives_nothing_back(office: Office, li: SimulatedPerson, county: SimulatedPerson) -> None:
    wait(li)
    county.say("退回 D1 怎么操作")
    assert "review.returned" not in office.ledger()


def test_given_back_twice_the_second_reason_is_not_said_to_be_told(
    office: Office, li: SimulatedPerson, county: SimulatedPerson
) -> None:
    wait(li)
    county.say("退回D1")
    before = told(office, li)
    answer = county.say("退回D1 小数点错位了")
    assert "没有再通知一次" in answer
    assert "小数点" not in answer
    assert told(office, li) == before
