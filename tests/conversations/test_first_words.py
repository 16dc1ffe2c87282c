"""The main job in a few words, and what anybody can say: help, campaigns, following, words that lead nowhere."""

import pytest

from storage.campaign_schema import Campaign
from tests.conversations.conftest import Office
from tests.conversations.wording import CONFIRM, faults_of


def test_a_captain_registers_reports_and_looks(office: Office) -> None:
    li = office.person("李敏")
    said = li.say("组队 昭通市第一中学 昭阳区 人道暖昭通 队长李敏 13900000000")
    assert said.startswith("已登记")
    assert "昭通市第一中学" in said
    said = li.say("进度 12345.67元 321人次")
    assert said.startswith("已记录")
    assert "0.00元 → 12,345.67元" in said
    assert "第1名" in said
    said = li.say("又筹了500")
    assert "12,345.67元 → 12,845.67元" in said
    said = li.say("我的队伍")
    assert "12,845.67元" in said
    said = li.say("撤回")
    assert said.startswith("已撤回")
    assert "12,845.67元 → 12,345.67元" in said
    said = li.say("更正 12340")
    assert said.startswith("已更正")


@pytest.mark.parametrize("typed", ["帮助", "菜单", "ｈｅｌｐ", " 帮 助 ", "怎么用", "这个公众号怎么用？", "你能做什么"])
def test_help(office: Office, typed: str) -> None:
    said = office.person("路人").say(typed)
    for word in ("组队", "进度", "更正", "撤回", "我的队伍", "排行", "战报", "注销", "订阅"):
        assert word in said
    assert "待审" not in said


def test_help_names_a_coordinators_words_to_her(office: Office) -> None:
    said = office.coordinator("赵主任").say("帮助")
    assert "我的辖区" in said
    assert "待审" in said


def test_every_line_of_help_names_a_word_that_works(office: Office) -> None:
    someone = office.person("路人")
    lines = [line.removeprefix("· ") for line in someone.say("帮助").split("\n") if line.startswith("· ")]
    assert len(lines) > 15
    for line in lines:
        word = line.split("：")[0].split(" ")[0]
        assert "没有看懂" not in someone.say(word), word


@pytest.mark.parametrize("typed", ["活动", "活 动", "有哪些活动？", "活动列表"])
def test_the_campaigns_are_listed(office: Office, erqi: Campaign, typed: str) -> None:
    office.publish(erqi)
    said = office.person("路人").say(typed)
    assert f"1. {office.campaign.name}" in said
    assert f"2. {erqi.name}" in said


@pytest.mark.parametrize("typed", ["活动 二七99", "活动：二七９９", "切换活动 二七", "活动 2024年二七区"])
def test_a_campaign_is_chosen_by_name(office: Office, erqi: Campaign, typed: str) -> None:
    office.publish(erqi)
    someone = office.person("路人")
    assert someone.say(typed).startswith(f"当前活动：{erqi.name}")
    assert "二七99" in someone.say("排行")


@pytest.mark.parametrize("typed", ["2", "２", "第二个", "二", "选2", "二七"])
def test_a_campaign_is_chosen_from_the_list(office: Office, erqi: Campaign, typed: str) -> None:
    office.publish(erqi)
    someone = office.person("路人")
    someone.say("活动")
    assert someone.say(typed).startswith(f"当前活动：{erqi.name}")


def test_a_campaign_that_does_not_exist_is_said_so(office: Office) -> None:
    said = office.person("路人").say("活动 二七99")
    assert said.startswith("没有找到活动“二七99”")
    assert office.campaign.name in said


def test_following_and_coming_back(office: Office) -> None:
    someone = office.person("新人")
    assert office.campaign.name in someone.follow()
    assert "组队" in someone.follow("classroom")
    someone.unfollow()
    assert "组队" in someone.follow()


@pytest.mark.parametrize("typed", ["算了", "取消", "退出", "算 了。"])
def test_leaving_where_nothing_is_open(office: Office, typed: str) -> None:
    assert "没有进行中的步骤" in office.person("路人").say(typed)


@pytest.mark.parametrize("typed", ["确认", "确 认", "好的", "是的"])
def test_a_yes_to_nothing(office: Office, typed: str) -> None:
    assert office.person("路人").say(typed).startswith("现在没有等您答复的事项")


def test_what_nobody_understands_is_answered_with_the_next_step(office: Office) -> None:
    someone = office.person("路人")
    assert "发送“帮助”" in someone.say("哈哈哈哈")
    assert "您是不是想说：战报" in someone.say("站报")
    assert "图片暂时认不出来" in someone.send_image()
    assert "请打字" in someone.voice("")
    assert someone.voice("战报").startswith("【昭通")


@pytest.mark.parametrize("typed", ["举报 有人冒充我们募捐", "有人冒充红十字会骗捐", "投诉 强制捐款"])
def test_a_complaint_is_told_whom_to_call(office: Office, typed: str) -> None:
    said = office.person("路人").say(typed)
    assert "0870-2220223" in said
    assert said.endswith(CONFIRM)


def test_thanks(office: Office) -> None:
    assert "不客气" in office.person("路人").say("谢谢老师")


@pytest.mark.parametrize(
    "reply",
    [
        "请确认金额",
        f"先确认。{CONFIRM}",
        f"{CONFIRM}。",
        "共 1234.5元",
        "共 1234.50元",
        "1、人道暖昭通",
        "1. 甲\n3. 乙",
        "项目 rendao-nuan",
        "<a>",
        "长" * 683,
    ],
)
def test_the_check_of_wording_sees_what_is_wrong(reply: str) -> None:
    assert faults_of(reply)


@pytest.mark.parametrize(
    "reply", [f"共 1,234.50元\n{CONFIRM}", "1. 甲\n2. 乙", "进度 12345.67元 321人次", "1元，1000万元"]
)
def test_the_check_of_wording_lets_pass_what_is_right(reply: str) -> None:
    assert faults_of(reply) == []


@pytest.mark.parametrize("asked", ["凭什么文件办这个事", "谁给垫的配捐", "你们收不收钱，我直接转过来"])
def test_a_question_that_accuses_nobody_gets_its_answer_alone(office: Office, asked: str) -> None:
    said = office.person("路人").say(asked)
    assert "依据：" in said, said
    assert "举报" not in said, said


@pytest.mark.parametrize("said", ["捐的钱到底进了谁的口袋？", "省台记者问我们是不是按工资比例收", "有软件店卖配捐名额"])
def test_what_may_accuse_keeps_the_way_to_report_it(office: Office, said: str) -> None:
    assert "举报" in (answer := office.person("路人").say(said)) or answer.endswith("回复“确认”，或“算了”")
