"""What the platform itself says of each team: confirmed and matched totals of their own, which no message overwrites.

A view of the ledger's `platform.imported`, which `storage/reconciling.py` writes. Reports stay as they are said; that
the two differ is told, never mended by itself. A donation page that was found to be a team's stays its own, so that the
next evening's file needs no name.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import not_
from typing import Literal

from pydantic import Field

from storage.campaign_schema import Campaign
from storage.database import Command, Database
from storage.keys import Keys
from storage.matters import Difference
from storage.models.fact import Fact
from storage.models.teams import Team

BATCH = 200
"""Figures written in one step: more would hold up whoever writes meanwhile."""
READ_AT_ONCE = 500
NEWEST = "newest"
"""The field of the newest moment."""

Agreement = Literal["agrees", "differs", "platform only", "reports only"]


class Page(Fact):
    """What one donation page had at the moment `as_of`: fen, and 人次 and matched fen where the file had them."""

    page: str
    amount_fen: int
    donations: int | None = None
    matched_fen: int | None = None
    as_of: datetime


class Confirmed(Fact):
    """One team's figures on the platform at the moment `as_of`: fen, and 人次 and matched fen where the file has them.

    `reported_fen`: what stood as reported online at that moment, None where nothing did. `page`: its donation page;
    `pages`: of a team into which others were merged all that its figures are the sum of.
    """

    team: str
    amount_fen: int
    donations: int | None = None
    matched_fen: int | None = None
    as_of: datetime
    reported_fen: int | None = None
    page: str = ""
    pages: tuple[Page, ...] = Field(default=(), exclude_if=not_)

    @property
    def parts(self) -> tuple[Page, ...]:
        """The figures of each donation page."""
        alone = Page(
            page=self.page,
            amount_fen=self.amount_fen,
            donations=self.donations,
            matched_fen=self.matched_fen,
            as_of=self.as_of,
        )
        return self.pages or (alone,)

    @property
    def older(self) -> tuple[Page, ...]:
        """The pages that the newest table did not name: what was last confirmed of them still counts."""
        return tuple(each for each in self.pages if each.as_of < self.as_of)


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
        [kept] = self.database.together([self.newest_read(campaign)])
        return datetime.fromisoformat(kept) if kept else None

    def newest_read(self, campaign: str) -> Command:
        return ("HGET", self.keys.platform_moment(campaign), NEWEST)

    def seen(self, campaign: Campaign, team: Team) -> Seen | None:
        """How a team stands to the platform; None where no file ever came in, or neither says anything of it."""
        reads = [self.newest_read(campaign.id), *self.team_reads(campaign.id, team)]
        return seen_of(campaign, team, *self.database.together(reads))

    def team_reads(self, campaign: str, team: Team) -> list[Command]:
        """What is kept of a team's figures on the platform, and of the matter about them."""
        return [
            ("HGET", self.keys.platform(campaign), team.code),
            ("HGET", self.keys.matters(campaign, "difference"), team.difference),
        ]


def seen_of(
    campaign: Campaign, team: Team, newest: str | None, confirmed: str | None, difference: str | None
) -> Seen | None:
    """What `Platform.seen` says, from what is kept."""
    if not confirmed:
        return Seen("reports only", None, datetime.fromisoformat(newest)) if newest and team.online.report else None
    told = Confirmed.model_validate_json(confirmed)
    matter = Difference.model_validate_json(difference) if difference else None
    return Seen(agreement(campaign, told), told, told.as_of, matter)


def agreement(campaign: Campaign, confirmed: Confirmed) -> Agreement:
    """Whether the platform's total and what was reported then are the same, but for the file's tolerance."""
    if confirmed.reported_fen is None:
        return "platform only"
    apart = abs(confirmed.amount_fen - confirmed.reported_fen)
    return "agrees" if apart <= campaign.reconcile.tolerance_fen else "differs"


def added(one: Confirmed, other: Confirmed) -> Confirmed:
    """The figures of two teams' donation pages together, of the earlier of their moments; the team is `one`'s."""
    as_of, reported = min(one.as_of, other.as_of), _sum(one.reported_fen, other.reported_fen)
    return one.model_copy(update=of_pages([*one.parts, *other.parts]) | {"as_of": as_of, "reported_fen": reported})


def of_pages(pages: Sequence[Page]) -> dict[str, object]:
    """What figures become that are the sum of these donation pages."""
    in_order = tuple(sorted(pages, key=lambda each: each.page))
    return {
        "amount_fen": sum(each.amount_fen for each in pages),
        "donations": reduce(_sum, (each.donations for each in pages)),
        "matched_fen": reduce(_sum, (each.matched_fen for each in pages)),
        "page": in_order[0].page,
        "pages": in_order if len(in_order) > 1 else (),
    }


def pages_of(figures: Iterable[Confirmed]) -> dict[str, str]:
    """Donation page → code of the team whose it is, of all that these figures tell."""
    return {part.page: each.team for each in figures for part in each.parts if part.page}


def matched(confirmed: Confirmed) -> int:
    """What was matched of a team, in fen; nothing where the file did not say."""
    return confirmed.matched_fen or 0


def figures_of(values: Mapping[str, str]) -> list[Confirmed]:
    """The figures of an entry, from what the ledger keeps of it."""
    return [Confirmed.model_validate(each) for each in json.loads(values["figures"])]


def _sum(one: int | None, other: int | None) -> int | None:
    return None if one is None and other is None else (one or 0) + (other or 0)
