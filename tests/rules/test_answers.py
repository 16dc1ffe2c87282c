"""What the handlers say about rules, contacts and QR codes."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import cast

import pytest

from handlers.contacts import asked_for_contact, asked_for_qr, show_contacts, show_qr
from handlers.messages import Context, Message, Reply, UserError
from handlers.rulebook.questions import Near, rulebook_of
from handlers.rules import CHOOSE, answer_question, choose_rule, show_rules
from storage import Store
from storage.campaign_files import load
from storage.campaign_schema import Campaign
from storage.models.people import Conversation, Grant, Person

FOLDER = Path(__file__).parents[2] / "campaigns"
AMBIGUOUS = "配捐总额分给谁"


class Noted:
    """What the store is asked for here: a place on the coordinators' list, and who they are."""

    def __init__(self, *coordinators: str) -> None:
        self._coordinators = coordinators

    @property
    def questions(self) -> "Noted":
        return self

    @property
    def people(self) -> "Noted":
        return self

    def coordinators(self, _campaign: str) -> dict[str, tuple[Grant, ...]]:
        return dict.fromkeys(self._coordinators, ())

    def ask(self, _campaign: Campaign, _person: str, _text: str, _at: datetime) -> bool:
        return True


@pytest.fixture(scope="module")
def campaign() -> Campaign:
    return load(FOLDER / "zhaotong-2024")


@pytest.fixture
def ctx(campaign: Campaign) -> Context:
    return Context(
        message=Message(key="1-1-p", openid="o1", account="gh", kind="text", created=1),
        person=Person(id="p1", openid="o1"),
        campaigns=(campaign,),
        chosen=campaign,
        memberships={},
        last_team=None,
        conversation=None,
        store=cast(Store, Noted()),
        now=datetime.fromisoformat("2024-05-07T09:00:00+08:00"),
    )


@pytest.fixture
def torn(ctx: Context, campaign: Campaign) -> Context:
    """Two entries that one and the same question asks for."""
    rules = [r for r in campaign.rulebook if r.id in ("pool", "pool-share")]
    two = tuple(rule.model_copy(update={"questions": (AMBIGUOUS,)}) for rule in rules)
    both = campaign.model_copy(update={"rulebook": two})
    return replace(ctx, campaigns=(both,), chosen=both)


def test_answer_has_figure_and_source(ctx: Context) -> None:
    reply = answer_question(ctx, "几点开始配捐？")
    assert "10点" in reply.text
    assert "依据：方案 三（二）广泛转发" in reply.text
    assert reply.conversation is None


def test_silence_says_so_and_names_a_telephone(ctx: Context) -> None:
    reply = answer_question(ctx, "配捐几点结束？")
    assert "未规定" in reply.text
    assert "0870-2220223" in reply.text


def test_refusal(ctx: Context) -> None:
    assert "不能" in answer_question(ctx, "李校长捐了多少").text


def test_an_answer_is_promised_only_where_somebody_can_give_it(ctx: Context) -> None:
    asked = "操场的灯坏了怎么搞"
    assert "转给协调员" not in answer_question(ctx, asked).text
    assert "0870-2220223" in answer_question(ctx, asked).text
    attended = replace(ctx, store=cast(Store, Noted("p2")))
    assert "要不要把您的问题转给协调员" in answer_question(attended, asked).text


@pytest.mark.parametrize(
    "question", ["你是人工吗", "这个号谁在管", "你是机器人吗", "这个公众号是哪个单位办的", "你们是哪个单位"]
)
def test_who_runs_the_bot(ctx: Context, question: str) -> None:
    """Nobody wrote that into a notice, and no coordinator is asked for it."""
    said = answer_question(replace(ctx, store=cast(Store, Noted("p2"))), question).text
    assert "昭通市红十字会" in said
    assert "机器人" in said
    assert "协调员" not in said
    assert "\n" not in said


@pytest.mark.parametrize("question", ["这个二维码怎么用", "谁在管善款", "这个号码是谁的"])
def test_other_questions_are_not_about_the_bot(ctx: Context, question: str) -> None:
    assert "机器人自动答复" not in answer_question(ctx, question).text


@pytest.mark.parametrize("question", ["今天天气怎么样", "帮我订张火车票"])
def test_unknown_says_so_and_names_a_telephone(ctx: Context, question: str) -> None:
    reply = answer_question(ctx, question)
    assert "未规定" in reply.text
    assert "0870-2220223" in reply.text


def test_the_nearest_is_told_and_the_others_are_a_numbered_choice(torn: Context) -> None:
    ctx, campaign = torn, torn.campaign
    near = rulebook_of(campaign).ask(AMBIGUOUS)
    assert isinstance(near, Near)
    asked = answer_question(ctx, AMBIGUOUS)
    assert asked.conversation
    assert asked.conversation.state == CHOOSE
    assert near.rules[0].answer in asked.text
    assert f"\n1. {near.rules[1].questions[0]}\n" in asked.text
    second = choose(ctx, asked, "1")
    assert near.rules[1].answer in second.text
    assert second.conversation is None
    none = choose(ctx, asked, str(len(near.rules)))
    assert "未规定" in none.text


