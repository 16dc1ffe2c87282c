"""Uncertain deliveries: pushes of which nobody knows whether they arrived wait for a coordinator, who may repeat them.

The outbox gives each its number in the step that settles it as unknown. It waits as long as that outcome stands: a
receipt, or a sending on an operator's word, ends it too.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from storage.campaign_schema import Campaign
from storage.database import Database
from storage.keys import DELIVERY_SECONDS, Keys
from storage.ledger import Author, Changed, Plan
from storage.matters import Matters, UncertainDelivery
from storage.models.people import Membership
from storage.models.pushes import Delivery
from storage.outbox import Outbox, from_now


@dataclass(frozen=True, slots=True)
class Deliveries:
    """The uncertain deliveries of every campaign."""

    database: Database
    keys: Keys
    outbox: Outbox

    @property
    def matters(self) -> Matters[UncertainDelivery]:
        return Matters(self.database, self.keys, UncertainDelivery)

    def waiting(self, campaign: str, matters: Sequence[UncertainDelivery]) -> list[tuple[UncertainDelivery, Delivery]]:
        """Those of some that are still uncertain, oldest first; no round trip where there are none."""
        found = sorted(matters, key=lambda matter: int(matter.number.removeprefix("D")))
        kept = self.outbox.many(campaign, [matter.subject for matter in found]) if found else {}
        pairs = ((matter, kept[matter.subject]) for matter in found if matter.subject in kept)
        return [(matter, delivery) for matter, delivery in pairs if _waits(matter, delivery)]

    def resend(self, campaign: Campaign, author: Author, membership: Membership, matter: UncertainDelivery) -> None:
        """Queue a push again, with its whole lifetime from now, and end its matter: once, in one step.

        Raises `Changed` where its outcome is known by now, or the coordinator is none any more.
        """
        delivery = self.outbox.many(campaign.id, [matter.subject]).get(matter.subject)
        if delivery is None or not _waits(matter, delivery) or delivery.settled_at is None:
            raise Changed(matter.subject)
        keys, cid, push = self.keys, campaign.id, from_now(delivery.notification, author.at)
        record, matters = keys.notification(cid, push.id), keys.matters(cid, "delivery")
        plan = Plan(keys, cid, author, "delivery.resent", values={"matter": matter.number})
        plan.expect(keys.roles(cid), author.person, membership.roles)
        plan.expect(matters, matter.number, matter.model_dump_json())
        plan.expect(record, "status", "unknown")
        plan.effect("HSET", matters, matter.number, matter.model_copy(update={"state": "resent"}).model_dump_json())
        plan.effect("HSET", record, "doc", push.model_dump_json(), "status", "queued", "attempts", 0)
        plan.effect("HSET", record, "overruled", f"unknown {delivery.settled_at.isoformat()}")
        plan.effect("HDEL", record, "channel", "reason", "settled_at", "begun_at", "doubted")
        plan.effect("PERSIST", record)
        plan.effect("ZADD", keys.due(cid), f"{push.due_at.timestamp():.3f}", push.id)
        plan.commit(self.database, {})

    def trim(self, campaign: str, now: datetime) -> None:
        """Forget those whose records have lapsed."""
        oldest = now - timedelta(seconds=DELIVERY_SECONDS)
        if gone := [matter.number for matter in self.matters.all(campaign) if matter.at < oldest]:
            self.database.hdel(self.keys.matters(campaign, "delivery"), *gone)


def _waits(matter: UncertainDelivery, delivery: Delivery) -> bool:
    return matter.state == "open" and delivery.status == "unknown" and delivery.matter == matter.number
