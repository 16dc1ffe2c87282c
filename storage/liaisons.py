"""Liaisons: whom a unit named as its 联络员, by what she binds herself, and which teams she is told of."""

from collections.abc import Sequence
from datetime import datetime

from storage.database import Database
from storage.ledger import Plan
from storage.models.fact import Fact
from storage.models.people import Card, Post, UnitPerson
from storage.models.teams import Team


class LiaisonCode(Fact):
    """Of which team, or of which unit on the roster (its id), a code makes its sender the liaison, and until when."""

    team: str = ""
    unit: str = ""
    until: datetime


class RosterLiaison(Fact):
    """What is kept of the liaison of a unit on the roster: her code, or who she is once she bound herself.

    `card`: whom the roster named as the code was made; another person gets another code. `until`: when it is over.
    """

    card: Card
    code: str = ""
    until: datetime | None = None
    person: str = ""

    def holds(self, card: Card, now: datetime) -> bool:
        """Whether the person on the roster needs no other code."""
        return self.card == card and (bool(self.person) or (self.until is not None and self.until > now))


def field_of(team: str, post: Post) -> str:
    """Where it is kept whom a team's (code) unit named to a post."""
    return f"{team}|{post}"


def attach_to(database: Database, plan: Plan, team: Team) -> None:
    """Add to the plan that registers a team that its unit's liaison, where one bound herself, is the team's."""
    kept = database.hget(plan.keys.roster_liaisons(plan.campaign), f"{team.unit_key}|{team.region}")
    if kept and (bound := RosterLiaison.model_validate_json(kept)).person:
        make_liaison(database, plan, bound, [team.code])


def make_liaison(database: Database, plan: Plan, bound: RosterLiaison, codes: Sequence[str]) -> None:
    """Add to a plan that somebody who bound herself is the liaison of these teams (codes), as the roster names her."""
    keys, cid = plan.keys, plan.campaign
    hers = database.hget(keys.liaisons(cid), bound.person)
    plan.expect(keys.liaisons(cid), bound.person, hers or "")
    plan.effect("HSET", keys.liaisons(cid), bound.person, " ".join(sorted({*(hers or "").split(), *codes})))
    named = UnitPerson(name=bound.card.name, phone=bound.card.phone, person=bound.person).model_dump_json()
    for code in codes:
        plan.effect("HSET", keys.unit_people(cid), field_of(code, "liaison"), named)
