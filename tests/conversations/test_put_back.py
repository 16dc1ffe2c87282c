"""撤回 takes the newest of hers, 恢复 puts back what she took back last, and which of her teams is meant."""

import pytest

from bot.simulator.people import SimulatedPerson
from tests.conversations.conftest import HOSPITAL, SCHOOL, Office, fen


@pytest.fixture
def li(office: Office) -> SimulatedPerson:
    person = office.captain("李敏", SCHOOL)
    person.say("累计9000元 120人次")
    office.wait(minutes=1)
    person.say("累计9800元 130人次")
    return person


@pytest.mark.parametrize("typed", ["恢复", "还原", "恢复 0001", "恢复 刚才撤回的那条"])
def test_what_was_taken_back_counts_again(office: Office, li: SimulatedPerson, typed: str) -> None:
    assert "请发送“恢复”" in li.say("撤回")
    said = li.say(typed)
    assert said.startswith("已恢复 昭通市第一中学（#0001）"), said
    assert "9,000.00元 → 9,800.00元" in said
    assert fen(office) == 980_000
    assert office.ledger()[-1] == "report.restored"


def test_what_comes_twice_is_put_back_once(office: Office, li: SimulatedPerson) -> None:
    li.say("撤回")
    answers = li.send_copies({"MsgType": "text", "Content": "恢复"}, at_once=True)
    assert {answer.reply.split(" ")[0] for answer in answers} == {"已恢复"}
    assert office.ledger().count("report.restored") == 1


def test_nothing_is_put_over_what_was_booked_since(office: Office, li: SimulatedPerson) -> None:
    li.say("撤回")
    li.say("累计9900元 131人次")
    said = li.say("恢复")
    assert "撤回的：昭通市第一中学（#0001）线上累计 9,800.00元 130人次" in said
    assert "现在的：累计 9,900.00元 131人次" in said
    assert fen(office) == 990_000
    line = said.rpartition("请发送：")[2]
    assert li.say(line).startswith("已更正")
    assert fen(office) == 980_000


def test_where_nothing_was_taken_back_nothing_is_put_back(office: Office, li: SimulatedPerson) -> None:
    assert "没有可以恢复的" in li.say("恢复")
    assert fen(office) == 980_000


def test_another_figure_than_was_taken_back_is_not_put_back(office: Office, li: SimulatedPerson) -> None:
    li.say("撤回")
    assert "最近撤回的是" in li.say("恢复 那条700的")
    assert fen(office) == 900_000


def test_what_another_reported_is_taken_back_by_its_code_alone(office: Office, li: SimulatedPerson) -> None:
    zhao = office.coordinator("赵主任")
    office.wait(minutes=1)
    zhao.say("进度 0001 9900元 135人次")
    assert "不是您报的" in li.say("撤回")
    assert fen(office) == 990_000
    assert li.say("撤回 0001").startswith("已撤回")
    assert fen(office) == 980_000


def test_the_report_of_another_channel_is_not_taken_for_the_one_beneath(office: Office, li: SimulatedPerson) -> None:
    """Hers offline is older than hers online, which another's lies upon."""
    wang = office.captain("王强", HOSPITAL)
    assert wang.say("线下 300元").startswith("已记录")
    li.say("线下 300元")
    office.wait(minutes=1)
    li.say("累计9850元")
    office.wait(minutes=1)
    office.coordinator("赵主任").say("进度 0001 9900元")
    assert "不是您报的" in li.say("撤回")
    assert office.team(SCHOOL).offline.amount_fen == 30_000


@pytest.mark.parametrize("typed", ["作废 其中一条", "撤回 那两条里头错的"])
def test_where_it_is_not_said_which_nothing_is_taken_back(office: Office, li: SimulatedPerson, typed: str) -> None:
    said = li.say(typed)
    assert "没有撤回" in said, said
    assert fen(office) == 980_000


def test_two_teams_named_within_ten_minutes_are_asked_about(office: Office, of_two: SimulatedPerson) -> None:
    of_two.say("进度 0001 4500元")
    office.wait(minutes=2)
    of_two.say("进度 0002 2900元")
    office.wait(minutes=2)
    assert "哪支队伍" in of_two.say("更正 5000元")
    assert "4,500.00元 → 5,000.00元" in of_two.say("1")
    assert fen(office, HOSPITAL) == 290_000


def test_the_wrong_figure_names_the_team(office: Office, of_two: SimulatedPerson) -> None:
    of_two.say("进度 0001 4500元")
    office.wait(minutes=2)
    of_two.say("进度 0002 2900元")
    office.wait(minutes=2)
    assert "4,500.00元 → 4,600.00元" in of_two.say("不是4500是4600")


def test_the_team_that_was_looked_up_is_meant(office: Office, of_two: SimulatedPerson) -> None:
    of_two.say("进度 0001 4500元")
    office.wait(minutes=20)
    of_two.say("进度 0002 2900元")
    office.wait(minutes=20)
    assert SCHOOL in of_two.say("我的队伍 0001")
    office.wait(minutes=1)
    assert "4,500.00元 → 5,000.00元" in of_two.say("更正 5000元")


def test_a_confirmed_line_of_a_list_is_the_newest_of_hers(office: Office, of_two: SimulatedPerson) -> None:
    of_two.say("进度 0001 4500元")
    office.wait(minutes=2)
    of_two.say(f"#接龙 累计\n1. {HOSPITAL} 2900元 30人次")
    of_two.say("确认")
    assert fen(office, HOSPITAL) == 290_000
    office.wait(minutes=1)
    assert HOSPITAL in of_two.say("撤回")
    assert (fen(office), fen(office, HOSPITAL)) == (450_000, 0)


def test_what_a_nought_explains_is_no_leap(office: Office) -> None:
    li = office.captain("李敏", SCHOOL)
    li.say("累计98000元 130人次")
    assert "还没有更正" in li.say("多打了一个零")
    li.say("算了")
    assert "98,000.00元 → 9,800.00元" in li.say("多打了个0，是9800")


def test_figures_in_each_others_place_are_offered_the_other_way_round(office: Office) -> None:
    li = office.captain("李敏", SCHOOL)
    li.say("累计130元 98人次")
    assert "98.00元 130人次" in li.say("金额和人次写反了")
    assert li.say("确认").startswith("已更正")


def test_the_unit_that_is_named_is_meant_and_only_what_she_said_herself(
    office: Office, of_two: SimulatedPerson
) -> None:
    of_two.say("进度 0001 4500元")
    office.wait(minutes=2)
    of_two.say("进度 0002 2900元")
    assert of_two.say("一中那条撤回").startswith("已撤回 昭通市第一中学")
    assert (fen(office), fen(office, HOSPITAL)) == (0, 290_000)


@pytest.mark.parametrize("typed", ["名额还是要的", "那个二维码还是要", "每天的简报我还是要"])
def test_what_is_wanted_besides_puts_nothing_back(office: Office, li: SimulatedPerson, typed: str) -> None:
    li.say("撤回")
    li.say(typed)
    assert fen(office) == 900_000


@pytest.mark.parametrize("typed", ["还是要的", "刚撤的那笔还是要", "刚才撤回的还是要的"])
def test_what_was_taken_back_is_wanted_all_the_same(office: Office, li: SimulatedPerson, typed: str) -> None:
    li.say("撤回")
    assert li.say(typed).startswith("已恢复")
