"""Dates and times in a campaign file: each is the campaign's own local time, or is refused.

A moment without an offset is of the campaign's zone; a day alone begins with its first second where something starts,
and lasts to its last where something ends. A number is neither: nobody who writes 2024 means seconds.
"""

from collections.abc import Callable
from datetime import date, datetime, time
from typing import Annotated, Any, TypeVar
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, BeforeValidator

FIRST_YEAR, LAST_YEAR = 2000, 2100
"""What lies outside is a slip of the pen, and the ends of the calendar cannot be told in another zone."""
LAST_SECOND = time(23, 59, 59)

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


Start = Annotated[datetime, BeforeValidator(_moment(time(0))), AfterValidator(_in_these_years)]
"""When something begins; a day alone is its first second."""
End = Annotated[datetime, BeforeValidator(_moment(LAST_SECOND)), AfterValidator(_in_these_years)]
"""When something ends; a day alone is its last second."""
Day = Annotated[date, BeforeValidator(_day), AfterValidator(_in_these_years)]
"""A day of the campaign's own calendar."""
Hour = Annotated[time, BeforeValidator(_hour)]
"""A time of the campaign's own day."""
