"""What nobody understood: never the same sentence twice running, kept masked without complaints, gone with her."""

from itertools import pairwise
from typing import get_args

import pytest

from handlers.language.words import Opinion
from handlers.understand.intents import Guess, guess
from handlers.understand.opinion import NO_CHOICE, OF_COORDINATORS
from storage.database import Database
from tests.conversations.conftest import Office
from tests.conversations.wording import CONFIRM

NONSENSE, TWO = "嗯窗棱跳绳哈", "咱家的小卡片发来瞧瞧"
OPINIONS = {
    NONSENSE: Guess("confirm", 0.2, "more", 0.1, complaint=False),
    TWO: Guess("team", 0.5, "qr", 0.3, complaint=False),
    "咋回事嘛": Guess("help", 0.7, "incident", 0.1, complaint=True),
}
"""What the trained opinion of some lines is, whatever it was trained on."""


@pytest.fixture(autouse=True)
def opinions(monkeypatch: pytest.MonkeyPatch) -> None:
    def opinion(text: str, names: tuple[str, ...] = ()) -> Guess:
        return next((made for line, made in OPINIONS.items() if line in text), guess(text, names))

    for module in ("handlers.understand.opinion",):
        monkeypatch.setattr(f"{module}.guess", opinion)


def kept(office: Office, database: Database) -> list[str]:
    return [
        line
        for key in database.scan_iter(match=office.store.keys.all_unheard())
        for line in database.zrange(key, 0, -1)
    ]


@pytest.mark.parametrize(
    "lines",
    [
        [NONSENSE] * 7,
        ["今天食堂吃什么"] * 4,
        ["谢谢"] * 3,
        ["早"] * 3,
        ["你咋老问", "急死了", "好了没"],
        [NONSENSE, "谢谢", NONSENSE, "早", "早"],
    ],
)
def test_never_the_same_sentence_twice_running(office: Office, lines: list[str]) -> None:
    li = office.captain("李敏", "昭通市第一中学")
    replies = [li.say(line) for line in lines]
    assert all(one != other for one, other in pairwise(replies)), replies


def test_the_first_sentence_comes_again_after_an_answer(office: Office) -> None:
    li = office.person("李敏")
    first = li.say(NONSENSE)
    li.say(NONSENSE)
    li.say("几点开始配捐")
    assert li.say(NONSENSE) == first


def test_it_is_kept_masked_with_her_and_goes_with_her(office: Office, database: Database) -> None:
    li = office.person("李敏")
    li.say(f"{NONSENSE} 13987654321")
    assert kept(office, database) == [f"{NONSENSE}☎"]
    [key] = database.scan_iter(match=office.store.keys.all_unheard())
    assert li.openid in key
    assert 0 < database.ttl(key) <= 30 * 24 * 3600
    li.say("注销")
    li.say("确认")
    assert kept(office, database) == []


@pytest.mark.parametrize("said", ["我扫码扫出来是别人的店", "谢谢", "进度 5000元", "几点开始配捐", "有人冒名"])
def test_complaints_and_what_was_understood_are_not_kept(office: Office, database: Database, said: str) -> None:
    office.person("李敏").say(said)
    assert kept(office, database) == []


def test_neither_of_two_that_are_offered_is_kept_as_not_understood(office: Office, database: Database) -> None:
    li = office.captain("李敏", "昭通市第一中学")
    asked = li.say(TWO)
    assert [line[:3] for line in asked.split("\n")[1:]] == ["1. ", "2. ", "3. "], asked
    assert "都不是" in asked
    assert "看懂" in li.say("3")
    assert len(kept(office, database)) == 1


def test_what_is_offered_is_forgotten_with_any_other_word(office: Office) -> None:
    li = office.captain("李敏", "昭通市第一中学")
    assert "请回复数字" in li.say(TWO)
    assert li.say("谢谢").startswith("不客气")
    assert "1 到" not in li.say("排行")


@pytest.mark.parametrize("intent", get_args(Opinion))
def test_whatever_is_offered_answers(office: Office, monkeypatch: pytest.MonkeyPatch, intent: Opinion) -> None:
    """Every want may be the first of two: her line is answered as that, and no figure is booked by it."""
    li = office.captain("李敏", "昭通市第一中学")
    second: Opinion = "qr" if intent != "qr" else "team"
    monkeypatch.setitem(OPINIONS, TWO, Guess(intent, 0.45, second, 0.4, complaint=False))
    offered = li.say(TWO)
    before = [kind for kind in office.ledger() if kind.startswith("report")]
    if "都不是" in offered:
        assert "都不是" not in li.say("1"), offered
    assert [kind for kind in office.ledger() if kind.startswith("report")] == before
    no_choice = NO_CHOICE | OF_COORDINATORS | {"rule", "retract", "register", "correct"}
    assert "回复数字" in offered or intent in no_choice, offered


def test_a_complaint_heard_beside_another_want_gets_the_way_to_report_it(office: Office) -> None:
    said = office.person("李敏").say("咋回事嘛")
    assert "【大家都可以说】" in said
    assert "举报" in said


def test_what_was_not_understood_can_be_passed_on_where_it_asks(office: Office) -> None:
    zhao, li = office.coordinator("赵主任"), office.person("李敏")
    said = li.say(f"{NONSENSE}？")
    assert "没有看懂" in said
    assert said.endswith(CONFIRM)
    li.say("确认")
    assert f"D1 {NONSENSE}" in zhao.say("待答")
