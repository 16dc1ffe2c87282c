"""The words of a report that the reader does not know: with such words in it a figure is asked about, not booked.

A figure may be read rightly and still mean something else (`今天比昨天多500`). What may stand beside one is a short
list; whatever is left after it, and after names of units, places and projects, makes the line strange.
"""

import re

from handlers.understand.amounts import Figures
from handlers.understand.dialect import standard
from handlers.understand.names import find_project, find_region
from handlers.understand.numerals import DIGITS
from handlers.understand.otherwise import tells_otherwise
from storage.campaign_schema import Campaign

LONGEST = 2
"""So many unknown characters are a particle or a slip of the finger, if none of them turns a meaning round."""
_FAMILIAR = re.compile(
    r"经统计|特此|报[告送请]|予以?|入账|大写|小写|人?民币|资金|战果|继续|加油|冲+|家人们|姐妹们|兄弟们|努力|还在|[已交]*财务"
    r"|开出|食堂|门口|现场|里头|接龙|扫码|摆?摊位?|广场|最后|[另单]计|统计|[我本全]?[校行局院园]|计|[不未没]包?[含算计括]?[配佩]捐|记[上下住好录]|[村队班组社厂校局院][上里头]+|[给你您]|(?:各位|感谢)家长们?|家长们|查收|义[卖演]|最新|老师们?|领导们?|同志|大家|各位|您?你?们?好|谢谢|感谢|多谢|辛苦|麻烦|帮忙?|请|登记|更新|记录?|一下|下来|支持|红十字会|红会"
    r"|我们?|咱们?|俺们?|本|这边|那边|这里|单位|学校|我校|医院|队伍?|团队|数据|数字?|进度|情况|编号|代码|电话|手机"
    r"|[啊呀哈啦咯嘞嘛吧呢哦噢嗯呃哎喂了的是就在到和及与共也又再加那这哟耶撒哇]|个|然后|目前|现在|为止|刚[才刚]?|已经?|全校|全体|师生|职工"
    r"|爱心|人士|善款|捐款|款项?|捐赠|捐进?|筹[得集到款资]*|募[得集到款捐]*|收[到款入]*|得|进[来了账]?|来|有|人次|人数|笔数|参与|金额"
    r"|总[计数额共]?|合计|累[计积]|共计|小计|报[个一数账]*|上报|汇报|整|正|[角分毛元块圆]|钱|转发|公众|公益日?|新增?|增加|微信|平台|腾讯|链接"
    r"|[一二三四五六七八九十\d]+|[年月日号点时分半]|截[至止]?|今[天日儿早晚]?|当[天日]|昨[天日晚]?|早上?|中午|下午|上午|晚上?|凌晨|前|早|线[上下]|现金|募捐箱|捐款箱|开箱"
    r"|次|笔|单|人|名|位|王总|总"
)
_UNIT = re.compile(
    r"[\u4e00-\u9fffA-Za-z]{0,16}?(?:小学|中学|大学|学院|学校|幼儿园|医院|卫生院|委员会|街道|社区|公司|集团|银行|协会|供电局|总?工会|慈善总?会|基金会|[村居]委会|办事处|开发区"
    rf"|[{DIGITS}十\d]{{1,4}}[中小幼班]|[局委办院镇乡村班园队](?![\u4e00-\u9fff]{{0,1}}口))"
)
_PART = re.compile(rf"(?<![第高初])[{DIGITS}十\d](?:个?年级|班)|车间|班组|科室|第[{DIGITS}十\d]+[批组笔]")
"""A part of a unit: its sum is not the unit's."""
_TURNS = re.compile(
    r"[比差欠退亏缺错改误假若补漏]|多[打报写算按]|少|不|没|未|别|如果|要是|准备|打算|计划|应该|可能|说|听|想|要|将|会|等|下[次周月]|明天|后天"
)


def strange_beside(campaign: Campaign, figures: Figures) -> str:
    """What is unknown beside the figures of a report; where no word says what they are, less is let pass."""
    return strange_words(campaign, figures.rest, LONGEST if figures.kind != "bare" else LONGEST - 1)


def strange_words(campaign: Campaign, words: str, longest: int = LONGEST) -> str:
    """What of the words is unknown; '' where all is familiar, or too little (`longest` characters) to mean anything."""
    if not words:
        return ""
    without_project = find_project(campaign, words)[1]
    if otherwise := tells_otherwise(standard(without_project), campaign.year):
        return otherwise
    if part := _PART.search(words):
        return part[0]
    rest = find_region(campaign, without_project)[1] if without_project else ""
    if rest != without_project and not re.search(r"[\u4e00-\u9fff]", _FAMILIAR.sub(" ", rest)):
        return _FAMILIAR.sub(" ", without_project).strip() or without_project
    rest = _FAMILIAR.sub(" ", _UNIT.sub(" ", rest))
    unknown = re.sub(r"[^\u4e00-\u9fff]", "", rest)
    return unknown if len(unknown) > longest or _TURNS.search(unknown) else ""
