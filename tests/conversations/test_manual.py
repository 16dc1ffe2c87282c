"""docs/manual.md: every word in it is one that the bot answers, said by whom its page is for."""

import re
from pathlib import Path

import pytest

from bot.simulator.people import SimulatedPerson
from tests.conversations.conftest import Office

PAGES = re.split(r"^## ", (Path(__file__).parents[2] / "docs/manual.md").read_text(encoding="utf-8"), flags=re.M)
PREFACE, CAPTAINS, COORDINATORS = PAGES
QUOTED = re.compile(r"`([^`]+)`")
NOT_ANSWERED = ("不在活动的范围里", "没有看懂", "您是不是想说", "没有把握", "系统出了点问题", "暂不能在这里办理")


@pytest.fixture
def captain(office: Office) -> SimulatedPerson:
    return office.captain("李敏", "昭通市第一中学")


@pytest.fixture
def coordinator(office: Office) -> SimulatedPerson:
    return office.coordinator("刘主任", "yongshan")


def answered(said: str) -> bool:
    return bool(said) and not any(sorry in said for sorry in NOT_ANSWERED)


@pytest.mark.parametrize("words", dict.fromkeys(QUOTED.findall(CAPTAINS)))
def test_a_captains_words(office: Office, captain: SimulatedPerson, words: str) -> None:
    said = captain.say(words)
    assert answered(said), said


@pytest.mark.parametrize("words", dict.fromkeys(QUOTED.findall(COORDINATORS)))
def test_a_coordinators_words(office: Office, coordinator: SimulatedPerson, words: str) -> None:
    said = coordinator.say(words)
    assert answered(said), said


def test_a_word_that_nobody_knows_would_be_noticed(captain: SimulatedPerson) -> None:
    assert not answered(captain.say("青铜器 三号楼"))


def test_each_page_has_its_words() -> None:
    assert len(QUOTED.findall(CAPTAINS)) > 20
    assert len(QUOTED.findall(COORDINATORS)) > 10
    assert "自愿" in PREFACE
