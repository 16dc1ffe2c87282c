"""An adopted answer answers no question that lacks its noun."""

import pytest

from handlers.adopted import holds_its_noun, nouns_of, tried
from storage.campaign_document import Rule
from storage.campaign_files import load
from storage.matters import Question
from storage.questions import rule_id, with_answer
from tests.conversations.conftest import CAMPAIGNS, at


def entry(*phrasings: str) -> Rule:
    return Rule(
        id="answered-d1", topic="answered", questions=phrasings, answer="由各单位自己定", source="s", status="answered"
    )


@pytest.mark.parametrize(
    ("phrasing", "question"),
    [
        ("队服要统一颜色吗", "队服要统一颜色吗"),
        ("队服要统一颜色吗", "请问队服的颜色有规定吗？"),
        ("横幅要多长", "横幅多长合适"),
        ("志愿者有没有马甲", "志愿者发不发马甲"),
    ],
)
def test_the_same_thing(phrasing: str, question: str) -> None:
    assert holds_its_noun(entry(phrasing), question)


@pytest.mark.parametrize(
    ("phrasing", "question"),
    [
        ("队服要统一颜色吗", "队旗要统一颜色吗"),
        ("队服要统一颜色吗", "队服多少钱一件"),
        ("横幅要多长", "时间要多长"),
        ("横幅要多长", "队伍要多长"),
        ("志愿者有没有马甲", "老师有没有马甲"),
        ("要不要", "要不要"),
    ],
)
def test_another_thing(phrasing: str, question: str) -> None:
    assert not holds_its_noun(entry(phrasing), question)


def test_any_of_its_phrasings_will_do() -> None:
    assert holds_its_noun(entry("队服要统一颜色吗", "横幅要多长"), "横幅多长")


@pytest.mark.parametrize("nothing", ["要不要", "多少", "能不能", "?", "一个人去哪"])
def test_what_names_nothing(nothing: str) -> None:
    assert nouns_of(nothing) == []


def test_it_is_tried_before_it_is_published() -> None:
    campaign = load(CAMPAIGNS / "zhaotong-2024")
    asked = Question(number="D7", at=at("2024-04-20T10:00"), by="p", text="队服要统一颜色吗", answer="由各单位自己定")
    amended, its = with_answer(campaign, asked, asked.text), rule_id("D7")
    assert its == "answered-d7"
    assert tried(amended, its, asked.text) == "found"
    assert tried(amended, its, "几点开始配捐？") == "other"
    assert tried(amended, its, "今天天气怎么样") == "none"
    assert tried(campaign, its, asked.text) == "none"
