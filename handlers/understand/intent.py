"""What a free sentence wants. A command is a word alone or with arguments that parse; questions come first."""

import re

from handlers.understand.amounts import Doubt, Figures, read_figures
from handlers.understand.names import find_project, find_region
from handlers.understand.places import regions_within
from handlers.understand.registration import read_registration
from handlers.understand.text import is_question, normalise, squash
from handlers.understand.words import WORDS, Intent
from storage.campaign_schema import Campaign

__all__ = ["Intent", "may_correct", "read_intent"]

_HEAD = re.compile(r"^([\u4e00-\u9fffA-Za-z]+)(?:[\s:,、,]+)(.+)$", re.DOTALL)

_INCIDENT = re.compile(
    r"有人.{0,6}(?:冒充|冒名|假冒|骗|造谣|强制|逼)|冒充(?:我们|红十字|工作人员|民政)|被骗|诈骗|骗捐|诈捐|假链接|假二维码|假冒|"
    r"强制.{0,4}(?:捐|要求|扣)|强行|逼着?.{0,4}捐|摊派|造谣|谣言|(?:有|出)舆情|^(?:我要|要)?(?:举报|投诉|舆情)(?!.{0,8}(?:电话|怎么|找谁|哪))"
    r"|有人.{0,14}(?:名义|私下|收钱|收款|敛财)|骗子|强捐|(?:单位|学校|领导|老师|公司|[村局院]里?).{0,4}(?:必须|规定|要求|逼|让).{0,8}捐|旗号|假借|冒用|[打拿]着.{0,8}(?:名义|牌子)|硬要|硬性|要挟|被迫|不捐不行|必须捐|套取|套捐|刷单|网上.{0,6}骂|假的?(?:公众号|账号|客服|网站|小程序|红十字)|扣.{0,6}(?:捐款|善款)|(?:举报|投诉).{0,4}(?:进展|结果|怎么样|撤)|撤[回销掉]?.{0,3}(?:举报|投诉)|^案件|不捐.{0,6}就(?:不|没|要|扣)"
)
_HOW_TO = re.compile(
    r"(?:怎么|如何|咋|怎样|在哪|哪里).{0,5}(?:上报|汇报|报数|报进度|报名|组队|登记|更正|改|撤回|操作|填|查)"
    r"|(?:怎么|如何|咋个?|怎样).{0,3}(?:注销|订阅|退订|绑定|认领)"
    r"|^(?:怎么|咋个?)(?:弄|用|搞)|[,。 ](?:怎么|咋个?)(?:弄|用|搞)[?啊呢]*$"
    r"|(?:机器人|公众号|这个|系统|你).{0,3}怎么用|(?:可以|能).{0,3}(?:撤回|更正|改|重报|补报)"
    r"|(?:进度|数据|金额|数字).{0,4}(?:怎么|如何|咋|怎样).{0,3}(?:报|填|改)|你(?:能|会|可以)(?:做|干|帮)?(?:什么|啥)|能做什么"
)
_AMEND = re.compile(
    r"(?:报名|登记|组队|注册)(?:信息|资料|的?时候?)?(?:登|填|写|选|弄)?(?:错|得?不对)"
    r"|(?:县区|区县|单位名[称字]?|单位(?:的)?名字|队名|项目|队长(?:姓名|名字)?|电话|手机号?|名字)(?:选|写|填|登记|弄|打)错"
    r"|(?:改|换|修改|更正)(?:一下|个|掉)?(?:我们?的?)?(?:单位(?:的)?名[称字]|队名|县区|参加的项目|队长|登记信息)"
    r"|^(?:我?们?[想要])?(?:改|换)(?:一下|个|掉)?项目|^把?(?:项目|县区|单位名?称?|队长)(?:改|换)成"
)
"""What was registered, not what was reported, is wrong or to be another."""
_PRIVACY = re.compile(
    r"我们?的?(?:电话|手机|号码|姓名|个人信息|信息|资料).{0,8}(?:泄[露漏]|外泄|公开|保密|安全|别人|看到|卖)"
    r"|(?:泄[露漏]|保密|公开).{0,6}我们?的?(?:电话|信息|姓名|手机|资料)"
    r"|(?:有|存|留|记|保存|知道|收集)了?我们?的?(?:哪些|什么)?(?:电话|手机|个人信息|信息|号码|姓名|资料)(?!.{0,3}(?:报|填|改|错))"
)
_PRIVATE = re.compile(
    r"队长(?:本人|个人)?的?(?:电话|手机号?码?|联系方式|微信)(?:号码?)?"
    r"(?:是?多少|号码|是什么|给我|发我|发一下|给一下|有吗|有没有)*[?吗呢吧]*$"
)
_CONTACT = re.compile(
    r"电话(?:给|发|$)|(?:主任|老师|局长|科长)的?电话|转?人工(?:客服|服务)?$|工作人员|联系(?:人|谁|方式|电话|哪)|找谁|问谁|打给谁|电话(?:是?多少|号码|呢)|谁负责|负责人(?:是谁|电话)|(?:的|有)电话"
)
_QR = re.compile(
    r"二维码|捐款码|组队码|捐款链接|组队链接|(?:发|给|要)(?:一?下|我)?.{0,6}(?:链接|码)|(?:码|链接)(?:发|给)(?:一?下|我)"
    r"|码(?:在哪|呢|是哪)|(?:扫(?:哪个|什么|啥)?码)|捐款?入口|(?:在|从)哪.{0,3}捐款?(?:[?呢啊]|$)"
)
_BULLETIN = re.compile(r"战报|简报|今日通报")
_RANK = re.compile(
    r"排行|排名|榜单|榜(?:$|看|发|拿|给)|(?:捐|筹|募)得最?多(?!少)|排在|名次|第几|前(?:[一二三四五六七八九十\d]+名|[三五十](?:[?呢吧]|$))|第一(?:名)?是|涨得?最|(?:最多|最高|最快)的?是?哪|排几|排第|排多少|领先|垫底|(?:哪个|哪些|哪).{0,4}(?:县|区|单位|队|学校|医院).{0,6}(?:最多|最高|第一|领先)"
    r"|(?:全市|全县|[县市区]|各县|各单位).{0,6}(?:多少了|多少钱|筹了多少|筹到多少|总共多少|一共多少|情况)"
)
_TEAM = re.compile(
    r"我(?:们|的|们的)?(?:单位|学校|医院|公司|局|院|队|队伍|团队|战队).{0,6}(?:多少了?|好多了?$|多少钱|情况|怎么样|到哪|进展|数据|编号|代码|信息)"
    r"|我们?(?:筹|募)了?到?多少|(?:看|查)(?:一?下|看)?我(?:们)?的?(?:队|单位|进度|数据|情况)|还差(?:多少|好多|几多)|(?:距离?|离|比|跟)第一名?.{0,6}差|差多少(?:到|够|达)|(?:我的|我们)编号|(?:记|登|录)(?:上|进去?|到)了?(?:没|吗)"
)
_REGIONS = re.compile(
    r"(?:哪[些几]?[个支]?|多少|几[个支]|好多)(?:单位|队伍?|团队|学校)(?:还|都)?(?:没有?|未)(?:上?报|交数|动)(?!名)"
    r"|(?<![能以多])(?:有|共|现在|目前)(?:有|共)?(?:多少|好多|几)[个支]?(?:队伍?|团队|战队)(?:了|[?吗呢]|$)"
)
"""How many teams there are, and how many have not reported."""
_UNSUBSCRIBE = re.compile(
    r"退订|取消订阅|(?:不|别)(?:想|要|再|用)?.{0,3}(?:订阅|接收|推送?(?![^了]*捐)|发(?:战报|消息|通知|了))|别(?:再)?(?:推送|(?:给我)?发(?:了|战报|消息))|关闭?(?:推送|订阅)"
)
_SUBSCRIBE = re.compile(
    r"订阅|(?:想|要)收战报|每[天晚](?:都)?(?:给我)?(?:发|推送?)(?:给|我|战报)|(?:接收|推送)战报|战报.{0,4}(?:发给我|推送?给我)"
)
_RETRACT = re.compile(
    r"撤回|撤销|撤[了掉下]|多报了?一[次遍条]|作废|取消(?:刚才|上一|那条)|(?:删|去)(?:掉|除|了)?(?:刚才|上一|那条|这条|那个)|(?:刚才|上一[条次个]|那[条个次]).{0,8}(?:不算|删|作废|取消|收回|撤)|报重复?了|重复报|不小心报|误报"
)
_CORRECT = re.compile(
    r"更正|纠正|订正|勘误|(?:报|写|填|打|输|发|说|弄|搞|念|登记)(?:错|反|混|重)|[多少漏][打按输填算记]|报到[^,。]{1,12}(?:去了|上了)|错了|不对|有误|多报|少报|漏报|报[少多漏]了|多写|少写"
    r"|改(?:成|为|一下|下|正)|应(?:该)?(?:是|为)|\d应是|不是.{1,20}(?:是|,)|是[^,。]{1,20}[,。 ]?不是|口误|手滑|发错群"
    r"|(?:报|写|记|算)[成到].{1,12}(?:去了|了|的)?[,。 ]+.{0,4}是"
    r"|(?:那|刚才|上一)[^,。]{0,4}(?:[条笔次个]|说的|报的)[^,。?\d一二三四五六七八九十百千万]{0,6}是[^,。?]"
    r"|(?:昨天|前天|上一?|刚才|那)(?:那)?(?:报的?)?[条笔次][^,。?]{0,10}是[^,。?]"
)
_REGISTER = re.compile(
    r"(?:想|要|来|去|帮我?们?|给我?们?|申请|准备|打算|可以|先|重新).{0,8}(?:组队|报名|组建.{0,3}队|建.{0,2}队|开.{0,2}队|参加(?:活动|项目)|登记)"
    r"|^(?:组队|报名|注册|登记)|(?:组个?|建个?|开个?|成立|注册|登记)(?:一?[支个]?|爱心)?(?:队|团队|战队)|(?:申请|要)加入|我们?(?:单位|学校|公司)?(?:也)?(?:要|想)参加"
)
_WISHES = re.compile(r"(?:想|要)(?:要|来)?(?:参加|报名|组队)")
_ASKING = re.compile(r"^(?:请问|想问|问)(?:一?下|下子)?[,: ]*")
_NOT_YET = re.compile(
    r"计划|打算|准备(?!好)|如果|要是|假如|希望|争取|预计|目标|(?:要|想|会|能)(?:再)?捐|请大家|(?:明|后)天|倡议|每人(?:捐|出)"
)
"""Money that nobody has given yet."""
_THANKS = re.compile(r"谢谢|感谢|多谢|谢了|辛苦|赞$|太棒|收到|好评|麻烦你了|真好")
_CANCEL = re.compile(
    r"^(?:算了|取消|不弄了|先不|不报了|不登记|不要了|放弃|退出|等[会下哈]儿?再|下次再|以后再)|算了(?:吧|不)?"
)
_CONFIRM = re.compile(
    r"^(?:没错.{0,8}$|确认|确定|是的|对的?|没错|没问题|可以的?|好的?|行|嗯+|正确|无误)"
    r"[,。!了吧啊呀的 ]*(?:确认|就这样|就这么|没错|没问题|报吧|登记吧|对)?[。!了吧啊的]*$"
)
_HELP = re.compile(
    r"帮助|帮忙$|功能|怎么用|使用(?:说明|方法)|不会[用弄]|不会操作|操作不来|不晓得(?:怎么|咋)弄|教(?:我)?一下|有什么功能|菜单"
)
_CAMPAIGNS = re.compile(r"(?:有|还有|其他|别的|全部|所有).{0,3}活动$|(?:切换|换|转)[到成]?.{0,6}活动|活动列表")
_HOW_MUCH = re.compile(r"[筹募]了?到?(?:多少|好多|几多)|多少了")
_ASKS_LEAVE = re.compile(r"^(?:请问|老师,?|那)?(?:可不可以|能不能|能否|可以|是否|允许|允不允许).{0,12}(?:[?吗]|$)")
"""`能不能强制捐款？` asks what is allowed; nobody complains."""
_UNDECIDED = re.compile(r"(?:想|要)(?:组队|报名|参加).{0,6}(?:不知道|不晓得|不清楚|没想好)")
_NOTHING_CAME = re.compile(r"没有?人捐|没有?新增|一分(?:钱)?(?:也|都)?没")
_COUNTED = re.compile(r"累计|已[经筹募捐]|目前|总共|一共|合计|今[天日]|筹了|捐了|收到|到账|进度|上报")
_CORRECTS_A_NAME = re.compile(r"(?:报|写|记)[成到].{1,12}[,。 ]+(?:应该?|其实)?是.{1,12}的[吧啊呀]?$")
_REPORT = re.compile(
    r"进度|上报|汇报|报(?:一下|数|个数)|已[筹募]|筹|募|捐|累计|目前|今[天日]|当日|又|新增|增加|涨到|多了|刚|合计|总共|一共|线下|人次|笔|善款|配捐"
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
    if _INCIDENT.search(line) and not _ASKS_LEAVE.search(line):
        return "incident"
    if _UNDECIDED.search(line):
        return "register"
    if _CORRECTS_A_NAME.search(line):
        return "correct"
    if is_question(line):
        plain = _ASKING.sub("", line)
        wishes = _WISHES.search(plain) and not is_question(plain)
        return "register" if wishes else _question(campaign, line)
    if intent := _command(campaign, line):
        return intent
    return _statement(campaign, line)


def may_correct(line: str) -> bool:
    """Whether any word of a normalised line takes something back: without one its intent is never `correct`."""
    return (_CORRECT.search(line) or _CORRECTS_A_NAME.search(line)) is not None


def _question(campaign: Campaign, line: str) -> Intent:
    if _AMEND.search(line) and read_figures(line) is None:
        return "amend"
    if _HOW_TO.search(line):
        return "help"
    if _HOW_MUCH.search(line) and regions_within(campaign, line):
        return "rank"
    for intent, pattern in _ASKED:
        if pattern.search(line):
            return intent
    return "rule"


_ASKED: tuple[tuple[Intent, re.Pattern[str]], ...] = (
    ("regions", _REGIONS),
    ("team", _TEAM),
    ("rank", _RANK),
    ("privacy", _PRIVACY),
    ("rule", _PRIVATE),
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
    if _AMEND.search(line) and figures is None:
        return "amend"
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
    ("regions", _REGIONS),
    ("qr", _QR),
    ("cancel", _CANCEL),
    ("rule", _PRIVATE),
    ("privacy", _PRIVACY),
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
    return sum(named) >= 2 or (any(named) and (_REGISTER.search(line) or _WISHES.search(line)) is not None)


def _reports(line: str, figures: Figures | Doubt | None) -> bool:
    """Figures make a report beside a reporting word or a unit of money or 人次, or when they stand alone."""
    if figures is None or (_NOT_YET.search(line) and not _COUNTED.search(line)):
        return False
    if _NOTHING_CAME.search(line):
        return False
    if isinstance(figures, Figures) and len(squash(line)) == 1 and squash(line).isdigit():
        return False
    if _REPORT.search(line) or re.search(r"\d ?(?:元|块|万|w|k)|[百千万]元?|¥", line, re.IGNORECASE):
        return True
    said_besides = figures.rest if isinstance(figures, Figures) else line
    return len(squash(said_besides)) <= 8
