"""What is written of a parcel: its mark, its end, until when it waits. It remembers what the database has not heard."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from handlers import texts
from handlers.messages import MAILBOX
from scheduler.parcels import Parcel
from storage import Store
from storage.models.pushes import DeliveryStatus, Mail
from storage.outbox import Mark, Settlement


class Desk:
    """One thread may use it."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._unsettled: list[Settlement] = []
        self._counted: Counter[str] = Counter()
        self._unsent: set[str] = set()

    def begin(self, campaign: str, marks: Sequence[Mark]) -> list[bool]:
        """Mark in flight. Until a parcel is handed over it is known that nothing was sent under its mark."""
        self._unsent |= {mark.id for mark in marks}
        won = self._store.outbox.begin(campaign, marks, self._store.leases.token, self._unsettled)
        self._unsent -= {mark.id for mark, mine in zip(marks, won, strict=True) if not mine}
        self._unsettled.clear()
        return won

    def still_here(self, marked: Sequence[Parcel], now: datetime) -> set[str]:
        """The ids of those that go out now: a person may have been erased since her batch was addressed."""
        known = self._store.people.openids([parcel.push.person for parcel in marked if parcel.push.person])
        erased = [parcel for parcel in marked if parcel.push.person and parcel.push.person not in known]
        for parcel in erased:
            self.settle(parcel, "skipped", now, reason=texts.pushes.PUSH_OF_ERASED)
        return {parcel.id for parcel in marked} - {parcel.id for parcel in erased}

    def hand_over(self, parcel: Parcel) -> None:
        """It is sent now; from here on only an outcome says what became of it."""
        self._unsent.discard(parcel.id)

    def came_back(self, parcel: Parcel) -> None:
        """It was handed over, and surely not sent."""
        self._unsent.add(parcel.id)

    def sent_nothing(self, parcel: Parcel) -> bool:
        """Whether its mark is this sender's, which surely sent nothing under it."""
        return parcel.id in self._unsent and parcel.delivery.sender == self._store.leases.token

    def settle(
        self,
        parcel: Parcel,
        status: DeliveryStatus,
        now: datetime,
        channel: str = "",
        reason: str = "",
        spends: bool = False,
    ) -> None:
        """Remember an outcome until the next round trip takes it along. `spends`: a message of her window."""
        self._unsent.discard(parcel.id)
        openid = parcel.recipient.openid if spends and parcel.recipient.window else ""
        self._unsettled.append(Settlement(parcel.campaign.id, parcel.id, status, now, channel, reason, openid))

    def postpone(self, parcel: Parcel, now: datetime, until: datetime, channel: str = "", sender: str = "") -> bool:
        """Take back this sender's mark (or that of `sender`); whether it waits again. Until that is done, it is known
        to be unsent, or by which channel it is doubted."""
        marked_by = sender or self._store.leases.token
        waits = self._store.outbox.postpone(
            parcel.campaign.id, parcel.id, marked_by, now, until, channel, parcel.reason, parcel.doubted
        )
        self._unsent.discard(parcel.id)
        return waits

    def give_back(self, parcel: Parcel, now: datetime) -> None:
        """It was marked and not sent: it waits again."""
        self.postpone(parcel, now, parcel.push.due_at)

    def leave_in_mailbox(self, parcel: Parcel, now: datetime) -> None:
        settlement = Settlement(parcel.campaign.id, parcel.id, "mailbox", now, MAILBOX, parcel.reason)
        mail = Mail(text=parcel.text, read_until=parcel.push.read_until)
        self._store.outbox.leave_in_mailbox(parcel.recipient.openid, mail, settlement)

    def count(self, channel: str, code: int | str) -> None:
        """One sending more that ended so, 0 for a good one."""
        self._counted[f"{channel} {code}"] += 1

    def settle_all(self) -> None:
        """Store the outcomes that no later mark took along."""
        self._store.outbox.settle(self._unsettled)
        self._unsettled.clear()
        self._store.watching.count_sendings(self._counted)
        self._counted.clear()
