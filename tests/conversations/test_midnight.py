"""Across midnight: what was said of one day is never booked on the next without a question."""

from time import time

import pytest

from bot.simulator import actions
from bot.simulator.people import SimulatedPerson
from storage.clock import RunningClock
from tests.conversations.conftest import SCHOOL, Office, at

UNIT, OTHER = "永善县第一中学", "永善县第三中学"
NEW_DAY = "“今天”现在是 5月8日"


@pytest.fixture
def li(office: Office) -> SimulatedPerson:
    """She has reported 3,000 on the evening before; another team has not."""
    li = office.captain("李敏", UNIT, "永善县", "童享阳光")
    office.captain("王强", OTHER, "永善县", "童享阳光")
    office.go_to("2024-05-07T22:00")
    li.say("今天3000元")
    office.go_to("2024-05-07T23:59:30")
    return li


def fen(office: Office, unit: str = UNIT) -> int:
    return office.team(unit).amount_fen


def test_a_doubted_report_of_today_is_asked_again(office: Office, li: SimulatedPerson) -> None:
    assert "30,000.00元" in li.say("今天30000元")
    office.go_to("2024-05-08T00:01")
    assert NEW_DAY in li.say("确认")
    assert fen(office) == 300_000
    assert "33,000.00元" in li.say("确认"), "she was told what it comes to"


def test_a_bare_number_chosen_to_be_of_today_is_asked_again(office: Office, li: SimulatedPerson) -> None:
    assert "1. 今天一共 700.00元" in li.say("700")
    office.go_to("2024-05-08T00:01")
    assert NEW_DAY in li.say("1")
    assert fen(office) == 300_000


def test_a_list_confirmed_on_the_next_day_leaves_its_lines_of_today(office: Office, li: SimulatedPerson) -> None:
    clerk = office.coordinator("赵主任")
    clerk.say(f"1. {UNIT} 今天3500元\n2. {OTHER} 累计150元")
    office.go_to("2024-05-08T00:01")
    assert "刚刚有变化" in clerk.say("确认")
    assert (fen(office), fen(office, OTHER)) == (300_000, 15_000)


def test_a_correction_of_yesterday_is_no_figure_of_today(office: Office, li: SimulatedPerson) -> None:
    office.go_to("2024-05-08T00:03")
    assert "正确的累计总额" in li.say("更正 今天3000元")
    assert fen(office) == 300_000


def test_a_move_confirmed_on_the_next_day_is_not_made(office: Office, li: SimulatedPerson) -> None:
    li.say("刚才那笔是线下的")
    office.go_to("2024-05-08T00:01")
    assert "没有改动" in li.say("确认")
    team = office.team(UNIT)
    assert (team.online.amount_fen, team.offline.amount_fen) == (300_000, 0)


@pytest.mark.parametrize("said", ["截至昨晚12点今日3500元", "截至23:59 今天3500元", "5月7日当日3500元"])
def test_a_figure_of_today_that_names_another_day_is_asked(office: Office, li: SimulatedPerson, said: str) -> None:
    office.go_to("2024-05-08T00:05")
    assert "还没有记录" in li.say(said)
    assert fen(office) == 300_000


def test_a_report_of_today_with_its_hour_is_booked(office: Office, li: SimulatedPerson) -> None:
    office.go_to("2024-05-08T17:30")
    li.say("截至17点今日500元")
    assert fen(office) == 350_000


def test_what_was_said_before_midnight_and_delivered_again_after_it_is_of_that_day(
    office: Office, li: SimulatedPerson
) -> None:
    office.go_to("2024-05-08T00:00:02")
    said = actions.text("今天3500元") | {"FromUserName": li.openid, "CreateTime": int(time()) - 5}
    office.people.server.deliver(said)
    assert fen(office) == 350_000
    assert office.team(UNIT).day == at("2024-05-07T00:00").date()


def test_a_team_never_goes_back_to_the_day_before(
    office: Office, li: SimulatedPerson, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A coordinator's message that began before midnight is written after one of the next day."""
    clerk = office.coordinator("赵主任")
    office.go_to("2024-05-08T00:01")
    li.say("今天1000元")
    li.say("确认")
    monkeypatch.setattr(RunningClock, "now", lambda _: at("2024-05-07T23:59:59"))
    assert clerk.say(f"进度 {office.team(UNIT).code} 4500元").startswith("已记录")
    assert office.team(UNIT).day == at("2024-05-08T00:00").date()
    assert office.team(UNIT).today_fen(at("2024-05-08T00:00").date()) == 150_000


def test_what_is_offered_for_yesterdays_end_is_what_the_record_takes(office: Office) -> None:
    li = office.captain("李敏", SCHOOL)
    li.say("进度 5000元 50人次")
    office.go_to("2024-04-21T10:00")
    li.say("进度 7000元 80人次")
    asked = li.say("昨天截止24点是6000元")
    assert "由 5,000.00元 50人次 改为 6,000.00元 50人次，现在的总额 7,000.00元 80人次 不变" in asked
    assert "按“昨日累计（线上）”理解，将记为 6,000.00元 50人次。" in asked
    assert "比已记录的少" not in asked
    li.say("确认")
    assert "昨日累计（线上） 5,000.00元 50人次 → 6,000.00元 50人次" in li.say("明细")
    assert fen(office, SCHOOL) == 700_000
