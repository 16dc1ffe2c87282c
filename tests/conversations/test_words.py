"""A word in courtesies is that word: every word that works, as people in a hurry type it."""

import pytest

from bot.simulator.people import SimulatedPerson
from tests.conversations.conftest import Office

POLITE = ("请{}", "帮我{}", "我要{}", "我想{}一下", "麻烦{}，谢谢老师", "{}吧", "{}一下", "{}🙏", "你好，请帮我{}。")
LOOKING = ("看看{}", "给我看一下{}", "{}呢", "查一下{}", "发一下{}")
SHOWS = ("帮助", "规则", "联系人", "二维码", "排行", "人次榜", "战报", "我的队伍", "我的辖区", "待审", "待答")
DOES = ("活动", "组队", "报名", "举报", "订阅", "退订", "绑定", "注销", "上报", "更正", "撤回", "认领", "通过", "驳回")


@pytest.fixture
def zhao(office: Office) -> SimulatedPerson:
    """A coordinator who leads a team herself, and reported nothing yet."""
    office.captain("赵主任", "永善县第一中学", "永善县", "童享阳光")
    return office.coordinator("赵主任", "yongshan")


@pytest.mark.parametrize("word", SHOWS + DOES)
def test_a_word_in_courtesies(office: Office, zhao: SimulatedPerson, word: str) -> None:
    own = zhao.say(word)
    for frame in POLITE:
        office.forget_dialogue(zhao)
        assert zhao.say(frame.format(word)) == own, frame.format(word)


@pytest.mark.parametrize("word", SHOWS)
def test_a_word_that_shows_may_be_looked_for(zhao: SimulatedPerson, word: str) -> None:
    own = zhao.say(word)
    for frame in LOOKING:
        assert zhao.say(frame.format(word)) == own, frame.format(word)


@pytest.mark.parametrize("typed", ["查进度", "看进度", "看一下进度"])
def test_looking_for_ones_progress_reports_nothing(zhao: SimulatedPerson, typed: str) -> None:
    assert zhao.say(typed) == zhao.say("我的队伍")


@pytest.mark.parametrize("typed", ["看活动", "看看活动", "活动呢", "活动有哪些？"])
def test_the_campaigns_are_looked_for(zhao: SimulatedPerson, typed: str) -> None:
    assert zhao.say(typed) == zhao.say("活动")


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ("注消", "注销"),
        ("退定", "退订"),
        ("丁阅", "订阅"),
        ("邦定", "绑定"),
        ("牌行", "排行"),
        ("彻回", "撤回"),
        ("人领", "认领"),
        ("带审", "待审"),
        ("代答", "待答"),
        ("驳会", "驳回"),
        ("我的侠区", "我的辖区"),
    ],
)
def test_a_word_that_was_misspelt_by_sound_is_offered_and_not_done(office: Office, typed: str, word: str) -> None:
    assert f"您是不是想说：{word}？" in office.person("路人").say(typed)


@pytest.mark.parametrize("typed", ["同意吧", "同意了", "好的同意"])
def test_a_word_of_consent_stays_a_yes(zhao: SimulatedPerson, typed: str) -> None:
    zhao.say("进度 5000元 50人次")
    assert "相差十倍以上" in zhao.say("更正 60000")
    assert zhao.say(typed).startswith("已更正")


MORE = [
    "更多",
    "更多呢",
    "还有吗",
    "还有吗？",
    "继续",
    "再看",
    "后面的",
    "看更多",
    "下一页吧",
    "请继续",
    "后面呢",
    "更多🙏",
]


@pytest.mark.parametrize("typed", MORE)
def test_the_next_page_of_the_standings(office: Office, typed: str) -> None:
    office.publish(
        office.campaign.model_copy(
            update={"ranking": office.campaign.ranking.model_copy(update={"top": 0, "mode": "full"})}
        )
    )
    for number in range(1, 13):
        office.captain(f"李小{number}", f"昭通市第{number}中学").say(f"进度 {number}000元 {number}0人次")
    someone = office.person("路人")
    assert "第11名" not in someone.say("排行")
    assert "第11名 昭通市第2中学" in someone.say(typed)
    assert "没有更多" in someone.say(typed)


@pytest.mark.parametrize("typed", ["继续", "还有吗", "再看"])
def test_more_answers_no_question(office: Office, typed: str) -> None:
    li = office.captain("李敏", "昭通市第一中学")
    li.say("进度 5000元 50人次")
    assert "相差十倍以上" in li.say("更正 60000")
    assert "回复“确认”，或“算了”" in li.say(typed)
    assert office.team("昭通市第一中学").amount_fen == 500_000


@pytest.mark.parametrize("typed", ["请收录3", "收录一下3", "请回答3 内容"])
def test_the_number_of_a_question_is_no_figure(office: Office, zhao: SimulatedPerson, typed: str) -> None:
    assert not zhao.say(typed).startswith("已记录")
    assert office.team("永善县第一中学").amount_fen == 0
