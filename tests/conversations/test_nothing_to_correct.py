"""What is to be put right where nothing stands: no yes is asked for that would be refused, her figures are offered as a
report."""

import pytest

from bot.simulator.people import SimulatedPerson
from tests.conversations.conftest import Office, fen

FOURTH = "鲁甸县第四中学"


@pytest.fixture
def shen(office: Office) -> SimulatedPerson:
    """A coordinator; the one team of her region has reported nothing."""
    office.captain("鲁小燕", FOURTH, "鲁甸县")
    return office.coordinator("沈主任", "ludian")


@pytest.mark.parametrize(
    "typed", ["四中更正为2730元 45人次", "四中的错了，应该是2730元 45人次", "0001改成2730元 45人次"]
)
def test_a_coordinator_is_offered_the_line_that_reports_it(office: Office, shen: SimulatedPerson, typed: str) -> None:
    said = shen.say(typed)
    line = "进度 0001 累计2,730.00元 45人次"
    assert said.endswith(f"没有记入。要报这个数，请发：{line}"), said
    assert "没有等您答复" in shen.say("确认")
    assert fen(office, FOURTH) == 0
    assert "已记录" in shen.say(line)
    assert fen(office, FOURTH) == 273_000


def test_a_captain_is_offered_it_with_its_channel(office: Office, shen: SimulatedPerson) -> None:
    assert "请发：进度 0001 线下 累计640.00元" in office.person("鲁小燕").say("现金改成640元")


@pytest.mark.parametrize("typed", ["四中少报了70元", "四中撤回", "四中报错了", "四中人次应该是45"])
def test_no_figure_is_offered_that_is_no_total(office: Office, shen: SimulatedPerson, typed: str) -> None:
    said = shen.say(typed)
    assert "还没有可以更正或撤回的记录" in said, said
    assert "没有等您答复" in shen.say("确认")


def test_a_figure_of_another_unit_is_not_offered_as_hers(office: Office, shen: SimulatedPerson) -> None:
    assert "640" not in office.person("鲁小燕").say("卫生院改成640元")
