"""Which pushes of the plan an organizer does not want sent: switched by word or button, in the ledger, undone exactly.

What is switched off is not planned; what of it waits in the outbox is not sent. Switched on again, nothing of the time
between is made up for.
"""

from dataclasses import dataclass
from typing import Literal

from storage.campaign_schema import Campaign
from storage.campaign_settings import Push
from storage.database import Database
from storage.keys import Keys
from storage.last_acts import forget, remember
from storage.ledger import Author, Ledger, Plan
from storage.models.fact import Fact
from storage.models.people import Membership
from storage.roles import rely_on_organizer


class Switched(Fact):
    """A push (its id in the campaign file) that somebody switched `on` or off."""

    kind: Literal["push.switched"] = "push.switched"
    push: str
    on: bool


@dataclass(frozen=True, slots=True)
class PushSwitches:
    """The switches of every campaign."""

    database: Database
    keys: Keys

    def off(self, campaign: str) -> set[str]:
        """The ids of the pushes that are switched off."""
        return set(self.database.smembers(self.keys.switched_off(campaign)))

    def is_off(self, campaign: str, push: str) -> bool:
        return bool(self.database.sismember(self.keys.switched_off(campaign), push))

    def switch(self, campaign: Campaign, author: Author, membership: Membership, push: Push, on: bool) -> Switched:
        """A push on or off, once per operation. Raises `NotAllowed` for whoever does not organize the whole campaign,
        `Changed` where her role is not as it was read."""
        plan = self._plan(campaign, author, membership, push.id, on)
        switched = Switched(push=push.id, on=on)
        remember(plan, switched)
        return Switched.model_validate(plan.commit(self.database, switched.model_dump()).outcome)

    def undo(self, campaign: Campaign, author: Author, membership: Membership, switched: Switched) -> None:
        """As it was before. Raises as `switch` does."""
        plan = self._plan(campaign, author, membership, switched.push, not switched.on)
        forget(plan)
        plan.commit(self.database, switched.model_copy(update={"on": not switched.on}).model_dump())

    def done(self, campaign: str, op_id: str) -> Switched | None:
        """What an operation switched if it was done already."""
        committed = Ledger(self.database, self.keys).outcome(campaign, op_id)
        return Switched.model_validate(committed.outcome) if committed else None

    def _plan(self, campaign: Campaign, author: Author, membership: Membership, push: str, on: bool) -> Plan:
        values = {"push": push, "to": "on" if on else "off"}
        plan = Plan(self.keys, campaign.id, author, "push.switched", values=values)
        rely_on_organizer(plan, campaign, membership, "")
        plan.effect("SREM" if on else "SADD", self.keys.switched_off(campaign.id), push)
        return plan