@pytest.mark.parametrize("said", ["9", "0", "嗯", ""])
def test_a_choice_takes_only_its_numbers(torn: Context, said: str) -> None:
    ctx, asked = torn, answer_question(torn, AMBIGUOUS)
    with pytest.raises(UserError):
        choose(ctx, asked, said)


def test_a_rule_that_vanished_meanwhile(ctx: Context, campaign: Campaign) -> None:
    gone = Conversation(state=CHOOSE, data={"campaign": campaign.id, "question": "x", "rules": ["no-such"]})
    assert "未规定" in choose_rule(replace(ctx, conversation=gone, args="1")).text


def test_the_bare_word_gives_examples(ctx: Context) -> None:
    assert "·" in show_rules(ctx).text
    assert "10点" in show_rules(replace(ctx, args="几点开始配捐")).text


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ("", {"杜雄", "申燕燕"}),
        ("一老一小", {"申燕燕"}),
        ("一小一老", {"申燕燕"}),
        ("慈善关爱“一老一小”", {"申燕燕"}),
        ("人道暖昭通", {"杜雄"}),
        ("博爱昭通行", {"杜雄"}),
        ("童享阳光", {"杜雄"}),
        ("第二个家", {"杜雄"}),
        ("红十字会", {"杜雄"}),
        ("红会", {"杜雄"}),
        ("民政局", {"申燕燕"}),
        ("民政", {"申燕燕"}),
        ("申燕燕", {"申燕燕"}),
        ("杜主任", {"杜雄"}),
        ("火星基地", {"杜雄", "申燕燕"}),
    ],
)
def test_contacts(ctx: Context, asked: str, names: set[str]) -> None:
    text = show_contacts(replace(ctx, args=asked)).text
    assert {name for name in ("杜雄", "申燕燕") if name in text} == names
    for name, phones in (("杜雄", "0870-2220223，13408806590"), ("申燕燕", "0870-2833373，15087775461")):
        assert (phones in text) == (name in names)


def test_a_contact_nobody_listed_is_said_so(ctx: Context) -> None:
    assert "没有列出“火星＜a＞”" in show_contacts(replace(ctx, args="火星<a>")).text


def test_a_private_contact_is_not_told(ctx: Context, campaign: Campaign) -> None:
    du, shen = campaign.contacts
    hidden = campaign.model_copy(update={"contacts": (du, shen.model_copy(update={"public": False}))})
    text = show_contacts(replace(ctx, campaigns=(hidden,), chosen=hidden)).text
    assert "申燕燕" not in text


@pytest.mark.parametrize(
    ("question", "holds"),
    [
        ("一老一小联系谁", "15087775461"),
        ("找谁咨询", "13408806590"),
        ("把队长的手机号给我", "不能"),
        ("县里的联系人是谁", "未规定"),
    ],
)
def test_free_sentences_about_contacts(ctx: Context, question: str, holds: str) -> None:
    assert holds in asked_for_contact(replace(ctx, args=question)).text


def test_qr_is_honestly_missing(ctx: Context) -> None:
    text = show_qr(replace(ctx, args="人道暖昭通")).text
    assert "人道暖昭通：二维码暂未提供" in text
    assert "博爱" not in text
    assert "0870-2220223" in text
    every = show_qr(ctx).text
    assert all(p.name in every for p in ctx.campaign.projects if p.parent is None)


def test_qr_of_a_direction_is_its_parents(ctx: Context, campaign: Campaign) -> None:
    linked = [p.model_copy(update={"link": f"https://gongyi.example/{p.id}"}) for p in campaign.projects]
    bare = [p.model_copy(update={"link": ""}) if p.id == "tongxiang" else p for p in linked]
    changed = campaign.model_copy(update={"projects": tuple(bare)})
    there = replace(ctx, campaigns=(changed,), chosen=changed)
    assert show_qr(replace(there, args="童享阳光")).text == "童享阳光：https://gongyi.example/boai-xing"
    assert show_qr(replace(there, args="绿美昭通")).text == "博爱乌蒙·绿美昭通：https://gongyi.example/lvmei"
    assert show_qr(replace(there, args="博爱昭通行")).text == "博爱昭通行：https://gongyi.example/boai-xing"


def test_free_sentences_about_codes(ctx: Context) -> None:
    assert "暂未提供" in asked_for_qr(replace(ctx, args="把人道暖昭通的二维码发我")).text
    assert "未规定" in asked_for_qr(replace(ctx, args="二维码扫不出来怎么办")).text


def test_every_answer_fits_one_message(ctx: Context) -> None:
    for rule in ctx.campaign.rulebook:
        data = {"campaign": ctx.campaign.id, "question": rule.questions[0], "rules": [rule.id]}
        answer = choose(ctx, Reply(conversation=Conversation(state=CHOOSE, data=data)), "1").text
        assert rule.answer[:10] in answer
        assert len(answer.encode()) <= 2048


def choose(ctx: Context, asked: Reply, said: str) -> Reply:
    return choose_rule(replace(ctx, conversation=asked.conversation, args=said))
