"""挂钩村 and 链接: what a team says of itself, kept, undone, and given out where one gives."""

import pytest

from bot.simulator.people import SimulatedPerson
from tests.conversations.conftest import SCHOOL, Office

LINK = "https://gongyi.qq.com/succor/team.htm?id=207"


@pytest.fixture
def li(office: Office) -> SimulatedPerson:
    return office.captain("李敏", SCHOOL)


@pytest.mark.parametrize("said", ["挂钩村 王家村", "挂钩村 0001 洒渔镇王家村", "联系村 王家村"])
def test_the_linked_village_stands_on_the_card(office: Office, li: SimulatedPerson, said: str) -> None:
    village = said.split()[-1]
    assert li.say(said).startswith(f"已登记 {SCHOOL}（#0001） 的挂钩村：{village}")
    assert f"挂钩村：{village}" in li.say("我的队伍")
    assert f"挂钩村：{village}" in office.coordinator("刘主任", "zhaoyang").say("0001")
    assert "王家村" not in office.person("路人").say("#0001")


@pytest.mark.parametrize("said", ["挂钩村 李敏", "挂钩村", "挂钩村 0001"])
def test_what_is_no_village_is_not_kept(office: Office, li: SimulatedPerson, said: str) -> None:
    assert "不能" in li.say(said)
    assert office.team(SCHOOL).village == ""


def test_a_village_is_asked_only_where_the_document_speaks_of_one(office: Office) -> None:
    policy = office.campaign.policy.model_copy(update={"threshold": None})
    office.publish(office.campaign.model_copy(update={"policy": policy}))
    assert "不能登记，也不用填" in office.captain("李敏", SCHOOL).say("挂钩村 王家村")


def test_a_teams_own_link_is_what_its_captain_is_given(office: Office, li: SimulatedPerson) -> None:
    assert li.say(f"链接 {LINK}").startswith(f"已登记 {SCHOOL}（#0001） 的链接：{LINK}")
    for asked in ("链接", "二维码", "二维码 人道暖昭通"):
        assert li.say(asked) == f"{SCHOOL}（#0001） 的链接：{LINK}"
    assert LINK not in li.say("二维码 博爱昭通行")
    assert LINK not in office.person("路人").say("二维码")


@pytest.mark.parametrize(
    "link",
    [
        "https://example.com/gongyi.qq.com",
        "https://gongyi.qq.com.example.com/t",
        "https://gongyi.qq.com@example.com/t",
        "http://gongyi.qq.com/t",
        "https://evilgongyi.qq.com/t",
        "https://gongyi.qq.com/<a>",
    ],
)
def test_no_other_address_is_kept(office: Office, li: SimulatedPerson, link: str) -> None:
    assert "不能登记" in li.say(f"链接 {link}")
    assert office.team(SCHOOL).link == ""


def test_a_coordinator_puts_it_down_and_takes_it_back(office: Office, li: SimulatedPerson) -> None:
    liu = office.coordinator("刘主任", "zhaoyang")
    assert liu.say("挂钩村 0001 王家村").startswith("已登记")
    told = [each.notification for each in office.store.outbox.list(office.campaign.id)]
    assert [push.person for push in told] == [office.id_of(li)]
    assert "昭阳区协调员把您的队伍" in told[0].text
    liu.say("撤销")
    assert liu.say("确认").startswith("已撤销")
    assert office.team(SCHOOL).village == ""


def test_a_foreign_coordinator_may_not(office: Office, li: SimulatedPerson) -> None:
    said = office.coordinator("周主任", "yongshan").say(f"链接 0001 {LINK}")
    assert "不能操作" in said
    assert office.team(SCHOOL).link == ""
