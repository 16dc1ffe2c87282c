"""A question is not answered by an entry about something else: no noun, another year, two refusals."""

from pathlib import Path

import pytest

from handlers.rulebook.phrasing import questions_in
from handlers.rulebook.questions import Found, Near, Rulebook, Unknown, rulebook_of
from storage.campaign_document import Rule
from storage.campaign_files import load
from storage.campaign_schema import Campaign

FOLDER = Path(__file__).parents[2] / "campaigns"
CAMPAIGNS = {path.name: load(path) for path in FOLDER.glob("*-20*")}
ZHAOTONG = CAMPAIGNS["zhaotong-2024"]


def with_entry(question: str, answer: str) -> Rulebook:
    """Zhaotong's rulebook with one more entry, as a coordinator's answer becomes one."""
    rule = Rule(
        id="answered-1", topic="answered", questions=(question,), answer=answer, source="协调员答复", status="answered"
    )
    return Rulebook(ZHAOTONG.model_copy(update={"rulebook": (*ZHAOTONG.rulebook, rule)}))


@pytest.mark.parametrize(
    ("held", "answer", "other"),
    [
        ("物资在哪里领", "在机关大院北门。", "帐篷在哪里领"),
        ("横幅几个人去挂", "去3人。", "帐篷几个人去搭"),
        ("证书什么时候寄来", "六月寄出。", "奖杯什么时候寄来"),
    ],
)
def test_an_entry_without_the_noun_is_no_answer(held: str, answer: str, other: str) -> None:
    rulebook = with_entry(held, answer)
    found = rulebook.ask(held)
    assert isinstance(found, Found)
    assert found.rule.id == "answered-1"
    astray = rulebook.ask(other)
    offered = [astray.rule] if isinstance(astray, Found) else astray.rules if isinstance(astray, Near) else ()
    assert "answered-1" not in [rule.id for rule in offered]


@pytest.mark.parametrize(
    "asked", ["前年是几号开始的", "上一届有几个项目", "往年最低捐多少", "明年几号报名", "下一届哪几天配捐"]
)
@pytest.mark.parametrize("campaign", CAMPAIGNS.values(), ids=lambda campaign: str(campaign.id))
def test_another_year_is_no_rule(campaign: Campaign, asked: str) -> None:
    """Only an entry that speaks of other years may say that it knows nothing of them."""
    found = rulebook_of(campaign).ask(asked)
    assert found == Unknown(elsewhere=True) or (isinstance(found, Found | Near))
    for rule in (found.rule,) if isinstance(found, Found) else found.rules if isinstance(found, Near) else ():
        assert rule.status == "not stated" or str(campaign.year + 1) in rule.answer, rule.id


def test_a_year_told_in_passing_changes_nothing() -> None:
    asked = rulebook_of(ZHAOTONG).ask("报名到几号截止")
    told = rulebook_of(ZHAOTONG).ask("去年我们单位来过，报名到几号截止")
    assert isinstance(asked, Found)
    assert asked.rule in ((told.rule,) if isinstance(told, Found) else told.rules if isinstance(told, Near) else ())


@pytest.mark.parametrize("asked", ["成了没", "你急啥", "咋又是你", "晚", "B校呢"])
@pytest.mark.parametrize("campaign", CAMPAIGNS.values(), ids=lambda campaign: str(campaign.id))
def test_a_few_characters_of_anything_are_no_rule(campaign: Campaign, asked: str) -> None:
    assert isinstance(rulebook_of(campaign).ask(asked), Unknown)


@pytest.mark.parametrize("asked", ["后天下不下雪啊", "外头气温多少度", "这台风哪天走"])
def test_the_weather_is_elsewhere(asked: str) -> None:
    assert rulebook_of(ZHAOTONG).ask(asked) == Unknown(elsewhere=True)


def test_two_refusals_are_one() -> None:
    """No choice holds two entries that decline, and none is made of such alone."""
    silent = [rule for rule in ZHAOTONG.rulebook if rule.id in ("closing-hour", "daily-split")]
    alike = tuple(rule.model_copy(update={"questions": ("配捐每天怎么收",)}) for rule in silent)
    assert len(alike) == 2
    both = Rulebook(ZHAOTONG.model_copy(update={"rulebook": alike}))
    assert isinstance(both.ask("配捐每天怎么收呢"), Found)
    stated = alike[0].model_copy(update={"id": "stated", "status": "stated"})
    torn = Rulebook(ZHAOTONG.model_copy(update={"rulebook": (*alike, stated)})).ask("配捐每天怎么收呢")
    assert isinstance(torn, Near)
    assert sum(rule.status == "not stated" for rule in torn.rules) == 1


def test_no_choice_offers_two_refusals() -> None:
    cases = (FOLDER.parent / "tests" / "rules" / "questions.tsv").read_text(encoding="utf-8").splitlines()
    asked = [line.split("\t")[1] for line in cases if line and not line.startswith("#")]
    choices = [found for each in asked if isinstance(found := rulebook_of(ZHAOTONG).ask(each), Near)]
    assert choices
    for choice in choices:
        assert sum(rule.status == "not stated" or rule.topic == "refuse" for rule in choice.rules) <= 1


@pytest.mark.parametrize(
    ("said", "apart"),
    [
        ("配捐哪几天？票据怎么开？", ["配捐哪几天?", "票据怎么开?"]),
        ("报名截止到几号，要找谁报", ["报名截止到几号", "要找谁报"]),
        ("我们学校想参加，几号截止，一个人最少捐多少", ["我们学校想参加，几号截止", "一个人最少捐多少"]),
        ("捐款能开发票吗，另外能退吗", ["捐款能开发票吗", "能退吗"]),
        ("我们筹了三千二，能自己用吗", ["我们筹了三千二，能自己用吗"]),
        ("你好，配捐几点开始", ["你好，配捐几点开始"]),
    ],
)
def test_questions_apart(said: str, apart: list[str]) -> None:
    assert questions_in(said) == apart
