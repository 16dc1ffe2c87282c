"""Raises (紧急提额): a target that is reached too early is to be raised. Who works there asks, an organizer decides.

The platform's own cap is raised on the platform, by people; here it is kept who asked, who decided, from what to what.
A place is that of a target: a region's id, `project:ID`, '' for the whole campaign.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from storage.campaign_schema import Campaign
from storage.database import Database
from storage.keys import Keys
from storage.last_acts import forget, remember
from storage.ledger import Author, Changed, Entry, Ledger, NotAllowed, Plan
from storage.matters import Matters, Raise
from storage.models.fact import Fact
from storage.models.people import Membership
from storage.models.pushes import Notification
from storage.targets import OF_A_PROJECT, Target, Targets, region_of, sets_targets, target_of, values_of

Tell = Callable[[Raise], Sequence[Notification]]
"""What those are told whom a raise concerns."""
_WAITS = {"state": "open", "decided_by": "", "decided_at": None, "stood": None}


class RaiseDecided(Fact):
    """A person's last act where that decided on a raise: its number, and what it became."""

    kind: Literal["raise"] = "raise"
    number: str
    state: Literal["passed", "returned"]


@dataclass(frozen=True, slots=True)
class Raises:
    """Each writes once per operation. Raises `NotAllowed` where no role of hers is enough, and `Changed` where the
    matter, the target or the role is not as it was read."""

    database: Database
    keys: Keys

    @property
    def matters(self) -> Matters[Raise]:
        return Matters(self.database, self.keys, Raise)

    @property
    def targets(self) -> Targets:
        return Targets(self.database, self.keys)

    def ask(
        self,
        campaign: Campaign,
        author: Author,
        membership: Membership,
        place: str,
        before: Target,
        hope_fen: int,
        tell: Tell,
    ) -> Raise:
        """It waits for an organizer. A repetition of the operation answers with the first."""
        if not may_ask(campaign, membership, place):
            raise NotAllowed
        asked = Raise(
            number=self.matters.next_number(campaign.id),
            at=author.at,
            by=author.person,
            region=region_of(campaign, place),
            subject=place,
            before_fen=before.hope_fen,
            hope_fen=hope_fen,
        )
        plan = Plan(self.keys, campaign.id, author, "raise.asked", values=entry_values(asked))
        plan.expect(self.keys.roles(campaign.id), author.person, membership.roles)
        return self._write(plan, None, asked, tell)

    def pass_on(
        self, campaign: Campaign, author: Author, membership: Membership, asked: Raise, before: Target, tell: Tell
    ) -> Raise:
        """The target is what was asked for; what is counted upon (保) stays."""
        after = Target(floor_fen=before.floor_fen, hope_fen=asked.hope_fen)
        passed = _decided(asked, author, "passed").model_copy(update={"stood": before})
        values = values_of(after) | {f"stood_{name}": fen for name, fen in values_of(before).items()}
        plan = self._by_organizer(campaign, author, membership, asked, "raise.passed", values)
        self._put(plan, campaign, asked.subject, before, after)
        remember(plan, RaiseDecided(number=asked.number, state="passed"))
        return self._write(plan, asked, passed, tell)

    def give_back(self, campaign: Campaign, author: Author, membership: Membership, asked: Raise, tell: Tell) -> Raise:
        """The target stays as it is."""
        returned = _decided(asked, author, "returned")
        plan = self._by_organizer(campaign, author, membership, asked, "raise.returned", {})
        remember(plan, RaiseDecided(number=asked.number, state="returned"))
        return self._write(plan, asked, returned, tell)

    def withdraw(self, campaign: Campaign, author: Author, asked: Raise, tell: Tell) -> Raise:
        """Whoever asked takes it back while it waits."""
        if asked.by != author.person:
            raise NotAllowed
        if asked.state != "open":
            raise Changed(asked.number)
        plan = Plan(self.keys, campaign.id, author, "raise.withdrawn", values={"matter": asked.number})
        return self._write(plan, asked, _decided(asked, author, "withdrawn"), tell)

    def reopen(self, campaign: Campaign, author: Author, membership: Membership, decided: Raise, tell: Tell) -> Raise:
        """The last decision is undone: it waits again, and the target stands as it stood before it."""
        values = values_of(decided.stood) if decided.stood else {}
        plan = self._by_organizer(campaign, author, membership, decided, "raise.reopened", values)
        forget(plan)
        if decided.stood is not None:
            raised = Target(floor_fen=decided.stood.floor_fen, hope_fen=decided.hope_fen)
            self._put(plan, campaign, decided.subject, raised, decided.stood)
        return self._write(plan, decided, decided.model_copy(update=_WAITS), tell)

    def done(self, campaign: str, op_id: str) -> Raise | None:
        """The raise that an operation wrote, as it was then, if it was done already."""
        committed = Ledger(self.database, self.keys).outcome(campaign, op_id)
        return Raise.model_validate_json(committed.outcome["raise"]) if committed else None

    def _by_organizer(
        self,
        campaign: Campaign,
        author: Author,
        membership: Membership,
        asked: Raise,
        kind: str,
        values: dict[str, str],
    ) -> Plan:
        if not sets_targets(campaign, membership, asked.subject):
            raise NotAllowed
        told = {"matter": asked.number, "place": asked.subject}
        plan = Plan(self.keys, campaign.id, author, kind, values=told | values)
        plan.expect(self.keys.roles(campaign.id), author.person, membership.roles)
        return plan

    def _put(self, plan: Plan, campaign: Campaign, place: str, before: Target, after: Target) -> None:
        """One target in the place of another that stands."""
        key = self.keys.targets(campaign.id)
        plan.expect(key, place, self.targets.kept(campaign, place, before))
        plan.effect("HSET", key, place, after.model_dump_json())

    def _write(self, plan: Plan, before: Raise | None, after: Raise, tell: Tell) -> Raise:
        key = self.keys.matters(plan.campaign, "raise")
        plan.expect(key, after.number, before.model_dump_json() if before else "")
        plan.effect("HSET", key, after.number, after.model_dump_json())
        plan.notify(*tell(after))
        return Raise.model_validate_json(
            plan.commit(self.database, {"raise": after.model_dump_json()}).outcome["raise"]
        )


