"""改名 移区 改项目 停用 启用 and 撤销: what a coordinator does to a team, and what its captain is told."""

import re

import pytest

from bot.simulator.people import SimulatedPerson
from storage.announcements import THRESHOLD
from tests.conversations.conftest import Office

ACTS = {
    "改名 0001 永善县中医院": "已改名 永善县中医院（#0001）",
    "移区 0001 绥江县": "已移区 永善县人民医院（#0001）",
    "改项目 0001 童享阳光": "已改项目 永善县人民医院（#0001）",
    "停用 0001 冒名": "已停用 永善县人民医院（#0001）",
}


@pytest.fixture
def li(office: Office) -> SimulatedPerson:
    li = office.captain("李敏", "永善县人民医院", "永善县")
    li.say("进度 5000元 50人次")
    return li


@pytest.fixture
def county(office: Office, li: SimulatedPerson) -> SimulatedPerson:
    return office.coordinator("刘主任", "yongshan")


@pytest.fixture
def city(office: Office, li: SimulatedPerson) -> SimulatedPerson:
    return office.coordinator("王主任", role="organizer")


def told(office: Office, person: SimulatedPerson) -> list[str]:
    """What waits in the outbox for a person, as it would be sent; notes of the threshold are told of elsewhere."""
    queued = [each.notification for each in office.store.outbox.list(office.campaign.id)]
    return [push.text for push in queued if push.person == office.id_of(person) and push.job != THRESHOLD]


@pytest.mark.parametrize(("said", "done"), ACTS.items())
def test_an_act_is_done_told_to_the_captain_and_undone(
    office: Office, li: SimulatedPerson, city: SimulatedPerson, said: str, done: str
) -> None:
    before = office.team("永善县人民医院")
    answer = city.say(said)
    assert answer.startswith(done), answer
    assert "已通知队长" in answer
    [notice] = told(office, li)
    assert notice.startswith("昭通市组织方把您的队伍 永善县人民医院（#0001） ")
    assert office.sound()
    asked = city.say("撤销")
    assert asked.endswith("要撤销吗？回复“确认”，或“算了”")
    assert city.say("确认").startswith("已撤销 ")
    after = office.teams()[0]
    assert after.model_copy(update={"version": before.version}) == before
    assert len(told(office, li)) == 2
    assert "没有可以撤销的操作" in city.say("撤销")


def test_figures_go_with_a_team_into_its_new_region(office: Office, li: SimulatedPerson, city: SimulatedPerson) -> None:
    city.say("移区 0001 绥江县 登记时选错了")
    assert "第1名 绥江县 5,000.00元" in city.say("县区排行")
    assert "永善县" not in city.say("县区排行")
    assert "原因：登记时选错了" in told(office, li)[0]
    assert "永善县 → 绥江县" in told(office, li)[0]
    assert "第1名" in li.say("又筹了200")


def test_a_disabled_team_is_on_no_list_in_no_sum_and_reports_no_more(
    office: Office, li: SimulatedPerson, county: SimulatedPerson
) -> None:
    assert "5,000.00元" in office.person("路人").say("战报")
    county.say("停用 0001 冒名")
    for asked in ("战报", "排行", "县区排行"):
        assert "5,000" not in office.person("路人").say(asked)
        assert "人民医院" not in office.person("路人").say(asked)
    for person in (li, county):
        for said in (
            "进度 0001 6000元 60人次",
            "0001 又筹了2000000",
            "更正 0001 5",
            "撤回 0001",
            "改名 0001 永善县中医院",
        ):
            answer = person.say(said)
            assert "永善县人民医院（#0001） 已停用，不在名单上，不能操作；已有的记录都保留" in answer, (
                said,
                answer,
            )
    assert "已停用，不在名单上" in li.say("今天没有新增")
    assert "不是您的队伍" in office.person("路人").say("进度 0001 6000元")
    assert "已停用" in li.say("我的队伍")
    assert "共1支" in county.say("队伍 停用")
    assert "共0支" in county.say("队伍")
    assert county.say("启用 0001").startswith("已启用")
    assert li.say("进度 6000元 60人次").startswith("已记录")
    assert "6,000.00元" in office.person("路人").say("战报")


