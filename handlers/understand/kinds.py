"""Which kind of figure a line tells, a total, a day's sum or an increment, and on which channel it came in."""

import re
from typing import Literal

from handlers.understand.doubt import DoubtfulError
from handlers.understand.lines import BLANK, COUNT
from handlers.understand.times import AsOf

Kind = Literal["total", "day", "increment", "bare"]
Channel = Literal["online", "offline"]

COMMAND = re.compile(r"^(?:我要|我来|我)?(?:上报|汇报|报一下|报数|报(?![名错告销])|进度)(?:一下|进度|数据)?[:, ]*")
TOTAL = re.compile(
    r"累计|累积|[拢通统][共总]|总起|加起来|满打满算|已[筹募到达有捐]|已经[筹募到达有捐]|最新的?是|总共|一共|合计|目前|总计|总额|总数|总金额|总筹|总的|总量|至今|迄今"
    r"|(?:增加|增长|涨|升|达|加)[到至]|达(?=\d)|(?<!公)共(?=[筹捐计收募得有款: \d一二三四五六七八九十两])"
)
_WEAK_TOTAL = re.compile(r"进度|截[至止]|为止|上报|汇报|现在|这会儿?|眼下")
_UNTIL_TODAY = re.compile(
    r"(?:截[至止]到?|[到至])(?:今天|今日|当日|目前|现在|当前|此[刻时]|眼下|刚[才刚]|这会儿?|这阵儿?|这时候?)"
)
_DAY = re.compile(r"今天|今日|当日|当天|今儿|今晚|今早")
_OTHER_DAY = re.compile(r"昨[天日晚]|前天|明天|后天|上周|本周|这周|本月|上个?月|这个月|[这近](?:[两几三]天|\x1f)")
INCREMENT = re.compile(
    r"又|刚[刚才]?又?(?![筹捐收募]完)(?=[筹捐收募进新增来有 \d]|到账)|再(?=[加筹捐收募进来增 \d])"
    r"|加上|新增|增加(?!到|至)|追加|多了|新筹|新收|进账|(?<![参追])加 ?(?=\d)|(?:^|\s)\+(?=\d)"
)
_OFFLINE = re.compile(
    r"线下|現金|现金|现钞|现钱|募捐箱|捐款箱|爱心箱|箱子|微信群|红包|当面|(?:微信|支付宝|银行|私下)转账?|转到.{0,4}[卡户]"
    r"|没有?(?:走|通过|用)(?:腾讯|平台|线上|网|公益|链接)"
)
_ONLINE = re.compile(r"线上|网上|网络|线下线上|线上线下")
_AGAIN = re.compile(r"又|再(?=[加筹捐收募进来增])")
_SO_FAR_TODAY = re.compile(r"(?<![到至止])(?:今天|今日|当日|当天)(?:[到至](?:目前|现在|为止)|目前|现在)")
_SPAN = re.compile(rf"(?:早上|[上中下]午|今早|昨晚|{BLANK}) ?[到至](?:现在|目前)")
"""`早上8点到现在500`: what came in between, and not the total."""
_SUM_OF_IT = re.compile(r"[一总]共|合计")
"""`又进来两笔，一共600`: the sum of what came, or the total?"""
_IN_ALL = re.compile(r"[一总]?共[计有]?|合计")
_UP_TO = re.compile(r"截[至止]|为止|累[计积]|已[经筹募]|目前|现在|[到至]昨|[点时]前")
_OF_TODAY = re.compile(r"(?<![到至止])(?:今天|今日|当日|当天|今儿)(?!.{0,6}[\d一二三四五六七八九十两半][点时:])")
"""`今天到账三笔共900元`: the day's sum, or the total? 累计 and its like leave no doubt."""
_GIFTS_IN_ALL = re.compile(r"[\d一二两三四五六七八九十几] ?笔(?:捐款|善款|款)?[,，、 ]*[一总]?共计?")
"""`收到两笔捐款共600元`: the sum of what came, or the total?"""
_SOME_DAYS = re.compile(
    r"(?<![至止到])(?:上|本|这个?|近一)(?:周|星期|礼拜|月)|(?<![至止到])上个月|(?<![至止到])[这近][两几三]天"
)
"""`本周累计6000元`: what came in within some days is no total, unless it is told up to them (`截至本周`)."""
_MORE_THAN_BEFORE = re.compile(r"(?:刚[才刚]|前面|之前)[^,。\d]{0,3}多了")
"""`刚才多了200`: did 200 come in, or was it too much?"""
_DAY_SUM = re.compile(r"(?<![到至止])(?:今天|今日|当日|当天)共(?=[筹募捐收])")
"""`今日共募得3050元`: officialese for the sum of the day."""
_COUNT_IN_ALL = re.compile(rf"(?:一共|总共|共)[有计: ]?\d+ ?{COUNT}")
"""`今天4200元，共150人次`: the word belongs to the count, and the money is the day's."""


def read_kind(line: str, as_of: AsOf | None) -> Kind:
    """Total words beat day words beat increment words; 进度 and 截至 are totals when nothing else speaks."""
    if _SO_FAR_TODAY.search(line):
        raise DoubtfulError("several", line)
    if _MORE_THAN_BEFORE.search(line):
        raise DoubtfulError("unclear", line)
    if INCREMENT.search(line) and _SUM_OF_IT.search(line):
        raise DoubtfulError("several", line)
    said = _DAY_SUM.sub("今天", line)
    total = TOTAL.search(_COUNT_IN_ALL.sub(" ", said) if _DAY.search(said) else said)
    if total and _OTHER_DAY.search(line) and not _UP_TO.search(line):
        raise DoubtfulError("other day", line)
    if total and _OF_TODAY.search(line) and not TOTAL.search(_IN_ALL.sub(" ", line)):
        return "bare"
    if total and not TOTAL.search(_GIFTS_IN_ALL.sub(" ", line)):
        return "bare"
    if total and _SOME_DAYS.search(line):
        raise DoubtfulError("other day", line)
    if total:
        return "total"
    until_today = _UNTIL_TODAY.search(line)
    spoken = _UNTIL_TODAY.sub(" ", line)
    increment = INCREMENT.search(spoken)
    if _DAY.search(spoken):
        return "day"
    if _OTHER_DAY.search(spoken):
        if as_of is not None and as_of.days < 0 and re.search(r"截[至止]", line):
            return "total"
        raise DoubtfulError("other day", line)
    if until_today:
        if increment or _SPAN.search(line):
            raise DoubtfulError("several", line)
        return "total"
    if increment:
        return "increment"
    return "total" if COMMAND.match(line) or _WEAK_TOTAL.search(line) else "bare"


def read_channel(line: str) -> Channel:
    offline = _OFFLINE.search(line)
    if offline and (_ONLINE.search(line) or re.search(r"(?:不含|不算|除了?|其中)(?:线下|现金)", line)):
        raise DoubtfulError("several", line)
    return "offline" if offline else "online"


def says_again(line: str) -> bool:
    """Whether she says 又 or 再, so that beside 今天 the sum of the day or an increment may be meant."""
    return _AGAIN.search(line) is not None


def without_report_words(words: str) -> str:
    """What is said besides the words of a report, each of them blanked."""
    for report_words in (TOTAL, _WEAK_TOTAL, _UNTIL_TODAY, _DAY, INCREMENT, _OFFLINE):
        words = report_words.sub(BLANK, words)
    return words
