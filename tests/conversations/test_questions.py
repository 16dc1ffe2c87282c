"""待答 回答 收录: what nobody wrote down reaches a coordinator, her answer the asker, and then the rulebook."""

import time
from typing import Any
from uuid import uuid4

import pytest

from bot.dispatch import Dispatcher
from handlers import router
from handlers.messages import Message
from handlers.questions import offer
from handlers.router import Router
from storage.campaign_files import load
from storage.campaign_schema import Campaign
from storage.questions import Questions
from tests.conversations.conftest import CAMPAIGNS, Office
from tests.conversations.wording import CONFIRM, faults_of

ASKED = "队服要统一颜色吗"
ANSWER = "由各单位自己定"


def ask(office: Office, who: str, question: str = ASKED) -> str:
    """Somebody asks what nobody wrote down and wants it passed on; the reply to her yes."""
    assert office.person(who).say(question).endswith(CONFIRM)
    return office.person(who).say("确认")


def answered(office: Office) -> str:
    """Somebody asked, a coordinator answered; the reply to her."""
    wang = office.coordinator("王协调")
    ask(office, "李敏")
    return wang.say(f"回答 D1 {ANSWER}")


def told(office: Office) -> list[str]:
    return [d.notification.text for d in office.store.outbox.list(office.campaign.id) if d.notification.job == "answer"]


def test_what_is_not_found_waits_for_a_coordinator(office: Office) -> None:
    wang = office.coordinator("王协调")
    said = office.person("李敏").say(ASKED)
    assert "未规定" in said
    assert "要不要把您的问题转给协调员？不带您的名字" in said
    assert "没有等待答复的问题" in wang.say("待答")
    assert office.person("李敏").say("好的").startswith("已登记 您的问题")
    assert f"D1 {ASKED}" in wang.say("待答")


def test_a_question_to_which_the_file_says_that_it_is_silent_can_be_passed_on(office: Office) -> None:
    wang, asked = office.coordinator("王协调"), "一支队最少要几个人"
    said = office.person("李敏").say(asked)
    assert "团队人数的下限和上限，方案未规定" in said
    assert said.endswith(CONFIRM)
    office.person("李敏").say("要得")
    assert f"D1 {asked}" in wang.say("待答")


def test_what_is_chosen_among_near_entries_and_says_nothing_can_be_passed_on(office: Office) -> None:
    wang, asked = office.coordinator("王协调"), "单笔捐款有上限没得"
    assert "\n1. " in office.person("李敏").say(asked)
    assert office.person("李敏").say("1").endswith(CONFIRM)
    office.person("李敏").say("确认")
    assert f"D1 {asked}" in wang.say("待答")


@pytest.mark.parametrize("next_said", ["排行", "谢谢", "配捐几点开始", "进度 5000元 50人次"])
def test_an_offer_to_pass_it_on_is_in_nobodys_way(office: Office, next_said: str) -> None:
    """It is forgotten with whatever is no yes and no no."""
    wang, li = office.coordinator("王协调"), office.captain("李敏", "昭通市第一中学")
    li.say(ASKED)
    said = li.say(next_said)
    assert "转给协调员" not in said
    assert CONFIRM not in said
    assert "没有等您答复的事项" in li.say("确认")
    assert "没有等待答复的问题" in wang.say("待答")


def test_without_a_coordinator_no_answer_is_promised(office: Office) -> None:
    """The telephone is named, and nothing is kept that nobody would answer."""
    said = office.person("李敏").say(ASKED)
    assert "协调员" not in said
    assert "0870-2220223" in said
    assert "没有等待答复的问题" in office.coordinator("王协调").say("待答")


def test_who_coordinates_is_not_offered_to_ask_herself(office: Office) -> None:
    """The one is told whom to call, as everybody is; who has no role may still pass it on."""
    people = [office.coordinator("王协调", role="organizer"), office.coordinator("刘主任", "yongshan")]
    for asked in (ASKED, "单笔捐款有上限没得"):
        for each in people:
            said = each.say(asked)
            said = each.say("1") if "\n1. " in said else said
            assert "转给协调员" not in said
            assert "0870-2220223" in said
    assert office.store.questions.waiting(office.campaign.id) == []
    assert "要不要把您的问题转给协调员" in office.person("李敏").say(ASKED)


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("我要捐款", "本号不收款"),
        ("最少捐几块", "1元"),
        ("开发票不", "票据"),
        ("申燕燕", "0870-2833373"),
    ],
)
def test_what_asks_without_a_question_mark(office: Office, said: str, answer: str) -> None:
    assert answer in office.person("李敏").say(said)


def test_the_bot_says_who_runs_it(office: Office) -> None:
    office.coordinator("王协调")
    for asked in ("你是人工吗", "这个号谁在管"):
        said = office.person("李敏").say(asked)
        assert "昭通市红十字会" in said
        assert "转给协调员" not in said
    assert office.store.questions.waiting(office.campaign.id) == []


