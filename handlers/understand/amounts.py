"""What a captain reports: an amount in fen, a count in 人次, which kind of figure, which channel, which team.

Reading is exact or refused. A line that allows two readings gives a `Doubt`, which is asked and never booked.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

from handlers.understand.doubt import Doubt, DoubtfulError
from handlers.understand.kinds import COMMAND, Channel, Kind, read_channel, read_kind, says_again, without_report_words
from handlers.understand.lines import BLANK, prepare
from handlers.understand.mentions import Mention, find_mentions
from handlers.understand.numerals import DIGITS, MULTIPLIERS
from handlers.understand.repair import without_asides, without_slip
from handlers.understand.team_numbers import with_code
from handlers.understand.text import normalise
from handlers.understand.times import AsOf, read_as_of

__all__ = ["Channel", "Doubt", "Figures", "Kind", "read_amount", "read_figures"]

_MOST_FEN = 10**13
_MOST_DONATIONS = 10**9

_WITH_MATCH = re.compile(r"(?<![不未没外另])(?:含|其中|包括|包含|连同|算上|加上|加)了?[配佩]捐|[配佩]捐(?:在内|一起)")
_LOOSE_MATCH = re.compile(r"[配佩]捐")
_MATCH_APART = re.compile(
    r"(?:[不未没][含算计]|[不未]包[含括]|除[开去]|刨[除开去]|剔除|扣除)了?[配佩]捐|[配佩]捐(?:除外|另[算计]|[不没未][含算计])"
)
_LETTER_IN_CODE = re.compile(r"(?<![A-Za-z0-9])(?:[Oo]\d|\d+[Oo]\d|\d+[Oo](?![A-Za-z])|[Oo]{2,}\d)\d*")
_WHOLE_COLUMN = re.compile(rf"(?<![\d{DIGITS}{MULTIPLIERS}几多半 ])万元\)?")
"""`金额(万元):12.3`: the unit of a table's column, which nobody repeats beside the figure."""
_SHORT_OF = re.compile(r"差[个了约]?(?:不到|大约)? ?\d.{0,8}[就才]")
"""`还差2000就5万了`: neither figure has been reached."""
_APART = re.compile(rf"(?![。、]$)[\s,.。、;|{BLANK}]+")
_NOISE = re.compile(rf"[\s,.。、;:!~()|{BLANK}]+")


@dataclass(frozen=True, slots=True)
class Figures:
    """One report as typed. Money in fen, `donations` in 人次; what the line does not say is None.

    `kind`: a total, a day's running total, an increment, or `bare` when no word says which. `code` is the
    team code without `#`. `match_fen` is 配捐, never part of the amount. `rest` is what else the line says.
    `as_of`: the moment she names (`截至17点`), None for now. `again`: she says 又 or 再 beside 今天.
    """

    amount_fen: int | None
    donations: int | None
    kind: Kind
    channel: Channel
    code: str | None
    rest: str
    match_fen: int | None = None
    as_of: AsOf | None = None
    again: bool = False


def read_figures(text: str, codes: Collection[str] = ()) -> Figures | Doubt | None:
    """The figures of one line, a doubt, or None where it holds none. `codes`: teams the sender may mean."""
    try:
        return _figures(with_code(text, codes), codes)
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


def _figures(text: str, codes: Collection[str]) -> Figures | None:
    if slip := _LETTER_IN_CODE.search(normalise(text)):
        raise DoubtfulError("malformed", slip[0])
    line, as_of = without_asides(without_slip(prepare(text))), read_as_of(normalise(text))
    if column := _WHOLE_COLUMN.search(line):
        raise DoubtfulError("vague", column[0])
    found = find_mentions(line)
    if short := _SHORT_OF.search(line):
        raise DoubtfulError("vague", short[0])
    code, mentions = _take_code(line, [m for m in found if m.role != "goal"], codes)
    if not mentions:
        return None
    matched = [m for m in mentions if m.role == "match"]
    own = [m for m in mentions if m.role != "match"]
    if (matched and _WITH_MATCH.search(line)) or (
        own and not matched and _LOOSE_MATCH.search(_MATCH_APART.sub("", line))
    ):
        raise DoubtfulError("several", line)
    money, count = _money_and_count(line, own)
    amount_fen = _fen(line, money)
    return Figures(
        amount_fen=amount_fen,
        donations=_donations(line, count),
        kind=read_kind(line, as_of),
        channel=read_channel(line),
        code=code,
        rest=_rest(line, found, code),
        match_fen=_fen(line, _only(line, matched)),
        as_of=as_of,
        again=says_again(line),
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
    return _NOISE.sub("", COMMAND.sub("", line[: mention.start])) in (
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
        if count is not None and count.value > bare[0].value:
            raise DoubtfulError("several", line[count.start : bare[0].end] or line)  # 一万零五十 人次是二百一
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


def _rest(line: str, mentions: list[Mention], code: str | None) -> str:
    """What the line says besides figures and reporting words: perhaps a unit, a region or a remark."""
    kept, position = [], 0
    for mention in mentions:
        kept.append(line[position : mention.start])
        position = mention.end
    rest = COMMAND.sub("", BLANK.join([*kept, line[position:]]))
    if code:
        rest = re.sub(rf"# ?0*{int(code)}(?!\d)|(?<!\d){code}(?!\d)", BLANK, rest)
    return _NOISE.sub(" ", without_report_words(rest)).strip()
