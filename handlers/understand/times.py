"""As of when a figure holds: `截至17点`, `昨天晚上10点`, kept apart from the figures themselves."""

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from decimal import Decimal

from handlers.understand.numerals import DIGITS, read_numeral

_DAYS = {"今": 0, "昨": -1, "前": -2}
_AFTERNOON = ("下午", "晚上", "晚", "傍晚", "夜里")
_PARTS_OF_AN_HOUR = {"一刻": 15, "半": 30, "三刻": 45}
_MOMENT = re.compile(
    rf"(?P<until>截[至止]到?|[到至] ?)? ?(?:(?P<day>[今昨前])[天日儿]?)?"
    r"(?P<part>凌晨|早上|早|上午|中午|下午|傍晚|晚上|晚|夜里)?"
    rf" ?(?:(?P<clock>(?:[01]?\d|2[0-4]):[0-5]\d)(?!\d)"
    rf"|(?P<hour>\d{{1,2}}|[{DIGITS}十]{{1,3}}) ?[点时](?!\d?[万千百])"
    rf"(?P<minute>半|[一三]刻|[0-5]\d(?:分|(?!\d|\.\d)))?"
    rf"(?![{DIGITS}]+[万千百元块]))"
)


@dataclass(frozen=True, slots=True)
class AsOf:
    """A moment as it was said: days from today (0, -1, -2) and the time of day."""

    days: int
    at: time

    def on(self, now: datetime) -> datetime:
        """The moment, seen from a local `now`."""
        said = datetime.combine(now.date() + timedelta(days=self.days), self.at)
        return said.replace(tzinfo=now.tzinfo)


def read_as_of(line: str) -> AsOf | None:
    """The moment that a normalised line's figures belong to; a plain hour without 截至, 到 or a day is none."""
    for said in _MOMENT.finditer(line):
        if said["until"] or said["day"]:
            return _moment(said)
    return None


def _moment(said: re.Match[str]) -> AsOf | None:
    if said["clock"]:
        hour, minute = map(int, said["clock"].split(":"))
    else:
        value = read_numeral(said["hour"])
        if not isinstance(value, Decimal):
            return None
        hour = int(value)
        minute = _PARTS_OF_AN_HOUR.get(said["minute"]) or int((said["minute"] or "0").rstrip("分"))
    if said["part"] in _AFTERNOON and (hour < 12 or (hour == 12 and said["part"] != "下午")):
        hour += 12
    days = _DAYS.get(said["day"] or "今", 0)
    if hour == 24:
        hour, minute, days = 0, 0, days + 1
    return AsOf(days, time(hour, minute)) if hour < 24 else None
