"""A typed line made ready for reading figures: what looks like one and is none is passed over."""

import re

from handlers.understand.dialect import standard
from handlers.understand.doubt import DoubtfulError
from handlers.understand.heard import as_meant
from handlers.understand.numerals import DIGITS, MULTIPLIERS, close_up, read_numeral
from handlers.understand.text import normalise, without_addresses, without_greeting

BLANK = "\x1f"  # stands where something was passed over; normalised text never holds it
COUNT = (
    r"(?:人次|个人(?![员小])|笔|单(?![位元])|次(?!日)|位(?!于)|名(?![称单字])"
    r"|人(?![民道力才员大社小组队团班]))"
)
_N = rf"(?:\d{{1,4}}|[{DIGITS}十]{{1,3}})"
_DAY = rf"(?:\d{{1,2}}|[{DIGITS}十]{{1,3}})"
_NO_UNIT = rf"(?![\d.]| ?(?:[{MULTIPLIERS}元块]|{COUNT}|[kw](?![a-z])))"

_PASSED_OVER = re.compile(
    r"|".join(
        (
            # telephone, identity and account numbers
            r"(?:电话|手机号?|联系方式|微信号?|qq|身份证号?|账号|卡号|tel)[:： ]*[\d-]{5,}x?",
            r"(?:尾号|工号|学号|[订快运]单号?|房间号?|车牌号?|航班号?|邮编|取件码|验证码)[:是为 ]*[A-Za-z\d-]{2,}",
            r"(?<!\d)(?:\+?86[- ]?)?1[3-9]\d(?:\d{8}|[- ]\d{4}[- ]\d{4})(?!\d| ?[元块])",
            r"(?<!\d)0\d{2,3}-\d{7,8}(?!\d)",
            r"(?<![\d.,])\d{15,19}x?(?![\d.,]| ?[元块])",
            # 2024-05-07, 20240507, 21:00, 8点半, 17点30分, 10点
            r"(?<!\d)20\d\d[-/.]\d{1,2}[-/.]\d{1,2}",
            r"(?<!\d)20\d\d(?:0\d|1[0-2])(?:[0-2]\d|3[01])(?!\d| ?[元块])",
            r"(?<![\d:])(?:[01]?\d|2[0-4]):[0-5]\d(?::[0-5]\d)?(?![\d:])",
            rf"(?<![\d.]){_N} ?[点时](?:半|[一三]刻|整|钟|过|{_DAY}分|(?:[{DIGITS}十]{{2,3}}|\d{{1,2}}){_NO_UNIT})?",
            # 2024年, 5月7日, 7-9日, 周三, 三天
            rf"(?<![\d.])(?:\d{{2,4}}|[{DIGITS}]{{2,4}})年度?",
            rf"(?<![\d.]){_N} ?月份?(?:(?:\d{{1,2}}[-~—至到])?{_DAY}[日号]|\d{{1,2}}{_NO_UNIT})?",
            rf"(?<![\d,#])(?!0\d{{3}}){_N}(?:[-~—至到]{_N})?[日号]",
            rf"(?:周|星期|礼拜)[{DIGITS}日天1-7]",
            rf"(?:(?<!\d)\d+|(?<![{DIGITS}十百半])[{DIGITS}十百半]+) ?(?:天|小时|分钟|秒|周|个月|星期|倍|岁|点钟|晚上)",
            # shares, names of giving days, thanks
            rf"百分之[{DIGITS}十百点\d.]+|(?<![{DIGITS}十])[{DIGITS}十]+分之[{DIGITS}十]+"
            r"|(?<!\d)\d+(?:\.\d+)? ?[%‰]",
            r"(?:5[.·・‧]?8|99|九九|五·?八)(?=人道|公益|活动)|二七99|双十[一二]",
            rf"前(?:\d{{1,3}}|[{DIGITS}十百]{{1,3}}) ?[名位强]|(?:排名?|排行榜?|榜单?|名次)前 ?(?:\d{{1,3}}(?!\d)"
            rf"|[{DIGITS}十百]{{1,3}})",
            r"一分(?:钱)?(?:也|都)?没有?",
            r"[十万]分(?=感谢|抱歉|[^之钱])",
        )
    ),
    re.IGNORECASE,
)
_MONEY_COMMA_COUNT = re.compile(
    rf"(?<![\d,.])(\d{{4,}}(?:\.\d+)?|\d+\.\d+|\d+(?=,(?:\d{{1,2}}|\d{{4,}})(?!\d))),(?=\d+ ?{COUNT})"
)
_MULTIPLIED_COMMA_COUNT = re.compile(rf"(?<=[{MULTIPLIERS}kw])(\d?),(?=\d+ ?{COUNT})", re.IGNORECASE)
"""`1万2千3,310人次`: behind a multiplier a comma groups no thousands."""
_GROUPED_COUNT = re.compile(rf"(?<![\d,.{MULTIPLIERS}{DIGITS}kw])([1-9]),(\d{{3}})(?= ?{COUNT})(?!\d)", re.IGNORECASE)
"""`1,450人次` alone: nobody counts 450 gifts for one yuan."""
_SLASH_COUNT = re.compile(
    rf"(?:(?<=[{MULTIPLIERS}元块kw])|(?<=\d\d\d)|(?<=\d )) ?/ ?(?=\d+ ?人次)"
    rf"|(?<=\.\d\d) ?/ ?(?=\d+(?![\d.%元]))|(?<=[\d{MULTIPLIERS}元块kw ])/ ?(?=人次[数:]? ?\d)",
    re.IGNORECASE,
)
"""`3.2万/298人次`, `3200元/人次45`: two figures, no rate."""
_SPOKEN_POINT = re.compile(rf"([{DIGITS}十百]+|\d{{1,2}})点([{DIGITS}]{{1,2}}|\d{{1,2}})(?=[万千百亿元块w])")
_CLOCK_BEFORE = re.compile(r"(?:[早晚]|上午|中午|下午|凌晨|截[至止]|[到至])[上到]? ?$")


def prepare(text: str) -> str:
    """The line as `find_mentions` reads it: normalised, numerals closed up, what is no figure blanked."""
    line = close_up(standard(as_meant(without_greeting(without_addresses(normalise(text))))))
    line = _SLASH_COUNT.sub(", ", line)
    line = _MULTIPLIED_COMMA_COUNT.sub(r"\1, ", line)
    line = _GROUPED_COUNT.sub(r"\1\2", line)
    line = _MONEY_COMMA_COUNT.sub(r"\1, ", line)
    line = _SPOKEN_POINT.sub(_spoken_point, line)
    return _PASSED_OVER.sub(BLANK, line)


def _spoken_point(match: re.Match[str]) -> str:
    """`三点二万` is 3.2万; where an hour may be meant (`截至三点二万`, `3点2万`) it is refused."""
    whole, fraction = match[1], match[2]
    if (whole + fraction).isascii() or _CLOCK_BEFORE.search(match.string[: match.start()]):
        raise DoubtfulError("several", match[0])
    values = [read_numeral(whole), read_numeral(fraction)]
    if any(isinstance(value, str) for value in values):
        raise DoubtfulError("malformed", match[0])
    return f"{values[0]}.{values[1]}"
