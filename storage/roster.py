"""The roster: the units that organisers expect, what else each is called, where it belongs, its expected project.

A view of the ledger's `roster.changed`. A unit's people are kept beside it, erasably, and never stand in the ledger.
A unit is known by the key of its official name and by its region: two counties may each have a 中心小学.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from storage.campaign_schema import Campaign
from storage.database import Database
from storage.keys import Keys
from storage.ledger import Author, Plan
from storage.liaisons import RosterLiaison
from storage.models.fact import Fact
from storage.models.people import Card

BATCH = 50
"""Units written in one step: more would hold up whoever writes meanwhile."""


class RosterUnit(Fact):
    """One unit. `keys`: its normalised names, the official one first; `project` is '' where none is expected."""

    unit: str
    short: tuple[str, ...] = ()
    keys: tuple[str, ...]
    region: str
    project: str = ""

    @property
    def id(self) -> str:
        return f"{self.keys[0]}|{self.region}"


class UnitPeople(Fact):
    """A unit's people: 分管领导, 联络员, 舆情专人."""

    leader: Card = Card()
    liaison: Card = Card()
    incidents: Card = Card()


@dataclass(frozen=True, slots=True)
class Listing:
    """What is kept of one unit."""

    unit: RosterUnit
    people: UnitPeople


@dataclass(frozen=True, slots=True)
class Change:
    """One unit as it is to be kept, and as it was read; None where it is new."""

    before: Listing | None
    after: Listing

    @property
    def names_another_liaison(self) -> bool:
        return self.before is not None and self.before.people.liaison != self.after.people.liaison


@dataclass(frozen=True, slots=True)
class Roster:
    """The roster of every campaign; one without any has none."""

    database: Database
    keys: Keys

    def exists(self, campaign: str) -> bool:
        return bool(self.database.exists(self.keys.roster(campaign)))

    def all(self, campaign: str) -> dict[str, Listing]:
        """Everything that is kept, by the units' ids."""
        with self.database.pipeline() as pipe:
            pipe.hgetall(self.keys.roster(campaign))
            pipe.hgetall(self.keys.roster_people(campaign))
            units, people = pipe.execute()
        return {
            unit_id: Listing(RosterUnit.model_validate_json(doc), _people(people.get(unit_id)))
            for unit_id, doc in units.items()
        }

    def get(self, campaign: str, unit_id: str) -> Listing | None:
        """What is kept of one unit."""
        with self.database.pipeline(transaction=False) as pipe:
            pipe.hget(self.keys.roster(campaign), unit_id)
            pipe.hget(self.keys.roster_people(campaign), unit_id)
            doc, people = pipe.execute()
        return Listing(RosterUnit.model_validate_json(doc), _people(people)) if doc else None

    def named(self, campaign: str, unit_key: str) -> list[RosterUnit]:
        """The units that are called so, officially or in short."""
        return self._units(campaign, self.database.smembers(self.keys.roster_name(campaign, unit_key)))

    def size(self, campaign: str) -> int:
        """How many units there are; one round trip."""
        return int(self.database.hlen(self.keys.roster(campaign)))

    def within(self, campaign: str, region: str) -> list[RosterUnit]:
        """The units of a region and of all that lies in it, in order of their ids; '' for the whole campaign."""
        if not region:
            docs = self.database.hgetall(self.keys.roster(campaign))
            return [RosterUnit.model_validate_json(docs[unit_id]) for unit_id in sorted(docs)]
        return self._units(campaign, self.database.smembers(self.keys.roster_region(campaign, region)))

    def write(self, campaign: Campaign, author: Author, changes: Sequence[Change]) -> None:
        """Keep these units so, in one step: at most `BATCH`. Raises `Changed` where one is not as it was read."""
        listed = json.dumps([change.after.unit.model_dump() for change in changes], ensure_ascii=False)
        plan = Plan(self.keys, campaign.id, author, "roster.changed", values={"units": listed})
        for change in changes:
            self._rely_on(plan, change)
            self._keep(plan, campaign, change)
        self._let_go(plan, [change.after.unit.id for change in changes if change.names_another_liaison])
        plan.commit(self.database, {})

    def _rely_on(self, plan: Plan, change: Change) -> None:
        unit_id, before = change.after.unit.id, change.before
        plan.expect(self.keys.roster(plan.campaign), unit_id, before.unit.model_dump_json() if before else "")
        plan.expect(self.keys.roster_people(plan.campaign), unit_id, _kept(before.people) if before else "")

    def _keep(self, plan: Plan, campaign: Campaign, change: Change) -> None:
        keys, cid, unit, unit_id = self.keys, campaign.id, change.after.unit, change.after.unit.id
        plan.effect("HSET", keys.roster(cid), unit_id, unit.model_dump_json())
        if people := _kept(change.after.people):
            plan.effect("HSET", keys.roster_people(cid), unit_id, people)
        else:
            plan.effect("HDEL", keys.roster_people(cid), unit_id)
        called_before = set(change.before.unit.keys) if change.before else set()
        for key in sorted(called_before - set(unit.keys)):
            plan.effect("SREM", keys.roster_name(cid, key), unit_id)
        for key in unit.keys:
            plan.effect("SADD", keys.roster_name(cid, key), unit_id)
        for region in campaign.region_path(unit.region):
            plan.effect("SADD", keys.roster_region(cid, region), unit_id)

    def _let_go(self, plan: Plan, units: Sequence[str]) -> None:
        """Who was the liaison of these units (ids) is so no more, and the code that she was given is no good."""
        key = self.keys.roster_liaisons(plan.campaign)
        docs = self.database.hmget(key, list(units)) if units else []
        for unit_id, doc in zip(units, docs, strict=True):
            plan.expect(key, unit_id, doc or "")
            plan.effect("HDEL", key, unit_id)
            if doc and (code := RosterLiaison.model_validate_json(doc).code):
                plan.effect("HDEL", self.keys.liaison_codes(plan.campaign), code)

    def _units(self, campaign: str, ids: Iterable[str]) -> list[RosterUnit]:
        if not (wanted := sorted(ids)):
            return []
        docs = self.database.hmget(self.keys.roster(campaign), wanted)
        return [RosterUnit.model_validate_json(doc) for doc in docs if doc]


def listed(values: Mapping[str, str]) -> list[RosterUnit]:
    """The units of an entry, from what the ledger keeps of it."""
    return [RosterUnit.model_validate(unit) for unit in json.loads(values["units"])]


def _people(doc: str | None) -> UnitPeople:
    return UnitPeople.model_validate_json(doc) if doc else UnitPeople()


def _kept(people: UnitPeople) -> str:
    return "" if people == UnitPeople() else people.model_dump_json()
