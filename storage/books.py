"""A book: everything kept about a campaign, or about one region of it, as it stood at one entry of its ledger.

Teams, reports, counts and acts are read off the ledger, so every one ever accepted is there. Names and telephones are
those that captains left, for whoever may have them.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from storage.awards import Laureate, Settled
from storage.book_sums import Cell, Sum, summed
from storage.campaign_extras import Award
from storage.campaign_schema import Campaign
from storage.casework import sees
from storage.folding import steps
from storage.ledger import Entry
from storage.ledger_kinds import DECISIONS
from storage.matters import Difference, Incident
from storage.models.people import Card, Grant, Membership
from storage.models.reports import Report
from storage.models.teams import Team
from storage.packed import Chosen, Packed
from storage.platform import Confirmed
from storage.progress import Advance
from storage.store import Store
from storage.views import Views

_AT_ONCE = 500
_SAYING = frozenset({"report.accepted", "report.corrected", "report.closed", "report.moved"})


@dataclass(frozen=True, slots=True)
class Act:
    """What somebody of an office did: the entry, the office (None: the operators), the team before and after it."""

    entry: Entry
    office: Grant | None
    before: Team | None
    after: Team | None


@dataclass(frozen=True, slots=True)
class Listed:
    """The list of an award: as it was settled, or (`settled_at` None) as the boards propose it a moment later."""

    award: Award
    settled_at: datetime | None
    laureates: Sequence[Laureate]


@dataclass(frozen=True, slots=True)
class Book:
    """`region` is '' for the whole campaign. `offices`: who said a report for a captain, by its id.

    `names`: what those are called who acted for an office, by person id, as far as they left a name.
    `cards`: what the captains left of themselves, as it is kept, by person id, or by `#code` where nobody leads the
    team. `confirmed`: what the platform gave for a team, by its code; `differences`: where it differed, by number.
    `sums`: what its teams add up to by region and project. The `fingerprint` seals the ledger up to and with the entry
    `ledger_id`.
    """

    campaign: Campaign
    at: datetime
    region: str
    ledger_id: str
    fingerprint: str
    teams: Collection[Team]
    reports: Collection[Report]
    offices: Mapping[str, Grant]
    acts: Sequence[Act]
    names: Mapping[str, str]
    zero_reports: Sequence[Entry]
    tasks: Mapping[str, int]
    incidents: Sequence[Incident]
    cards: Mapping[str, str]
    confirmed: Mapping[str, Confirmed]
    differences: Mapping[str, Difference]
    awards: Sequence[Listed]
    sums: Mapping[Cell, Sum]
    _by_code: Mapping[str, Team]

    @property
    def today(self) -> date:
        return self.campaign.local(self.at).date()

    def team(self, code: str) -> Team:
        return self._by_code[code]

    def card(self, team: Team) -> Card:
        """What its first captain left of herself."""
        left = self.cards.get(team.captains[0] if team.captains else f"#{team.code}")
        return Card.model_validate_json(left) if left else Card()


def read_book(
    store: Store,
    campaign: Campaign,
    now: datetime,
    region: str = "",
    advance: Advance | None = None,
    taker: Membership | None = None,
) -> Book:
    """The book of a campaign at business time `now`, for somebody who may have every name and telephone in it.

    `region`: the id of the place, with all that lie within it; '' for the whole campaign. `taker`: what she is in the
    campaign, so that no case is in it that she may not see; None for an operator.
    """
    while store.chain.extend(campaign.id):
        pass
    sealed = store.chain.newest(campaign.id)
    ledger_id, cards = sealed.entry or "0-0", _cards(store, campaign)
    reading = _Reading(campaign, region)
    for entry, before in steps(reading.views, campaign, store.ledger, ledger_id):
        reading.note(entry, before)
        if advance:
            advance(1)
    views, here = reading.views, reading.holds
    codes = dict.fromkeys(team.code for team in views.teams.values() if here(team.region))
    teams = Chosen(views.teams, list(codes))
    return Book(
        campaign=campaign,
        at=now,
        region=region,
        ledger_id=ledger_id,
        fingerprint=sealed.fingerprint,
        teams=teams,
        reports=Chosen(
            views.reports, [name for name, code in reading.reports.items() if code in codes and name in views.reports]
        ),
        offices=reading.offices,
        acts=reading.acts,
        names=store.roles.names(campaign.id, [act.entry.by for act in reading.acts]),
        zero_reports=[entry for entry in views.zero_reports if entry.team in codes],
        tasks={cell: count for cell, count in views.tasks.items() if here(cell.partition("|")[2])},
        incidents=[
            case
            for case in store.incidents.all(campaign.id)
            if case.number in views.incidents and here(case.region) and (taker is None or sees(campaign, taker, case))
        ],
        cards=cards,
        confirmed=views.confirmed,
        differences=views.differences,
        sums=summed(campaign, teams, views.confirmed, campaign.local(now).date()),
        awards=[_listed(store, campaign, award, views.awards.get(award.id), here) for award in campaign.awards],
        _by_code=views.teams,
    )


def _cards(store: Store, campaign: Campaign) -> dict[str, str]:
    """Read in small steps, between which others are answered."""
    return dict(store.database.hscan_iter(store.keys.contact_cards(campaign.id), count=_AT_ONCE))


def _listed(
    store: Store, campaign: Campaign, award: Award, settled: Settled | None, here: Callable[[str], bool]
) -> Listed:
    laureates = settled.laureates if settled else store.awards.proposed(campaign, award)
    return Listed(award, settled.at if settled else None, [each for each in laureates if here(each.region)])


class _Nowhere(dict[tuple[str, str], dict[int, int]]):
    """Boards that nobody reads: what is written on them is gone."""

    def __missing__(self, name: tuple[str, str]) -> dict[int, int]:
        return {}


def _views() -> Views:
    """Views for many teams at once: nothing that a book does not tell is kept."""
    return Views(
        teams=Packed(Team),
        reports=Packed(Report),
        confirmed=Packed(Confirmed),
        boards=_Nowhere(),
        histories=_Unwritten(),
    )


class _Unwritten(dict[str, list[str]]):
    """Histories that nobody reads."""

    def __missing__(self, code: str) -> list[str]:
        return []


@dataclass(slots=True)
class _Reading:
    """What is gathered besides the views while the ledger is read. `reports`: the team's code by the report's id."""

    campaign: Campaign
    region: str
    views: Views = field(default_factory=_views)
    reports: dict[str, str] = field(default_factory=dict)
    offices: dict[str, Grant] = field(default_factory=dict)
    acts: list[Act] = field(default_factory=list)

    def holds(self, region: str) -> bool:
        """Whether a place ('' for the whole campaign) lies within the book's."""
        return not self.region or (region != "" and self.region in self.campaign.region_path(region))

    def note(self, entry: Entry, before: Team | None) -> None:
        if entry.kind in _SAYING:
            self.reports[entry.values["report"]] = entry.team
        elif entry.kind == "team.merged":
            self._note_totals(self.views.teams[entry.values["into"]])
        said = entry.values.get("office")
        for_another = entry.kind == "team.registered" and not entry.values["captain"]
        if said is None and entry.kind not in DECISIONS and not for_another:
            return
        after = self.views.teams.get(entry.team)
        office = _grant(said) if said is not None else self._office_of(entry.by, after)
        if office and entry.kind in _SAYING:
            self.offices[entry.values["report"]] = office
        if any(self.holds(team.region) for team in (before, after) if team) or (after is None and not self.region):
            self.acts.append(Act(entry, office, before, after))

    def _note_totals(self, team: Team) -> None:
        """The reports on which the totals of a merger stand."""
        totals = [total.report for total in (team.online, team.offline) if total.report]
        self.reports |= {report: team.code for report in totals if self.views.reports[report].kind == "merge"}

    def _office_of(self, person: str, team: Team | None) -> Grant | None:
        """The role in which somebody decided, where the entry does not say; None for an operator."""
        membership = Membership(roles=self.views.roles.get(person, ""))
        if team is not None and (reaching := membership.grant_over(self.campaign.region_path(team.region))):
            return reaching
        return next(iter(membership.grants), None)


def _grant(office: str) -> Grant:
    role, _, region = office.partition(":")
    return Grant.model_validate({"role": role, "region": region})
