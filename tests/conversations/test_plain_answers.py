"""What people answer while registering, and how they ask: nothing they did not mean becomes a team or a captain."""

import pytest

from storage.models.people import Card
from tests.conversations.conftest import Office

LINE = "组队 昭阳区幼儿园 昭阳区 人道暖昭通"


def card_of(office: Office, name: str) -> Card:
    return office.store.teams.card(office.campaign.id, office.id_of(office.person(name)))


@pytest.mark.parametrize(
    "answer", ["谢谢", "等一下", "好的", "稍等", "马上", "帮助", "怎么改", "报进度 三千二 四十五个人"]
)
def test_what_names_nobody_is_no_captain(office: Office, answer: str) -> None:
    li = office.person("李敏")
    li.say(LINE)
    assert not li.say(answer).startswith("已登记")
    assert office.teams() == []


@pytest.mark.parametrize("answer", ["没有", "没有电话", "不知道", "不方便", "跳过"])
def test_who_says_no_captain_leaves_it_out(office: Office, answer: str) -> None:
    li = office.person("李敏")
    li.say(LINE)
    said = li.say(answer)
    assert said.startswith("已登记 昭阳区幼儿园")
    assert "队长：" not in said
    assert card_of(office, "李敏") == Card()


@pytest.mark.parametrize(
    ("answer", "shown", "card"),
    [
        ("王 13800001111", "队长：王 13800001111", Card(name="王", phone="13800001111")),
        ("队长王 13800001111", "队长：王 13800001111", Card(name="王", phone="13800001111")),
        ("李敏，谢谢", "队长：李敏", Card(name="李敏", phone="")),
        ("13800001111", "电话：13800001111", Card(name="", phone="13800001111")),
        ("好的 13800001111", "电话：13800001111", Card(name="", phone="13800001111")),
        ("欧阳文静 13800001111", "队长：欧阳文静 13800001111", Card(name="欧阳文静", phone="13800001111")),
    ],
)
def test_a_captain_however_short(office: Office, answer: str, shown: str, card: Card) -> None:
    li = office.person("李敏")
    li.say(LINE)
    assert shown in li.say(answer).split("\n")
    assert card_of(office, "李敏") == card


@pytest.mark.parametrize("command", ["", "组队 "])
def test_the_next_line_is_a_registration_of_its_own(office: Office, command: str) -> None:
    liu = office.person("刘芳")
    liu.say(LINE)
    said = liu.say(f"{command}永善县溪洛渡小学 永善县 童享阳光 队长刘芳 13512345678")
    assert "“昭阳区幼儿园”没有登记" in said
    assert "已登记 永善县溪洛渡小学" in said
    assert [team.unit for team in office.teams()] == ["永善县溪洛渡小学"]


@pytest.mark.parametrize("begun", ["组队 昭通市幼儿园", LINE.removesuffix(" 人道暖昭通")])
def test_a_whole_line_answers_no_region_and_no_project(office: Office, begun: str) -> None:
    liu = office.person("刘芳")
    liu.say(begun)
    said = liu.say("永善县溪洛渡小学 永善县 童享阳光 队长刘芳 13512345678")
    assert "没有登记" in said
    assert [(team.unit, team.region) for team in office.teams()] == [("永善县溪洛渡小学", "yongshan")]


def test_the_same_unit_again_gives_nothing_up(office: Office) -> None:
    li = office.person("李敏")
    li.say(LINE)
    assert "没有登记" not in li.say(LINE)


@pytest.mark.parametrize("named", ["个人", "张伟", "习近平", "我自己"])
def test_a_person_is_no_unit(office: Office, named: str) -> None:
    li = office.person("李敏")
    assert f"“{named}”不能用作队名" in li.say(f"组队 {named} 昭阳区 人道暖昭通")
    assert "队长姓名和电话" in li.say("昭阳区幼儿园")
    assert "队长：" not in li.say("跳过")


@pytest.mark.parametrize(
    "said", ["在吗 我要报名", "你好在吗，我们想报名", "请问 我要报名", "喂 我要组队", "人道暖昭通我们想参加"]
)
def test_a_wish_behind_a_greeting_begins_a_registration(office: Office, said: str) -> None:
    assert "请发送单位全称" in office.person("李敏").say(said)


@pytest.mark.parametrize("said", ["昭通一中 我们想参加", "我们昭通一中想参加人道暖昭通", "请问 昭通一中想报名"])
def test_a_wish_that_names_the_unit(office: Office, said: str) -> None:
    assert "昭通一中 属于哪个县" in office.person("李敏").say(said)


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("怎么报名", "组队请说"),
        ("怎么报进度", "进度 12345.67元"),
        ("报错了怎么改", "更正 12340元"),
        ("怎么撤回", "发送“撤回”"),
        ("怎么注销", "发送“注销”"),
        ("怎么订阅", "发送“订阅”"),
        ("怎么退订", "发送“退订”"),
        ("怎么绑定", "绑定 邀请码"),
        ("怎么认领", "认领 认领码"),
        ("你好", "您好，我在"),
        ("在吗", "您好，我在"),
        ("你好在吗", "您好，我在"),
        ("怎么改单位名字", "暂不能在这里改，请联系"),
        ("报名错了 县区选错了", "暂不能在这里改，请联系"),
        ("单位名写错了", "暂不能在这里改，请联系"),
        ("我的电话会不会泄露", "发送“注销”"),
        ("你们有没有我的电话", "发送“注销”"),
        ("昭通一中队长电话", "不能"),
        ("张队长电话", "不能"),
    ],
)
def test_a_short_answer_to_a_short_question(office: Office, asked: str, told: str) -> None:
    said = office.person("路人").say(asked)
    assert told in said
    assert len(said.split("\n")) <= 5, said


def test_a_captain_is_told_what_she_changes_herself(office: Office) -> None:
    li = office.captain("李敏", "昭通市第一中学")
    for asked in ("队长要换成王老师", "我调走了，怎么换队长", "单位名写错了"):
        said = li.say(asked)
        for line in ("移交 0001", "加队长 0001", "改名 0001"):
            assert line in said, said
    assert "改电话 13911112222" in li.say("13911112222")
    assert li.say("我的队伍").startswith("昭通市第一中学（#0001）")
    assert "没有列着让您选的" in li.say("2")


def test_who_asks_for_help_with_a_registration_names_her_unit_alone(office: Office) -> None:
    said = office.person("王强").say("帮我们镇雄县人民医院报个名，博爱昭通行，我是王强 13800000000")
    assert said.startswith("已登记 镇雄县人民医院（#0001）"), said


def test_a_captain_in_a_hurry_is_not_made_to_choose(office: Office) -> None:
    li = office.captain("李敏", "昭通市第一中学")
    li.say("进度 5000元 50人次")
    for asked in ("我排第几", "我在第几"):
        assert "排名：第1名" in li.say(asked), li.transcript[-1].text
    assert "您还没有队伍" in office.person("路人").say("我排第几")
    assert li.say("6位老师捐了").startswith("请说金额，有人次也请带上")
    for asked in ("什么时候结束？", "哪天结束", "几时结束"):
        assert "5月7日—9日" in li.say(asked), li.transcript[-1].text
