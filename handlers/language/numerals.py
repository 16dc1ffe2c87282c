"""What one written numeral is worth: `12,345.67`, `3万2`, `伍仟`, `一万二千三`, `1.5w`.

A numeral is a glued run of Arabic figures, Chinese digits and multipliers. Reading it is exact or refused:
`17,3` and `3万25` are malformed, `五六百`, `两三` and `十几` are vague, `万` or `千` alone is no numeral.
"""

import re
from decimal import Decimal
from typing import Literal

Refusal = Literal["malformed", "vague", "headless"]

_DIGITS = {
    char: value
    for value, chars in enumerate(
        ("零〇○", "一壹弌", "二贰贰两兩俩貳", "三叁叄", "四肆", "五伍", "六陆陸", "七柒", "八捌", "九玖")
    )
    for char in chars
}
_MULTIPLIERS = {
    "十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000, "k": 1000,
    "万": 10_000, "萬": 10_000, "w": 10_000, "亿": 100_000_000, "億": 100_000_000,
}  # fmt: skip
_INEXACT = "几数半"

DIGITS = "".join(_DIGITS)
MULTIPLIERS = "".join(m for m in _MULTIPLIERS if m not in "kw")
ARABIC = r"(?:0\d{3,}(?![\d.])|\d+(?:[,.]\d+)*)"
LONGEST = 40
"""Parts of a numeral that are read together; what is longer is none."""
_LETTER = r"(?:(?<=[\d])[kw](?![a-z]))"
NUMERAL = (
    rf"(?!(?<=队)伍)(?:{ARABIC}|[{DIGITS}{MULTIPLIERS}]|[{_INEXACT}](?=[十百千万]))"  # 队伍 holds no five
    rf"(?:{ARABIC}|[{DIGITS}{MULTIPLIERS}{_INEXACT}]|{_LETTER}){{0,{LONGEST}}}"
)
_ATOM = re.compile(rf"(?P<arabic>{ARABIC})|(?P<han>[{DIGITS}]+)|(?P<multiplier>.)", re.IGNORECASE)
_PLAIN = re.compile(r"(?:\d+|[1-9]\d{0,2}(?:,\d{3})+)(?:\.\d+)?")
SPACED = re.compile(
    rf"(?:{ARABIC}|[{DIGITS}十百千]+) (?:[百佰千仟万萬亿億](?![克米瓦分度])|[kw](?![a-z]))"
    rf"(?: ?[\d{DIGITS}](?![\d.,:{DIGITS}元块]| ?[人次笔单位名])(?: ?[千仟百佰])?)?",
    re.IGNORECASE,
)
"""`6.7 万`, `7 万 8`: a numeral typed with blanks beside its multiplier; `3.2万 856` stays two."""


def close_up(text: str) -> str:
    """Joins numerals that are typed with blanks beside a multiplier."""
    return SPACED.sub(lambda spaced: spaced[0].replace(" ", ""), text)


def read_numeral(written: str) -> Decimal | Refusal:
    """The exact value of one numeral as matched by `NUMERAL`, or why there is none."""
    if any(char in written for char in _INEXACT):
        return "vague"
    atoms = [(match.lastgroup, match[0]) for match in _ATOM.finditer(written)]
    kinds = [kind for kind, _ in atoms]
    figures = [text for kind, text in atoms if kind != "multiplier"]
    if "multiplier" not in kinds:
        return _plain_number(*atoms[0]) if len(atoms) == 1 else "malformed"
    if any(kind == "han" and len(text.lstrip("零〇○")) > 1 for kind, text in atoms):
        return "vague"
    if kinds[0] == "multiplier" and atoms[0][1] not in "十拾":
        return "headless"
    if len(figures) > 1 and any("." in text for text in figures[:-1]):
        return "malformed"
    return _composed(atoms)


def _plain_number(kind: str | None, text: str) -> Decimal | Refusal:
    if kind == "han":
        digits = [_DIGITS[char] for char in text]
        if digits == [3, 5] or (len(digits) == 2 and digits[0] > 0 and digits[1] - digits[0] == 1):
            return "vague"
        return Decimal("".join(map(str, digits)))
    return Decimal(text.replace(",", "")) if _PLAIN.fullmatch(text) else "malformed"


def _composed(atoms: list[tuple[str | None, str]]) -> Decimal | Refusal:
    """Sums `3万2千3`: thousands and below gather in `section`, which 万 and 亿 lift into `total`."""
    total = section = Decimal(0)
    pending: tuple[str | None, str] | None = None
    small = large = last = 0
    after_zero = False
    for kind, text in atoms:
        if kind == "han" and text in "零〇○":
            after_zero = True
            continue
        if kind != "multiplier":
            if pending is not None:
                return "malformed"
            pending = (kind, text)
            continue
        factor = _MULTIPLIERS[text.lower()]
        count = _plain_number(*pending) if pending else None
        if isinstance(count, str):
            return count
        if factor < 10_000:
            if (count is None and factor != 10) or (small and factor >= small):
                return "malformed"
            section += (Decimal(1) if count is None else count) * factor
            small = factor
        else:
            section += count or 0
            if section == 0 or (large and factor >= large):
                return "malformed"
            total, section, small, large = total + section * factor, Decimal(0), 0, factor
        pending, last, after_zero = None, factor, False
    if pending is None:
        return total + section
    tail = _plain_number(*pending) if after_zero else _tail(*pending, last)
    return tail if isinstance(tail, str) else total + section + tail


def _tail(kind: str | None, text: str, last: int) -> Decimal | Refusal:
    """What the digits behind the last multiplier are worth: the 2 of 3万2 is 2000, the 5 of 一千零五 is 5."""
    value = _plain_number(kind, text)
    if isinstance(value, str):
        return value
    if kind == "han":
        spoken_zero = len(text) > 1
        return value if spoken_zero or last == 10 else value * last / 10
    places = len(text.partition(".")[0])
    room = len(str(last)) - 1
    if places == room or (places == 3 and last == 10_000):
        return value
    return value * last / 10 if places == 1 and "." not in text and last > 10 else "malformed"
