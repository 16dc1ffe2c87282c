"""Of which moment the figures of a table are."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from handlers.imports.rows import Refused
from storage.campaign_schema import Campaign

_DAY = r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})[日号]?"
_TOLD = re.compile(_DAY + r"[ T]*(\d{1,2})[:时点](?:(\d{1,2})(?:[:分](?:(\d{1,2})(?:\.\d+)?秒?)?)?)?")
_DAY_ALONE = re.compile(_DAY)


@dataclass(frozen=True, slots=True)
class Moments:
    """What a row says, else `told` of the whole file; never later than `now`."""

    campaign: Campaign
    now: datetime
    told: datetime | None = None

    def of(self, cell: str) -> datetime:
        """Raises `Refused` where nobody said, or what was said is none. A day alone is that of `told`."""
        moment = self.read(cell) if cell and not self._is_day_of_told(cell) else self.told
        if moment is None:
            raise Refused("no time stands in the row; say of which the figures are: --as-of 2024-05-08T21:00")
        if moment > self.now:
            raise Refused(f"{self.campaign.local(moment):%Y-%m-%d %H:%M} is still to come")
        return moment

    def read(self, told: str) -> datetime:
        """`2024-05-08 21:00`, `2024年5月8日24时`; on the campaign's clock where no zone is named. Raises `Refused`."""
        try:
            at = _at(*found.groups(default="0")) if (found := _TOLD.fullmatch(told)) else _in_full(told)
        except ValueError:
            raise Refused(f"{told} is no time such as 2024-05-08T21:00") from None
        return at if at.tzinfo else at.replace(tzinfo=self.campaign.zone)

    def _is_day_of_told(self, cell: str) -> bool:
        found = _DAY_ALONE.fullmatch(cell)
        if found is None or self.told is None:
            return False
        told = self.campaign.local(self.told) - timedelta(microseconds=1)
        return tuple(map(int, found.groups())) == (told.year, told.month, told.day)


def _at(year: str, month: str, day: str, *clock: str) -> datetime:
    """Raises `ValueError`; 24:00 is the end of the day."""
    hours, minutes, seconds = map(int, clock)
    into = timedelta(hours=hours, minutes=minutes, seconds=seconds)
    if max(minutes, seconds) > 59 or into > timedelta(days=1):
        raise ValueError(clock)
    return datetime(int(year), int(month), int(day)) + into


def _in_full(told: str) -> datetime:
    """With a zone, say; a day alone tells no time. Raises `ValueError`."""
    if _DAY_ALONE.fullmatch(told):
        raise ValueError(told)
    return datetime.fromisoformat(told)
