"""What free sentences want, as captains type and say them."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.language.words import Intent
from handlers.understand.ear import Ear
from handlers.understand.reading import read
from handlers.understand.readings import intent_of
from storage.campaign_schema import Campaign

NOW = datetime(2024, 5, 8, 20, tzinfo=ZoneInfo("Asia/Shanghai"))


def read_intent(campaign: Campaign, line: str) -> Intent:
    """What a line wants of somebody who leads no team."""
    return intent_of(read(line, Ear(campaign, (), NOW)))


LINES: dict[Intent, str] = {
    "register": """
组队
我要组队
组队 昭通市第一中学 昭阳区 人道暖昭通 队长李敏 13900000000
昭通市第一中学 昭阳区 人道暖昭通 队长李敏 13900000000
你好，我们学校想报名参加
帮我们单位组个队
单位：永善县第一小学 项目：童享阳光 队长：欧阳文静 电话：139 0000 0000
我想给水富市人民医院报名人道暖昭通
报名昭通市第一中学
登记一下，永善县教体局，项目人道暖昭通，联系人王芳13712345678
""",
    "report": """
进度 12345.67元 321人次
今天新增2000
又筹了500
进度 0012 3.2万 856
线下 5000
上报 3200元 45人次
已筹 三万二 八百五十六人次
感谢大家，目前已经筹到3200元了
截至17点 累计3.2万 856人次
3200 45
我们队又多了三百块
-500
昭通市第一中学 今天捐了1200元 30笔
进度 17,3
2345yuan
23456rmb
2345678w
23456789
刚刚有人捐了200
一共筹到八千九百多
配捐到账500
我们单位今天又筹了1200元，麻烦登记一下
更新一下：累计12万3456元，人次1200
报一下数，3200
累计：3200元\\n人次：45
""",
    "rank": """
排行
排行 永善县
县区排行
人次榜
我们县多少了
我们排第几？
永善县排第几名了
看看排名
哪个县最多
""",
    "bulletin": """
战报
发一下今天的战报
战报 永善县
全市一共筹了多少了
大家加起来筹到好多了
""",
    "team": """
第一中学
我的队伍
我们队筹了多少了？
查一下我们单位的进度
我们还差多少到2000
我的编号是多少
""",
    "rule": """
规则
几点开始配捐？
报名什么时候截止？
每笔最少捐多少
配捐有上限吗
2000元以上的钱怎么用
谁筹资谁主张是什么意思
没有组队可以捐吗
今天可以捐吗
捐错了怎么办
配捐什么时候到账
捐1元可以吗
一共有多少配捐
""",
    "contact": """
联系人 一老一小
联系人
人道暖昭通找谁
杜雄的电话是多少
一老一小谁负责
举报电话是多少
有问题联系谁
""",
    "qr": """
二维码 人道暖昭通
发一下捐款码
人道暖昭通的二维码在哪里
给我组队链接
""",
    "help": """
帮助
怎么报进度
如何上报？
你能做什么
菜单
报错了怎么改
可以撤回吗？
怎么撤回
""",
    "thanks": """
谢谢
谢谢老师，辛苦了！
好的谢谢
""",
    "cancel": """
不要注销
算了
算了吧，先不弄了
先不报名了
""",
    "confirm": """
确认
是的
对，没错
好的
""",
    "incident": """
举报 有人冒充我们募捐
投诉
有人冒充红十字会的工作人员怎么办？
我们单位强制捐款，我要投诉
网上有人骂我们
""",
    "correct": """
更正 12340
刚才报错了，应该是3400
不是3200是3400
多打了一个零，改成3200
刚才那个数不对
刚刚那笔500报错单位了
把5000改成500
""",
    "retract": """
撤回
撤回刚才的
刚才那条作废
不小心报重复了
""",
    "subscribe": """
订阅
我想订阅战报
""",
    "unsubscribe": """
退订
取消订阅
别再推送了
""",
    "campaigns": """
活动
还有什么活动
""",
    "amend": """
怎么改单位名字
报名错了 县区选错了
单位名写错了
我想改个项目
把项目改成童享阳光
""",
    "leave": """
注销
我要注销
把我的信息都删掉
注销账号
把我们队注销了
""",
    "bind": """
7F3K9QWX
7f3k9qwx
邀请码是7F3K9QWX
7F3K9QWX绑定
""",
    "regions": """
我的辖区情况
辖区数据
""",
    "waiting": """
有待审的吗
""",
    "unanswered": """
还有几个问题没答
""",
    "approve": """
0012通过
""",
    "reject": """
0012 驳回 名称不规范
""",
    "more": """
更多
还有吗
请继续
""",
    "privacy": """
注销了数据还在吗？
可以删除我的资料吗？
我的电话会不会泄露
你们有没有我的电话
""",
    "off_topic": """
今天天气不错
哈哈哈
吃饭了
中午一起吃饭
""",
    "greeting": """
[微笑]
""",
}

ROWS = [(line, intent) for intent, lines in LINES.items() for line in lines.strip().splitlines()]


@pytest.mark.parametrize(("line", "intent"), ROWS)
def test_intents(campaign: Campaign, line: str, intent: Intent) -> None:
    assert read_intent(campaign, line.replace("\\n", "\n")) == intent


@given(text=st.text())
def test_reading_never_raises(campaign: Campaign, text: str) -> None:
    read_intent(campaign, text)