def test_nothing_is_undone_once_something_was_built_on_it(
    office: Office, li: SimulatedPerson, county: SimulatedPerson
) -> None:
    county.say("改名 0001 永善县中医院")
    li.say("又筹了100")
    answer = county.say("撤销")
    assert "不能直接撤销" in answer
    assert "改名 0001 永善县人民医院" in answer
    assert county.say("改名 0001 永善县人民医院").startswith("已改名")


@pytest.mark.parametrize("said", [*ACTS, "启用 0001"])
def test_others_may_not_and_are_told_who_does(office: Office, li: SimulatedPerson, said: str) -> None:
    for name, person in {
        "外县": office.coordinator("外县", "suijiang"),
        "路人": office.person("路人"),
        "王芳": office.captain("王芳", "绥江县第一中学", "绥江县"),
    }.items():
        before = office.team("永善县人民医院")
        assert "不能" in person.say(said), name
        assert office.team("永善县人民医院") == before


def test_a_figure_written_for_anothers_team_is_named_beside_the_last_act(
    office: Office, li: SimulatedPerson, county: SimulatedPerson
) -> None:
    assert "“撤回 编号”" in county.say("撤销")
    assert county.say("更正 0001 4800元 48人次").startswith("已更正")
    told = county.say("撤销")
    assert "您最近替 永善县人民医院（#0001） 记的是：更正（线上），报后累计 4,800.00元 48人次" in told
    assert county.say("改名 0001 永善县中医院").startswith("已改名")
    assert county.say("撤销").startswith("您最近一次操作：改名"), "which came after the figure"
    county.say("算了")
    assert county.say("代报 0001 线下累计 60元 6人次").startswith("已记录")
    li.say("线上 4900元 49人次")
    asked = county.say("撤销")
    assert "\n1. 撤销操作：改名 永善县中医院（#0001）\n2. 撤回您替 永善县中医院（#0001） 记的：累计（线下）" in asked
    assert county.say("2").startswith("已撤回"), "the channel that was hers, and not the newer one"
    team = office.teams()[0]
    assert (team.online.amount_fen, team.offline.amount_fen) == (490_000, 0)


def test_the_line_that_is_told_takes_the_figure_back(
    office: Office, li: SimulatedPerson, county: SimulatedPerson
) -> None:
    li.say("线下 70元 7人次")
    assert county.say("更正 0001 线上 4800元 48人次").startswith("已更正")
    line = county.say("撤销").partition("请发“")[2].partition("”")[0]
    assert line == "撤回 0001 线上"
    assert county.say(line).startswith("已撤回")
    assert office.team("永善县人民医院").online.amount_fen == 500_000
    assert len(told(office, li)) == 2


def test_a_county_moves_no_team_into_another_county(office: Office, county: SimulatedPerson) -> None:
    assert "绥江县不在您的辖区，不能移过去" in county.say("移区 0001 绥江县")
    assert office.team("永善县人民医院").region == "yongshan"


def test_a_captain_gives_her_own_team_its_right_name(office: Office, li: SimulatedPerson) -> None:
    assert li.say("改名 永善县中医院").startswith("已改名 永善县中医院（#0001）")
    assert told(office, li) == []
    assert "不能改成“13900000000”" in li.say("改名 13900000000")
    assert "永善县中医院（#0001）" in li.say("我的队伍")


def test_a_name_that_is_held_is_not_given_twice(office: Office, county: SimulatedPerson) -> None:
    office.captain("王芳", "永善县中医院", "永善县")
    answer = county.say("改名 0001 永善县中医院")
    assert "已有 永善县中医院（#0002），不能重名" in answer
    assert office.team("永善县人民医院").code == "0001"


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("改名", "请带上队伍编号，例如：改名 0012 永善县第一中学"),
        ("移区 0001 火星", "没有找到县区“火星”，不能移区"),
        ("改项目 0001 登月", "没有找到项目“登月”，不能改项目"),
        ("停用 0999", "没有“0999”这支队伍"),
        ("启用 0001", "没有停用，不能启用"),
        ("撤销 0001", "“撤回 0001”"),
    ],
)
def test_a_slip_gets_a_line_to_type(county: SimulatedPerson, said: str, answer: str) -> None:
    assert answer in county.say(said)


def test_undoing_from_who_has_no_role_is_taking_back(office: Office, li: SimulatedPerson) -> None:
    assert li.say("撤销").startswith("已撤回")


