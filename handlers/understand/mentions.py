"""Finds every figure a prepared line mentions and says what it is a figure of; what could be two is refused."""

import re
from dataclasses import dataclass
from decimal import Decimal

from handlers.understand.doubt import DoubtfulError
from handlers.understand.labels import (
    MATCH_AFTER,
    SMALL,
    VAGUE_AFTER,
    Role,
    count_or_head_count,
    label_before,
    unit_after,
)
from handlers.understand.lines import COUNT
from handlers.understand.numerals import ARABIC, DIGITS, MULTIPLIERS, NUMERAL, read_numeral

_HAN = "\u4e00-\u9fff"
_LARGEST = 10**12  # yuan or 人次; more than any drive ever raised

_RATE = re.compile(r"[元块笔]\s?/\s?[人次笔]|人均|每[人笔位个户名]|一人[一\d]")
_RANGE = re.compile(r" ?(?:[-~—–]+|至|到) ?")
_UP_TO = re.compile(r"了?(?:就能?|才能?|可以)?(?:到|够|达到?|满)了?")
_NEXT_DIGIT = re.compile(rf"、([\d{DIGITS}])(?![\d.,])")
"""`1万2、3`: two neighbouring digits are a guess."""
_WITHOUT = re.compile(r"(?:[不未没][含算计]|[不未]包[含括])")
"""`不含配捐3200` alone: the figure is hers, and what is left out is not said."""
_GOAL_AFTER = re.compile(r"的?(?:目标|任务)")
_FIGURE = re.compile(NUMERAL, re.IGNORECASE)

_CHANGE = re.compile(
    rf"零?([\d{DIGITS}])(?:角|毛)(?:([\d{DIGITS}])(?![\d{DIGITS}{MULTIPLIERS}]| ?{COUNT})分?)?"
    rf"|零?([\d{DIGITS}])分(?!钟)"
    rf"|([\d{DIGITS}])(?![\d.,{DIGITS}{MULTIPLIERS}]| ?{COUNT})"
)
_LABEL = re.compile(
    r"[班年月日号天届期楼栋幢层组队支校中小院所村区路街级科室厂团连营部户个项只台辆条度周秒家里米点时分张维]"
)
_GIVEN = re.compile(r"[捐筹募收](?:了|到|得|款)+ ?[\d.,]+$")
_GOES_ON = re.compile(
    r"[了啦哦噢喔呀啊哈嘞哟呢吧吗的是谢麻辛请目已累总共今昨截线现配佩匹捐筹募善其和及与加参有也都均全合为由我你您"
    r"他她老大以报收完更转核增新才又再还另距离差超含包爱呗喽咧耶嗯哎哒对没就在元来到存整正]"
)


@dataclass(frozen=True, slots=True)
class Mention:
    """One figure: where it stands (unit and label included), what it is worth, and what it counts.

    Money is in yuan. `written` is the numeral itself.
    """

    start: int
    end: int
    role: Role
    value: Decimal
    written: str


def find_mentions(line: str) -> list[Mention]:
    """Every figure of a prepared line, in order; raises `DoubtfulError` where one cannot be read.

    A `goal` is aimed at and not reached. A rank or a part of a name is no figure.
    """
    if rate := _RATE.search(line):
        raise DoubtfulError("rate", line[max(0, rate.start() - 6) : rate.end() + 6])
    found: list[Mention] = []
    position = 0
    while match := _FIGURE.search(line, position):
        mention = _mention(line, match, found[-1] if found else None)
        if mention is not None and found and found[-1].end <= mention.start:
            gap = line[found[-1].end : mention.start]
            if "code" not in (found[-1].role, mention.role) and _RANGE.fullmatch(gap):
                raise DoubtfulError("vague", line[found[-1].start : mention.end])
            if found[-1].role in ("goal", "skip") and _UP_TO.fullmatch(gap):
                raise DoubtfulError("unclear", line[found[-1].start : mention.end])
        if mention is not None:
            found.append(mention)
        position = max(match.end(), mention.end if mention else 0)
    return [mention for mention in found if mention.role != "skip"]


