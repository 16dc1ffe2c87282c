"""Parcels: claimed notifications with whom they are for, and what has become of their push meanwhile."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from scheduler.channels import Channel, Recipient, Window
from storage import Store
from storage.campaign_schema import Campaign
from storage.mass import JOB as MASS
from storage.models.pushes import Delivery, Notification


@dataclass(slots=True)
class Parcel:
    """A claimed notification with its recipient (no openid: she was erased).

    `corrected`: a correction of it stands in the outbox. `off`: an organizer switched its push off. `tried`: channels
    that refused it. `doubted`: the channel by which it may have arrived already; it goes by no other. `ways`: by which
    channels alone the campaign's file lets persons be told it; empty: by every one.
    """

    campaign: Campaign
    delivery: Delivery
    recipient: Recipient
    attempts: int
    reason: str
    corrected: bool
    off: bool
    doubted: str
    ways: Sequence[str] = ()
    tried: set[str] = field(default_factory=set)

    @property
    def push(self) -> Notification:
        return self.delivery.notification

    @property
    def id(self) -> str:
        return self.push.id

    @property
    def text(self) -> str:
        return self.push.text

    @property
    def address(self) -> str:
        return self.push.person or f"{self.recipient.kind} {self.recipient.name}"

    def part(self, channel: Channel) -> str:
        """What stands still together with the recipient by this channel."""
        return channel.part(self.recipient)


def addressed(store: Store, campaign: Campaign, deliveries: Sequence[Delivery], now: datetime) -> Iterator[Parcel]:
    """Address a batch, persons by openid and window, and see what has been corrected: four round trips."""
    people = [d.notification.person for d in deliveries if d.notification.person]
    openids = store.people.openids(people)
    windows = store.windows.open(list(openids.values()), now)
    corrections = {d.notification.corrected_by for d in deliveries} - {""}
    corrected = store.snapshots.planned(campaign.id, corrections)
    off = store.push_switches.off(campaign.id) if any(d.notification.push for d in deliveries) else set()
    ways = {push.id: push.channels for push in campaign.pushes}
    for delivery in deliveries:
        push = delivery.notification
        to = _recipient(campaign, push, openids, windows)
        is_corrected, is_off = push.corrected_by in corrected, push.push in off
        yield Parcel(
            campaign,
            delivery,
            to,
            delivery.attempts,
            delivery.reason,
            is_corrected,
            is_off,
            delivery.doubted,
            ways.get(push.push, ()) if push.person else (),
        )


def _recipient(
    campaign: Campaign, push: Notification, openids: Mapping[str, str], windows: Mapping[str, Window]
) -> Recipient:
    if push.robot:
        return Recipient("robot", robot=push.robot)
    if push.hook:
        address = next((hook.url for hook in campaign.hooks if hook.name == push.hook), "")
        return Recipient("hook", hook=push.hook, address=address)
    if push.job == MASS and not push.person:
        return Recipient("everyone")
    openid = openids.get(push.person, "")
    return Recipient("person", person_id=push.person, openid=openid, window=windows.get(openid))
