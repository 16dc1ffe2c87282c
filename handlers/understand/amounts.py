"""What a captain reports: an amount in fen, a count in 人次, which kind of figure, which channel, which team.

Reading is exact or refused. A line that allows two readings gives a `Doubt`, which is asked and never booked.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from handlers.understand.doubt import Doubt, DoubtfulError
from handlers.understand.lines import BLANK, COUNT, prepare
from handlers.understand.mentions import Mention, find_mentions
from handlers.understand.text import normalise
from handlers.understand.times import AsOf, read_as_of

__all__ = ["Doubt", "Figures", "format_amount", "read_amount", "read_figures"]

Kind = Literal["total", "day", "increment", "bare"]
Channel = Literal["online", "offline"]

_MOST_FEN = 10**13
_MOST_DONATIONS = 10**9

_COMMAND = re.compile(r"^(?:我要|我来|我)?(?:上报|汇报|报一下|报数|报(?![名错告销])|进度)(?:一下|进度|数据)?[:, ]*")
_TOTAL = re.compile(
    r"累计|累积|已[筹募到达有捐]|已经[筹募到达有捐]|最新的?是|总共|一共|合计|目前|总计|总额|总数|总金额|总筹|总的|总量|至今|迄今"
    r"|(?:增加|增长|涨|升|达|加)[到至]|达(?=\d)|(?<!公)共(?=[筹捐计收募得有款: \d一二三四五六七八九十两])"
)
_WEAK_TOTAL = re.compile(r"进度|截[至止]|为止|上报|汇报")
_UNTIL_TODAY = re.compile(r"(?:截[至止]到?|[到至])(?:今天|今日|当日|目前|现在)")
_DAY = re.compile(r"今天|今日|当日|当天|今儿|今晚|今早")
_OTHER_DAY = re.compile(r"昨[天日晚]|前天|明天|后天|上周|本周|这周|本月|上个?月|这个月|这[两几三]天|近[两几三]天")
_INCREMENT = re.compile(
    r"又|刚[刚才]?又?(?=[筹捐收募进新增来有 \d]|到账)|再(?=[加筹捐收募进来增 \d])"
    r"|加上|新增|增加(?!到|至)|追加|多了|新筹|新收|进账|(?<![参追])加 ?(?=\d)|(?:^|\s)\+(?=\d)"
)
_OFFLINE = re.compile(r"线下|現金|现金|募捐箱|捐款箱")
_ONLINE = re.compile(r"线上|网上|网络|线下线上|线上线下")
_WITH_MATCH = re.compile(r"(?<!不)(?:含|其中|包括|包含|连同|算上|加上|加)了?[配佩]捐|[配佩]捐(?:在内|一起)")
_LOOSE_MATCH = re.compile(r"(?<!不含)(?<!不算)(?<!不包括)[配佩]捐")
_LETTER_IN_CODE = re.compile(r"(?<![A-Za-z0-9])(?:[Oo]\d|\d+[Oo]\d|\d+[Oo](?![A-Za-z])|[Oo]{2,}\d)\d*")
_SO_FAR_TODAY = re.compile(r"(?<![到至止])(?:今天|今日|当日|当天)(?:[到至](?:目前|现在|为止)|目前|现在)")
_SUM_OF_IT = re.compile(r"[一总]共|合计")
"""`又进来两笔，一共600`: the sum of what came, or the total?"""
_IN_ALL = re.compile(r"[一总]?共[计有]?|合计")
_UP_TO = re.compile(r"截[至止]|为止|累[计积]|已[经筹募]|目前|现在|[到至]昨|[点时]前")
_OF_TODAY = re.compile(r"(?<![到至止])(?:今天|今日|当日|当天|今儿)(?!.{0,6}[点时:])")
"""`今天到账三笔共900元`: the day's sum, or the total? 累计 and its like leave no doubt."""
_COUNT_IN_ALL = re.compile(rf"(?:一共|总共|共)[有计: ]?\d+ ?{COUNT}")
"""`今天4200元，共150人次`: the word belongs to the count, and the money is the day's."""
_SHORT_OF = re.compile(r"差[个了约]?(?:不到|大约)? ?\d.{0,8}[就才]")
"""`还差2000就5万了`: neither figure has been reached."""
_APART = re.compile(rf"[\s,.。、;|{BLANK}]+")
_NOISE = re.compile(rf"[\s,.。、;:!~()|{BLANK}]+")


