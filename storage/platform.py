"""What the platform itself says of each team: confirmed and matched totals of their own, which no message overwrites.

A view of the ledger's `platform.imported`, which `storage/reconciling.py` writes. Reports stay as they are said; that
the two differ is told, never mended by itself. A donation page that was found to be a team's stays its own, so that the
next evening's file needs no name.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from storage.campaign_schema import Campaign
from storage.database import Database
from storage.keys import Keys
from storage.matters import Difference, Matters
from storage.models.fact import Fact
from storage.models.teams import Team

BATCH = 200
"""Figures written in one step: more would hold up whoever writes meanwhile."""
READ_AT_ONCE = 500
NEWEST = "newest"
"""The field of the newest moment."""

Agreement = Literal["agrees", "differs", "platform only", "reports only"]


class Confirmed(Fact):
    """One team's figures on the platform at the moment `as_of`: fen, and 人次 and matched fen where the file has them.

    `reported_fen`: what stood as reported online at that moment, None where nothing did. `page`: its donation page.
    """

    team: str
    amount_fen: int
    donations: int | None = None
    matched_fen: int | None = None
    as_of: datetime
    reported_fen: int | None = None
    page: str = ""


@dataclass(frozen=True, slots=True)
class Seen:
    """A team beside the newest file of the platform, of the moment `as_of`; `confirmed` is None where it is in none.

    `difference`: what became of it where the two ever differed.
    """

    agreement: Agreement
    confirmed: Confirmed | None
    as_of: datetime
    difference: Difference | None = None


@dataclass(frozen=True, slots=True)
class Platform:
    """The platform's figures in every campaign."""

    database: Database
    keys: Keys

    def all(self, campaign: str) -> dict[str, Confirmed]:
        """Every team's by its code; read in small steps, between which others are answered."""
        kept = self.database.hscan_iter(self.keys.platform(campaign), count=READ_AT_ONCE)
        return {code: Confirmed.model_validate_json(doc) for code, doc in kept}

    def pages(self, campaign: str) -> dict[str, str]:
        """Donation page → code of the team whose it was found to be."""
        return dict(self.database.hgetall(self.keys.platform_pages(campaign)))

    def newest(self, campaign: str) -> datetime | None:
        """The moment of the newest figures that came in, None where none ever did."""
        kept = self.database.hget(self.keys.platform_moment(campaign), NEWEST)
        return datetime.fromisoformat(kept) if kept else None

    def seen(self, campaign: Campaign, team: Team) -> Seen | None:
        """How a team stands to the platform; None where no file ever came in, or neither says anything of it."""
        newest, doc = self.newest(campaign.id), self.database.hget(self.keys.platform(campaign.id), team.code)
        if doc:
            confirmed = Confirmed.model_validate_json(doc)
            differences = Matters(self.database, self.keys, Difference)
            difference = differences.get(campaign.id, team.difference) if team.difference else None
            return Seen(agreement(campaign, confirmed), confirmed, confirmed.as_of, difference)
        return Seen("reports only", None, newest) if newest and team.online.report else None


def agreement(campaign: Campaign, confirmed: Confirmed) -> Agreement:
    """Whether the platform's total and what was reported then are the same, but for the file's tolerance."""
    if confirmed.reported_fen is None:
        return "platform only"
    apart = abs(confirmed.amount_fen - confirmed.reported_fen)
    return "agrees" if apart <= campaign.reconcile.tolerance_fen else "differs"


def added(one: Confirmed, other: Confirmed) -> Confirmed:
    """The figures of two donation pages together, of the earlier of their moments; team and page are those of `one`."""
    update = {
        "amount_fen": one.amount_fen + other.amount_fen,
        "donations": _sum(one.donations, other.donations),
        "matched_fen": _sum(one.matched_fen, other.matched_fen),
        "as_of": min(one.as_of, other.as_of),
        "reported_fen": _sum(one.reported_fen, other.reported_fen),
    }
    return one.model_copy(update=update)


def matched(confirmed: Confirmed) -> int:
    """What was matched of a team, in fen; nothing where the file did not say."""
    return confirmed.matched_fen or 0


def figures_of(values: Mapping[str, str]) -> list[Confirmed]:
    """The figures of an entry, from what the ledger keeps of it."""
    return [Confirmed.model_validate(each) for each in json.loads(values["figures"])]


def _sum(one: int | None, other: int | None) -> int | None:
    return None if one is None and other is None else (one or 0) + (other or 0)
