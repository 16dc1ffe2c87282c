"""Dates and times in a campaign file: each is the campaign's own local time, or is refused.

A moment without an offset is of the campaign's zone; a day alone begins with its first second where something starts,
and lasts to its last where something ends. A number is neither: nobody who writes 2024 means seconds.
"""

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Annotated, Any, TypeVar
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, BeforeValidator, PlainSerializer

FIRST_YEAR, LAST_YEAR = 2000, 2100
"""What lies outside is a slip of the pen, and the ends of the calendar cannot be told in another zone."""
LAST_SECOND = time(23, 59, 59)
MIDNIGHT_AFTER = time.max
"""24:00: the midnight at which a day ends, which belongs to it."""

LONGEST = 400
"""Days of one span of days."""
_OFFSET = re.compile(r"T([+-]\d{1,3})?")

_Date = TypeVar("_Date", bound=date)


def in_zone(told: Any, zone: ZoneInfo) -> Any:
    """A table, or several, in which every moment is on the clock of the zone; one without an offset was meant on it."""
    if isinstance(told, datetime):
        return told.astimezone(zone) if told.tzinfo else told.replace(tzinfo=zone)
    if isinstance(told, tuple):
        return tuple(in_zone(each, zone) for each in told)
    if isinstance(told, BaseModel):
        return told.model_copy(update={name: in_zone(value, zone) for name, value in told})
    return told


def _moment(alone: time) -> Callable[[object], datetime]:
    def read(value: object) -> datetime:
        """What TOML or the stored JSON hold: a moment, or a day alone."""
        if isinstance(value, str):
            value = _parsed(value)
        if isinstance(value, date) and not isinstance(value, datetime):
            value = datetime.combine(value, alone)
        if not isinstance(value, datetime):
            raise ValueError("a day or a moment, such as 2024-05-20 or 2024-05-20T18:00:00+08:00")
        return value

    return read


def _parsed(text: str) -> date | None:
    """A day, or a moment, as ISO 8601 writes it with hyphens; None for anything else."""
    try:
        return date.fromisoformat(text) if len(text) == len("2024-05-20") else datetime.fromisoformat(text)
    except ValueError:
        return None


def _in_these_years(value: _Date) -> _Date:
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        raise ValueError(f"in one of the years {FIRST_YEAR} to {LAST_YEAR}")
    return value


def _day(value: object) -> date:
    if isinstance(value, str):
        value = _parsed(value)
    if not isinstance(value, date) or isinstance(value, datetime):
        raise ValueError("a day alone, such as 2024-05-20")
    return value


def _hour(value: object) -> time:
    if isinstance(value, str):
        try:
            value = time.fromisoformat(value)
        except ValueError:
            value = None
    if not isinstance(value, time) or value.tzinfo is not None:
        raise ValueError("a time of the campaign's own day without an offset, such as 21:00:00")
    return value


def _time_of_day(value: object) -> time:
    return MIDNIGHT_AFTER if value in ("24:00", "24:00:00") else _hour(value)


def as_written(at: time) -> str:
    """`21:00:00`, and `24:00:00` for the end of a day."""
    return "24:00:00" if at == MIDNIGHT_AFTER else at.isoformat()


def _days(value: object) -> object:
    """A list of days; `2023-05-29/2023-06-30` in it is every day from the one to the other."""
    found: list[object] = []
    for each in value if isinstance(value, list | tuple) else [value]:
        first, slash, last = each.partition("/") if isinstance(each, str) else ("", "", "")
        found += _from_to(_day(first), _day(last)) if slash else [each]
    return found


def _from_to(first: date, last: date) -> list[date]:
    if not first <= last <= first + timedelta(days=LONGEST):
        raise ValueError(f"days such as 2023-05-29/2023-06-30, the first one first, at most {LONGEST}")
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def _offset(value: object) -> int:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    found = _OFFSET.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        raise ValueError("days counted from the job's own day, such as T-7, T or T+1")
    return int(found[1] or 0)


def _offset_as_written(offset: int) -> str:
    return f"T{offset:+d}" if offset else "T"


def moment_on(day: date, at: time, zone: ZoneInfo) -> datetime:
    """A time of a day as a moment; 24:00 is the midnight at which the day ends."""
    if at == MIDNIGHT_AFTER:
        return datetime.combine(day + timedelta(days=1), time(0), zone)
    return datetime.combine(day, at, zone)


Start = Annotated[datetime, BeforeValidator(_moment(time(0))), AfterValidator(_in_these_years)]
"""When something begins; a day alone is its first second."""
End = Annotated[datetime, BeforeValidator(_moment(LAST_SECOND)), AfterValidator(_in_these_years)]
"""When something ends; a day alone is its last second."""
Day = Annotated[date, BeforeValidator(_day), AfterValidator(_in_these_years)]
"""A day of the campaign's own calendar."""
Hour = Annotated[time, BeforeValidator(_hour)]
"""A time of the campaign's own day."""
PushHour = Annotated[time, BeforeValidator(_time_of_day), PlainSerializer(as_written, when_used="json")]
"""The same, and 24:00."""
Days = Annotated[tuple[Day, ...], BeforeValidator(_days)]
"""Days of the campaign's own calendar, one by one or from one to another."""
Offset = Annotated[int, BeforeValidator(_offset), PlainSerializer(_offset_as_written, when_used="json")]
"""A day counted from the one that a push is about: `T-7` is a week before it."""