def may_ask(campaign: Campaign, membership: Membership, place: str) -> bool:
    """Whether a role of hers is of the place: for a region one that reaches it, else any."""
    if place and not place.startswith(OF_A_PROJECT):
        return membership.covers(campaign.region_path(place))
    return bool(membership.roles)


def entry_values(asked: Raise) -> dict[str, str]:
    """What the ledger keeps of a raise that is asked for."""
    before = "" if asked.before_fen is None else str(asked.before_fen)
    place = {"place": asked.subject, "region": asked.region}
    return {"matter": asked.number, **place, "before_fen": before, "hope_fen": str(asked.hope_fen)}


def raise_of(entry: Entry) -> Raise:
    """The raise that a line of the ledger asked for."""
    values = entry.values
    return Raise(
        number=values["matter"],
        at=entry.at,
        by=entry.by,
        region=values["region"],
        subject=values["place"],
        before_fen=int(values["before_fen"]) if values["before_fen"] else None,
        hope_fen=int(values["hope_fen"]),
    )


def followed(asked: Raise, entry: Entry) -> Raise:
    """A raise after a later line of the ledger about it."""
    if entry.kind == "raise.reopened":
        return asked.model_copy(update=_WAITS)
    update: dict[str, object] = {"state": entry.kind.partition(".")[2]}
    if entry.kind == "raise.passed":
        update["stood"] = target_of({name: entry.values[f"stood_{name}"] for name in ("floor_fen", "hope_fen")})
    return asked.model_copy(update=update | {"decided_by": entry.by, "decided_at": entry.at})


def target_after(entry: Entry) -> Target | None:
    """The target that a line about a raise leads to, None where it changes none."""
    return target_of(entry.values) if "hope_fen" in entry.values and entry.kind != "raise.asked" else None


def _decided(asked: Raise, author: Author, state: str) -> Raise:
    return asked.model_copy(update={"state": state, "decided_by": author.person, "decided_at": author.at})
