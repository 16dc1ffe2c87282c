"""By which channel a push would go to whom now: the sender's own choice, told before anything is sent."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from handlers.messages import MAILBOX
from scheduler.channels import Channel, Recipient
from storage import Store
from storage.models.pushes import Notification


@dataclass(frozen=True, slots=True)
class Reach:
    """`channels` in order of preference; whether one of them stands still is the sender's knowledge alone."""

    store: Store
    channels: Sequence[Channel]

    def __call__(self, job: str, persons: Sequence[str], now: datetime) -> Mapping[str, str]:
        """Person id → the channel's name, `MAILBOX` where none takes her; whoever was erased is left out."""
        openids = self.store.people.openids(list(persons))
        windows = self.store.windows.open(list(openids.values()), now)
        push = Notification(id="", campaign="", job=job, text="", created_at=now, due_at=now, expires_at=now)
        ways = {}
        for person, openid in openids.items():
            recipient = Recipient("person", person_id=person, openid=openid, window=windows.get(openid))
            taking = (channel.name for channel in self.channels if channel.accepts(recipient, push, now))
            ways[person] = next(taking, MAILBOX)
        return ways
