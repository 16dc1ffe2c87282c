"""A closed campaign answers look-ups as an ended one does; its captains write nothing any more, its coordinators do."""

import pytest

from bot.simulator.people import SimulatedPerson
from storage.campaign_schema import Campaign
from tests.conversations.conftest import Office

SCHOOL = "永善县第一中学"


@pytest.fixture
def closed(office: Office, erqi: Campaign) -> Office:
    """Zhaotong's campaign is closed, another one goes on; 李敏 is captain of a team in the closed one."""
    office.publish(erqi)
    li = office.person("李敏")
    li.say("活动 昭通")
    assert li.say(f"组队 {SCHOOL} 永善县 人道暖昭通 队长李敏 13900000000").startswith("已登记")
    assert li.say("进度 5000元 50人次").startswith("已记录")
    office.store.campaigns.close(office.campaign.id, office.store.clock.now())
    office._forget_cache()
    office.wait(minutes=20)
    return office


@pytest.fixture
def li(closed: Office) -> SimulatedPerson:
    return closed.person("李敏")


@pytest.mark.parametrize("asked", ["排行", "我的队伍", "战报", "明细", "排行 永善县", "县区排行"])
def test_its_captains_look_ups_are_of_it(closed: Office, li: SimulatedPerson, asked: str) -> None:
    said = li.say(asked)
    assert "5,000.00元" in said, said
    assert "二七" not in said


def test_rules_and_contacts_too(li: SimulatedPerson) -> None:
    assert "10点" in li.say("几点开始配捐？")
    assert "0870" in li.say("联系人 一老一小")
    assert "（已结束，当前）" in li.say("活动")


@pytest.mark.parametrize("asked", ["报错了怎么办", "怎么撤回", "还能报吗", "数字不对"])
def test_how_to_change_a_figure_is_that_it_is_closed(li: SimulatedPerson, asked: str) -> None:
    said = li.say(asked)
    assert "已经结束，不能再登记、上报或更改" in said, said
    assert "更正" not in said


@pytest.mark.parametrize(
    "typed",
    [
        "进度 6000元 60人次",
        "又筹了100元",
        "撤回",
        "更正 4000元",
        "线下 300",
        "今天没有新增",
        f"组队 {SCHOOL} 永善县 博爱昭通行",
    ],
)
def test_its_captain_writes_nothing_any_more(closed: Office, li: SimulatedPerson, typed: str) -> None:
    entries = len(closed.ledger())
    said = li.say(typed)
    if "确认" in said:
        said = li.say("确认")
    assert "已经结束，不能再登记、上报或更改" in said, said
    assert len(closed.ledger()) == entries


def test_what_waited_for_her_yes_is_not_booked(office: Office) -> None:
    li = office.captain("李敏", SCHOOL, "永善县")
    li.say("进度 5000元 50人次")
    assert "确认" in li.say("进度 400元")
    office.store.campaigns.close(office.campaign.id, office.store.clock.now())
    office._forget_cache()
    assert "不能" in li.say("确认")
    assert office.team(SCHOOL).amount_fen == 500_000


def test_a_coordinator_corrects(closed: Office) -> None:
    zhao = closed.coordinator("赵主任", "yongshan")
    assert zhao.say("进度 0001 5100元 51人次").startswith("已记录")
    assert closed.team(SCHOOL).amount_fen == 510_000


def test_who_follows_anew_is_not_shown_it(closed: Office) -> None:
    welcome = closed.person("新人").send({"MsgType": "event", "Event": "subscribe", "EventKey": ""}).shown
    assert "二七" in welcome
    assert "昭通市2024年" not in welcome
    stranger = closed.person("路人")
    assert "昭通" not in stranger.say("排行")
    assert "当前活动：昭通市2024年" in stranger.say("活动 昭通")
    assert "5,000.00元" in stranger.say("排行")
