"""待审 通过 驳回 and their undoing, who waits although others do not, and names that may be one unit's."""

from collections.abc import Callable

import pytest

from bot.simulator.people import SimulatedPerson
from storage.campaign_schema import Campaign
from tests.conversations.conftest import Office
from tests.conversations.test_team_acts import told

LINE = "组队 永善县人民医院 永善县 人道暖昭通 队长李敏 13900000000"
UNIT = "永善县人民医院"


@pytest.fixture
def approving(office: Office, zhaotong: Campaign) -> Office:
    mode = zhaotong.registration.model_copy(update={"mode": "approve"})
    office.publish(zhaotong.model_copy(update={"registration": mode}))
    return office


@pytest.fixture
def li(approving: Office) -> SimulatedPerson:
    li = approving.person("李敏")
    assert "等协调员通过" in li.say(LINE)
    return li


@pytest.fixture
def county(approving: Office, li: SimulatedPerson) -> SimulatedPerson:
    return approving.coordinator("刘主任", "yongshan")


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ("通过 0001", "active"),
        ("通过 永善县人民医院", "active"),
        ("驳回 0001 单位名称不规范", "rejected"),
        ("驳回 永善县人民医院 单位名称不规范", "rejected"),
    ],
)
def test_a_verdict_is_undone_exactly_and_the_captain_told_of_both(
    approving: Office, li: SimulatedPerson, county: SimulatedPerson, said: str, status: str
) -> None:
    before = approving.team(UNIT)
    answer = county.say(said)
    assert answer.startswith(f"已登记 永善县人民医院（#0001） {said[:2]}")
    assert ("原因：单位名称不规范" in answer) == (status == "rejected")
    assert approving.team(UNIT).status == status
    assert approving.sound()
    assert f"最近一次操作：{said[:2]} 永善县人民医院（#0001）\n撤销后回到待审" in county.say("撤销")
    assert county.say("确认").startswith(f"已撤销 {said[:2]}")
    assert approving.team(UNIT).model_copy(update={"version": before.version}) == before
    assert len(told(approving, li)) == 2
    assert any(f"的{said[:2]}撤销了" in text for text in told(approving, li))
    assert "#0001 永善县人民医院" in county.say("待审")
    assert "不能记录" in li.say("进度 500元")
    assert county.say("通过 0001").startswith("已登记")
    assert li.say("进度 500元").startswith("已记录")


@pytest.mark.parametrize(
    ("said", "built", "answer"),
    [
        ("通过 0001", lambda li: li.say("进度 500元"), "不能直接撤销"),
        ("驳回 0001", lambda li: li.say(LINE), "不能重名"),
    ],
)
def test_a_verdict_is_not_undone_once_something_was_built_on_it(
    approving: Office,
    li: SimulatedPerson,
    county: SimulatedPerson,
    said: str,
    built: Callable[[SimulatedPerson], object],
    answer: str,
) -> None:
    county.say(said)
    built(li)
    asked = county.say("撤销")
    assert answer in (asked if "不能" in asked else county.say("确认"))
    assert "team.restored" not in approving.ledger()


def test_several_of_one_unit_are_decided_by_code(
    approving: Office, li: SimulatedPerson, county: SimulatedPerson
) -> None:
    li.say("组队 永善县人民医院 永善县 童享阳光 队长李敏 13900000000")
    assert "请用编号：#0001、#0002" in county.say("通过 永善县人民医院")
    assert "没有等待审核的队伍" in county.say("通过 永善县第二医院")


def test_whoever_led_a_disabled_team_waits_and_the_coordinator_is_told_why(office: Office) -> None:
    li = office.captain("李敏", UNIT, "永善县")
    county = office.coordinator("刘主任", "yongshan")
    county.say("停用 0001 冒名")
    assert "等协调员通过" in li.say("组队 永善县第二医院 永善县 人道暖昭通 队长李敏 13900000000")
    why = "队长的另一支队伍已停用：#0001"
    assert why in told(office, county)[0]
    assert f"#0002 永善县第二医院·人道暖昭通\n{why}" in county.say("待审")
    assert county.say("通过 0002").startswith("已登记")
    county.say("启用 0001")
    assert "等协调员通过" not in li.say("组队 永善县第三医院 永善县 人道暖昭通 队长李敏 13900000000")


def test_late_registrations_do_what_the_file_says(office: Office, erqi: Campaign) -> None:
    office.publish(erqi)
    office.go_to("2024-05-21T09:00")
    li = office.person("李敏")
    assert "现在不能再自行登记。确有需要请联系" in li.say(LINE)
    office.campaign = erqi
    li.say("活动 二七99")
    assert "等协调员通过" in li.say("组队 二七区实验小学 德化街 助学 队长李敏 13900000000")


@pytest.mark.parametrize("mode", ["open", "approve"])
def test_names_alike_are_offered_to_who_coordinates_them(office: Office, zhaotong: Campaign, mode: str) -> None:
    office.captain("李敏", "昭通市实验小学")
    wanted = zhaotong.registration.model_copy(update={"mode": mode})
    office.publish(zhaotong.model_copy(update={"registration": wanted}))
    wang, county = office.person("王强"), office.coordinator("刘主任", "zhaoyang")
    wang.say("组队 昭通市试验小学 昭阳区 人道暖昭通 队长王强 13800000000")
    assert wang.say("2").startswith("已登记 昭通市试验小学（#0002）")
    line = "与 昭通市实验小学（#0001） 名称相近；如是同一支队伍，请发“合并 0002 0001”"
    if mode == "approve":
        assert line in county.say("待审")
        assert line in county.say("通过 0002")
    assert line in county.say("#0002")
    assert "名称相近" not in wang.say("#0002")
    county.say("合并 0002 0001")
    assert county.say("确认").startswith("已合并")
    assert line not in county.say("#0001")


def test_a_waiting_team_goes_on_as_the_one_it_is(
    approving: Office, li: SimulatedPerson, county: SimulatedPerson
) -> None:
    county.say("通过 0001")
    wang = approving.person("王芳")
    wang.say("组队 永善县第二医院 永善县 人道暖昭通 队长王芳 13900000001")
    assert "还在待审，别的队伍不能并入，请先发“通过 0002”" in county.say("合并 0001 0002")
    county.say("合并 0002 0001")
    assert county.say("确认").startswith("已合并")
    assert "没有等待审核" in county.say("待审")
    assert wang.say("进度 500元").startswith("已记录 永善县人民医院（#0001）")


def test_a_unit_like_that_of_a_disabled_team_is_not_asked_about(office: Office) -> None:
    office.captain("李敏", "昭通市实验小学")
    office.coordinator("刘主任", "zhaoyang").say("停用 0001")
    assert office.person("王强").say("组队 昭通市试验小学 昭阳区 人道暖昭通 队长王强 13800000000").startswith("已登记")
