"""Teams and their totals, as frozen values. Money is integer fen, counts are 人次 (gifts, never people)."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Literal

from storage.models.fact import Fact

Channel = Literal["online", "offline"]


TeamStatus = Literal["active", "unclaimed", "pending", "rejected", "disabled", "merged"]
"""`disabled`: off every list, its figures in no sum; `merged`: another team goes on with its figures."""


ClaimAs = Literal["captain", "successor", "another"]
"""What the sender of a claim code becomes: the first captain, the only one from then on, or one more."""


Metric = Literal["amount", "donations", "today", "yesterday"]
"""What is ranked: in fen what came together, today or yesterday alone, or 人次."""


class Total(Fact):
    """A cumulative total of one (team, channel): fen and 人次. `report` is the id of the report it stands on."""

    amount_fen: int = 0
    donations: int = 0
    report: str = ""


class Increment(Fact):
    """An increment accepted lately, remembered to notice a repetition."""

    amount_fen: int
    donations: int
    at: datetime


class Team(Fact):
    """One unit in one project, with its totals. `opening_*` are the totals at local midnight of `day`.

    `claim_code` makes its sender what `claim_as` says. `number` orders ties and is given inside the registering write;
    `version` grows with every write. `twin`: the team that holds the name of both, since a change of the rule for names
    has made one of two; '' for almost every team. `into`: the team that goes on for a merged one. `grown_since`:
    the first local day on which it may have grown, where another that was merged into it is older. `heard`: the local
    day on which it was last heard of, None in what was kept before that was noted. `held`: the numbers of the matters
    in which figures of it wait, oldest first. `difference`: the number of the matter that tells how the platform's
    total differs from what was reported, '' where it never did. `village`: the village or community that it is linked
    with (挂钩村), `link`: its own forwarding link, either '' where nobody said. `final_*`: the totals that stand since
    the campaign was frozen, in the place of the reported ones, None where those stand.
    """

    code: str
    unit: str
    unit_key: str
    project: str
    region: str
    status: TeamStatus
    captains: tuple[str, ...] = ()
    registered_at: datetime
    number: int = 0
    version: int = 1
    online: Total = Total()
    offline: Total = Total()
    day: date | None = None
    opening_online: Total = Total()
    opening_offline: Total = Total()
    recent: tuple[Increment, ...] = ()
    claim_code: str = ""
    claim_as: ClaimAs = "captain"
    twin: str = ""
    into: str = ""
    grown_since: date | None = None
    heard: date | None = None
    held: tuple[str, ...] = ()
    difference: str = ""
    village: str = ""
    link: str = ""
    final_online: Total | None = None
    final_offline: Total | None = None

    @property
    def amount_fen(self) -> int:
        return self.standing("online").amount_fen + self.standing("offline").amount_fen

    @property
    def donations(self) -> int:
        return self.standing("online").donations + self.standing("offline").donations

    @property
    def reported(self) -> bool:
        """Whether it has any figures: reported ones, or final ones."""
        return bool(self.online.report or self.offline.report or self.final_online or self.final_offline)

    def standing(self, channel: Channel) -> Total:
        """The total that ranks and is summed up: the final one where there is one, else the reported one."""
        return self.final(channel) or self.total(channel)

    def amount_of(self, channels: Iterable[Channel]) -> int:
        """What stands in some channels, in fen."""
        return sum(self.standing(channel).amount_fen for channel in channels)

    def final(self, channel: Channel) -> Total | None:
        return self.final_online if channel == "online" else self.final_offline

    def total(self, channel: Channel) -> Total:
        return self.online if channel == "online" else self.offline

    def opening(self, channel: Channel, day: date) -> Total:
        """The total at the midnight that began `day`."""
        if self.day != day:
            return self.total(channel)
        return self.opening_online if channel == "online" else self.opening_offline

    def booked_since(self, channel: Channel, day: date) -> bool:
        """Whether anything that stands was booked since the midnight that began `day`."""
        return self.total(channel).report != self.opening(channel, day).report

    def today_fen(self, day: date) -> int:
        """What came in since the midnight that began `day`, in fen."""
        if self.day != day:
            return 0
        reported = self.online.amount_fen + self.offline.amount_fen
        return reported - self.opening_online.amount_fen - self.opening_offline.amount_fen


class Standing(Fact):
    """A place in a ranking. Equal totals share a rank and stand in order of registration."""

    rank: int
    number: int
    value: int
