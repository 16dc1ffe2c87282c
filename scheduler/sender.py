"""The sender drains the outboxes: one holder of a lease, each notification once.

A few notifications at a time are marked in flight in one round trip, sent, and settled along with the next
marks. What each outcome leads to stands in `scheduler/delivery.py`.
"""

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import datetime
from time import monotonic

from scheduler.channels import Channel, SendError
from scheduler.delivery import Desk, Parcel
from storage import Store
from storage.database import StorageError
from storage.outbox import Mark

LEASE = "sender"
RENEW_SECONDS = 3.0
"""How old a lease may be before a sending; with the longest sending (8 s) it stays below the lease's life."""
BATCH = 64
LANES = 8
"""How many are marked together, and sent side by side; as many stay unknown if the process is killed just then."""
PATIENCE_SECONDS = 0.02
"""How long a wave may take before the rest of it goes side by side: threads cost more than a fast answer."""


class Sender:
    """`channels` in order of preference; they are called from several threads. One thread may call `drain`."""

    def __init__(self, store: Store, channels: Sequence[Channel]) -> None:
        self._store = store
        self._desk = Desk(store, channels)
        self._lanes = ThreadPoolExecutor(LANES, thread_name_prefix="sender")
        self._renewed = -RENEW_SECONDS

    def close(self) -> None:
        """Stop sending, and let a standby take over at once."""
        self._lanes.shutdown()
        with suppress(StorageError):
            self._store.leases.release(LEASE)

    def drain(self, now: datetime, stopping: Callable[[], bool] = lambda: False) -> int:
        """Take one batch from every campaign; how many were taken, 0 where another sender holds the lease.

        `now` is business time. A storage error passes through; what was sent is remembered and settled next time.
        """
        self._desk.settle_all()
        taken = 0
        for published in self._store.campaigns.published().values():
            if stopping() or not self._holds_lease():
                break
            deliveries = self._store.outbox.claim(published.campaign.id, now, BATCH)
            parcels = deque(self._desk.parcels(published.campaign, deliveries, now))
            taken += len(deliveries)
            while parcels and not stopping() and self._holds_lease():
                wave = list(self._wave(parcels, now))
                parcels.extendleft(self._send(published.campaign.id, wave, now, stopping))
            self._desk.settle_all()
        return taken

    def _holds_lease(self) -> bool:
        asked = monotonic()
        if asked - self._renewed < RENEW_SECONDS:
            return True
        if not self._store.leases.hold(LEASE):
            return False
        self._renewed = asked
        return True

    def _wave(self, parcels: deque[Parcel], now: datetime) -> Iterator[tuple[Parcel, Channel]]:
        """The next few that a channel takes, at most one for each recipient; the others end here."""
        told: set[str] = set()
        while parcels and len(told) < LANES and parcels[0].address not in told:
            parcel = parcels.popleft()
            channel = self._desk.route(parcel, now)
            if channel is not None:
                told.add(parcel.address)
                yield parcel, channel

    def _send(
        self,
        campaign: str,
        wave: Sequence[tuple[Parcel, Channel]],
        now: datetime,
        stopping: Callable[[], bool],
    ) -> Sequence[Parcel]:
        """Mark and send a wave; the parcels that are to go by another channel. Only SendErrors are handled."""
        if not wave:
            return []
        won = self._desk.begin(campaign, [Mark(parcel.id, channel.name) for parcel, channel in wave])
        mine = deque(pair for pair, is_mine in zip(wave, won, strict=True) if is_mine)
        returned = [
            parcel
            for parcel, channel, outcome in self._outcomes(mine, stopping)
            if self._desk.conclude(parcel, channel, outcome, now)
        ]
        for parcel, _ in mine:
            self._desk.give_back(parcel)
        return returned

    def _outcomes(
        self, wave: deque[tuple[Parcel, Channel]], stopping: Callable[[], bool]
    ) -> Iterator[tuple[Parcel, Channel, str | SendError]]:
        """Send from the front of a wave, one by one, and the rest side by side once answers are slow.

        What is left in the wave was not sent: this sender is to stop, or has lost its lease.
        """
        started = monotonic()
        while wave and not stopping() and self._holds_lease():
            side_by_side = len(wave) if monotonic() - started > PATIENCE_SECONDS else 1
            handed = [wave.popleft() for _ in range(side_by_side)]
            for parcel, _ in handed:
                self._desk.hand_over(parcel)
            run = self._lanes.map if side_by_side > 1 else map
            for (parcel, channel), outcome in zip(handed, run(self._send_one, handed), strict=True):
                yield parcel, channel, outcome

    def _send_one(self, pair: tuple[Parcel, Channel]) -> str | SendError:
        parcel, channel = pair
        if closed := self._desk.closed(parcel, channel):
            return closed
        try:
            return channel.send(parcel.recipient, parcel.push)
        except SendError as error:
            return error
