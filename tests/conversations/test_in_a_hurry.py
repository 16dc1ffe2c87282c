"""What people type in a hurry: names glued to figures, a bare no, a difference without a word of what it is."""

import pytest

from bot.simulator.people import SimulatedPerson
from tests.conversations.conftest import HOSPITAL, SCHOOL, Office, fen


@pytest.mark.parametrize("typed", ["学校累计700元医院累计940元", "学校累计700元5人次医院累计940元8人次"])
def test_names_glued_to_figures_are_of_two_teams(office: Office, of_two: SimulatedPerson, typed: str) -> None:
    assert of_two.say(typed).count("已记录") == 2
    assert (fen(office, SCHOOL), fen(office, HOSPITAL)) == (70_000, 94_000)


def test_bare_figures_behind_glued_names_are_of_two_teams_too(office: Office, of_two: SimulatedPerson) -> None:
    of_two.say("医院860学校1240")
    assert (fen(office, SCHOOL), fen(office, HOSPITAL)) == (124_000, 86_000)


def test_a_number_ahead_of_a_kind_of_unit_is_part_of_a_name(office: Office, of_two: SimulatedPerson) -> None:
    of_two.say("第3医院累计5200元")
    assert fen(office, HOSPITAL) == 0


def test_nothing_new_on_both_sides(of_two: SimulatedPerson) -> None:
    of_two.say("进度 0001 300元")
    of_two.say("进度 0002 400元")
    assert of_two.say("今天两边都没有新增").count("今天没有新增") == 2


@pytest.fixture
def zhou(office: Office) -> SimulatedPerson:
    """She leads #0001, which stands at 1,000元 and 10人次."""
    captain = office.captain("周小燕", SCHOOL)
    captain.say("进度 1000元 10人次")
    return captain


@pytest.mark.parametrize(("typed", "after"), [("缺了65元", "1,065.00元"), ("短少了30块", "1,030.00元")])
def test_what_was_left_out_is_offered_on_top(office: Office, zhou: SimulatedPerson, typed: str, after: str) -> None:
    asked = zhou.say(typed)
    assert "还没有更正" in asked
    assert after in asked
    assert fen(office, SCHOOL) == 100_000


@pytest.mark.parametrize("typed", ["差了40元", "比上回少了70元", "有出入55元"])
def test_a_difference_that_says_no_more_is_offered_as_nothing(
    office: Office, zhou: SimulatedPerson, typed: str
) -> None:
    said = zhou.say(typed)
    assert "没有记录" in said, said
    assert "回复“确认”" not in said, said
    zhou.say("确认")
    assert fen(office, SCHOOL) == 100_000


@pytest.mark.parametrize("typed", ["不对", "不对不对", "算了"])
def test_a_bare_no_names_the_ways_to_put_right_what_was_booked(zhou: SimulatedPerson, typed: str) -> None:
    said = zhou.say(typed)
    assert "“更正 0001”" in said
    assert "“撤回 0001”" in said


def test_after_the_close_no_way_is_named_that_is_shut(office: Office, zhou: SimulatedPerson) -> None:
    office.store.campaigns.close(office.campaign.id, office.store.clock.now())
    office._forget_cache()
    assert "更正" not in zhou.say("不对")


@pytest.mark.parametrize("typed", ["0001人次改成17", "0001人次应该是17", "0001笔数写错了，17"])
def test_a_code_glued_to_the_count_is_a_code(office: Office, zhou: SimulatedPerson, typed: str) -> None:
    liu = office.coordinator("刘主任", "zhaoyang")
    said = liu.say(typed)
    if "还没有更正" in said:
        said = liu.say("确认")
    assert "人次：10 → 17" in said


def test_whoever_lost_sight_of_the_question_is_asked_it_again(office: Office, zhou: SimulatedPerson) -> None:
    asked = zhou.say("又来了31000元")
    assert "还没有记录" in asked
    for typed in ("要我确认啥子", "到底要答复什么呀", "你问的是什么"):
        assert zhou.say(typed) == asked
    zhou.say("确认")
    assert fen(office, SCHOOL) == 3_200_000
