"""Every figure of a line and what it counts: money, gifts, a date, a moment, a rank, a telephone, a class of a school.

Reading is exact or doubtful, never a guess: what touches a figure and is not understood (`.5万`, `3.万`, `元有余`)
makes the figure doubtful, and no other figure of it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from handlers.language.figure_kinds import GIFTS, OTHER_FIGURES, YUAN, FigureKind, behind
from handlers.language.numerals import DIGITS, MULTIPLIERS, NUMERAL, SPACED, read_numeral

Doubt = Literal["", "malformed", "vague", "several", "negative", "absurd", "parted"]
"""Why a figure is not exact; `parted` by blanks it is likely one number, and has its value."""

_HAN = "\u4e00-\u9fff"
_TEAM = re.compile(rf"第?(?P<number>\d{{1,5}}|[{DIGITS}十]{{1,3}}) ?号?队(?![伍长员])")
_DIRTY = re.compile(
    rf"[.·]\d[\d.,]*(?: ?[万千百亿w])?|点[{DIGITS}\d]+[万千百亿元块]"
    rf"|\d[\d,.]*[.,。、][ ]?[万千百亿w](?![{_HAN}]{{2}})|万\.\d+",
    re.IGNORECASE,
)
_SPOKEN_POINT = re.compile(
    rf"(?P<whole>[{DIGITS}十百]+)点(?P<part>[{DIGITS}]{{1,2}})(?=[万千百亿元块w])(?P<scale>[万千百亿w]?)"
)
_NUMERAL = re.compile(NUMERAL, re.IGNORECASE)
_ARABIC_AHEAD = re.compile(rf"\d+(?:\.\d+)?(?=[{DIGITS}])")
_FOLDED = re.compile(r"\d{2,}[百佰]|\d{3,}[千仟]")
"""`95百`: nobody counts so, and a slip may stand in it."""
_DECIMAL = re.compile(r"\d+\.\d{1,2}(?=,\d)")
_RUN = re.compile(r"\d+(?:,\d+)+(?:\.\d+)?(?![\d.])")
_SCALE = re.compile(
    r"[(（](?:单位[:：]?)?(?P<scale>万|w|千|百万)?(?P<yuan>元)?[)）]"
    r"|(?:金额|计量)?单位[:：为是 ]{0,2}(?P<of>万|千|百)?元(?![\u4e00-\u9fff])",
    re.IGNORECASE,
)
_YUAN_AT, _GIFTS_AT = re.compile(YUAN, re.IGNORECASE), re.compile(GIFTS)
_SMALL = re.compile(
    rf"零?(?P<jiao>[\d{DIGITS}])[角毛](?:(?P<fen>[\d{DIGITS}])分?(?![\d{DIGITS}{MULTIPLIERS}元块]|{GIFTS}))?|零?(?P<cent>[\d{DIGITS}])分(?!钟)"
)
_LAST_DIGIT = re.compile(rf"(?P<jiao>[\d{DIGITS}])(?![\d.,{DIGITS}{MULTIPLIERS}元块]|{GIFTS})")
_ONLY_SMALL = re.compile(r" ?(?:角|毛)钱?(?!票)|分钱")
_ROUGH_BEHIND = re.compile(rf"{behind('rough')}|\+(?=[\s,。!]|$)")
_GOES_ON = re.compile(rf"\+(?=\d)(?![\d.,]+ ?=)|[a-z\d*×^'’⁄½]|\.(?=\d)|[-~—–至到](?=[\d{DIGITS}])", re.IGNORECASE)
_A_FIGURE_NEXT = re.compile(rf"[数:是为 ]{{0,3}}[\d{DIGITS}]+(?! ?[元块万千百])")
_THOUSANDS = re.compile(
    r"[1-9]\d{0,2}(?: \d{3})+(?:\.\d{1,2})?(?= ?[元块])|[1-9]\d{0,2} 0\d\d(?:\.\d{1,2})?(?![\d.])"
    r"|[1-9](?: \d){3,}(?= ?[元块])"
)
"""`4 860元`, `13 050`, `1 5 1 0 0元`: one number, its thousands or its figures parted by blanks."""
_PARTED = re.compile(r"\d(?: \d){2,}(?!\d)")
"""`3 2 0 0`: one number parted by blanks, or several."""
_A_COUNT = re.compile(rf"[\d{DIGITS}{MULTIPLIERS}]+(?:{GIFTS})")
_ADDS, _TELLS = behind("adds"), behind("tells")
_LARGEST = 10**12


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: where it ends, what it counts, its exact value (yuan, gifts), or why that is doubtful.

    `unit`: what stands behind it (元, 人次, 户); '' for none. `rough`: 多, 左右 and the like touch it.
    """

    kind: FigureKind
    end: int
    value: Decimal | None = None
    unit: str = ""
    doubt: Doubt = ""
    rough: bool = False

    @property
    def written_plainly(self) -> bool:
        """Whether nothing behind it says in which unit of money it is."""
        return self.kind == "bare"