def test_who_has_a_role_and_leads_a_team_chooses(office: Office, li: SimulatedPerson) -> None:
    office.coordinator("李敏", "yongshan")
    li.say("改项目 0001 童享阳光")
    asked = li.say("撤销")
    assert "\n1. 撤销操作：改项目" in asked
    assert "\n2. 撤回自己队伍最近一次上报：累计（线上），报后累计 5,000.00元 50人次" in asked
    assert li.say("2").startswith("已撤回")
    assert "不能直接撤销" in li.say("撤销")


@pytest.mark.parametrize(
    ("said", "notice"),
    [
        (
            "进度 0001 6000元 60人次",
            "永善县协调员为您的队伍 永善县人民医院（#0001） 记了累计（线上）：5,000.00元 50人次 → 6,000.00元",
        ),
        ("更正 0001 5200元", "记了更正（线上）：5,000.00元 50人次 → 5,200.00元 50人次"),
        ("撤回 0001", "撤回了您的队伍 永善县人民医院（#0001） 的一次上报：累计（线上） 5,000.00元 50人次"),
    ],
)
def test_the_captain_is_told_of_figures_written_for_her_team(
    office: Office, li: SimulatedPerson, county: SimulatedPerson, said: str, notice: str
) -> None:
    county.say(said)
    [told_her] = told(office, li)
    assert notice in told_her
    assert "永善县协调员）" in county.say("明细 0001").split("\n")[1]


def test_nobody_is_told_of_her_own_reports(office: Office, li: SimulatedPerson) -> None:
    li.say("又筹了100")
    office.coordinator("李敏", "yongshan").say("又筹了120")
    assert told(office, li) == []


def code_in(answer: str) -> str:
    return re.search(r"^认领 ([0-9A-Z]{6}) 姓名 电话$", answer, re.MULTILINE)[1]  # type: ignore[index]  # it is there


def test_a_team_is_handed_over_when_the_successor_claims_it(office: Office, li: SimulatedPerson) -> None:
    answer = li.say("移交")
    assert "撤销" not in answer, "from a captain it would take her report back"
    code = code_in(answer)
    assert li.say("又筹了100").startswith("已记录")
    wang = office.person("王芳")
    assert wang.say(f"认领 {code} 王芳 13800000000").startswith("已登记 您是 永善县人民医院（#0001）")
    assert wang.say("又筹了120").startswith("已记录")
    assert "您还没有队伍" in li.say("进度 6000元")
    assert "已由新队长接任" in told(office, li)[-1]
    assert "不能认领" in office.person("路人").say(f"认领 {code}")
    assert office.team("永善县人民医院").captains == (office.id_of(wang),)


def test_a_second_captain_reports_beside_the_first(office: Office, li: SimulatedPerson) -> None:
    wang = office.person("王芳")
    wang.say(f"认领 {code_in(li.say('加队长'))} 王芳 13800000000")
    assert wang.say("又筹了120").startswith("已记录")
    assert li.say("又筹了130").startswith("已记录")
    office.person("赵强").say(f"认领 {code_in(wang.say('加队长'))} 赵强 13800000001")
    assert "已有3位队长，不能再加" in li.say("加队长")
    assert "您已经是" in li.say(f"认领 {code_in(li.say('移交'))}")
    li.say("注销")
    li.say("确认")
    assert wang.say("又筹了140").startswith("已记录")


def test_a_coordinator_replaces_a_captain_and_gives_codes(
    office: Office, li: SimulatedPerson, county: SimulatedPerson
) -> None:
    first = code_in(county.say("换队长 0001"))
    second = code_in(county.say("换队长 0001"))
    assert first != second
    assert "准备移交给新队长" in told(office, li)[0]
    assert "不能认领" in office.person("王芳").say(f"认领 {first}")
    assert county.say("撤销").endswith("回复“确认”，或“算了”")
    county.say("确认")
    assert "不能认领" in office.person("王芳").say(f"认领 {second}")
    county.say("组队 永善县中医院 永善县 人道暖昭通 队长陈红 13800000000")
    new = code_in(county.say("认领码 0002"))
    assert office.person("陈红").say(f"认领 {new}").startswith("已登记")
    county.say("停用 0002")
    assert "不能操作" in county.say("换队长 0002")
