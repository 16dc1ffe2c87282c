"""People: who a WeChat user is in each campaign, her subscriptions and roles, and how she is forgotten."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from storage import heard, rolls, unit_people
from storage.campaign_schema import Campaign
from storage.database import Command, Database
from storage.keys import INVITE_SECONDS, Keys
from storage.ledger import Author, Ledger, Plan
from storage.models.people import Bound, Grant, Invitation, Membership, Person, RoleCard
from storage.models.pushes import Edition, Notification
from storage.models.teams import Team
from storage.secret_codes import claim_code, invitation_code, invited_until
from storage.team_documents import rewrite, team_of, withdraw


class NoInvitation(Exception):
    """The code is unknown, used, or older than 24 h."""


def invitation_of(grant: Grant, name: str, by: str, now: datetime) -> Invitation:
    """An invitation of this moment, by a person (id) or the operator ('')."""
    return Invitation(role=grant.role, region=grant.region, until=invited_until(now), name=name, by=by)


@dataclass(frozen=True, slots=True)
class Desk:
    """What is looked up before a message is answered: memberships by campaign, and teams that she may speak of, by
    `campaign/code`."""

    memberships: dict[str, Membership]
    teams: dict[str, Team]


def desk_of(campaigns: Sequence[str], teams: Sequence[str], answers: Sequence[Any]) -> Desk:
    """The desk that the answers to `People.desk_reads` lay out."""
    hers, kept = answers[: 2 * len(campaigns)], answers[2 * len(campaigns) :]
    memberships = {
        cid: Membership(codes=tuple((codes or "").split()), roles=roles or "")
        for cid, codes, roles in zip(campaigns, hers[0::2], hers[1::2], strict=True)
    }
    return Desk(memberships, {of: team_of(doc, number) for of, (doc, number) in zip(teams, kept, strict=True) if doc})


@dataclass(frozen=True, slots=True)
class People:
    database: Database
    keys: Keys

    def desk(self, person: Person, campaigns: Iterable[Campaign]) -> Desk:
        """One round trip: her teams' codes and her roles in every campaign, and the team she last spoke of."""
        ids, teams = [campaign.id for campaign in campaigns], [person.team] if person.team else []
        return desk_of(ids, teams, self.database.together(self.desk_reads(person.id, ids, teams)))

    def desk_reads(self, person_id: str, campaigns: Sequence[str], teams: Sequence[str]) -> list[Command]:
        """What `desk_of` makes a desk of; `teams`: those that she may speak of, each `campaign/code`."""
        reads: list[Command] = []
        for cid in campaigns:
            reads.append(("HGET", self.keys.captains(cid), person_id))
            reads.append(("HGET", self.keys.roles(cid), person_id))
        for team in teams:
            cid, _, code = team.partition("/")
            reads.append(("HMGET", self.keys.team(cid, code), "doc", "number"))
        return reads

    def memberships(self, person: Person, campaigns: Sequence[str]) -> dict[str, Membership]:
        """What she is in campaigns, by their ids."""
        return desk_of(campaigns, (), self.database.together(self.desk_reads(person.id, campaigns, ()))).memberships

    def link(self, person: Person) -> None:
        """Make the person reachable by her id; needed once, when she writes for the first time."""
        self.database.set(self.keys.who(person.id), person.openid)
        self.database.hset(self.keys.person(person.openid), "linked", "1")

    def openids(self, person_ids: list[str]) -> dict[str, str]:
        """The WeChat users behind ids; those who were erased are left out."""
        if not person_ids:
            return {}
        with self.database.pipeline(transaction=False) as pipe:
            for person_id in person_ids:
                pipe.get(self.keys.who(person_id))
            found = pipe.execute()
        return {pid: openid for pid, openid in zip(person_ids, found, strict=True) if openid}

    def subscribe(self, campaign: Campaign, author: Author, edition: Edition = "evening") -> None:
        """From now on she gets the bulletins of an edition, in place of another one's."""
        plan = Plan(self.keys, campaign.id, author, "person.subscribed", values={"edition": edition})
        plan.effect("HSET", self.keys.subscribers(campaign.id), author.person, edition)
        plan.commit(self.database, {})

    def unsubscribe(self, campaign: Campaign, author: Author) -> None:
        plan = Plan(self.keys, campaign.id, author, "person.unsubscribed")
        plan.effect("HDEL", self.keys.subscribers(campaign.id), author.person)
        plan.commit(self.database, {})

    def edition(self, campaign: str, person_id: str) -> Edition | None:
        """Which bulletins she gets, None for none."""
        kept: Edition | None = self.database.hget(self.keys.subscribers(campaign), person_id)
        return kept

    def subscribers(self, campaign: str) -> dict[str, Edition]:
        """Person id → which bulletins she gets."""
        return dict(sorted(self.database.hgetall(self.keys.subscribers(campaign)).items()))

    def coordinators(self, campaign: str) -> dict[str, tuple[Grant, ...]]:
        """Person id → roles of everybody who has one."""
        stored = self.database.hgetall(self.keys.roles(campaign))
        return {pid: Membership(roles=roles).grants for pid, roles in sorted(stored.items())}

    def offices(self, campaign: str) -> dict[str, Membership]:
        """Person id → what she is, of everybody who has a role."""
        with self.database.pipeline(transaction=False) as pipe:
            pipe.hgetall(self.keys.roles(campaign))
            pipe.hgetall(self.keys.captains(campaign))
            roles, codes = pipe.execute()
        return {pid: Membership(codes=tuple(codes.get(pid, "").split()), roles=roles[pid]) for pid in sorted(roles)}

    def organizers(self, campaign: str) -> list[str]:
        """Everybody who organizes the campaign, by her id."""
        held = self.coordinators(campaign)
        return [pid for pid, grants in held.items() if any(grant.role == "organizer" for grant in grants)]

    def captains(self, campaign: str) -> list[str]:
        return sorted(pid for pid, codes in self.database.hgetall(self.keys.captains(campaign)).items() if codes)

    def invite(self, campaign: Campaign, grant: Grant, now: datetime, name: str = "") -> str:
        """The operator's one-time code, good for 24 h, that binds the WeChat user who sends it to a role.

        `name`: what her office calls her, '' where it does not say.
        """
        code, invitation = invitation_code(), invitation_of(grant, name, "", now)
        self.database.hset(self.keys.invites(campaign.id), code, invitation.model_dump_json())
        self.database.set(self.keys.invite(code), campaign.id, ex=INVITE_SECONDS)
        return code

    def invited_to(self, code: str) -> str:
        """The campaign that an invitation or a liaison's code is for, '' if there is none."""
        return self.database.get(self.keys.invite(code)) or ""

    def bind(self, campaign: Campaign, author: Author, code: str, membership: Membership) -> Grant:
        """Accept an invitation, once. Raises `NoInvitation`; a repetition of the same operation answers the same.

        Her name is kept beside, erasably. Raises `Changed` where her roles are not as they were read.
        """
        invites, roles, cards = (of(campaign.id) for of in (self.keys.invites, self.keys.roles, self.keys.role_cards))
        before = Ledger(self.database, self.keys).outcome(campaign.id, author.op_id)
        if before is not None:
            return Grant.model_validate(before.outcome)
        stored = self.database.hget(invites, code)
        invitation = Invitation.model_validate_json(stored) if stored else None
        if invitation is None or invitation.until < author.at:
            raise NoInvitation
        grant, kept = invitation.grant, self.database.hget(cards, author.person) or ""
        granted = " ".join(sorted({*membership.roles.split(), grant.stored}))
        card = RoleCard.model_validate_json(kept) if kept else RoleCard()
        bound = {grant.stored: Bound(since=author.at, by=invitation.by)} | card.bound
        card = RoleCard(name=invitation.name or card.name, bound=bound)
        plan = Plan(self.keys, campaign.id, author, "role.granted", values={"roles": granted})
        plan.expect(invites, code, stored)
        plan.expect(roles, author.person, membership.roles)
        plan.expect(cards, author.person, kept)
        plan.effect("HDEL", invites, code)
        plan.effect("HSET", roles, author.person, granted)
        plan.effect("HSET", cards, author.person, card.model_dump_json())
        plan.commit(self.database, grant.model_dump())
        return grant

    def invitation(self, campaign: str, code: str) -> Invitation | None:
        """What an open invitation gives, also one that has lapsed; None for any other code."""
        stored = self.database.hget(self.keys.invites(campaign), code)
        return Invitation.model_validate_json(stored) if stored else None

    def revoke(self, campaign: Campaign, author: Author, person_id: str) -> None:
        """Take every role of a person away (`by` is the operator)."""
        plan = Plan(self.keys, campaign.id, author, "role.revoked", values={"person": person_id})
        plan.effect("HDEL", self.keys.roles(campaign.id), person_id)
        plan.effect("HDEL", self.keys.role_cards(campaign.id), person_id)
        plan.commit(self.database, {})

    def leave(
        self,
        campaign: Campaign,
        author: Author,
        membership: Membership,
        teams: list[Team],
        orphaned: Callable[[Campaign, Team, str, datetime], Notification],
    ) -> list[Team]:
        """Take a person out of a campaign; figures stay. Raises `Changed`: what was left already is not left again.

        A team left without a captain waits to be claimed, and in the same step those who coordinate it are told
        (`orphaned`); one that still waited to be let in is withdrawn. Returns the teams that wait to be claimed now.
        """
        cid, left = campaign.id, []
        for team in teams:
            others = tuple(captain for captain in team.captains if captain != author.person)
            gone: dict[str, object] = {"captains": others}
            if not others and team.status == "active":
                code = team.claim_code or claim_code()
                gone |= {"status": "unclaimed", "claim_code": code, "claim_as": "captain"}
            elif not others and team.status == "pending":
                gone |= {"status": "rejected", "claim_as": "captain"}
            elif not others:
                gone |= {"claim_as": "captain"}
            after = team.model_copy(update=gone)
            step = Author(f"{author.op_id}/{team.code}/{team.version}", author.person, author.at)
            values = {"status": after.status, "claim_code": after.claim_code}
            plan = Plan(self.keys, cid, step, "captain.left", team.code, values)
            rewrite(plan, team, after)
            rolls.enrol(plan, campaign, team, after)
            if after.status == "unclaimed":
                plan.effect("HSET", self.keys.claims(cid), after.claim_code, team.code)
                for coordinator in self._coordinating(campaign, team, author.person):
                    plan.notify(orphaned(campaign, after, coordinator, author.at))
                left.append(after)
            if after.status == "rejected" and team.status == "pending":
                withdraw(plan, team)
                heard.leave(plan, campaign, team)
            plan.commit(self.database, {})
        plan = Plan(self.keys, cid, author, "person.left")
        plan.expect(self.keys.captains(cid), author.person, " ".join(membership.codes))
        unit_people.leave(self.database, plan)
        for index in (self.keys.captains, self.keys.roles, self.keys.contact_cards, self.keys.role_cards):
            plan.effect("HDEL", index(cid), author.person)
        plan.effect("DEL", self.keys.former_role(cid, author.person))
        plan.effect("HDEL", self.keys.subscribers(cid), author.person)
        plan.commit(self.database, {})
        return left

    def _coordinating(self, campaign: Campaign, team: Team, but: str) -> list[str]:
        """The persons whose region contains a team, without one of them."""
        path, roles = campaign.region_path(team.region), self.database.hgetall(self.keys.roles(campaign.id))
        return [pid for pid, held in sorted(roles.items()) if pid != but and Membership(roles=held).covers(path)]

    def forget(self, person: Person) -> None:
        """Erase the way from a person's id to her, what is kept about herself, and the replies she was given.

        The way goes first: it is found by the id, which goes with the rest. The dialogue in which she asked for it
        ends when this message is settled.
        """
        keys = self.keys
        self.database.delete(keys.who(person.id))
        answered = [fields["key"] for _, fields in self.database.xrange(keys.said(person.openid))]
        self.database.delete(
            *(keys.inbox(person.openid, message_key) for message_key in answered),
            keys.person(person.openid),
            keys.mailbox(person.openid),
            keys.said(person.openid),
            keys.unheard(person.openid),
            keys.credits(person.openid),
            keys.wishes(person.openid),
            keys.rate(person.openid),
            keys.credits_out(person.openid),
            keys.credits_heard(person.openid),
            keys.mailbox_left(person.openid),
        )