def test_the_gap_to_the_first_is_her_teams_page(office: Office) -> None:
    assert "永善县第一中学（#0001）" in office.captain("张三", "永善县第一中学").say("距离第一名差多少")


def test_the_same_question_waits_once(office: Office) -> None:
    office.coordinator("王协调")
    ask(office, "李敏")
    ask(office, "李敏")
    assert len(office.store.questions.waiting(office.campaign.id)) == 1


def test_one_person_does_not_fill_the_list(office: Office) -> None:
    office.coordinator("王协调")
    for thing in ("队旗", "队徽", "队服", "横幅", "吉祥物", "队帽"):
        said = ask(office, "李敏", f"{thing}的尺寸多大？")
    assert "等待答复的问题太多" in said
    assert len(office.store.questions.waiting(office.campaign.id)) == 5


def test_what_is_out_of_scope_bothers_nobody(office: Office) -> None:
    said = office.person("李敏").say("今天天气怎么样？")
    assert "不能" in said
    assert office.store.questions.waiting(office.campaign.id) == []


def test_the_answer_reaches_the_asker(office: Office) -> None:
    assert answered(office).startswith("已记录")
    (text,) = told(office)
    assert ASKED in text
    assert ANSWER in text
    assert "没有等待答复的问题" in office.person("王协调").say("待答")


def test_an_answer_is_given_once(office: Office) -> None:
    answered(office)
    assert "已经有答复" in office.person("王协调").say("回答 D1 又变了")
    assert len(told(office)) == 1


def test_an_adopted_answer_answers_everybody(office: Office) -> None:
    answered(office)
    before = office.store.campaigns.published()[office.campaign.id].version
    asked = office.person("王协调").say("收录 D1")
    assert f"问：{ASKED}\n答：{ANSWER}" in asked
    assert f"试过了：问“{ASKED}”，就这样答。" in asked
    assert asked.endswith("回复“确认”，或“算了”")
    office._forget_cache()
    assert office.store.campaigns.published()[office.campaign.id].version == before
    assert "已记录" in office.person("王协调").say("确认")
    office._forget_cache()
    assert office.store.campaigns.published()[office.campaign.id].version == before + 1
    said = office.person("路人").say(ASKED)
    assert ANSWER in said
    assert "协调员答复" in said


def test_the_file_published_again_keeps_adopted_answers(office: Office) -> None:
    answered(office)
    assert "问：队服颜色有规定吗" in office.person("王协调").say("收录 D1 队服颜色有规定吗")
    office.person("王协调").say("确认")
    office.publish(load(CAMPAIGNS / "zhaotong-2024"))
    assert ANSWER in office.person("路人").say("队服颜色有规定吗？")


def test_adopting_needs_an_answer_and_the_whole_campaign(office: Office) -> None:
    wang = office.coordinator("王协调")
    ask(office, "李敏")
    assert "还没有答复" in wang.say("收录 D1")
    county = office.coordinator("县协调", "yongshan")
    assert county.say(f"回答 D1 {ANSWER}").startswith("已记录")
    assert "不能" in county.say("收录 D1")


def test_only_coordinators(office: Office) -> None:
    office.coordinator("王协调")
    ask(office, "李敏")
    for word in ("待答", "回答 D1 是", "收录 D1"):
        assert "协调员的功能" in office.person("路人").say(word)


def test_a_number_that_is_no_question(office: Office) -> None:
    assert "没有这个编号" in office.coordinator("王协调").say("回答 D9 是的")


def test_what_an_erased_person_asked_is_gone(office: Office) -> None:
    office.coordinator("王协调")
    asker = office.person("李敏")
    ask(office, "李敏")
    assert len(office.store.questions.waiting(office.campaign.id)) == 1
    asker.say("注销")
    asker.say("确认")
    assert office.store.questions.waiting(office.campaign.id) == []


