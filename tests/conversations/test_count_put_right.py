"""Only the count is put right: what is asked for is the 人次, and a bare number is one."""

import pytest

from bot.simulator.people import SimulatedPerson
from tests.conversations.conftest import SCHOOL, Office, fen


@pytest.fixture
def tang(office: Office) -> SimulatedPerson:
    """She leads #0001, which stands at 820元 and 14人次."""
    captain = office.captain("唐小燕", SCHOOL)
    captain.say("进度 820元 14人次")
    return captain


@pytest.mark.parametrize("typed", ["人次弄错了 是23不是32", "人次应该是23，不是32", "昨天的人次报错了，应该是23"])
def test_a_count_that_is_not_the_newest_is_asked_for_as_a_count(
    office: Office, tang: SimulatedPerson, typed: str
) -> None:
    asked = tang.say(typed)
    assert "正确的累计人次" in asked, asked
    assert "总额" not in asked
    assert "正确的累计人次" in tang.say("好像记不清了")
    assert "人次：14 → 27" in tang.say("27")
    assert fen(office, SCHOOL) == 82_000


def test_a_count_that_stands_already_is_left(office: Office, tang: SimulatedPerson) -> None:
    before = office.ledger()
    assert "已经是这样记录的" in tang.say("人次写错了 是14不是41")
    assert office.ledger() == before


@pytest.mark.parametrize("typed", ["0001人次是17不是14", "0001人数搞错了，是17", "0001笔数打错了，17"])
def test_a_code_glued_to_any_word_of_correcting_is_a_code(office: Office, tang: SimulatedPerson, typed: str) -> None:
    assert "人次：14 → 17" in office.coordinator("刘主任", "zhaoyang").say(typed)