def figures_at(text: str, at: int) -> Iterator[Figure]:
    """The figures that can begin at a place; several where a shorter one may be meant."""
    if dirty := _DIRTY.match(text, at):
        yield Figure("bare", dirty.end(), doubt="malformed")
        return
    for kind, pattern in OTHER_FIGURES:
        if found := pattern.match(text, at):
            people = kind == "people"
            yield Figure(kind, found.end(), _people(found[0]) if people else None, "位" if people else "")
            return
    if (at == 0 or not text[at - 1].isalnum()) and (called := _TEAM.match(text, at)):
        yield Figure("team", called.end(), _number(called["number"]))
    if scale := _SCALE.match(text, at):
        of = (scale["scale"] or "") + (scale["yuan"] or "") if scale[0][0] in "(（" else f"{scale['of'] or ''}元"
        if of:
            yield Figure("scale", scale.end(), unit=of)
        return
    if spoken := _SPOKEN_POINT.match(text, at):
        value = read_numeral(f"{_number(spoken['whole'])}.{_number(spoken['part'])}{spoken['scale']}")
        yield _measured(text, at, spoken.end(), value)
        return
    if (spaced := SPACED.match(text, at)) and not _is_inside(text, at):
        yield _measured(text, at, spaced.end(), read_numeral(spaced[0].replace(" ", "")))
        return
    if (thousands := _THOUSANDS.match(text, at)) and not _is_inside(text, at):
        one = _measured(text, at, thousands.end(), Decimal(thousands[0].replace(" ", "")))
        yield replace(one, doubt=one.doubt or "parted")
        return
    if (parted := _PARTED.match(text, at)) and not _is_inside(text, at):
        yield Figure("bare", parted.end(), doubt="several")
        return
    if run := _RUN.match(text, at):
        yield from _grouped(text, at, run)
        return
    if found := _DECIMAL.match(text, at) or _NUMERAL.match(text, at):
        yield from _numeral(text, at, found)


def _people(counted: str) -> Decimal | None:
    """How many 5位老师 are."""
    numeral = _NUMERAL.match(counted)
    return _number(numeral[0]) if numeral else None


def _is_inside(text: str, at: int) -> bool:
    """Whether a number began ahead of a place."""
    return at > 0 and (text[at - 1].isdigit() or text[at - 1] in DIGITS + MULTIPLIERS + ".,")


def _numeral(text: str, at: int, found: re.Match[str]) -> Iterator[Figure]:
    written, end = found[0], found.end()
    if "," in written and re.search(rf"[{MULTIPLIERS}kw]", written.partition(",")[0], re.IGNORECASE):
        written = written.partition(",")[0]
        end = at + len(written)
    value = read_numeral(written)
    if value == "malformed" and (plain := _ARABIC_AHEAD.match(written)):
        end = at + plain.end()
        written, value = plain[0], read_numeral(plain[0])
    if _FOLDED.match(written):
        value = "malformed"
    if value == "headless":
        return
    figure = _measured(text, at, end, value)
    han = not written[0].isdigit()
    if han and figure.kind == "bare" and not _stands_free(text, at, end, written):
        return
    yield figure


def _grouped(text: str, at: int, run: re.Match[str]) -> Iterator[Figure]:
    """A run of digits and commas. A comma parts thousands only where the groups are right and no count is swallowed."""
    groups = run[0].partition(".")[0].split(",")
    right = 1 <= len(groups[0]) <= 3 and all(len(group) == 3 for group in groups[1:]) and groups[0][0] != "0"
    count = _GIFTS_AT.match(text, run.end())
    counts = count is not None and not _labels_the_next(text, count)
    if right and (not counts or (len(groups) == 2 and len(groups[0]) == 1)):
        yield _measured(text, at, run.end(), Decimal(run[0].replace(",", "")))
        return
    if right and len(groups) == 2:
        yield Figure("bare", run.end(), doubt="several")
        return
    head, last = ",".join(groups[:-1]), groups[-1]
    whole = "." not in run[0] and (len(groups) == 2 or all(len(group) == 3 for group in groups[1:-1]))
    if whole and len(last) <= 6 and (counts or (len(last) <= 3 and (len(groups) > 2 or len(head) >= 3))):
        yield Figure("bare", at + len(head), Decimal(head.replace(",", "")))
        return
    yield _measured(text, at, run.end(), "malformed")


