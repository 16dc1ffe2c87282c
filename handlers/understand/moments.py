"""As of when a figure holds: now, a moment of today, the end of yesterday, another day, another year."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Literal

from handlers.understand.numerals import DIGITS, read_numeral
from handlers.understand.tokens import Token

When = Literal["now", "yesterday", "midnight", "day", "past"]
"""`yesterday`: what is said of yesterday; `midnight`: as of its end."""

EVENING = time(17)
"""A total of yesterday from this hour on is as good as that of its end."""
_NUMBER = rf"(\d{{1,4}}|[{DIGITS}十]+)"
_MONTH_DAY = re.compile(rf"{_NUMBER}[月/.-]{_NUMBER}[日号]?$")
_FULL = re.compile(r"(\d{2,4})[-/.年](\d{1,2})[-/.月](\d{1,2})[日号]?$|(20\d\d)(\d\d)(\d\d)$")
_DAY = re.compile(rf"{_NUMBER}[日号]$")
_RANGE = re.compile(r"[-~—–至到]")
_CLOCK = re.compile(r"(\d{1,2}):(\d\d)")
_HOUR = re.compile(rf"{_NUMBER}[点时](.*)$")
_PARTS_OF_AN_HOUR = {"一刻": 15, "半": 30, "三刻": 45}
_AFTERNOON = re.compile("下午|晚|傍晚|夜")
_YEAR = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Said:
    """A time as it is said: which, the moment where one is named (None else), and the words it rests on."""

    when: When
    at: datetime | None = None
    words: str = ""


def when_said(tokens: Sequence[Token], now: datetime) -> Said | None:
    """The time that the tokens ahead of a figure tell; None where they tell none."""
    dates = [token for token in tokens if token.figure and token.figure.kind == "date"]
    moments = [token for token in tokens if token.figure and token.figure.kind == "moment"]
    years = [token for token in tokens if token.figure and token.figure.kind == "year"]
    words = [token for token in tokens if token.has("when") or token.has("kind", "day")]
    for token in words:
        if token.has("when", "past", "day"):
            return Said("past" if token.has("when", "past") else "day", words=token.text)
    if years and not _is_this_year(years[0].text, now.year):
        return Said("past", words=years[0].text)
    yesterday = next((token for token in words if token.has("when", "yesterday")), None)
    if len(dates) > 1 or any(_RANGE.search(token.text) and not _FULL.match(token.text) for token in dates):
        return Said("day", words=dates[0].text)
    day = now.date()
    if dates:
        said = _date(dates[0].text, day)
        if said is None:
            return Said("day", words=dates[0].text)
        if said.year != day.year:
            return Said("past", words=dates[0].text)
        if said not in (day, day - timedelta(days=1)):
            return Said("day", words=dates[0].text)
        day = said
    elif yesterday:
        day -= timedelta(days=1)
    at = _moment(moments[-1].text, " ".join(token.text for token in tokens), day, now) if moments else None
    if day != now.date():
        return _of_yesterday(at, now, (dates or [yesterday])[0])
    if at and at == datetime.combine(day, time(), now.tzinfo):
        return Said("midnight", at, moments[-1].text)
    if at and at > now:
        at = None
    return Said("now", at, "") if dates or moments or words else None


def _of_yesterday(at: datetime | None, now: datetime, token: Token | None) -> Said:
    words = token.text if token else ""
    if at is None:
        return Said("yesterday", words=words)
    return Said("midnight" if at.time() >= EVENING or at.date() == now.date() else "day", at, words)


def _is_this_year(text: str, year: int) -> bool:
    digits = _YEAR.search(text)
    return digits is not None and int(digits[0]) % 100 == year % 100


def _date(text: str, today: date) -> date | None:
    """The day that a date names; None where it names none of this calendar."""
    if full := _FULL.match(text):
        year, month, day = (int(part) for part in full.groups() if part)
        year += 2000 if year < 100 else 0
    elif said := _MONTH_DAY.match(text):
        year, month, day = today.year, _value(said[1]), _value(said[2])
    elif said := _DAY.match(text):
        year, month, day = today.year, today.month, _value(said[1])
    else:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _moment(text: str, around: str, day: date, now: datetime) -> datetime | None:
    if clock := _CLOCK.match(text):
        hour, minute = int(clock[1]), int(clock[2])
    elif said := _HOUR.match(text):
        hour, rest = _value(said[1]), said[2].rstrip("分")
        minute = _PARTS_OF_AN_HOUR.get(rest) or _value(rest)
    else:
        return None
    if hour < 12 and _AFTERNOON.search(around):
        hour += 12
    if hour > 24 or minute > 59:
        return None
    return datetime.combine(day, time(), now.tzinfo) + timedelta(hours=hour, minutes=minute)


def _value(written: str) -> int:
    value = read_numeral(written) if written else 0
    return int(value) if isinstance(value, Decimal) else 0
