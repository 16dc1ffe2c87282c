"""The sender drains the outboxes: one holder of a lease, each notification once.

A few notifications at a time are marked in flight in one round trip, sent, and settled along with the next
marks. By which channel each goes stands in `scheduler/ladder.py`, what its outcome leads to in `scheduler/outcomes.py`.
"""

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager, ExitStack, suppress
from datetime import datetime
from time import monotonic

from scheduler.breakers import Breakers
from scheduler.channels import Channel, SendError
from scheduler.desk import Desk
from scheduler.ladder import Ladder
from scheduler.outcomes import Outcomes
from scheduler.parcels import Parcel, addressed
from storage import Store
from storage.database import StorageError
from storage.outbox import Mark

LEASE = "sender"
RENEW_SECONDS = 3.0
"""How old a lease may be before a sending; with the longest sending (8 s) it stays below the lease's life."""
BATCH = 64
LANES = 8
"""How many are marked together, and sent side by side; as many stay unknown if the process is killed just then."""


class Sender:
    """`channels` in order of preference; they are called from several threads. One thread may call `drain`."""

    def __init__(self, store: Store, channels: Sequence[Channel]) -> None:
        self._store = store
        self._desk, self._breakers = Desk(store), Breakers(store.breakers)
        self._ladder = Ladder(store, channels, self._desk, self._breakers)
        self._outcomes = Outcomes(store, channels, self._desk, self._breakers)
        self._lanes = ThreadPoolExecutor(LANES, thread_name_prefix="sender")
        self._renewed = -RENEW_SECONDS

    def close(self) -> None:
        """Stop sending, store what became of the last ones, and let a standby take over at once."""
        self._lanes.shutdown()
        with suppress(StorageError):
            self._desk.settle_all()
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
            parcels = deque[Parcel]()
            with self._alone(published.campaign.id):
                deliveries = self._store.outbox.claim(published.campaign.id, now, BATCH)
                taken += len(deliveries)
                if deliveries:
                    self._breakers.look()
                parcels.extend(addressed(self._store, published.campaign, deliveries, now))
            places = 1  # the first goes alone: what is wrong with a channel is found out once
            while parcels and not stopping() and self._holds_lease():
                wave: list[tuple[Parcel, Channel]] = []
                with self._alone(published.campaign.id):
                    wave += self._wave(parcels, places, now)
                parcels.extendleft(self._send(published.campaign.id, wave, now, stopping))
                places = LANES
            self._desk.settle_all()
        return taken

    def _alone(self, campaign: str) -> AbstractContextManager[None]:
        """What is read of a campaign and its file decides; what a channel raises is no campaign's fault."""
        return self._store.faults.alone(campaign, "sending its pushes")

    def _holds_lease(self) -> bool:
        asked = monotonic()
        if asked - self._renewed < RENEW_SECONDS:
            return True
        if not self._store.leases.hold(LEASE):
            return False
        self._renewed = asked
        return True

    def _wave(self, parcels: deque[Parcel], places: int, now: datetime) -> Iterator[tuple[Parcel, Channel]]:
        """The next few that a channel takes, at most one for each recipient; the others end here.

        One that goes by a channel in doubt is the last of its wave.
        """
        told: set[str] = set()
        while parcels and len(told) < places and parcels[0].address not in told:
            parcel = parcels.popleft()
            channel = self._ladder.route(parcel, now)
            if channel is not None:
                told.add(parcel.address)
                yield parcel, channel
                if self._breakers.doubts(parcel.part(channel)):
                    return

    def _send(
        self,
        campaign: str,
        wave: Sequence[tuple[Parcel, Channel]],
        now: datetime,
        stopping: Callable[[], bool],
    ) -> Sequence[Parcel]:
        """Mark a wave and send it side by side; the parcels that are to go by another channel.

        Only SendErrors are outcomes: any other error passes through, once the outcomes of the others are known.
        """
        if not wave:
            return []
        won = self._desk.begin(campaign, [Mark(parcel.id, channel.name) for parcel, channel in wave])
        mine = [pair for pair, is_mine in zip(wave, won, strict=True) if is_mine]
        if stopping() or not self._holds_lease():
            for parcel, _ in mine:
                self._desk.give_back(parcel, now)
            return []
        here = self._desk.still_here([parcel for parcel, _ in mine], now)
        sendings = []
        for pair in (pair for pair in mine if pair[0].id in here):
            self._desk.hand_over(pair[0])
            sendings.append((*pair, self._lanes.submit(self._send_one, pair)))
        return self._conclude(sendings, now)

    def _conclude(
        self, sendings: Sequence[tuple[Parcel, Channel, Future[str | SendError]]], now: datetime
    ) -> Sequence[Parcel]:
        """Take down every outcome of a wave, whatever one of them raises, which then passes through: the first's."""
        returned: list[Parcel] = []

        def conclude(parcel: Parcel, channel: Channel, sending: Future[str | SendError]) -> None:
            if self._outcomes.conclude(parcel, channel, sending.result(), now):
                returned.append(parcel)

        with ExitStack() as every:  # calls all, from the last to the first
            for each in sendings:
                every.callback(conclude, *each)
        return returned

    def _send_one(self, pair: tuple[Parcel, Channel]) -> str | SendError:
        parcel, channel = pair
        try:
            return channel.send(parcel.recipient, parcel.push)
        except SendError as error:
            return error
