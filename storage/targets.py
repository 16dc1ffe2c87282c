"""Targets of the campaign and of its regions: what is counted upon (保) and what is hoped for (争).

Organizers set them, coordinators see them, and the bulletin prints the campaign's own; they are never broken down to
teams.
"""

from dataclasses import dataclass

from storage.campaign_schema import Campaign
from storage.database import Database
from storage.keys import Keys
from storage.ledger import Author, Ledger, NotAllowed, Plan
from storage.models import Fact, Membership


class Target(Fact):
    """In fen; None where none is set."""

    floor_fen: int | None = None
    hope_fen: int | None = None


@dataclass(frozen=True, slots=True)
class Retargeted:
    before: Target
    after: Target


@dataclass(frozen=True, slots=True)
class Targets:
    """By region id, '' for the whole campaign."""

    database: Database
    keys: Keys

    def all(self, campaign: str) -> dict[str, Target]:
        kept = self.database.hgetall(self.keys.targets(campaign))
        return {region: Target.model_validate_json(doc) for region, doc in kept.items()}

    def set(
        self, campaign: Campaign, author: Author, membership: Membership, region: str, before: Target, after: Target
    ) -> Retargeted:
        """Put a target in the place of another. Raises `NotAllowed` for who is no organizer there, `Changed`."""
        if not sets_targets(campaign, membership, region):
            raise NotAllowed
        key, stood = self.keys.targets(campaign.id), "" if before == Target() else before.model_dump_json()
        values = {"region": region, "floor_fen": _written(after.floor_fen), "hope_fen": _written(after.hope_fen)}
        plan = Plan(self.keys, campaign.id, author, "target.set", values=values)
        plan.expect(self.keys.roles(campaign.id), author.person, membership.roles)
        plan.expect(key, region, stood)
        plan.effect("HSET", key, region, after.model_dump_json())
        outcome = {"before": before.model_dump_json(), "after": after.model_dump_json()}
        return _retargeted(plan.commit(self.database, outcome).outcome)

    def done(self, campaign: str, op_id: str) -> Retargeted | None:
        """What an operation did if it was done already."""
        committed = Ledger(self.database, self.keys).outcome(campaign, op_id)
        return _retargeted(committed.outcome) if committed else None


def sets_targets(campaign: Campaign, membership: Membership, region: str) -> bool:
    """Whether she is an organizer of the place, '' the whole campaign."""
    path = campaign.region_path(region) if region else ()
    return any(g.role == "organizer" and (not g.region or g.region in path) for g in membership.grants)


def target_of(values: dict[str, str]) -> Target:
    """A target as the ledger tells it."""
    floor, hope = values["floor_fen"], values["hope_fen"]
    return Target(floor_fen=int(floor) if floor else None, hope_fen=int(hope) if hope else None)


def _written(fen: int | None) -> str:
    return "" if fen is None else str(fen)


def _retargeted(outcome: dict[str, str]) -> Retargeted:
    return Retargeted(
        Target.model_validate_json(outcome["before"]),
        Target.model_validate_json(outcome["after"]),
    )
