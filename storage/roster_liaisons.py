"""The liaisons whom the roster names: each gets a code by which she binds herself to her unit, with a team or without.

Who is bound is the liaison of every team of her unit, those that register later too. It gives no authority. The ledger
holds that codes were made and that somebody bound herself; codes and names are kept elsewhere, erasably.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from storage.campaign_schema import Campaign
from storage.database import Database
from storage.keys import Keys
from storage.ledger import Author, Changed, Plan
from storage.liaisons import LiaisonCode, RosterLiaison, field_of, make_liaison
from storage.models.people import Card, UnitPerson
from storage.roster import RosterUnit
from storage.secret_codes import invitation_code
from storage.teams import Teams

LASTS = timedelta(days=30)
"""How long a code is good: it is handed out by coordinators, who have a list to work through."""
BATCH = 50
"""Codes made in one step: more would hold up whoever writes meanwhile."""


@dataclass(frozen=True, slots=True)
class RosterLiaisons:
    database: Database
    keys: Keys

    def codes(
        self, campaign: Campaign, author: Author, units: Sequence[RosterUnit], liaisons: Mapping[str, Card]
    ) -> dict[str, str]:
        """The codes of those units' liaisons (`liaisons`: by the unit's id), '' for who is bound; others are made.

        At most `BATCH` units. Raises `Changed` where somebody else makes them at the same moment.
        """
        keys, cid, kept = self.keys, campaign.id, self._kept(campaign.id, [unit.id for unit in units])
        plan = Plan(keys, cid, author, "roster.invited")
        made, found = dict[str, str](), dict[str, str]()
        for unit in units:
            before, card = kept.get(unit.id), liaisons[unit.id]
            if before is not None and before.holds(card, author.at):
                found[unit.id] = before.code
                continue
            made[unit.id] = code = invitation_code()
            until = author.at + LASTS
            waits = LiaisonCode(unit=unit.id, until=until)
            plan.expect(keys.roster_liaisons(cid), unit.id, before.model_dump_json() if before else "")
            plan.effect("HSET", keys.liaison_codes(cid), code, waits.model_dump_json())
            now = RosterLiaison(card=card, code=code, until=until)
            plan.effect("HSET", keys.roster_liaisons(cid), unit.id, now.model_dump_json())
            if before is not None and before.code:
                plan.effect("HDEL", keys.liaison_codes(cid), before.code)
        if made:
            plan.values["count"] = str(len(made))
            plan.commit(self.database, {})
            for code in made.values():
                self.database.set(keys.invite(code), cid, ex=int(LASTS.total_seconds()))
        return found | made

    def without_code(self, campaign: Campaign, liaisons: Mapping[str, Card], now: datetime) -> set[str]:
        """Of which units (ids) the liaison, as she is called there, has no code and is not bound; one round trip."""
        kept = self._kept(campaign.id, list(liaisons))
        return {unit for unit, card in liaisons.items() if unit not in kept or not kept[unit].holds(card, now)}

    def all(self, campaign: str) -> dict[str, RosterLiaison]:
        """Whoever has a code, or is bound, by her unit's id."""
        kept = self.database.hgetall(self.keys.roster_liaisons(campaign))
        return {unit: RosterLiaison.model_validate_json(doc) for unit, doc in kept.items()}

    def bind(self, campaign: Campaign, author: Author, code: str, unit: str, stored: str) -> None:
        """The sender of a code, as it is `stored`, is the liaison of a unit (its id). Raises `Changed`."""
        keys, cid = self.keys, campaign.id
        before = self._kept(cid, [unit]).get(unit)
        if before is None:
            raise Changed(unit)
        plan = Plan(keys, cid, author, "roster.bound", values={"unit": unit})
        plan.expect(keys.liaison_codes(cid), code, stored)
        plan.expect(keys.roster_liaisons(cid), unit, before.model_dump_json())
        bound = RosterLiaison(card=before.card, person=author.person)
        plan.effect("HDEL", keys.liaison_codes(cid), code)
        plan.effect("HSET", keys.roster_liaisons(cid), unit, bound.model_dump_json())
        make_liaison(self.database, plan, bound, self._teams_without(cid, unit))
        plan.commit(self.database, {"unit": unit})

    def _teams_without(self, campaign: str, unit: str) -> list[str]:
        """The teams of a unit of which nobody is bound as liaison."""
        key, _, region = unit.rpartition("|")
        codes = sorted(self.database.smembers(self.keys.unit(campaign, key)))
        here = [t.code for t in Teams(self.database, self.keys).many(campaign, codes) if t.region == region]
        fields = [field_of(code, "liaison") for code in here]
        docs = self.database.hmget(self.keys.unit_people(campaign), fields) if here else []
        named = [UnitPerson.model_validate_json(doc) if doc else None for doc in docs]
        return [code for code, who in zip(here, named, strict=True) if who is None or not who.person]

    def _kept(self, campaign: str, units: Sequence[str]) -> dict[str, RosterLiaison]:
        docs = self.database.hmget(self.keys.roster_liaisons(campaign), list(units)) if units else []
        return {unit: RosterLiaison.model_validate_json(doc) for unit, doc in zip(units, docs, strict=True) if doc}
