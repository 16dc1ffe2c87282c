"""The threshold coach: once near, once after the line, to the captains alone, and without a gap."""

import pytest

from bot.simulator.people import SimulatedPerson
from storage.models.pushes import Notification
from tests.conversations.conftest import SCHOOL, Office


def notes(office: Office) -> list[Notification]:
    """What was sent about the threshold, oldest first."""
    kept = [each.notification for each in office.store.outbox.list(office.campaign.id, limit=1000)]
    return [push for push in reversed(kept) if push.job == "threshold-note"]


@pytest.fixture
def li(office: Office) -> SimulatedPerson:
    return office.captain("李敏", SCHOOL)


def test_once_near_and_once_past_the_line(office: Office, li: SimulatedPerson) -> None:
    li.say("进度 1500元 40人次")
    assert notes(office) == []
    li.say("进度 1600元 41人次")
    li.say("进度 1700元 42人次")
    [near] = notes(office)
    assert near.person == office.id_of(li)
    assert near.text.startswith(f"【昭通5·8人道公益日】{SCHOOL}（#0001） 快到2000元线了")
    office.wait(minutes=1)
    li.say("进度 2000元 50人次")
    li.say("撤回")
    li.say("进度 2500元 60人次")
    _, reached = notes(office)
    assert reached.text.startswith(f"【昭通5·8人道公益日】{SCHOOL}（#0001） 已到2000元线")
    assert "挂钩村 0001" in reached.text


@pytest.mark.parametrize("said", ["进度 1600元 40人次", "进度 3000元 60人次"])
def test_no_gap_and_no_wish_for_money(office: Office, li: SimulatedPerson, said: str) -> None:
    li.say(said)
    [push] = notes(office)
    assert not any(word in push.text for word in ("还差", "差", "距", "加油", "冲刺", "400"))
    assert "自愿" in push.text


def test_a_leap_past_the_line_is_told_as_that_alone(office: Office, li: SimulatedPerson) -> None:
    li.say("进度 3000元 60人次")
    li.say("更正 1700")
    assert ["已到" in push.text for push in notes(office)] == [True]


def test_every_captain_of_the_team_and_nobody_else(office: Office, li: SimulatedPerson) -> None:
    liu = office.coordinator("刘主任", "zhaoyang")
    liu.say("进度 0001 1800元 40人次")
    assert [push.person for push in notes(office)] == [office.id_of(li)]


def test_a_project_without_the_threshold_has_no_coach(office: Office) -> None:
    threshold = office.campaign.policy.threshold
    assert threshold
    elsewhere = threshold.model_copy(update={"projects": ("boai-xing",)})
    policy = office.campaign.policy.model_copy(update={"threshold": elsewhere})
    office.publish(office.campaign.model_copy(update={"policy": policy}))
    office.captain("王芳", "昭通市第二中学").say("进度 3000元 60人次")
    assert notes(office) == []


def test_on_a_full_day_it_comes_the_morning_after(office: Office, li: SimulatedPerson) -> None:
    liu = office.coordinator("刘主任", "zhaoyang")
    for hour in (8, 9):
        liu.say(f"通知 明早{hour}点开会")
        liu.say("确认")
    li.say("进度 3000元 60人次")
    [push] = notes(office)
    assert push.due_at.isoformat() == "2024-04-21T08:00:00+08:00"
