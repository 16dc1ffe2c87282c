"""Dialogues in which a figure once went astray: stale choices, two teams in a line, several figures, a lone digit."""

import pytest

from bot.simulator.people import SimulatedPerson
from tests.conversations.conftest import Office

SCHOOL, HOSPITAL = "昭通市第一中学", "昭通市第一人民医院"


@pytest.fixture
def li(office: Office) -> SimulatedPerson:
    person = office.captain("李敏", SCHOOL)
    person.say("累计9000元")
    office.wait(minutes=5)
    return person


@pytest.fixture
def of_two(office: Office) -> SimulatedPerson:
    """#0001 is the school, #0002 the hospital, both hers; nothing was named lately."""
    li = office.captain("李敏", SCHOOL)
    office.captain("李敏", HOSPITAL)
    office.wait(minutes=20)
    return li


def fen(office: Office, unit: str = SCHOOL) -> int:
    return office.team(unit).amount_fen


def test_a_choice_is_of_the_total_that_was_shown(office: Office, li: SimulatedPerson) -> None:
    assert "9,500.00元" in li.say("500")
    office.coordinator("陈老师").say("进度 0001 9500元")
    said = li.say("2")
    assert "10,000.00元" in said
    assert "确认" in said
    assert fen(office) == 950_000


@pytest.mark.parametrize("said", ["没重复", "没有重复吧", "不是重发的"])
def test_what_is_no_repetition_takes_nothing_back(office: Office, li: SimulatedPerson, said: str) -> None:
    li.say("又500")
    office.wait(minutes=5)
    li.say(said)
    assert fen(office) == 950_000


@pytest.mark.parametrize("said", ["刚才那条多了100", "刚才报多了100", "上一条多报了100"])
def test_what_was_too_much_is_never_added(office: Office, li: SimulatedPerson, said: str) -> None:
    li.say("又500")
    li.say(said)
    assert fen(office) <= 950_000


@pytest.mark.parametrize("said", ["医院和一中一共9000", "一中和医院一共9000元"])
def test_a_sum_of_two_teams_is_booked_to_neither(office: Office, of_two: SimulatedPerson, said: str) -> None:
    of_two.say(said)
    assert (fen(office), fen(office, HOSPITAL)) == (0, 0)


def test_a_team_is_named_by_what_it_is(office: Office, of_two: SimulatedPerson) -> None:
    of_two.say("进度 0001 9000元")
    office.wait(minutes=1)
    of_two.say("医院累计9500")
    assert (fen(office), fen(office, HOSPITAL)) == (900_000, 950_000)


@pytest.mark.parametrize(
    "said", ["进度 0001 9000元\n进度 0002 9500元", "0001 9000元，0002 9500元", "0001 9100元\n0002 800元"]
)
def test_two_codes_are_never_booked_to_one_team(office: Office, of_two: SimulatedPerson, said: str) -> None:
    of_two.say(said)
    of_two.say("确认")
    assert fen(office) in (0, 900_000, 910_000)


@pytest.mark.parametrize("said", ["9900", "9900元"])
def test_a_figure_takes_the_place_of_the_one_that_waits(office: Office, li: SimulatedPerson, said: str) -> None:
    assert "确认" in li.say("累计90000元")
    li.say(said)
    li.say("确认")
    assert fen(office) == 990_000


@pytest.mark.parametrize("said", ["更正 500 改成 400", "更正 500改成400"])
def test_two_figures_of_a_correction_are_not_one_number(office: Office, li: SimulatedPerson, said: str) -> None:
    li.say("又500")
    assert "500,400" not in li.say(said)
    li.say("确认")
    assert fen(office) < 1_000_000


@pytest.mark.parametrize("said", ["又500 又300", "又收500，又收300", "累计9600元，哦不，9700元"])
def test_several_figures_are_not_booked_by_the_last(office: Office, li: SimulatedPerson, said: str) -> None:
    li.say(said)
    li.say("确认")
    assert fen(office) in (900_000, 970_000, 980_000)


@pytest.mark.parametrize("said", ["1", "2", "７"])
def test_a_lone_digit_is_no_report(office: Office, said: str) -> None:
    li = office.captain("李敏", SCHOOL)
    li.say(said)
    li.say("确认")
    assert fen(office) == 0


def test_a_gift_of_her_own_is_not_the_teams(office: Office, li: SimulatedPerson) -> None:
    li.say("我刚捐了200元")
    assert fen(office) == 900_000


def test_a_total_online_beside_todays_cash_is_asked_about(office: Office, li: SimulatedPerson) -> None:
    office.go_to("2024-05-08T10:00")
    li.say("今日现金500元已收，线上9650元")
    assert office.team(SCHOOL).online.amount_fen in (900_000, 965_000)
