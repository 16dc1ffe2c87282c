"""Roles by message: an organizer invites, and takes a role away; who has which, since when, and by whom invited.

`role:region` stands in the ledger and in its view. A name, since when, and who invited her are kept beside, erasably.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from storage.campaign_schema import Campaign
from storage.database import Database
from storage.keys import INVITE_SECONDS, OPERATION_SECONDS, Keys
from storage.last_acts import forget, remember
from storage.ledger import Author, Changed, Ledger, NotAllowed, Plan
from storage.models.fact import Fact
from storage.models.people import Bound, Grant, Membership, RoleCard
from storage.models.pushes import Notification
from storage.people import People, invitation_of
from storage.secret_codes import invitation_code


class LastOfHerOwn(Exception):
    """It is the last role by which she is an organizer herself."""


class Forgotten(Exception):
    """What would have to stand again is not kept any more."""


class RoleTaken(Fact):
    """A role (`role:region`) that was taken from a person (id), and what she had `left`."""

    kind: Literal["role.revoked"] = "role.revoked"
    person: str
    role: str
    left: str

    @property
    def grant(self) -> Grant:
        return Membership(roles=self.role).grants[0]


@dataclass(frozen=True, slots=True)
class Colleague:
    """One role of one person (id). `name`, `since`, `seen` (a local day) are '' or None where they are not kept.

    `invited_by`: the name of who invited her, else her id, '' for the operator.
    """

    person: str
    grant: Grant
    name: str = ""
    since: datetime | None = None
    invited_by: str = ""
    seen: date | None = None


@dataclass(frozen=True, slots=True)
class Roles:
    """Each writes once per operation. Raises `NotAllowed` where no organizer's role of hers reaches the region, and
    `Changed` where a role is not as it was read."""

    database: Database
    keys: Keys
    people: People

    def offer(self, campaign: Campaign, author: Author, membership: Membership, grant: Grant, name: str) -> str:
        """An organizer's one-time code, good for 24 h, that binds the WeChat user who sends it to a role."""
        cid, invites, code = campaign.id, self.keys.invites(campaign.id), invitation_code()
        plan = Plan(self.keys, cid, author, "role.offered", values={"role": grant.role, "region": grant.region})
        rely_on_organizer(plan, campaign, membership, grant.region)
        invitation = invitation_of(grant, name, author.person, author.at)
        plan.effect("HSET", invites, code, invitation.model_dump_json())
        code = str(plan.commit(self.database, {"code": code}).outcome["code"])
        self.database.set(self.keys.invite(code), cid, ex=INVITE_SECONDS)
        return code

    def take_away(
        self,
        campaign: Campaign,
        author: Author,
        membership: Membership,
        person: str,
        grant: Grant,
        told: Sequence[Notification],
    ) -> RoleTaken:
        """One role less for a person; what is personal in it is kept for 48 hours. Raises `LastOfHerOwn`."""
        keys, cid = self.keys, campaign.id
        stored, kept = self.database.hget(keys.roles(cid), person) or "", self._kept(cid, person)
        if grant.stored not in stored.split():
            raise Changed(person)
        left = Membership(roles=" ".join(role for role in stored.split() if role != grant.stored))
        if person == author.person and grant.role == "organizer" and not _organizes(left):
            raise LastOfHerOwn
        taken = RoleTaken(person=person, role=grant.stored, left=left.roles)
        plan = Plan(keys, cid, author, taken.kind, values={"person": person, "roles": left.roles})
        rely_on_organizer(plan, campaign, membership, grant.region)
        plan.expect(keys.roles(cid), person, stored)
        plan.expect(keys.role_cards(cid), person, kept)
        if left.roles:
            plan.effect("HSET", keys.roles(cid), person, left.roles)
        else:
            plan.effect("HDEL", keys.roles(cid), person)
        self._put_away(plan, person, kept, grant, keeps_some=bool(left.roles))
        remember(plan, taken)
        plan.notify(*told)
        return RoleTaken.model_validate(plan.commit(self.database, taken.model_dump()).outcome)

    def give_back(
        self,
        campaign: Campaign,
        author: Author,
        membership: Membership,
        taken: RoleTaken,
        told: Sequence[Notification],
    ) -> None:
        """Her role stands again, with all that was kept of it.

        Raises `Changed` where her roles are others by now, `Forgotten` where what was kept of it has gone.
        """
        keys, cid = self.keys, campaign.id
        former = keys.former_role(cid, taken.person)
        card = self.database.hget(former, "card")
        if card is None:
            raise Forgotten
        roles = " ".join(sorted({*taken.left.split(), taken.role}))
        plan = Plan(keys, cid, author, "role.restored", values={"person": taken.person, "roles": roles})
        rely_on_organizer(plan, campaign, membership, taken.grant.region)
        plan.expect(keys.roles(cid), taken.person, taken.left)
        plan.expect(former, "card", card)
        plan.effect("HSET", keys.roles(cid), taken.person, roles)
        plan.effect("HSET", keys.role_cards(cid), taken.person, card)
        plan.effect("DEL", former)
        forget(plan)
        plan.notify(*told)
        plan.commit(self.database, {})

    def done(self, campaign: str, op_id: str) -> RoleTaken | None:
        """What an operation took away if it was done already."""
        committed = Ledger(self.database, self.keys).outcome(campaign, op_id)
        return RoleTaken.model_validate(committed.outcome) if committed else None

    def offered(self, campaign: str, op_id: str) -> str:
        """The code that an operation made if it was done already, else ''."""
        committed = Ledger(self.database, self.keys).outcome(campaign, op_id)
        return str(committed.outcome["code"]) if committed else ""

    def names(self, campaign: str, persons: Iterable[str]) -> dict[str, str]:
        """What those of some persons (ids) are called who have a role and left a name."""
        asked = list(dict.fromkeys(persons))
        kept = self.database.hmget(self.keys.role_cards(campaign), asked) if asked else []
        named = {pid: _card(card).name for pid, card in zip(asked, kept, strict=True)}
        return {pid: name for pid, name in named.items() if name}

    def former_name(self, campaign: str, person: str) -> str:
        """What somebody was called whose role was taken away within 48 hours."""
        return _card(self.database.hget(self.keys.former_role(campaign, person), "card")).name

    def colleagues(self, campaign: str) -> list[Colleague]:
        """Everybody's roles, one a line, those of one place beside one another."""
        grants = self.people.coordinators(campaign)
        kept = self.database.hgetall(self.keys.role_cards(campaign))
        cards, seen = {pid: _card(kept.get(pid)) for pid in grants}, self._seen(list(grants))
        return sorted(
            (
                Colleague(
                    pid,
                    grant,
                    cards[pid].name,
                    bound.since if (bound := cards[pid].bound.get(grant.stored)) else None,
                    _inviter(bound, cards),
                    seen.get(pid) if pid in kept else None,
                )
                for pid, held in grants.items()
                for grant in held
            ),
            key=lambda each: (each.grant.region, each.grant.role, each.name, each.person),
        )

    def _put_away(self, plan: Plan, person: str, kept: str, grant: Grant, *, keeps_some: bool) -> None:
        """Her card waits 48 hours to stand again; of one with roles left, the rest of it stays."""
        keys, cid, card = self.keys, plan.campaign, _card(kept)
        former, cards = keys.former_role(cid, person), keys.role_cards(cid)
        plan.effect("HSET", former, "card", card.model_dump_json())
        plan.effect("EXPIRE", former, OPERATION_SECONDS)
        if keeps_some:
            bound = {role: since for role, since in card.bound.items() if role != grant.stored}
            plan.effect("HSET", cards, person, RoleCard(name=card.name, bound=bound).model_dump_json())
        else:
            plan.effect("HDEL", cards, person)

    def _kept(self, campaign: str, person: str) -> str:
        return self.database.hget(self.keys.role_cards(campaign), person) or ""

    def _seen(self, persons: list[str]) -> dict[str, date]:
        """The local day on which each was last seen."""
        openids = self.people.openids(persons)
        asked = [("HGET", self.keys.person(openid), "seen") for openid in openids.values()]
        days = self.database.together(asked) if asked else []
        return {pid: date.fromisoformat(day) for pid, day in zip(openids, days, strict=True) if day}


def _card(kept: str | None) -> RoleCard:
    return RoleCard.model_validate_json(kept) if kept else RoleCard()


def _inviter(bound: Bound | None, cards: dict[str, RoleCard]) -> str:
    if bound is None or not bound.by:
        return ""
    return (cards[bound.by].name if bound.by in cards else "") or bound.by


def _organizes(membership: Membership) -> bool:
    return any(grant.role == "organizer" for grant in membership.grants)


def may_grant(campaign: Campaign, membership: Membership, region: str) -> bool:
    """Whether one of her organizer's roles reaches a region, '' for the whole campaign."""
    path = campaign.region_path(region) if region else ()
    return any(g.role == "organizer" and (not g.region or g.region in path) for g in membership.grants)


def rely_on_organizer(plan: Plan, campaign: Campaign, membership: Membership, region: str) -> None:
    """An organizer's role that reaches the region, compared inside the write with what was read."""
    if not may_grant(campaign, membership, region):
        raise NotAllowed
    plan.expect(plan.keys.roles(plan.campaign), plan.author.person, membership.roles)
