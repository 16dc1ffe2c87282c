"""Settlement: what each team's donations come to, whose use they are for, and what is due. Plain functions.

What the platform confirmed counts wherever it confirmed anything, before the freeze too; a final figure counts before
that, else what was reported does. Matched money is a team's where the platform gives it by team, and is apportioned to
nobody.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from storage.campaign_document import Threshold
from storage.campaign_schema import Campaign
from storage.heard import LISTED
from storage.models.teams import Team
from storage.platform import Confirmed

Source = Literal["final", "confirmed", "reported"]
"""Where the online donations are from: the final figure of a frozen campaign, the platform, or reports."""
Use = Literal["own", "pooled"]
"""Who decides on the use: the team (谁筹资谁主张), or all together (统筹)."""


@dataclass(frozen=True, slots=True)
class Account:
    """A team's account; fen. `matched_fen`: None where the platform does not give it by team.

    `measured_fen`: what is held against the threshold by the file's basis and channels; `use` is None where none holds.
    """

    team: Team
    online_fen: int
    offline_fen: int
    matched_fen: int | None
    source: Source
    measured_fen: int
    use: Use | None

    @property
    def donated_fen(self) -> int:
        return self.online_fen + self.offline_fen

    @property
    def due_fen(self) -> int:
        """Its donations, and the matched money that the platform gives by team."""
        return self.donated_fen + (self.matched_fen or 0)


def accounts(campaign: Campaign, teams: Iterable[Team], confirmed: Mapping[str, Confirmed]) -> Iterator[Account]:
    """Of every team on the lists that has any figure."""
    for team in teams:
        told = confirmed.get(team.code)
        if team.status in LISTED and (team.reported or told):
            yield account(campaign, team, told)


def account(campaign: Campaign, team: Team, told: Confirmed | None) -> Account:
    online, source = _online(team, told)
    offline = team.standing("offline").amount_fen
    matched = told.matched_fen if told else None
    threshold = campaign.threshold_for(team.project)
    measured = _measured(threshold, online, offline, matched or 0) if threshold else 0
    use: Use | None = None
    if threshold:
        use = "own" if threshold.reached(measured) else "pooled"
    return Account(team, online, offline, matched, source, measured, use)


def _online(team: Team, told: Confirmed | None) -> tuple[int, Source]:
    if team.final_online is not None:
        return team.final_online.amount_fen, "final"
    return (told.amount_fen, "confirmed") if told else (team.online.amount_fen, "reported")


def _measured(threshold: Threshold, online_fen: int, offline_fen: int, matched_fen: int) -> int:
    donated = sum(
        fen for channel, fen in (("online", online_fen), ("offline", offline_fen)) if channel in threshold.channels
    )
    return donated + matched_fen if threshold.basis == "donations and match" else donated
