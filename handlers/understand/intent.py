"""What a free sentence wants. A command is a word alone or with arguments that parse; questions come first."""

import re

from handlers.understand.amounts import Doubt, Figures, read_figures
from handlers.understand.names import find_project, find_region
from handlers.understand.registration import read_registration
from handlers.understand.text import is_question, normalise, squash
from handlers.understand.words import WORDS, Intent
from storage.campaign_schema import Campaign

__all__ = ["Intent", "read_intent"]

_HEAD = re.compile(r"^([\u4e00-\u9fffA-Za-z]+)(?:[\s:,、,]+)(.+)$", re.DOTALL)

_INCIDENT = re.compile(
    r"有人.{0,6}(?:冒充|冒名|假冒|骗|造谣|强制|逼)|冒充(?:我们|红十字|工作人员|民政)|被骗|诈骗|骗捐|诈捐|假链接|假二维码|假冒|"
    r"强制(?:捐|要求)|强行|逼着?.{0,4}捐|摊派|造谣|谣言|^(?:我要|要)?(?:举报|投诉|舆情)(?!.{0,8}(?:电话|怎么|找谁|哪))|网上.{0,6}骂"
)
_HOW_TO = re.compile(
    r"(?:怎么|如何|咋|怎样|在哪|哪里).{0,5}(?:上报|汇报|报数|报进度|报名|组队|登记|更正|改|撤回|操作|填|查)"
    r"|(?:机器人|公众号|这个|系统|你).{0,3}怎么用|(?:可以|能).{0,3}(?:撤回|更正|改|重报|补报)"
    r"|(?:进度|数据|金额|数字).{0,4}(?:怎么|如何|咋|怎样).{0,3}(?:报|填|改)|你(?:能|会|可以)(?:做|干|帮)?(?:什么|啥)|能做什么"
)
_CONTACT = re.compile(
    r"联系(?:人|谁|方式|电话|哪)|找谁|问谁|打给谁|电话(?:是?多少|号码|呢)|谁负责|负责人(?:是谁|电话)|(?:的|有)电话"
)
_QR = re.compile(r"二维码|捐款码|组队码|捐款链接|组队链接|(?:发|给|要)(?:一?下|我)?.{0,6}(?:链接|码)")
_BULLETIN = re.compile(r"战报|简报|今日通报")
_RANK = re.compile(
    r"排行|排名|榜单|榜$|名次|第几|排几|排第|排多少|领先|垫底|(?:哪个|哪些|哪).{0,4}(?:县|区|单位|队).{0,6}(?:最多|最高|第一|领先)"
    r"|(?:全市|全县|[县市区]|各县|各单位).{0,6}(?:多少了|多少钱|筹了多少|筹到多少|总共多少|一共多少|情况)"
)
_TEAM = re.compile(
    r"我(?:们|的|们的)?(?:单位|学校|队|队伍|团队|战队).{0,6}(?:多少了?|多少钱|情况|怎么样|到哪|进展|数据|编号|代码|信息)"
    r"|我们?(?:筹|募)了?到?多少|(?:看|查)(?:一?下|看)?我(?:们)?的?(?:队|单位|进度|数据|情况)|还差多少|差多少(?:到|够|达)|(?:我的|我们)编号"
)
_UNSUBSCRIBE = re.compile(
    r"退订|取消订阅|不(?:想|要|再|用)?.{0,2}(?:订阅|接收|推送)|别(?:再)?(?:推送|发(?:了|战报|消息))|关闭?(?:推送|订阅)"
)
_SUBSCRIBE = re.compile(r"订阅|每天(?:发|推送?)(?:给|我)|(?:接收|推送)战报|战报.{0,4}(?:发给我|推送?给我)")
_RETRACT = re.compile(
    r"撤回|撤销|作废|(?:删|去)(?:掉|除|了)?(?:刚才|上一|那条|这条|那个)|(?:刚才|上一[条次个]|那[条个次]).{0,8}(?:不算|删|作废|取消|收回|撤)|报重复?了|重复报|不小心报|误报"
)
_CORRECT = re.compile(
    r"更正|纠正|订正|勘误|(?:报|写|填|打|输|发|说|弄|搞|念|登记)错|错了|不对|有误|多报|少报|漏报|多写|少写|改(?:成|为|一下|下|正)|应(?:该)?(?:是|为)|不是.{1,20}(?:是|,)"
)
_REGISTER = re.compile(
    r"(?:想|要|来|去|帮我?们?|给我?们?|申请|准备|打算|可以|先|重新).{0,8}(?:组队|报名|组建.{0,3}队|建.{0,2}队|开.{0,2}队|参加(?:活动|项目)|登记)"
    r"|^(?:组队|报名|注册|登记)|(?:组个?|建个?|开个?|成立)(?:一?支?|爱心)?(?:队|团队|战队)|(?:申请|要)加入|我们?(?:单位|学校|公司)?(?:也)?(?:要|想)参加"
)
_THANKS = re.compile(r"谢谢|感谢|多谢|谢了|辛苦|赞$|太棒|收到|好评|麻烦你了|真好")
_CANCEL = re.compile(
    r"^(?:算了|取消|不弄了|先不|不报了|不登记|不要了|放弃|退出|等会儿?再|下次再|以后再)|算了(?:吧|不)?"
)
_CONFIRM = re.compile(
    r"^(?:确认|确定|是的|对的?|没错|没问题|可以的?|好的?|行|嗯+|正确|无误)"
    r"[,。!了吧啊呀的 ]*(?:确认|就这样|就这么|没错|没问题|报吧|登记吧|对)?[。!了吧啊的]*$"
)
_HELP = re.compile(r"帮助|帮忙|怎么用|使用(?:说明|方法)|不会用|有什么功能|菜单")
_CAMPAIGNS = re.compile(r"(?:有|还有|切换|换|其他|别的|全部|所有).{0,3}活动$|活动列表")
_REPORT = re.compile(
    r"进度|上报|汇报|报(?:一下|数|个数)|已[筹募]|筹|募|捐|累计|目前|今[天日]|当日|又|新增|增加|多了|刚|合计|总共|一共|线下|人次|笔|善款|配捐"
)