@dataclass(frozen=True, slots=True)
class Figures:
    """One report as typed. Money in fen, `donations` in 人次; what the line does not say is None.

    `kind`: a total, a day's running total, an increment, or `bare` when no word says which. `code` is the
    team code without `#`. `match_fen` is 配捐, never part of the amount. `rest` is what else the line says.
    `as_of`: the moment she names (`截至17点`), None for now.
    """

    amount_fen: int | None
    donations: int | None
    kind: Kind
    channel: Channel
    code: str | None
    rest: str
    match_fen: int | None = None
    as_of: AsOf | None = None


def read_figures(text: str, codes: Collection[str] = ()) -> Figures | Doubt | None:
    """The figures of one line, a doubt, or None where it holds none. `codes`: teams the sender may mean."""
    try:
        return _figures(text, codes)
    except DoubtfulError as error:
        return error.doubt


def read_amount(text: str) -> int | Doubt | None:
    """The one amount of a line, in fen; a doubt where there may be more than one figure."""
    figures = read_figures(text)
    if figures is None or isinstance(figures, Doubt):
        return figures
    if figures.donations is not None and figures.amount_fen is not None:
        return Doubt("several", text.strip()[:24])
    return figures.amount_fen


def format_amount(fen: int) -> str:
    """`12,345.67`: yuan with two decimals; the texts add 元."""
    yuan, rest = divmod(abs(fen), 100)
    return f"{'-' if fen < 0 else ''}{yuan:,}.{rest:02d}"


def _figures(text: str, codes: Collection[str]) -> Figures | None:
    if slip := _LETTER_IN_CODE.search(normalise(text)):
        raise DoubtfulError("malformed", slip[0])
    line, as_of = prepare(text), read_as_of(normalise(text))
    mentions = find_mentions(line)
    if short := _SHORT_OF.search(line):
        raise DoubtfulError("vague", short[0])
    code, mentions = _take_code(line, mentions, codes)
    if not mentions:
        return None
    matched = [m for m in mentions if m.role == "match"]
    own = [m for m in mentions if m.role != "match"]
    if (matched and _WITH_MATCH.search(line)) or (own and not matched and _LOOSE_MATCH.search(line)):
        raise DoubtfulError("several", line)
    money, count = _money_and_count(line, own)
    amount_fen = _fen(line, money)
    return Figures(
        amount_fen=amount_fen,
        donations=_donations(line, count),
        kind=_kind(line, as_of),
        channel=_channel(line),
        code=code,
        rest=_rest(line, mentions, code),
        match_fen=_fen(line, _only(line, matched)),
        as_of=as_of,
    )


def _take_code(line: str, mentions: list[Mention], codes: Collection[str]) -> tuple[str | None, list[Mention]]:
    """The team code: `#0012`, a number with a leading zero, or one of `codes` ahead of the figures."""
    named = [m for m in mentions if m.role == "code"]
    figures = [m for m in mentions if m.role != "code"]
    if len({m.written.zfill(4) for m in named}) > 1:
        raise DoubtfulError("several", line)
    if named:
        return named[0].written.zfill(4), figures
    first = figures[0] if figures else None
    if first is None or first.role != "bare" or first.written not in codes or not _leads(line, first):
        return None, figures
    if len(figures) == 1 or (len(figures) == 2 and figures[1].role == "bare"):
        raise DoubtfulError("several", line)
    return first.written, figures[1:]


def _leads(line: str, mention: Mention) -> bool:
    return _NOISE.sub("", _COMMAND.sub("", line[: mention.start])) in (
        "",
        "已筹",
        "今天",
        "又",
        "更正",
        "线下",
    )


def _money_and_count(line: str, mentions: list[Mention]) -> tuple[Mention | None, Mention | None]:
    """Which figure is the money and which the 人次; two bare numbers are money, then 人次."""
    money = _only(line, [m for m in mentions if m.role == "money"])
    count = _only(line, [m for m in mentions if m.role == "count"])
    bare = [m for m in mentions if m.role == "bare"]
    if not bare:
        if money is None and count is not None and "," in count.written:
            raise DoubtfulError("several", line[count.start : count.end])  # 200，856人次
        return money, count
    if money is None and len(bare) == 1:
        return bare[0], count
    if count is None and money is None and len(bare) == 2:
        _check_pair(line, bare[0], bare[1])
        return bare[0], bare[1]
    if count is None and money is not None and len(bare) == 1 and bare[0].start >= money.end:
        _check_pair(line, money, bare[0])
        return money, bare[0]
    raise DoubtfulError("several", line)


