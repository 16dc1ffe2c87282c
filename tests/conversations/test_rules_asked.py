"""Rules through the door: two questions of one message, anger, and what only the campaign file's fields say."""

import pytest

from storage.campaign_schema import Campaign
from tests.conversations.conftest import Office


def test_two_questions_are_answered_twice(office: Office) -> None:
    li = office.person("李敏")
    said = li.say("配捐是哪几天？捐款能开发票吗？")
    assert "5月7日—9日" in said
    assert "发票" in said
    assert said.count("依据：") == 2
    assert li.say("报名到几号截止，最晚哪天要报好").count("依据：") == 1


@pytest.mark.parametrize("angry", ["你们这什么鬼玩意", "什么破平台啊，受不了了", "这垃圾系统谁做的"])
def test_anger_is_answered_calmly(office: Office, angry: str) -> None:
    said = office.person("李敏").say(angry)
    assert "依据：" not in said


def test_what_is_asked_beside_the_anger_is_answered(office: Office) -> None:
    assert "10点" in office.person("李敏").say("这破系统烦死人，到底几点开始配捐？")


def test_a_field_is_told_through_the_door(office: Office, zhaotong: Campaign) -> None:
    bare = zhaotong.model_copy(update={"rulebook": ()})
    office.publish(replace_id(bare))
    li = office.person("李敏")
    li.say("活动 新活动")
    assert "报名组队到4月30日为止。" in li.say("组队到哪天为止？")
    assert "人道暖昭通、博爱昭通行" in li.say("有哪些项目可以选？")


def replace_id(campaign: Campaign) -> Campaign:
    return campaign.model_copy(update={"id": "new-2024", "name": "新活动", "short": "新活动", "aliases": ("新活动",)})


@pytest.mark.parametrize("said", ["明天几点钟开始", "那后天几点钟开始呢", "明天几点开始啊"])
def test_when_the_day_begins_is_what_the_document_says(office: Office, said: str) -> None:
    office.go_to("2024-05-07T21:00")
    answer = office.person("路人").say(said)
    assert "每天早上10点开始" in answer


def test_what_else_begins_is_none_of_ours(office: Office) -> None:
    assert "10点" not in office.person("路人").say("明天几点开始比赛")


ASKED_OF_SEVERAL = "大清早七点我就捐了，算不算得到翻倍的钱？是不是要等到几点"


def test_the_nearest_is_told_and_the_others_stay_a_number_away(office: Office) -> None:
    li = office.person("李敏")
    said = li.say(ASKED_OF_SEVERAL)
    assert said.startswith("最接近的是“10点以前捐有没有配捐”：")
    assert "依据：" in said
    assert "如果问的是别的，回复数字：\n1. 几点开始配捐" in said
    assert "每天早上10点" in li.say("1")


def test_where_the_nearest_was_not_meant_it_is_said_whom_to_ask(office: Office) -> None:
    li = office.person("李敏")
    none_of_them, _, said = li.say(ASKED_OF_SEVERAL).splitlines()[-1].partition(". ")
    assert said == "都不是"
    assert "未规定" in li.say(none_of_them)


def test_what_is_too_long_for_one_reply_is_a_choice(office: Office, zhaotong: Campaign) -> None:
    told = tuple(
        rule.model_copy(update={"answer": rule.answer * 40}) if rule.id == "before-ten" else rule
        for rule in zhaotong.rulebook
    )
    office.publish(zhaotong.model_copy(update={"rulebook": told}))
    assert office.person("李敏").say(ASKED_OF_SEVERAL).startswith("您问的是哪一个？回复数字：\n1. 10点以前")
