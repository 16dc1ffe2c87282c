"""Amounts of targets as they are typed: `保 50000 争 80000`, `保底5万 争取8万元`, `5000`, `8万→10万`."""

import re
from dataclasses import dataclass
from decimal import Decimal

from handlers.language.late import pattern
from handlers.language.numerals import NUMERAL, read_numeral
from handlers.language.text import normalise

_AMOUNT = r"(\d{1,12}(?:\.\d{1,4})?) ?(万|千)?元?"
_FLOOR = pattern(rf"保底?(?:目标)?[ :]*{_AMOUNT}")
_HOPE = pattern(rf"(?:争取?|力争)(?:目标)?[ :]*{_AMOUNT}")
_WITHOUT_ANOTHER_MEASURE = r"(?<![\d第.])" + _AMOUNT + r"(?![\d.天日月号点个名人年次])"
_RAISED = pattern(rf"(?:{_AMOUNT} ?(?:→|->|到|至|提到|提至|改为) ?)?{_WITHOUT_ANOTHER_MEASURE}")
_ALONE = pattern(_AMOUNT)
_CODE = pattern(r"(?<![\d.])(?:#\d|0\d{3})")
_ANOTHER = pattern(rf"(?<!\S){_AMOUNT}(?!\S)")
_NUMERAL = pattern(NUMERAL)
_TIMES = {"": 1, "千": 1_000, "万": 10_000}


@dataclass(frozen=True, slots=True)
class SaidTarget:
    """In fen, None where it is not said; `rest`: what is neither."""

    floor_fen: int | None
    hope_fen: int | None
    rest: str


def said_target(text: str) -> SaidTarget:
    floor, hope = _FLOOR.search(text), _HOPE.search(text)
    rest = _HOPE.sub(" ", _FLOOR.sub(" ", text, count=1), count=1)
    return SaidTarget(_fen(floor), _fen(hope), rest.strip(" ,，、;；"))


@dataclass(frozen=True, slots=True)
class SaidRaise:
    """To how many fen, None where it is not said; `rest`: what is said besides."""

    fen: int | None
    rest: str


def said_raise(text: str) -> SaidRaise:
    """The one amount, or what it is to become: `100000 提前完成`, `8万→10万`. A team's code or a second amount is a
    doubt, and nothing is read."""
    line = normalise(text)
    found = None if _CODE.search(line) else _RAISED.search(line)
    rest = f"{line[: found.start()]} {line[found.end() :]}".strip(" ,，、;；") if found else line
    if found is None or _ANOTHER.search(rest):
        return SaidRaise(None, text)
    return SaidRaise(int(Decimal(found[3]) * _TIMES[found[4] or ""] * 100), rest)


def said_amount(text: str) -> int | None:
    """An amount alone, in fen; in words as well (一万五千元)."""
    said = text.strip()
    if found := _ALONE.fullmatch(said):
        return _fen(found)
    value = read_numeral(said.rstrip("元块")) if _NUMERAL.fullmatch(said.rstrip("元块")) else None
    return int(value * 100) if isinstance(value, Decimal) else None


def _fen(found: re.Match[str] | None) -> int | None:
    return int(Decimal(found[1]) * _TIMES[found[2] or ""] * 100) if found else None
