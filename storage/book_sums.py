"""What the teams of a book add up to, by the place and the project they stand in: reckoned once for every sheet."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date

from storage.campaign_schema import Campaign
from storage.heard import LISTED
from storage.models.teams import Team
from storage.platform import Confirmed
from storage.settlement import account

Cell = tuple[str, str]
"""A region and a project, by their ids."""


@dataclass(slots=True)
class Sum:
    """Of the teams on the lists: what they have, and what their settlement comes to; fen and 人次.

    `accounts`: how many have any figure, theirs or the platform's; `paid_*`: what the settlement counts, of which the
    `own_fen` are for the teams' own use and the `pooled_fen` for all together.
    """

    teams: int = 0
    reported: int = 0
    amount_fen: int = 0
    online_fen: int = 0
    offline_fen: int = 0
    donations: int = 0
    today_fen: int = 0
    accounts: int = 0
    paid_online_fen: int = 0
    paid_offline_fen: int = 0
    matched_fen: int = 0
    own_fen: int = 0
    pooled_fen: int = 0

    def __add__(self, other: "Sum") -> "Sum":
        return Sum(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(Sum)))


def summed(
    campaign: Campaign, teams: Iterable[Team], confirmed: Mapping[str, Confirmed], today: date
) -> Mapping[Cell, Sum]:
    sums = defaultdict[Cell, Sum](Sum)
    for team in teams:
        if team.status in LISTED:
            _add(sums[team.region, team.project], campaign, team, confirmed.get(team.code), today)
    return sums


def _add(to: Sum, campaign: Campaign, team: Team, told: Confirmed | None, today: date) -> None:
    to.teams += 1
    if team.reported:
        online, offline = team.standing("online"), team.standing("offline")
        to.reported += 1
        to.amount_fen += online.amount_fen + offline.amount_fen
        to.online_fen += online.amount_fen
        to.offline_fen += offline.amount_fen
        to.donations += online.donations + offline.donations
        to.today_fen += team.today_fen(today)
    if team.reported or told:
        settled = account(campaign, team, told)
        to.accounts += 1
        to.paid_online_fen += settled.online_fen
        to.paid_offline_fen += settled.offline_fen
        to.matched_fen += settled.matched_fen or 0
        to.own_fen += settled.due_fen if settled.use == "own" else 0
        to.pooled_fen += settled.due_fen if settled.use == "pooled" else 0


def within(campaign: Campaign, sums: Mapping[Cell, Sum], region: str = "", project: str = "") -> Sum:
    """All that stand in a region and beneath it, and in a project and its directions; '' for every one."""
    return sum((sums[cell] for cell in _cells(campaign, sums, region, project)), Sum())


def _cells(campaign: Campaign, sums: Mapping[Cell, Sum], region: str, project: str) -> Iterator[Cell]:
    for place, of in sums:
        above = campaign.project(of).parent
        if (not region or region in campaign.region_path(place)) and (not project or project in (of, above)):
            yield place, of