def read_intent(campaign: Campaign, text: str) -> Intent:
    """The intent of a free sentence; `unknown` where none is plain enough to act upon.

    A complaint is heard even as a question; any other question is about data, a person, a picture, the bot,
    or a rule. A statement with readable figures is a report, one that says a figure was wrong a correction.
    """
    line = normalise(text)
    key = squash(line)
    if not key:
        return "unknown"
    if word := WORDS.get(key):
        return word
    if _INCIDENT.search(line):
        return "incident"
    if is_question(line):
        return _question(line)
    if intent := _command(campaign, line):
        return intent
    return _statement(campaign, line)


def _question(line: str) -> Intent:
    if _HOW_TO.search(line):
        return "help"
    for intent, pattern in _ASKED:
        if pattern.search(line):
            return intent
    return "rule"


_ASKED: tuple[tuple[Intent, re.Pattern[str]], ...] = (
    ("team", _TEAM),
    ("rank", _RANK),
    ("contact", _CONTACT),
    ("qr", _QR),
    ("bulletin", _BULLETIN),
    ("campaigns", re.compile(r"(?:还?有)?(?:哪些|什么|哪几个)活动[?呢吗]*$")),
)


def _command(campaign: Campaign, line: str) -> Intent | None:
    """A word with a separator behind it, when what follows can be its argument."""
    head = _HEAD.match(line)
    intent = WORDS.get(squash(head[1])) if head else None
    if head is None or intent is None:
        return None
    arguments = head[2]
    if intent == "report":
        return "report" if read_figures(arguments) is not None else None
    if intent in ("rank", "bulletin", "qr", "contact"):
        named = find_region(campaign, arguments)[0] or find_project(campaign, arguments)[0]
        return intent if named or len(squash(arguments)) <= 12 else None
    return intent if intent in ("register", "correct", "retract", "incident", "rule", "team", "campaigns") else None


def _statement(campaign: Campaign, line: str) -> Intent:
    figures = read_figures(line)
    for intent, pattern in (("unsubscribe", _UNSUBSCRIBE), ("subscribe", _SUBSCRIBE)):
        if pattern.search(line) and figures is None:
            return intent  # type: ignore[return-value]
    if _RETRACT.search(line):
        return "retract"
    if _CORRECT.search(line):
        return "correct"
    if _registers(campaign, line):
        return "register"
    if _reports(line, figures):
        return "report"
    for intent, pattern in _SAID:
        if pattern.search(line):
            return intent
    return "unknown"


_SAID: tuple[tuple[Intent, re.Pattern[str]], ...] = (
    ("qr", _QR),
    ("cancel", _CANCEL),
    ("register", _REGISTER),
    ("team", _TEAM),
    ("rank", _RANK),
    ("bulletin", _BULLETIN),
    ("contact", _CONTACT),
    ("campaigns", _CAMPAIGNS),
    ("confirm", _CONFIRM),
    ("help", _HELP),
    ("thanks", _THANKS),
)


def _registers(campaign: Campaign, line: str) -> bool:
    """A registration line without its command word: a unit and two more of project, captain, telephone."""
    registration = read_registration(campaign, line)
    if not registration.unit:
        return False
    named = (registration.project is not None, bool(registration.captain), bool(registration.phone))
    return sum(named) >= 2 or (any(named) and _REGISTER.search(line) is not None)


def _reports(line: str, figures: Figures | Doubt | None) -> bool:
    """Figures make a report beside a reporting word or a unit of money or 人次, or when they stand alone."""
    if figures is None:
        return False
    if _REPORT.search(line) or re.search(r"\d ?(?:元|块|万|w|k)|[百千万]元?|¥", line, re.IGNORECASE):
        return True
    said_besides = figures.rest if isinstance(figures, Figures) else line
    return len(squash(said_besides)) <= 8
