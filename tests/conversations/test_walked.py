"""Found by people who played captains and coordinators, and none of the features' own tests."""

import pytest

from bot.simulator.people import SimulatedPerson
from tests.conversations.conftest import SCHOOL, Office


@pytest.fixture
def li(office: Office) -> SimulatedPerson:
    return office.captain("李小明", SCHOOL)


@pytest.mark.parametrize(("said", "kept"), [("我队目标八千", "8,000.00元"), ("我队目标 一万五千元", "15,000.00元")])
def test_a_wish_in_words_is_kept(li: SimulatedPerson, said: str, kept: str) -> None:
    assert kept in li.say(said)


@pytest.mark.parametrize("said", ["二中不弄了，停了嘛", "永善县第一中学不参加了，关了吧"])
def test_a_unit_that_is_named_ends_nobodys_subscription(office: Office, said: str) -> None:
    office.captain("王小芳", "永善县第一中学", "永善县")
    county = office.coordinator("刘主任", "yongshan")
    assert "退订" not in county.say(said)


def test_a_notice_that_is_refused_leaves_none_waiting(office: Office) -> None:
    office.captain("王小芳", "永善县第一中学", "永善县")
    county = office.coordinator("刘主任", "yongshan")
    assert "回复“确认”" in county.say("通知 永善县 周末也可以报数")
    assert "已经放下" in county.say("通知 0001 上午十点开始配捐")
    assert "已通知" not in county.say("发吧")
    assert [each for each in office.store.outbox.list(office.campaign.id, limit=99) if "周末" in str(each)] == []


@pytest.mark.parametrize("words", ["记得喊大家捐", "后天以前催家长们捐一点", "喊起职工都来捐"])
def test_a_notice_that_has_people_called_upon_to_give_is_not_sent(office: Office, words: str) -> None:
    office.captain("王小芳", "永善县第一中学", "永善县")
    assert "回复“确认”" not in office.coordinator("刘主任", "yongshan").say(f"通知 永善县 {words}")


def test_what_came_of_a_case_holds_no_telephone(office: Office) -> None:
    captain = office.captain("王小芳", "永善县第一中学", "永善县")
    captain.say("举报 有人冒充红十字会收钱")
    captain.say("确认")
    county = office.coordinator("刘主任", "yongshan")
    assert "没有结案" in county.say("结案 D1 已核实，是王某，电话13987654321")
    assert county.say("结案 D1 已核实，已说明").startswith("已结案")
