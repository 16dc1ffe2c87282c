"""Receipts: what WeChat's events tell about pushes that went out (TEMPLATESENDJOBFINISH and its like).

An event names a push by WeChat's id, the outbox by ours. Whichever of the two is heard first waits here for the other,
so it does not matter that the event may overtake the answer to the sending.
"""

from dataclasses import dataclass
from datetime import datetime

from storage.database import Database, script
from storage.keys import DELIVERY_SECONDS, RECEIPT_SECONDS, Keys

_receipt = script("receipt")


@dataclass(frozen=True, slots=True)
class Receipts:
    """`push` is WeChat's id of a push (msgid), `at` business time."""

    database: Database
    keys: Keys

    def expect(self, push: str, campaign: str, notification_id: str, at: datetime) -> None:
        """This notification went out under that id."""
        keys = self.keys
        self.database.set(keys.pushed(push), f"{campaign}/{notification_id}", ex=RECEIPT_SECONDS)
        if (early := self.database.get(keys.receipt(push))) is not None:
            self._record(f"{campaign}/{notification_id}", early, at)

    def arrived(self, push: str, status: str, good: bool, at: datetime) -> None:
        """WeChat tells, in its words, what became of a push. Repeating it changes nothing."""
        told = f"{'sent' if good else 'failed'}/{status}"
        self.database.set(self.keys.receipt(push), told, ex=RECEIPT_SECONDS)
        if (pushed := self.database.get(self.keys.pushed(push))) is not None:
            self._record(pushed, told, at)

    def _record(self, pushed: str, told: str, at: datetime) -> None:
        campaign, _, notification_id = pushed.partition("/")
        outcome, _, status = told.partition("/")
        keys = [self.keys.notification(campaign, notification_id), self.keys.due(campaign), self.keys.put_off(campaign)]
        _receipt(self.database, keys, [notification_id, outcome, status, at.isoformat(), DELIVERY_SECONDS])
