"""A delivery of which nobody knows whether it arrived waits for a coordinator: those there were get their numbers."""

from storage.matters import Matters, UncertainDelivery
from storage.migrations.step import Upgrade
from storage.outbox import Outbox


def number_deliveries(upgrade: Upgrade) -> list[str]:
    """Give each a number of the one counter, the oldest first; one that has it already keeps it."""
    outbox = Outbox(upgrade.database, upgrade.keys)
    matters = Matters(upgrade.database, upgrade.keys, UncertainDelivery)
    for campaign in upgrade.database.hgetall(upgrade.keys.campaigns()):
        for delivery in reversed(outbox.list(campaign, "unknown", limit=outbox.size(campaign))):
            if delivery.matter:
                continue
            upgrade.go_on()
            push, at = delivery.notification.id, delivery.settled_at or upgrade.at
            matter = UncertainDelivery(number=matters.next_number(campaign), at=at, by="", subject=push)
            with upgrade.database.pipeline() as pipe:
                pipe.hset(upgrade.keys.matters(campaign, "delivery"), matter.number, matter.model_dump_json())
                pipe.hset(upgrade.keys.notification(campaign, push), "matter", matter.number)
                pipe.execute()
    return []