def test_adopting_builds_on_what_is_published_meanwhile(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """An operator publishes while the coordinator's message is in work: her entry and his file both stand."""
    campaign, change = office.campaign, iter(["新简称"])
    adopt = Questions.adopt

    def adopt_late(*args: Any) -> int:
        for short in change:
            office.store.campaigns.publish(campaign.model_copy(update={"short": short}), office.store.clock.now())
        return adopt(*args)

    monkeypatch.setattr(Questions, "adopt", adopt_late)
    assert "已记录" in _adopting(office)
    office._forget_cache()
    published = office.store.campaigns.get(campaign.id)
    assert published.short == "新简称"
    assert [rule.answer for rule in published.rulebook if rule.status == "answered"] == [ANSWER]


def test_adopting_waits_for_nobody_and_loses_to_nobody(office: Office) -> None:
    """Another version appears between its reading and its writing: it is made anew from that one."""
    campaign, now = office.campaign, office.store.clock.now()
    others = iter(["新简称"])

    def change(published: Campaign) -> Campaign:
        for short in others:
            office.store.campaigns.publish(campaign.model_copy(update={"short": short}), now)
        return published.model_copy(update={"aliases": ("别名",)})

    assert office.store.campaigns.amend(campaign.id, change, now) == 3
    office._forget_cache()
    published = office.store.campaigns.get(campaign.id)
    assert (published.short, published.aliases) == ("新简称", ("别名",))


def test_adopting_opens_no_closed_campaign(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    adopt = Questions.adopt

    def adopt_late(*args: Any) -> int:
        office.store.campaigns.close(office.campaign.id, office.store.clock.now())
        return adopt(*args)

    monkeypatch.setattr(Questions, "adopt", adopt_late)
    assert "没有改动" in _adopting(office)
    office._forget_cache()
    assert [campaign.closed for campaign in office.store.campaigns.all()] == [True]


def _adopting(office: Office) -> str:
    """A question is asked and answered; the reply to its adoption."""
    asker, coordinator = office.person("李敏"), office.coordinator("王协调")
    asker.say("帮助")
    office.store.questions.ask(office.campaign, office.id_of(asker), ASKED, office.store.clock.now())
    coordinator.say(f"回答 D1 {ANSWER}")
    coordinator.say("收录 D1")
    return coordinator.say("确认")


def test_what_is_not_adopted_stays_an_answer_to_one(office: Office) -> None:
    answered(office)
    wang = office.person("王协调")
    wang.say("收录 D1")
    assert "没有改动" in wang.say("算了")
    office._forget_cache()
    assert office.store.campaigns.published()[office.campaign.id].version == 1
    assert "未规定" in office.person("路人").say(ASKED)


def test_who_lost_her_role_meanwhile_adopts_nothing(office: Office) -> None:
    answered(office)
    wang = office.person("王协调")
    wang.say("收录 D1")
    office.revoke(wang)
    assert "协调员的功能" in wang.say("确认")
    office._forget_cache()
    assert office.store.campaigns.published()[office.campaign.id].version == 1


@pytest.mark.parametrize("said", ["你们这破系统能不能快点！！", "不干了 什么玩意", "垃圾系统", "烦死了 天天催"])
def test_anger_is_no_question(office: Office, said: str) -> None:
    """It is told whom to call, and nobody can make a rule of it."""
    office.coordinator("王协调")
    answer = office.person("李敏").say(said)
    assert "昭通市红十字会 杜雄 0870-2220223" in answer
    assert answer.count("\n") == 0
    assert office.store.questions.waiting(office.campaign.id) == []


def test_an_angry_question_about_a_rule_is_answered(office: Office) -> None:
    assert "10点" in office.person("李敏").say("什么破系统，到底几点开始配捐？")


def test_one_counter_numbers_questions_and_cases(office: Office) -> None:
    wang, li = office.coordinator("王协调"), office.person("李敏")
    ask(office, "李敏")
    li.say("举报 有人冒充志愿者收钱")
    assert "案件编号 D2" in li.say("确认")
    ask(office, "李敏", "队旗的尺寸多大？")
    assert f"\nD1 {ASKED}\nD3 队旗的尺寸多大?\n" in wang.say("待答")
    assert "没有这个编号：D2" in wang.say("回答 D2 三米")


@pytest.mark.parametrize("number", ["D1", "d1", "Ｄ１", "D 1", " d01", "#D1", "第D1个", "编号D1"])
def test_a_number_with_its_letter_in_any_writing(office: Office, number: str) -> None:
    wang = office.coordinator("王协调")
    ask(office, "李敏")
    assert wang.say(f"回答{number} {ANSWER}").startswith("已记录 D1 的答复")
    [question] = office.store.questions.all(office.campaign.id)
    assert question.answer == ANSWER


def test_a_number_without_its_letter_is_asked_about(office: Office) -> None:
    """It was never a number of its own: nothing is sent to anybody."""
    wang = office.coordinator("王协调")
    ask(office, "李敏")
    said = wang.say(f"回答 1 {ANSWER}")
    assert "编号要带字母" in said
    assert f"D1 {ASKED}" in said
    assert told(office) == []
    assert len(office.store.questions.waiting(office.campaign.id)) == 1


def test_a_former_number_that_another_has_with_the_letter_is_asked_about(office: Office) -> None:
    wang, cid = office.coordinator("王协调"), office.campaign.id
    ask(office, "李敏")
    former = office.store.questions.all(cid)[0].model_copy(update={"number": "D2", "was": "1", "text": "队旗多大"})
    office.store.database.hset(office.store.keys.matters(cid, "question"), "D2", former.model_dump_json())
    said = wang.say(f"回答 1 {ANSWER}")
    assert f"D2 队旗多大（原编号1）\nD1 {ASKED}" in said
    assert told(office) == []


def test_an_adopted_answer_is_withdrawn(office: Office) -> None:
    assert "还没有收录的答复" in office.coordinator("王协调").say("撤下")
    answered(office)
    wang = office.person("王协调")
    wang.say("收录 D1")
    assert "不再这样答，发“撤下 D1”" in wang.say("确认")
    office._forget_cache()
    assert ANSWER in office.person("路人").say(ASKED)
    assert f"已经收录：\nD1 {ASKED}" in wang.say("撤下")
    asked = wang.say("撤下 d1")
    assert f"问：{ASKED}\n答：{ANSWER}" in asked
    assert asked.endswith("回复“确认”，或“算了”")
    copies = wang.send_copies({"MsgType": "text", "Content": "确认"}, at_once=True)
    assert {copy.reply for copy in copies} == {"已撤回 D1 的收录，不再这样答；已经答复过的人不受影响。"}
    office._forget_cache()
    assert "未规定" in office.person("路人").say(ASKED)
    office.publish(load(CAMPAIGNS / "zhaotong-2024"))
    assert "未规定" in office.person("路人").say(ASKED)
    assert office.ledger().count("question.withdrawn") == 1
    assert "D1 没有收录的答复" in wang.say("撤下 D1")
    wang.say("收录 D1")
    assert "已记录" in wang.say("确认")


def test_withdrawing_needs_the_whole_campaign(office: Office) -> None:
    answered(office)
    for word in ("收录 D1", "确认"):
        office.person("王协调").say(word)
    assert "不能" in office.coordinator("县协调", "yongshan").say("撤下 D1")
    assert "协调员的功能" in office.person("路人").say("撤下 D1")


def test_what_is_adopted_under_other_words_is_tried_with_the_askers(office: Office) -> None:
    """Who asked it would not find it; told before it is written, it is adopted under both."""
    answered(office)
    wang = office.person("王协调")
    assert f"试过了：问“{ASKED}”，还" in wang.say("收录 D1 横幅上印什么图案")
    assert "收录 D1 更具体的问法" in wang.say("确认")
    office._forget_cache()
    assert f"试过了：问“{ASKED}”，就这样答。" in wang.say(f"收录 D1 {ASKED}")
    wang.say("确认")
    office._forget_cache()
    for asked in (ASKED, "横幅上印什么图案？"):
        assert ANSWER in office.person("路人").say(asked)


def test_an_answer_that_would_answer_anything_is_not_adopted(office: Office) -> None:
    answered(office)
    wang = office.person("王协调")
    assert "没有说是什么事" in wang.say("收录 D1 要不要")
    assert wang.say("确认") != "已记录"
    office._forget_cache()
    assert office.store.campaigns.published()[office.campaign.id].version == 1


def _offering(office: Office) -> Dispatcher:
    """A bot that offers to pass on whatever follows a word."""
    offering = Router()
    offering.include(router)
    offering.command("试问", aside=True)(lambda ctx: offer(ctx, ctx.args, "文件未规定。"))
    return Dispatcher(office.store, offering)


def _typed(office: Office, who: str, text: str) -> Message:
    return Message(f"{uuid4()}", office.person(who).openid, "gh_1", "text", int(time.time()), text=text)


def test_a_question_reaches_the_coordinators_on_her_yes(office: Office) -> None:
    bot, wang = _offering(office), office.coordinator("王协调")
    offered = bot.dispatch(_typed(office, "李敏", f"试问 {ASKED}"))
    assert offered.startswith("文件未规定。\n要不要把您的问题转给协调员？不带您的名字")
    assert faults_of(offered) == []
    assert "没有等待答复的问题" in wang.say("待答")
    waits = bot.dispatch(_typed(office, "李敏", "确认"))
    assert waits.startswith("已登记 您的问题")
    assert f"D1 {ASKED}" in wang.say("待答")
    assert wang.say(f"回答 D1 {ANSWER}").startswith("已记录")
    assert ANSWER in told(office)[0]


def test_a_question_stays_where_she_does_not_want_it_passed_on(office: Office) -> None:
    bot, wang = _offering(office), office.coordinator("王协调")
    bot.dispatch(_typed(office, "李敏", f"试问 {ASKED}"))
    assert "没有改动" in bot.dispatch(_typed(office, "李敏", "算了"))
    assert "没有等待答复的问题" in wang.say("待答")


def test_nobody_is_offered_coordinators_who_are_not_there(office: Office) -> None:
    assert _offering(office).dispatch(_typed(office, "李敏", f"试问 {ASKED}")) == "文件未规定。"
