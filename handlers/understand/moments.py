"""As of when a figure holds: now, a moment of today, the end of yesterday, another day, another year."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Literal

from handlers.language.numerals import DIGITS, read_numeral
from handlers.understand.tokens import Token

When = Literal["now", "yesterday", "midnight", "day", "past", "to come"]
"""`yesterday`: what is said of yesterday; `midnight`: as of its end."""

SOON = timedelta(hours=1)
"""A moment that is so near is told as the next hour: `截至21点` at half past eight."""
EVENING = time(17)
"""A total of yesterday from this hour on is as good as that of its end."""
_NUMBER = re.compile(rf"\d+|[{DIGITS}十]+")
_COMPACT = re.compile(r"(20\d\d)(\d\d)(\d\d)$")
_RANGE, _NO_RANGE = re.compile(r"[-~—–至到]"), re.compile(r"\d{2,4}-\d{1,2}-\d{1,2}")
_PARTS_OF_AN_HOUR = {"一刻": "15", "半": "30", "三刻": "45"}
_AFTERNOON = re.compile("下午|晚|傍晚|夜")
_NIGHT = re.compile("晚|夜")
_MORNING = re.compile("早|上午|凌晨|清晨")
NOON, SMALL_HOURS = 12, 6


@dataclass(frozen=True, slots=True)
class Said:
    """A time as it is said: which, the moment where one is named (None else), and the words it rests on."""

    when: When
    at: datetime | None = None
    words: str = ""


def when_said(tokens: Sequence[Token], now: datetime) -> Said | None:
    """The time that the tokens ahead of a figure tell; None where they tell none."""
    words = [token for token in tokens if token.has("when") or token.has("kind", "day")]
    if elsewhere := _another_time(tokens, words, now):
        return elsewhere
    dates, moments = _of_kind(tokens, "date"), _of_kind(tokens, "moment")
    if dates and any(token.start > dates[0].start and token.has("since") for token in tokens):
        return Said("now")
    today = now.date()
    named = dates[0] if dates else next((token for token in words if token.has("when", "yesterday")), None)
    day = _date(dates[0].text, today) if dates else today - timedelta(days=1) if named else today
    if day is None or day.year != today.year or day not in (today, today - timedelta(days=1)):
        return Said("past" if day and day.year != today.year else "day", words=named.text if named else "")
    at = _moment(moments[-1].text, " ".join(token.text for token in tokens), day, now) if moments else None
    if named and day != today:
        closed = at is None and not dates and any(token.has("close") for token in tokens)
        return Said("midnight", words=named.text) if closed else _of_yesterday(at, now, named.text)
    if at and at == datetime.combine(day, time(), now.tzinfo):
        return Said("midnight", at, moments[-1].text)
    to_come = moments[-1].text if at and at - now > SOON else _to_come(words, now)
    if to_come:
        return Said("to come", words=to_come)
    return Said("now", at if at is None or at <= now else None) if dates or moments or words else None


def tells_when(token: Token) -> bool:
    """Whether a word or a date is of another time than now."""
    dated = token.figure is not None and token.figure.kind in ("date", "year")
    return dated or token.has("when", "past", "day", "yesterday") or token.has("told")


def _to_come(words: Sequence[Token], now: datetime) -> str:
    """The word for a part of the day that has not begun: 今晚 in the morning; '' for none."""
    for token in words:
        if any(sense.kind == "begins at" and now.hour < int(sense.value) for sense in token.senses):
            return token.text
    return ""


def _another_time(tokens: Sequence[Token], words: Sequence[Token], now: datetime) -> Said | None:
    """A word, a year or a range of days that is not of today and not the end of yesterday."""
    for token in words:
        if token.has("when", "past", "day"):
            return Said("past" if token.has("when", "past") else "day", words=token.text)
    years = _of_kind(tokens, "year")
    if years and not _is_this_year(years[0].text, now.year):
        return Said("past", words=years[0].text)
    dates = _of_kind(tokens, "date")
    ranged = len(dates) > 1 or any(_RANGE.search(token.text) and not _NO_RANGE.match(token.text) for token in dates)
    return Said("day", words=dates[0].text) if ranged else None


def _of_kind(tokens: Sequence[Token], kind: str) -> list[Token]:
    return [token for token in tokens if token.figure and token.figure.kind == kind]


def _of_yesterday(at: datetime | None, now: datetime, words: str) -> Said:
    if at is None:
        return Said("yesterday", words=words)
    return Said("midnight" if at.time() >= EVENING or at.date() == now.date() else "day", at, words)


def _is_this_year(text: str, year: int) -> bool:
    digits = re.search(r"\d+", text)
    return digits is not None and int(digits[0]) % 100 == year % 100


def _date(text: str, today: date) -> date | None:
    """The day that a date names; None where it names none of this calendar."""
    told = _numbers(_COMPACT.sub(r"\1-\2-\3", text))
    try:
        year, month, day = (*(today.year, today.month)[: 3 - len(told)], *told)
        return date(year + 2000 * (year < 100), month, day)
    except ValueError:
        return None


def _moment(text: str, around: str, day: date, now: datetime) -> datetime | None:
    for part, minutes in _PARTS_OF_AN_HOUR.items():
        text = text.replace(part, minutes)
    hour, minute = (*_numbers(text), 0, 0)[:2]
    afternoon = _AFTERNOON.search(around) or (not _MORNING.search(around) and _is_later(hour, day, now))
    if (hour < 12 and afternoon) or (hour == 12 and _NIGHT.search(around)):
        hour += 12
    if hour > 24 or minute > 59:
        return None
    return datetime.combine(day, time(), now.tzinfo) + timedelta(hours=hour, minutes=minute)


def _is_later(hour: int, day: date, now: datetime) -> bool:
    """Whether an hour without a part of the day is one behind noon: one that is over, or that nobody reports of."""
    today = day == now.date() and now.hour >= NOON
    return today and (0 < hour <= SMALL_HOURS or hour + NOON <= now.hour)


def _numbers(text: str) -> list[int]:
    """The numbers of a date or a moment, in their order."""
    values = map(read_numeral, _NUMBER.findall(text))
    return [int(value) for value in values if isinstance(value, Decimal)]
