"""Awards: whom a campaign's rules propose off the boards, and the lists that an organizer has settled.

Never a person: teams and units by their names, regions by theirs. Whoever is too small to be public is on no list.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from storage.boards import ALL, Boards
from storage.campaign_extras import Award
from storage.campaign_schema import Campaign
from storage.database import Database
from storage.keys import Keys
from storage.ledger import Author, Entry, Ledger, NotAllowed, Plan
from storage.models.fact import Fact
from storage.models.people import Membership
from storage.models.teams import Metric, Team
from storage.teams import Teams

PAGE = 500
"""Places of a board that are read at once."""
_METRICS: dict[str, Metric] = {"amount": "amount", "donations": "donations", "growth": "today"}


class Laureate(Fact):
    """One on a list: `key` is a team's code, a unit's key with its region, or a region's id; `value` in fen or 人次.

    `code`, `project`: a team's, else ''. `region`: its id. `rank`: within the list of the campaign, or of its region.
    """

    key: str
    rank: int
    name: str
    region: str
    project: str = ""
    code: str = ""
    value: int


class Settled(Fact):
    """A list as it was settled: by whom (person id), when; `left_out`: the keys of those whom the rule proposed."""

    award: str
    by: str
    at: datetime
    laureates: tuple[Laureate, ...]
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Awards:
    database: Database
    keys: Keys

    def settled(self, campaign: str) -> dict[str, Settled]:
        """Every list that was settled, by the award's id."""
        kept = self.database.hgetall(self.keys.awards(campaign))
        return {award: Settled.model_validate_json(doc) for award, doc in kept.items()}

    def proposed(self, campaign: Campaign, award: Award) -> list[Laureate]:
        """Whom the rule proposes as the boards stand."""
        if award.of == "regions":
            return list(_chosen(award, self._regions(campaign, award)))
        if award.each == "campaign":
            return list(_chosen(award, self._all(campaign, award, "")))
        places = [region.id for region in campaign.regions if region.parent is None]
        wanted = [place for place in places if not award.regions or place in award.regions]
        return [each for place in wanted for each in _chosen(award, self._all(campaign, award, place))]

    def settle(
        self,
        campaign: Campaign,
        author: Author,
        membership: Membership,
        award: Award,
        laureates: Sequence[Laureate],
        left_out: Sequence[str],
    ) -> Settled:
        """The list as an organizer of the whole campaign settles it, in the place of one that was settled before.

        Raises `NotAllowed`; `Changed` where her role or the list is not as it was read.
        """
        if not any(grant.role == "organizer" and not grant.region for grant in membership.grants):
            raise NotAllowed
        before = self.database.hget(self.keys.awards(campaign.id), award.id) or ""
        settled = Settled(
            award=award.id,
            by=author.person,
            at=author.at,
            laureates=tuple(laureates),
            left_out=tuple(left_out),
        )
        listed = [each.model_dump(mode="json") for each in laureates]
        values = {
            "award": award.id,
            "laureates": json.dumps(listed, ensure_ascii=False),
            "left_out": json.dumps([*left_out]),
        }
        plan = Plan(self.keys, campaign.id, author, "award.settled", values=values | {"office": "organizer:"})
        plan.expect(self.keys.roles(campaign.id), author.person, membership.roles)
        plan.expect(self.keys.awards(campaign.id), award.id, before)
        plan.effect("HSET", self.keys.awards(campaign.id), award.id, settled.model_dump_json())
        committed = plan.commit(self.database, {"settled": settled.model_dump_json()})
        return Settled.model_validate_json(committed.outcome["settled"])

    def done(self, campaign: str, op_id: str) -> Settled | None:
        """The list that an operation settled if it did already."""
        committed = Ledger(self.database, self.keys).outcome(campaign, op_id)
        return Settled.model_validate_json(committed.outcome["settled"]) if committed else None

    def _all(self, campaign: Campaign, award: Award, region: str) -> Iterator[Laureate]:
        """Teams or units, the best first, of one region of the first level or ('') of every one."""
        found = (self._units if award.of == "units" else self._teams)(campaign, award, region)
        wanted = set[str]() if region else set(award.regions)
        return (each for each in found if not wanted or wanted & set(campaign.region_path(each.region)))

    def _teams(self, campaign: Campaign, award: Award, region: str) -> Iterator[Laureate]:
        boards, teams, day = Boards(self.database, self.keys), Teams(self.database, self.keys), _day(award)
        metric, scope, start = _METRICS[award.by], f"region:{region}" if region else ALL, 0
        while standings := boards.top(campaign.id, metric, scope, day, start, PAGE):
            named = {team.number: team for team in teams.by_numbers(campaign.id, [s.number for s in standings])}
            for standing in standings:
                if standing.value <= 0:
                    return
                if (team := named.get(standing.number)) and _fits(campaign, award, team):
                    yield _of_team(team, standing.value)
            start += PAGE

    def _units(self, campaign: Campaign, award: Award, region: str) -> Iterator[Laureate]:
        boards, teams, day = Boards(self.database, self.keys), Teams(self.database, self.keys), _day(award)
        metric, start = _METRICS[award.by], 0
        while places := boards.stretch_of_units(campaign.id, metric, day, start, PAGE, region)[1]:
            named = teams.named_many(campaign.id, [place.key for place in places])
            for place in places:
                here = [team for team in named.get(place.key, []) if team.region == place.region]
                if here and campaign.shows(place.donations):
                    unit = here[0].unit
                    key = f"{place.key}|{place.region}"
                    yield Laureate(key=key, rank=0, name=unit, region=place.region, value=place.value)
            start += PAGE

    def _regions(self, campaign: Campaign, award: Award) -> Iterator[Laureate]:
        boards, day = Boards(self.database, self.keys), _day(award)
        top = {region.id: region.name for region in campaign.regions if region.parent is None}
        for region, value in boards.sums(campaign.id, _METRICS[award.by], "region", day).items():
            if value > 0 and region in top and (not award.regions or region in award.regions):
                yield Laureate(key=region, rank=0, name=top[region], region=region, value=value)


def _day(award: Award) -> date:
    """Whose growth counts; of other boards there is one for all days."""
    return award.day or date.min


def settled_of(entry: Entry) -> Settled:
    """The list that an entry of the ledger tells."""
    values = entry.values
    laureates = tuple(Laureate.model_validate(each) for each in json.loads(values["laureates"]))
    left_out = tuple(json.loads(values["left_out"]))
    return Settled(award=values["award"], by=entry.by, at=entry.at, laureates=laureates, left_out=left_out)


def _chosen(award: Award, ordered: Iterator[Laureate]) -> Iterator[Laureate]:
    """Those within the rule, ranked among themselves; the best come first."""
    rank, last = 0, None
    for number, each in enumerate((one for one in ordered if award.below is None or one.value < award.below), start=1):
        rank, last = (rank, last) if each.value == last else (number, each.value)
        if (award.least is not None and each.value < award.least) or (award.top is not None and rank > award.top):
            return
        yield each.model_copy(update={"rank": rank})


def _fits(campaign: Campaign, award: Award, team: Team) -> bool:
    lineage = {team.project, campaign.project(team.project).parent}
    return campaign.shows(team.donations) and (not award.projects or bool(lineage & set(award.projects)))


def _of_team(team: Team, value: int) -> Laureate:
    return Laureate(
        key=team.code, rank=0, name=team.unit, region=team.region, project=team.project, code=team.code, value=value
    )
