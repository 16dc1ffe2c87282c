"""Targets of the campaign and of its regions: what is counted upon (保) and what is hoped for (争).

Organizers set them, coordinators see them, and the bulletin prints the campaign's own; they are never broken down to
teams.
"""

from dataclasses import dataclass

from storage.campaign_schema import Campaign
from storage.database import Database
from storage.keys import Keys
from storage.ledger import Author, Changed, Ledger, NotAllowed, Plan
from storage.models.fact import Fact
from storage.models.people import Membership


class Target(Fact):
    """In fen; None where none is set."""

    floor_fen: int | None = None
    hope_fen: int | None = None


@dataclass(frozen=True, slots=True)
class Retargeted:
    before: Target
    after: Target


OF_A_PROJECT = "project:"
"""How the place of a project's target begins; else it is a region's id, '' for the whole campaign."""


@dataclass(frozen=True, slots=True)
class Targets:
    """By place: region id, `project:ID`, '' for the whole campaign."""

    database: Database
    keys: Keys

    def all(self, campaign: Campaign) -> dict[str, Target]:
        """Those that stand: as they were set, else as the file has them."""
        kept = self.database.hgetall(self.keys.targets(campaign.id))
        found = initial(campaign) | {place: Target.model_validate_json(doc) for place, doc in kept.items()}
        return {place: target for place, target in found.items() if target != Target()}

    def set(
        self, campaign: Campaign, author: Author, membership: Membership, place: str, before: Target, after: Target
    ) -> Retargeted:
        """Put a target in the place of another. Raises `NotAllowed` for who is no organizer there, `Changed`."""
        if not sets_targets(campaign, membership, place):
            raise NotAllowed
        plan = Plan(self.keys, campaign.id, author, "target.set", values={"region": place} | values_of(after))
        plan.expect(self.keys.roles(campaign.id), author.person, membership.roles)
        plan.expect(self.keys.targets(campaign.id), place, self.kept(campaign, place, before))
        plan.effect("HSET", self.keys.targets(campaign.id), place, after.model_dump_json())
        outcome = {"before": before.model_dump_json(), "after": after.model_dump_json()}
        return _retargeted(plan.commit(self.database, outcome).outcome)

    def kept(self, campaign: Campaign, place: str, before: Target) -> str:
        """What is kept while `before` stands, '' where only the file has it. Raises `Changed` where another stands."""
        kept = self.database.hget(self.keys.targets(campaign.id), place)
        stands = Target.model_validate_json(kept) if kept else initial(campaign).get(place, Target())
        if stands != before:
            raise Changed(place)
        return kept or ""

    def done(self, campaign: str, op_id: str) -> Retargeted | None:
        """What an operation did if it was done already."""
        committed = Ledger(self.database, self.keys).outcome(campaign, op_id)
        return _retargeted(committed.outcome) if committed else None


def region_of(campaign: Campaign, place: str) -> str:
    """The region to which a target's place belongs, '' for the whole campaign."""
    if not place.startswith(OF_A_PROJECT):
        return place
    return campaign.project(place.removeprefix(OF_A_PROJECT)).region or ""


def sets_targets(campaign: Campaign, membership: Membership, place: str) -> bool:
    """Whether she is an organizer of the place; of a project that is carried out in a region, of that."""
    region = region_of(campaign, place)
    path = campaign.region_path(region) if region else ()
    return any(g.role == "organizer" and (not g.region or g.region in path) for g in membership.grants)


def initial(campaign: Campaign) -> dict[str, Target]:
    """The targets that the file names, by place."""
    goals = campaign.targets
    named = {"": goals, **{each.region: each for each in goals.regions}}
    found = {place: Target(floor_fen=goal.floor, hope_fen=goal.hope) for place, goal in named.items()}
    return {place: target for place, target in found.items() if target != Target()}


def values_of(target: Target) -> dict[str, str]:
    """A target as the ledger tells it."""
    return {"floor_fen": _written(target.floor_fen), "hope_fen": _written(target.hope_fen)}


def target_of(values: dict[str, str]) -> Target:
    """The same read."""
    floor, hope = values["floor_fen"], values["hope_fen"]
    return Target(floor_fen=int(floor) if floor else None, hope_fen=int(hope) if hope else None)


def _written(fen: int | None) -> str:
    return "" if fen is None else str(fen)


def _retargeted(outcome: dict[str, str]) -> Retargeted:
    return Retargeted(
        Target.model_validate_json(outcome["before"]),
        Target.model_validate_json(outcome["after"]),
    )