def _mention(line: str, match: re.Match[str], previous: Mention | None) -> Mention | None:
    written, start, end = match[0], match.start(), match.end()
    excerpt = line[max(0, start - 4) : end + 4]
    arabic = written[0].isdigit() and written[0].isascii()
    previous_end = previous.end if previous else 0
    label, before = label_before(line[previous_end:start])
    if label == "match" and previous is None and _WITHOUT.match(before):
        label, before = "", ""
    if label == "code" and re.fullmatch(r"\d+", written):
        return Mention(start - len(before), end, "code", Decimal(written), written)
    if arabic and re.fullmatch(r"0\d{3,}", written):
        return Mention(start, end, "code", Decimal(written), written)
    if label == "negative" and not (before.strip() in "-−–" and found_range(line, start, previous_end)):
        raise DoubtfulError("negative", excerpt)
    rest = line[end:]
    role, unit = unit_after(line, end)
    value = read_numeral(written)
    if value == "headless":
        if role in ("money", "count") or label == "vague":
            raise DoubtfulError("vague", excerpt)
        return None
    if not arabic and role == "bare" and not _stands_as_figure(line, match):
        return None
    if value == "vague" or label == "vague" or VAGUE_AFTER.match(rest) or VAGUE_AFTER.match(rest[len(unit) :]):
        raise DoubtfulError("vague", excerpt)
    if isinstance(value, str):
        raise DoubtfulError("malformed", excerpt)
    if value > _LARGEST:
        raise DoubtfulError("absurd", excerpt)
    if label == "rank" and role == "money" and before[0].isascii() and before[0].isalpha():
        raise DoubtfulError("malformed", excerpt)
    if role == "count":
        role = count_or_head_count(line, start, written, unit, value, excerpt)
    if (beside := _NEXT_DIGIT.match(line, end)) and _digit(beside[1]) - _digit(written[-1]) == 1:
        raise DoubtfulError("vague", line[start : end + 2])
    if label == "goal" or _GOAL_AFTER.match(line, end + len(unit)):
        return Mention(start - len(before), end + len(unit), "goal", value, written)
    if label == "rank":
        return Mention(start - len(before), end + len(unit), "skip", value, written)
    if arabic and role == "bare" and not _ends_cleanly(line, end, value, excerpt):
        return Mention(start, end, "skip", value, written)
    _check_written(written, arabic, excerpt)
    if role == "money":
        value, unit = _with_change(line, end, value, unit)
    if role == "money" and MATCH_AFTER.match(line, end + len(unit)):
        return Mention(start, end + len(unit), "match", value, written)
    if label == "match":
        return Mention(start - len(before), end + len(unit), "match", value, written)
    if label == "count" and role != "money":
        return Mention(start - len(before), end + len(unit), "count", value, written)
    if label == "money" and role == "bare":
        return Mention(start - len(before), end, "money", value, written)
    return Mention(start, end + len(unit), role, value, written)


def found_range(line: str, start: int, previous_end: int) -> bool:
    """Whether the dash before `start` joins two figures (300-500) instead of making one negative."""
    return previous_end > 0 and _RANGE.fullmatch(line[previous_end:start]) is not None


def _with_change(line: str, end: int, value: Decimal, unit: str) -> tuple[Decimal, str]:
    """Adds 角 and 分: 3元5角, 五十五块五. Digits glued behind 元 could as well be 人次, so are refused."""
    if SMALL.fullmatch(unit):
        value = value / 100 if unit.lstrip().startswith("分") else value / 10
        follow = re.compile(rf"([\d{DIGITS}])分").match(line, end + len(unit))
        return (value + _digit(follow[1]) / 100, unit + follow[0]) if follow else (value, unit)
    after = end + len(unit)
    change = _CHANGE.match(line, after)
    if change is None or unit.endswith(("整", "正", "钱")):
        if re.match(rf"[\d{DIGITS}]+(?! ?(?:{COUNT}|\d))", line[after:]) and line[after].isascii():
            raise DoubtfulError("several", line[max(0, end - 4) : after + 6])
        return value, unit
    if change[4]:
        if not unit.strip().startswith(("块", "塊")):
            raise DoubtfulError("several", line[max(0, end - 4) : after + 4])
        return value + _digit(change[4]) / 10, unit + change[0]
    jiao, fen = _digit(change[1] or "0"), _digit(change[2] or change[3] or "0")
    return value + jiao / 10 + fen / 100, unit + change[0]


def _digit(char: str) -> Decimal:
    value = read_numeral(char)
    return value if isinstance(value, Decimal) else Decimal(0)


def _stands_as_figure(line: str, match: re.Match[str]) -> bool:
    """Whether a Chinese numeral without a unit is a figure (`三万二`), not part of a word (一共, 十二中)."""
    written, following = match[0], line[match.end() : match.end() + 1]
    preceding = line[match.start() - 1 : match.start()] if match.start() else ""
    ends = not re.match(f"[{_HAN}]", following)
    if any(char in "百佰千仟万萬亿億" for char in written):
        return ends or not _LABEL.match(following)
    return ends and (len(written) > 1 or not re.match(f"[{_HAN}]", preceding))


def _ends_cleanly(line: str, end: int, value: Decimal, excerpt: str) -> bool:
    """True for a figure that stands free, False for part of a name (3班, 5G); raises where unclear."""
    following = line[end : end + 1]
    if following.isascii() and following.isalpha():
        if value < 1000 and following.lower() not in "oil":
            return False
        raise DoubtfulError("malformed", excerpt)
    if following.isnumeric() or following in tuple("/'’⁄×*=^"):
        raise DoubtfulError("malformed", excerpt)
    if not re.match(f"[{_HAN}]", following) or following == "" or _GOES_ON.match(following):
        return True
    if _LABEL.match(following) and (value < 1000 or following in "年号"):
        if _GIVEN.search(line, 0, end):
            raise DoubtfulError("unclear", excerpt)
        return False
    raise DoubtfulError("unclear", excerpt)


def _check_written(written: str, arabic: bool, excerpt: str) -> None:
    """Refuses what a slip of the finger makes of a number: 0856, 12.345, 3.200."""
    if arabic and re.fullmatch(ARABIC, written):
        whole, _, fraction = written.partition(".")
        if len(fraction) > 2 or (len(whole) > 1 and whole.startswith("0")):
            raise DoubtfulError("malformed", excerpt)
