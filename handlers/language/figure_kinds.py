"""What stands behind a figure and says what it counts, and the figures that count neither money nor gifts.

The words are rows of `data/figures.tsv`; dates and moments are told by their signs (月 日 点 分).
"""

import re
from typing import Literal

from handlers.language.late import pattern
from handlers.language.numerals import DIGITS
from handlers.language.wordlists import limited

FigureKind = Literal[
    "money",
    "gifts",
    "bare",
    "date",
    "moment",
    "year",
    "rank",
    "share",
    "telephone",
    "code",
    "team",
    "class",
    "scale",
    "people",
]


def behind(kind: str) -> str:
    """An expression for what stands behind a figure of a class."""
    return limited("language/figures", kind)


_N = rf"(?:\d{{1,4}}|[{DIGITS}十]{{1,3}})"
_DAY = rf"(?:\d{{1,2}}|[{DIGITS}十]{{1,3}})"
_JOIN = r"[-~—–至到]+"
YUAN = rf" ?(?:{behind('yuan')}|rmb(?![a-z])|r(?![a-z0-9]))(?:{behind('of yuan')})?(?:{behind('whole')})?"
GIFTS = rf" ?(?:{behind('gifts')})"
_PATTERNS: tuple[tuple[FigureKind, str], ...] = (
    ("telephone", r"(?:\+?86[- ]?)?1[3-9]\d(?:\d{8}|[- ]\d{4}[- ]\d{4})(?![\d元块])(?! ?[元块])"),
    ("telephone", r"[一幺][三四五六七八九][零〇一二三四五六七八九幺]{9}(?![零〇一二三四五六七八九幺])"),
    ("telephone", r"1\d{2}\*{2,}\d{2,4}|\d{3}\*{2,}\d*"),
    ("telephone", r"0\d{2,3}-\d{7,8}(?!\d)|\d{15,19}x?(?![\d.,]| ?[元块])"),
    ("telephone", rf"(?:{behind('numbered')})[:是为 ]*[a-z\d-]{{2,}}"),
    ("date", r"(?:20)?\d\d(?:[-/.]\d{1,2}[-/.]\d{1,2}(?!\d)|年\d{1,2}月\d{1,2}(?:[日号]|(?!\d)))"),
    ("date", r"20\d\d(?:0\d|1[0-2])(?:[0-2]\d|3[01])(?!\d| ?[元块.])"),
    ("date", rf"{_DAY}月{_DAY}[日号]?{_JOIN}(?:{_DAY}月)?{_DAY}[日号]"),
    ("date", rf"{_DAY}月{_DAY}(?:[日号]|(?![\d.]|{GIFTS}|{YUAN}))"),
    ("date", rf"(?:{_DAY}[日号]?{_JOIN})?{_DAY}[日号](?!{behind('named')})|\d{{1,2}}[./]\d{{1,2}}[日号]"),
    ("date", r"\d{1,2}[./]\d{1,2}(?:[日号]|(?= ?(?:\d{1,2}[:点时]|[早晚上下中]))|(?=人道|公益))"),
    ("moment", r"(?:[01]?\d|2[0-4]):[0-5]\d(?::[0-5]\d)?(?!\d|:\d)"),
    (
        "moment",
        rf"{_DAY}(?:点(?!\d?[万千百])|时(?!候))(?:半|[一三]刻|整|钟|过|\d{{1,2}}分|[{DIGITS}十]{{1,3}}分|许|左右"
        rf"|[一二三四五]?十[一二三四五六七八九]?(?!{GIFTS}|{YUAN}|[万千百])"
        rf"|[0-5]\d(?!\d|\.\d|{GIFTS}|{YUAN}|[万千百w]))?(?![{DIGITS}]{{1,2}}[万千百元块])",
    ),
    ("year", rf"(?:19|20)\d\d ?年度?(?!级)|[二两]零[一二][{DIGITS}]年|[12]\d年(?={behind('year')})"),
    ("rank", rf"第 ?(?:\d{{1,7}}|{_N}) ?(?:{behind('place')})?(?!{behind('unit')}|[{DIGITS}])"),
    ("rank", rf"前 ?{_N} ?(?:{behind('top')})|(?:no|top)\.? ?\d{{1,4}}"),
    ("people", rf"(?![一1][个名位]){_N} ?[个名位]?(?:{behind('people')})(?!\d)"),
    ("rank", rf"{_N} ?(?:{behind('measure')}){{0,2}}(?:{behind('group')}|{behind('people')})(?!\d)"),
    ("rank", rf"{_N} ?(?:{behind('of a rank')})|\d{{1,3}}/\d{{1,4}}名"),
    ("share", rf"\d+(?:\.\d+)? ?[%‰]|百分之[{DIGITS}十百点\d.]+|[{DIGITS}十]+分之[{DIGITS}十]+"),
    ("share", rf"{_N}(?:\.\d+)? ?(?:{behind('share')})|[{DIGITS}]成"),
    (
        "code",
        rf"# ?\d{{1,9}}|0\d{{3}}(?:(?![\d.,]|[元块万千百人笔])|(?=(?:人次|人数|笔数) ?(?:{behind('put right')})))",
    ),
    (
        "class",
        rf"(?!\d{{2,}}[{DIGITS}])(?:[高初]?[{DIGITS}\d]{{1,2}}(?:年级)?|[高初][一二三])?\(?[{DIGITS}十\d]{{1,3}}\)?班(?!{behind('class')})"
        rf"|[{DIGITS}\d]年级|[高初七八九]\(\d{{1,2}}\)",
    ),
)
OTHER_FIGURES = tuple((kind, pattern(words, re.IGNORECASE)) for kind, words in _PATTERNS)
"""Every other kind of figure, in the order in which they are tried."""