def _check_pair(line: str, money: Mention, count: Mention) -> None:
    """Refuses a second number that is no 人次: 3000+200, 3万 5 (35,000?), 12 345 (less than 1元 each)."""
    between = line[money.end : count.start]
    goes_on = money.written[-1] in "万萬千仟百佰" and (
        len(count.written) == 1 or any(char in "千仟百佰十拾" for char in count.written)
    )
    if not _APART.fullmatch(between) or goes_on or count.value % 1 or count.value > money.value:
        raise DoubtfulError("several", line[money.start : count.end])


def _only(line: str, mentions: list[Mention]) -> Mention | None:
    if len({m.value for m in mentions}) > 1:
        raise DoubtfulError("several", line[mentions[0].start : mentions[-1].end])
    return mentions[0] if mentions else None


def _fen(line: str, money: Mention | None) -> int | None:
    if money is None:
        return None
    fen = money.value * Decimal(100)
    if fen > _MOST_FEN:
        raise DoubtfulError("absurd", line[money.start : money.end])
    if fen % 1:
        raise DoubtfulError("malformed", line[money.start : money.end])
    return int(fen)


def _donations(line: str, count: Mention | None) -> int | None:
    if count is None:
        return None
    if count.value % 1:
        raise DoubtfulError("malformed", line[count.start : count.end])
    if count.value > _MOST_DONATIONS:
        raise DoubtfulError("absurd", line[count.start : count.end])
    return int(count.value)


def _kind(line: str, as_of: AsOf | None) -> Kind:
    """Total words beat day words beat increment words; 进度 and 截至 are totals when nothing else speaks."""
    if _SO_FAR_TODAY.search(line):
        raise DoubtfulError("several", line)
    if _INCREMENT.search(line) and _SUM_OF_IT.search(line):
        raise DoubtfulError("several", line)
    total = _TOTAL.search(_COUNT_IN_ALL.sub(" ", line) if _DAY.search(line) else line)
    if total and _OTHER_DAY.search(line) and not _UP_TO.search(line):
        raise DoubtfulError("other day", line)
    if total and _OF_TODAY.search(line) and not _TOTAL.search(_IN_ALL.sub(" ", line)):
        raise DoubtfulError("several", line)
    if total:
        return "total"
    until_today = _UNTIL_TODAY.search(line)
    spoken = _UNTIL_TODAY.sub(" ", line)
    increment = _INCREMENT.search(spoken)
    if _DAY.search(spoken):
        return "day"
    if _OTHER_DAY.search(spoken):
        if as_of is not None and as_of.days < 0 and re.search(r"截[至止]", line):
            return "total"
        raise DoubtfulError("other day", line)
    if until_today:
        if increment:
            raise DoubtfulError("several", line)
        return "total"
    if increment:
        return "increment"
    return "total" if _COMMAND.match(line) or _WEAK_TOTAL.search(line) else "bare"


def _channel(line: str) -> Channel:
    offline = _OFFLINE.search(line)
    if offline and (_ONLINE.search(line) or re.search(r"(?:不含|不算|除了?|其中)(?:线下|现金)", line)):
        raise DoubtfulError("several", line)
    return "offline" if offline else "online"


def _rest(line: str, mentions: list[Mention], code: str | None) -> str:
    """What the line says besides figures and reporting words: perhaps a unit, a region or a remark."""
    kept, position = [], 0
    for mention in mentions:
        kept.append(line[position : mention.start])
        position = mention.end
    rest = _COMMAND.sub("", BLANK.join([*kept, line[position:]]))
    if code:
        rest = re.sub(rf"# ?0*{int(code)}(?!\d)|(?<!\d){code}(?!\d)", BLANK, rest)
    for words in (_TOTAL, _WEAK_TOTAL, _UNTIL_TODAY, _DAY, _INCREMENT, _OFFLINE):
        rest = words.sub(BLANK, rest)
    return _NOISE.sub(" ", rest).strip()
