"""Which campaign: a figure that is told meanwhile is a matter of its own, and chooses nothing."""

import pytest

from bot.simulator.people import SimulatedPerson
from storage.campaign_schema import Campaign
from tests.conversations.conftest import SCHOOL, Office, fen

SECOND = "二七区实验小学"


@pytest.fixture
def he(office: Office, erqi: Campaign) -> SimulatedPerson:
    """She leads a team in each of two campaigns."""
    office.captain("何小燕", SCHOOL)
    office.publish(erqi)
    person = office.person("何小燕")
    person.say("活动 二七99")
    assert person.say(f"组队 {SECOND} 德化街 助学 队长何小燕 13900000000").startswith("已登记")
    office.wait(minutes=11)
    return person


@pytest.mark.parametrize("typed", ["刚才又收到640元", "累计640元 8人次", "进度 640元 8人次", "现在一共640"])
def test_a_new_figure_takes_the_place_of_the_one_that_waits(office: Office, he: SimulatedPerson, typed: str) -> None:
    he.say("又筹了310元")
    said = he.say(typed)
    assert said.startswith("前面的“又筹了310元”先放下了"), said
    assert "您说的是哪个活动？" in said
    assert "0.00元 → 640.00元" in he.say("2")
    assert fen(office, SCHOOL) == 0
    assert "没有等您答复" in he.say("确认"), "the first figure waits no more"


@pytest.mark.parametrize("typed", ["二七99", "昭通那个", "第二个"])
def test_the_name_of_a_campaign_is_still_the_choice(office: Office, he: SimulatedPerson, typed: str) -> None:
    he.say("又筹了310元")
    assert he.say(typed).startswith("已记录")


def test_a_number_that_may_name_a_campaign_drops_nothing(he: SimulatedPerson) -> None:
    he.say("又筹了310元")
    assert "先放下了" not in he.say("就99那个")
    assert "0.00元 → 310.00元" in he.say("2")
