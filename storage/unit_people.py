"""Each unit's people besides its captain: 分管领导, 联络员, 舆情专人, kept erasably and shown to those with authority.

The ledger holds that somebody was named, to which post, and by whom; never who. A liaison may bind herself by a
one-time code: then she can be written to. It gives no authority.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from storage.authority import office_of, require_authority
from storage.campaign_schema import Campaign
from storage.database import Database
from storage.keys import INVITE_SECONDS, Keys
from storage.ledger import Author, Ledger, Plan
from storage.liaisons import LiaisonCode, RosterLiaison, field_of
from storage.models.people import POSTS, Membership, Post, UnitPerson
from storage.models.pushes import Notification
from storage.models.teams import Team
from storage.secret_codes import invitation_code, invited_until
from storage.team_documents import rewrite


class NobodyNamed(Exception):
    """Nobody stands in this post."""


class NoLiaisonCode(Exception):
    """The code is unknown, used, or over."""


@dataclass(frozen=True, slots=True)
class UnitPeople:
    """Each writes once per operation. Raises `NotAllowed`; `Changed` where something is not as it was read."""

    database: Database
    keys: Keys

    def of(self, campaign: str, team: str) -> dict[Post, UnitPerson]:
        """Whom a team's (code) unit named, by post."""
        stored = self.database.hmget(self.keys.unit_people(campaign), [field_of(team, post) for post in POSTS])
        return {p: UnitPerson.model_validate_json(kept) for p, kept in zip(POSTS, stored, strict=True) if kept}

    def liaisons(self, campaign: str) -> dict[str, tuple[str, ...]]:
        """Person id → the codes of the teams whose liaison she is, of everybody who bound herself."""
        bound = self.database.hgetall(self.keys.liaisons(campaign))
        return {person: tuple(codes.split()) for person, codes in sorted(bound.items()) if codes}

    def name(
        self,
        campaign: Campaign,
        author: Author,
        membership: Membership,
        team: Team,
        post: Post,
        named: UnitPerson,
        told: Sequence[Notification],
    ) -> str:
        """Somebody to a post, in the place of whoever stood there. Returns the code of a liaison, else ''."""
        plan = self._begun(campaign, author, membership, team, post, "contact.named")
        self._clear(plan, team, post)
        kept = self._with_code(plan, team, named) if post == "liaison" else named
        return self._written(plan, team, post, kept, told)

    def make_code(self, campaign: Campaign, author: Author, membership: Membership, team: Team) -> str:
        """A new code for the liaison who was named; the one before is good for nothing. Raises `NobodyNamed`."""
        plan = self._begun(campaign, author, membership, team, "liaison", "contact.invited")
        named = self._named(campaign.id, team, "liaison")
        self._clear(plan, team, "liaison")
        kept = self._with_code(plan, team, UnitPerson(name=named.name, phone=named.phone))
        return self._written(plan, team, "liaison", kept, ())

    def remove(
        self,
        campaign: Campaign,
        author: Author,
        membership: Membership,
        team: Team,
        post: Post,
        told: Sequence[Notification],
    ) -> None:
        """Nobody stands in the post any more, and what was kept of her is gone. Raises `NobodyNamed`."""
        self._named(campaign.id, team, post)
        plan = self._begun(campaign, author, membership, team, post, "contact.removed")
        self._clear(plan, team, post)
        plan.effect("HDEL", self.keys.unit_people(campaign.id), field_of(team.code, post))
        self._commit(plan, team, told, "")

    def code(self, campaign: str, code: str, now: datetime) -> tuple[LiaisonCode, str]:
        """What a code that is good makes its sender, and as it is stored. Raises `NoLiaisonCode`."""
        stored = self.database.hget(self.keys.liaison_codes(campaign), code)
        found = LiaisonCode.model_validate_json(stored) if stored else None
        if found is None or stored is None or found.until < now:
            raise NoLiaisonCode
        return found, stored

    def bind(self, campaign: Campaign, author: Author, code: str) -> str:
        """The sender of the code is that team's liaison; the team's code. Raises `NoLiaisonCode`."""
        keys, cid = self.keys, campaign.id
        found, stored = self.code(cid, code, author.at)
        people, field = keys.unit_people(cid), field_of(found.team, "liaison")
        before = self.database.hget(people, field)
        if before is None:
            raise NoLiaisonCode
        hers = self.database.hget(keys.liaisons(cid), author.person) or ""
        plan = Plan(keys, cid, author, "contact.bound", found.team)
        plan.expect(keys.liaison_codes(cid), code, stored)
        plan.expect(people, field, before)
        plan.expect(keys.liaisons(cid), author.person, hers)
        named = UnitPerson.model_validate_json(before).model_copy(update={"person": author.person, "code": ""})
        plan.effect("HDEL", keys.liaison_codes(cid), code)
        plan.effect("HSET", people, field, named.model_dump_json())
        plan.effect("HSET", keys.liaisons(cid), author.person, " ".join(sorted({*hers.split(), found.team})))
        plan.commit(self.database, {"team": found.team})
        return found.team

    def done(self, campaign: str, op_id: str) -> tuple[Team, str] | None:
        """The team and the code of an operation that was done already."""
        committed = Ledger(self.database, self.keys).outcome(campaign, op_id)
        if committed is None:
            return None
        return Team.model_validate_json(committed.outcome["team"]), committed.outcome["code"]

    def _begun(
        self, campaign: Campaign, author: Author, membership: Membership, team: Team, post: Post, kind: str
    ) -> Plan:
        values = {"post": post} | office_of(campaign, membership, team, author.person)
        plan = Plan(self.keys, campaign.id, author, kind, team.code, values)
        require_authority(plan, campaign, team, membership, author.person)
        return plan

    def _named(self, campaign: str, team: Team, post: Post) -> UnitPerson:
        named = self.of(campaign, team.code).get(post)
        if named is None:
            raise NobodyNamed
        return named

    def _clear(self, plan: Plan, team: Team, post: Post) -> None:
        """Whoever stood there can neither use her code nor is written to any more."""
        keys, cid = self.keys, plan.campaign
        field = field_of(team.code, post)
        stored = self.database.hget(keys.unit_people(cid), field) or ""
        plan.expect(keys.unit_people(cid), field, stored)
        if not stored:
            return
        before = UnitPerson.model_validate_json(stored)
        if before.code:
            plan.effect("HDEL", keys.liaison_codes(cid), before.code)
        if before.person:
            hers = self.database.hget(keys.liaisons(cid), before.person) or ""
            plan.expect(keys.liaisons(cid), before.person, hers)
            if rest := " ".join(code for code in hers.split() if code != team.code):
                plan.effect("HSET", keys.liaisons(cid), before.person, rest)
            else:
                plan.effect("HDEL", keys.liaisons(cid), before.person)

    def _with_code(self, plan: Plan, team: Team, named: UnitPerson) -> UnitPerson:
        code = invitation_code()
        waits = LiaisonCode(team=team.code, until=invited_until(plan.author.at)).model_dump_json()
        plan.effect("HSET", self.keys.liaison_codes(plan.campaign), code, waits)
        return named.model_copy(update={"code": code})

    def _written(self, plan: Plan, team: Team, post: Post, kept: UnitPerson, told: Sequence[Notification]) -> str:
        key = self.keys.unit_people(plan.campaign)
        plan.effect("HSET", key, field_of(team.code, post), kept.model_dump_json())
        code = self._commit(plan, team, told, kept.code)
        if code:
            self.database.set(self.keys.invite(code), plan.campaign, ex=INVITE_SECONDS)
        return code

    def _commit(self, plan: Plan, team: Team, told: Sequence[Notification], code: str) -> str:
        after = rewrite(plan, team, team)
        plan.notify(*told)
        return str(plan.commit(self.database, {"team": after.model_dump_json(), "code": code}).outcome["code"])


def leave(database: Database, plan: Plan) -> None:
    """Add to a plan that its author is nobody's liaison any more, and what units left of her is gone."""
    keys, cid, person = plan.keys, plan.campaign, plan.author.person
    hers = database.hget(keys.liaisons(cid), person) or ""
    plan.expect(keys.liaisons(cid), person, hers)
    plan.effect("HDEL", keys.liaisons(cid), person)
    if hers:
        plan.effect("HDEL", keys.unit_people(cid), *(field_of(code, "liaison") for code in hers.split()))
    listed = database.hgetall(keys.roster_liaisons(cid))
    if units := [unit for unit, doc in listed.items() if RosterLiaison.model_validate_json(doc).person == person]:
        plan.effect("HDEL", keys.roster_liaisons(cid), *units)
