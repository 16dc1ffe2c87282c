"""Lists of teams, page by page: all that stand on the lists of a scope, those not heard of, those on a roll.

A page costs one round trip however many teams there are, and its teams a second. A scope is `boards.ALL` or
`region:R`, with all that lies in R.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from storage.database import Database, look
from storage.heard import score_of
from storage.keys import Keys
from storage.rolls import Roll

_page, _stretch = look("page"), look("stretch")
Listed = Literal["listed", "silent"] | Roll
"""Which list: all that stand on the lists, those not heard of since a day began, or a roll."""


@dataclass(frozen=True, slots=True)
class Page:
    """Team codes in the order of their list, and how many the list has; `units`: how many the roster has there, told
    beside those not heard of."""

    codes: tuple[str, ...]
    of: int
    units: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    """Where a team stands on a list: by what it is ordered, and its registration number (six digits)."""

    score: int
    number: str


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some teams of a list, codes and places in its order; `start` (0: the first) and `of` for now."""

    codes: tuple[str, ...]
    rows: tuple[Row, ...]
    start: int
    of: int


@dataclass(frozen=True, slots=True)
class TeamLists:
    """`start`: 0 is the first; `count`: so many at most."""

    database: Database
    keys: Keys

    def page(self, campaign: str, which: Listed, scope: str, day: date, start: int, count: int) -> Page:
        """One of the lists; `day` is of those not heard of."""
        match which:
            case "listed":
                return self.listed(campaign, scope, start, count)
            case "silent":
                return self.silent(campaign, scope, day, start, count)
            case roll:
                return self.on_roll(campaign, roll, scope, start, count)

    def listed(self, campaign: str, scope: str, start: int, count: int) -> Page:
        """All that stand on the lists, whoever was heard of last first."""
        stop = start + count - 1
        return self._page(campaign, self.keys.heard(campaign, scope), ["ZREVRANGE", start, stop], ["ZCARD"])

    def silent(self, campaign: str, scope: str, day: date, start: int, count: int) -> Page:
        """Those not heard of since `day` began, whoever was silent longest first."""
        before = ("-inf", f"({score_of(day)}")
        asked: list[str | int] = ["ZRANGEBYSCORE", "ZCOUNT", 5, *before, "LIMIT", start, count, *before]
        region = scope.partition(":")[2]
        roster = self.keys.roster_region(campaign, region) if region else self.keys.roster(campaign)
        keys = [self.keys.heard(campaign, scope), self.keys.codes(campaign), roster]
        of, codes, units = _page(self.database, keys, [*asked, "SCARD" if region else "HLEN"])
        return Page(tuple(code for code in codes if code), of, units)

    def on_roll(self, campaign: str, roll: Roll, scope: str, start: int, count: int) -> Page:
        """Those on a roll, in order of registration."""
        key = self.keys.roll(campaign, roll, scope)
        return self._page(campaign, key, ["ZRANGE", start, start + count - 1], ["ZCARD"])

    def _page(self, campaign: str, key: str, taken: list[str | int], counted: list[str | int]) -> Page:
        (take, *arguments), (count, *bounds) = taken, counted
        asked = [take, count, len(arguments), *arguments, *bounds]
        of, codes = _page(self.database, [key, self.keys.codes(campaign)], asked)
        return Page(tuple(code for code in codes if code), of)

    def stretch(
        self, campaign: str, which: Listed, scope: str, day: date, count: int, beside: Row | None, *, back: bool
    ) -> Stretch:
        """`count` teams after a place, or before it (`back`); from the beginning where no place is given.

        All are listed by when they were heard of, the last first; those not heard of since `day` began, the longest
        silent first; a roll in order of registration. What comes or goes meanwhile shifts nothing.
        """
        roll = which not in ("listed", "silent")
        key = self.keys.roll(campaign, which, scope) if roll else self.keys.heard(campaign, scope)
        order = "down" if which == "listed" else "up"
        bound = f"({score_of(day)}" if which == "silent" else "+inf"
        where = ("before" if back else "after", beside.score, beside.number) if beside else ("", "", "")
        of, start, rows, codes = _stretch(
            self.database, [key, self.keys.codes(campaign)], [order, bound, count, *where]
        )
        places = tuple(Row(int(score), number) for number, score in zip(rows[::2], rows[1::2], strict=True))
        return Stretch(tuple(codes), places, start, of)