def _measured(text: str, at: int, end: int, value: Decimal | str) -> Figure:
    """The figure with the unit behind it, and what touches it."""
    doubt: Doubt = "" if isinstance(value, Decimal) else "vague" if value == "vague" else "malformed"
    number = value if isinstance(value, Decimal) else None
    kind: FigureKind = "bare"
    unit_at, rough = end, False
    if touching := _ROUGH_BEHIND.match(text, end):
        rough, unit_at = True, touching.end() if _YUAN_AT.match(text, touching.end()) else end
    if small := _ONLY_SMALL.match(text, unit_at):
        number = number / (100 if "分" in small[0] else 10) if number is not None else None
        kind, end = "money", small.end()
    elif yuan := _YUAN_AT.match(text, unit_at):
        kind, end = "money", yuan.end()
        number, end, doubt = _with_change(text, end, yuan[0], number, doubt)
    elif (count := _GIFTS_AT.match(text, unit_at)) and not _labels_the_next(text, count):
        kind, end = "gifts", count.end()
    rough = rough or _ROUGH_BEHIND.match(text, end) is not None
    if doubt == "" and (_malformed(text, at, end, number) or _touched(text, at, end, kind)):
        doubt = "malformed"
    if number is not None and number > _LARGEST:
        doubt = "absurd"
    if kind == "gifts" and number is not None and number % 1:
        doubt = "malformed"
    return Figure(kind, end, number, text[unit_at:end].strip(), doubt, rough)


def _labels_the_next(text: str, count: re.Match[str]) -> bool:
    """`金额 3200 人次 856`: a unit that stands apart is the label of the figure behind it."""
    return count[0].startswith(" ") and _A_FIGURE_NEXT.match(text, count.end()) is not None


def _with_change(
    text: str, end: int, unit: str, number: Decimal | None, doubt: Doubt
) -> tuple[Decimal | None, int, Doubt]:
    """3元5角, 五十五块五. Digits glued behind 元 could as well be a count, so are left to stand as one."""
    if unit.endswith(("整", "正", "钱")):
        return number, end, doubt
    if small := _SMALL.match(text, end):
        jiao, fen = _digit(small["jiao"]), _digit(small["fen"] or small["cent"])
        return (None if number is None else number + jiao / 10 + fen / 100), small.end(), doubt
    if unit.strip() in ("块", "塊") and (last := _LAST_DIGIT.match(text, end)):
        return (None if number is None else number + _digit(last["jiao"]) / 10), last.end(), doubt
    return number, end, doubt


def _malformed(text: str, at: int, end: int, number: Decimal | None) -> bool:
    """What a slip of the finger makes of a number: 0856, 12.345, 3.200."""
    written = re.match(r"\d[\d.]*", text[at:end])
    whole, _, part = written[0].partition(".") if written else ("", "", "")
    plain = written is not None and not re.match(rf"[{MULTIPLIERS}kw]", text[at + len(written[0]) : end], re.IGNORECASE)
    return (plain and len(part) > 2) or (len(whole) > 1 and whole.startswith("0"))


def _touched(text: str, at: int, end: int, kind: FigureKind) -> bool:
    """Whether something touches the figure that makes another of it: a letter, a digit, a sign, the end of a range."""
    before = text[at - 1 : at]
    if before and (before in "*×^½" or (before.isascii() and before.isalpha() and not _currency(text, at))):
        return True
    if kind == "gifts" and text[end : end + 1].isdigit():
        return False
    if _GOES_ON.match(text, end) is None:
        return False
    dash = text[end] in "-—–~" and kind == "money"
    return _A_COUNT.match(text, end + 1 if dash else end) is None


def _currency(text: str, at: int) -> bool:
    return text[max(0, at - 3) : at].lower() in ("rmb", "cny")


def _stands_free(text: str, at: int, end: int, written: str) -> bool:
    """Whether a Chinese numeral without a unit is a figure (`三万二`) and no part of a word (一共, 十二中)."""
    if any(char in "百佰千仟万萬亿億" for char in written) and len(written) > 1:
        return True
    ahead = text[at - 1] if at else ""
    free = re.match(f"[{_HAN}]", ahead) is None or re.match(_TELLS, ahead) is not None
    alone = free and not re.match(f"[{_HAN}]", text[end : end + 1])
    added = re.match(_ADDS, ahead) is not None
    return (alone or added) and len(written) > 1


def _number(written: str) -> Decimal | None:
    value = read_numeral(written)
    return value if isinstance(value, Decimal) else None


def _digit(char: str | None) -> Decimal:
    return _number(char) or Decimal(0) if char else Decimal(0)
