"""Whatever is typed, by whomever, in whichever dialogue: an answer, well worded, and a ledger that adds up."""

import random

import pytest

from storage.campaign_schema import Campaign
from tests.conversations.conftest import Office

PIECES = """
组队 报名 进度 今天 又 线下 更正 撤回 我的队伍 排行 人次榜 更多 战报 规则 联系人 二维码 算了 确认 注销 绑定 认领
我的辖区 待审 通过 驳回 订阅 退订 活动 帮助 是的 不是 应该是 昭通市第一中学 昭阳区 永善县 人道暖昭通 一老一小
队长李敏 13900000000 500 12345.67元 3万 321人次 #0001 0001 0003 0007 1 2 3 9 ？ 几点开始配捐 , 。 <a> ]]> 😀
K7Q2AB 7F3K9QWX 二七99 举报 谢谢 第二个 累计 大概 -5 0
"""


@pytest.mark.parametrize("seed", [1, 2])
def test_anything(office: Office, erqi: Campaign, seed: int) -> None:
    chance = random.Random(seed)
    office.coordinator("协调员", "yongshan")
    office.captain("李敏", "昭通市第一中学")
    office.captain("李敏", "昭通市第二中学")
    office.publish(erqi)
    for _ in range(250):
        person = office.person(chance.choice(["协调员", "李敏", "李敏", "路人"]))
        typed = chance.choice([" ", "", ""]).join(chance.choices(PIECES.split(), k=chance.choice([1, 1, 2, 2, 3, 4])))
        assert person.say(typed), typed
        if chance.random() < 0.03:
            office.wait(minutes=11)


def test_a_strangers_words_are_repeated_without_harm(office: Office) -> None:
    li = office.captain("李敏", "昭通市第一中学")
    for typed in ("进度 <a href='http://evil'>3万</a> 多", "进度 ]]>3万]]>5", "3万 确认 -5", "驳回 确认", "活动 确认"):
        said = li.say(typed)
        assert "<" not in said
        assert "确认" not in said
    assert li.say("组队 确认单位有限公司 昭阳区 博爱昭通行 队长李敏").startswith("已登记 …单位有限公司")
