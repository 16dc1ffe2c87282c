"""Words that cannot be acted upon here yet: each says so and what helps instead; help does not name them."""

import pytest

from handlers.texts.not_yet import NOT_YET
from tests.conversations.conftest import Office

WORDS = [word for words in NOT_YET for word in words.split()]


@pytest.mark.parametrize("word", WORDS)
def test_every_word_says_so(office: Office, word: str) -> None:
    person = office.captain("李敏", "昭通市第一中学")
    for said in (word, f"{word} 王芳 13900001111", f"{word} 0009 0010", f"{word}0009"):
        answer = person.say(said)
        assert answer.startswith(f"“{word}”暂不能在这里办理；"), answer
    assert [team.unit for team in office.teams()] == ["昭通市第一中学"]


def test_coordinators_are_told_the_same(office: Office) -> None:
    zhao = office.coordinator("赵主任")
    assert "0870-2220223" in zhao.say("合并 0009 0010")
    assert "0870-2220223" in zhao.say("结案 0001")


def test_help_names_none(office: Office) -> None:
    office.captain("李敏", "昭通市第一中学")
    for person in (office.coordinator("赵主任"), office.person("李敏")):
        assert not any(word in person.say("帮助") for word in WORDS)


def test_an_open_registration_stays_open(office: Office) -> None:
    li = office.person("李敏")
    li.say("组队 昭阳区幼儿园 昭阳区 人道暖昭通")
    assert "报名还没完成" in li.say(WORDS[0])
    assert li.say("李敏 13900000000").startswith("已登记")


@pytest.mark.parametrize(
    "said",
    ["队长要换人", "队伍名字想改成 中城小学爱心队", "改名为昭通市一中", "移交给王老师可以吗", "把队伍合并到2号队"],
)
def test_a_free_sentence_is_answered_as_before(office: Office, said: str) -> None:
    assert "暂不能在这里改，请联系" in office.captain("李敏", "昭通市第一中学").say(said)
