"""What stands in an issue of the bulletin, by the campaign's rules: the same whatever form it takes.

Its parts follow the bulletins of real drives: cut-off, total, the day's growth, 人次, teams; target; matched money
apart; leading units with where they moved; counties; teams at the threshold; what is left of the drive and the next
opening; that giving is voluntary, and what the figures are.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Literal

from storage.campaign_document import Region, Window
from storage.campaign_schema import Campaign
from storage.figures import EQUALS
from storage.snapshots import Corrected, Digest, Leader, Snapshot

A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class RegionSum:
    """A region of the first level: its total and its growth of the day, in fen."""

    region: Region
    amount_fen: int
    today_fen: int


@dataclass(frozen=True, slots=True)
class Opening:
    """When matching opens next. `when`: 今天 or 明天, '' around midnight, where only the date says which day it is."""

    day: date
    opens: time
    when: Literal["", "今天", "明天"]


@dataclass(frozen=True, slots=True)
class Edition:
    """One issue, or the figures of the moment. `issue`: its number; `ended`: the day that it closes, if it does.

    `fingerprint`: the first digits of the ledger's seal, '' where none is printed. `corrects`: what it puts right.
    """

    campaign: Campaign
    digest: Digest
    issue: int | None = None
    fingerprint: str = ""
    ended: date | None = None
    corrects: Corrected | None = None

    @classmethod
    def of(cls, campaign: Campaign, snapshot: Snapshot) -> "Edition":
        """The issue whose figures a snapshot holds."""
        return cls(campaign, snapshot.digest, snapshot.issue, snapshot.fingerprint, snapshot.ended, snapshot.corrects)

    @property
    def day(self) -> date:
        """The local day that it is about."""
        return self.ended or self.campaign.local(self.digest.cut_off).date()

    def leaders(self, most: int) -> Sequence[Leader]:
        """The public ones of the first `most` places; ranks are given before a small team is left out."""
        if not self.campaign.ranking.public:
            return []
        return [leader for leader in self._places(most) if self.campaign.shows(leader.donations)]

    def places(self, most: int) -> int:
        """How many places a list of `most` shows, whether or not all are named."""
        return len(self._places(most))

    def level(self, most: int) -> tuple[int, bool]:
        """How many more are level with the last of the first `most` places, and whether there are even more."""
        places, all_places = self._places(most), self._places(len(self.digest.leaders))
        if not places:
            return 0, False
        behind = sum(leader.rank == places[-1].rank for leader in all_places[len(places) :])
        further = self.digest.figures.equals if all_places[-1].rank == places[-1].rank else 0
        return behind + further, further == EQUALS

    @property
    def regions_ranked(self) -> bool:
        return self.campaign.ranking.public and self.campaign.bulletin.regions == "ranked"

    @property
    def regions(self) -> Sequence[RegionSum]:
        """Those of the first level that have any figure: by amount, or in the file's order if none are ranked."""
        sums, grown = dict(self.digest.figures.regions), dict(self.digest.figures.regions_today)
        listed = [
            RegionSum(region, sums[region.id], grown.get(region.id, 0))
            for region in self.campaign.regions
            if region.parent is None and sums.get(region.id)
        ]
        return sorted(listed, key=lambda each: -each.amount_fen) if self.regions_ranked else listed

    @property
    def days_left(self) -> int | None:
        """How many days of the drive come after this one, 0 on its last; None before, after, without an end, or once it
        was closed."""
        window = None if self.campaign.closed else self._span()
        if window is None or window.end is None or window.start is None:
            return None
        first, last = (self.campaign.local(side).date() for side in (window.start, window.end))
        return (last - self.day).days if first <= self.day <= last else None

    @property
    def opening(self) -> Opening | None:
        """The next one: today's if it is still to come at the cut-off, else tomorrow's, on the days of matching."""
        matching = self.campaign.windows.matching
        if (
            self.campaign.closed
            or matching is None
            or matching.opens is None
            or matching.start is None
            or matching.end is None
        ):
            return None
        cut_off = self.campaign.local(self.digest.cut_off)
        first, last = (self.campaign.local(side).date() for side in (matching.start, matching.end))
        today = cut_off.time() < matching.opens and first <= cut_off.date() <= last
        day = cut_off.date() if today else cut_off.date() + A_DAY
        if not first <= day <= last:
            return None
        return Opening(day, matching.opens, "" if self.ended else "今天" if today else "明天")

    def _span(self) -> Window | None:
        return self.campaign.windows.matching or self.campaign.windows.activity

    def _places(self, most: int) -> Sequence[Leader]:
        return self.digest.leaders[: min(most, self.campaign.ranking.top or most)]
