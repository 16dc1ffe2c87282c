"""The outbox of every campaign: what is to be pushed to whom, and what became of it.

A notification waits in the sorted set of what is due, by business time. A sender borrows it (`claim`), marks
it in flight (`begin`, one winner), sends it, and settles it. A sender that dies before `begin` loses nothing:
the loan ends and the notification is due again. One that dies after it leaves a mark without an outcome; the
next claim shows that mark, and nobody can know whether the push went out.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import chain, groupby, islice

from storage.database import Database, DatabasePipeline, StorageUnavailable, script
from storage.keys import DELIVERY_SECONDS, MAILBOX_SECONDS, MAILS_AT_MOST, OPERATION_SECONDS, Keys
from storage.matters import UncertainDelivery
from storage.models.pushes import Delivery, DeliveryStatus, Mail, Notification
from storage.replicas import have_it

LOAN = timedelta(seconds=30)
"""How long a claimed notification is out of sight of other senders."""
SKEW = timedelta(seconds=30)
"""How far the clocks of two senders may be apart."""
BATCH = 500
"""Records read or written in one round trip."""

_enqueue, _due, _begin = script("enqueue"), script("due"), script("begin")
_settle, _postpone, _requeue = script("settle_delivery"), script("postpone"), script("requeue")
_leave, _pace, _spend = script("leave"), script("pace"), script("spend")

FIELDS = ("doc", "status", "channel", "reason", "attempts", "settled_at", "begun_at", "sender", "matter", "doubted")


class AlreadyDelivered(Exception):
    """The push arrived; it is not sent again."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A notification about to go out by a channel."""

    id: str
    channel: str


@dataclass(frozen=True, slots=True)
class Settlement:
    """How one push ended, and when (business time). `openid`: whose customer-service window it used."""

    campaign: str
    id: str
    status: DeliveryStatus
    at: datetime
    channel: str = ""
    reason: str = ""
    openid: str = ""


@dataclass(frozen=True, slots=True)
class Outbox:
    database: Database
    keys: Keys

    def enqueue(self, notifications: Iterable[Notification]) -> int:
        """Queue notifications as they come; one whose id is known stays as it is. Returns how many were new."""
        new = 0
        for campaign, its_own in groupby(notifications, key=lambda each: each.campaign):
            while batch := list(islice(its_own, BATCH)):
                new += self._enqueue_batch(campaign, batch)
        return new

    def claim(self, campaign: str, now: datetime, limit: int) -> Sequence[Delivery]:
        """Borrow up to `limit` that are due at a business time, earliest first; they come back after `LOAN`.

        What somebody put off under a clock that was set back since is due as well. The status is `queued`, or
        `inflight` where an earlier sender marked it and left no outcome.
        """
        keys = [self.keys.due(campaign), self.keys.put_off(campaign)]
        ids = _due(self.database, keys, [_score(now), limit, _score(now + LOAN), _score(now + SKEW)])
        found = self._read(campaign, ids)
        over = [i for i in ids if i not in found or found[i].status not in ("queued", "inflight")]
        if over:
            for key in keys:
                self.database.zrem(key, *over)
        return [found[i] for i in ids if i not in over]

    def begin(
        self, campaign: str, marks: Sequence[Mark], sender: str, settled: Sequence[Settlement] = ()
    ) -> list[bool]:
        """Mark in flight, each for one winner; whether `sender` is it. `settled` goes along in the round trip.

        A sender that did not hear the answer may ask again: its own mark counts as won. Raises `StorageUnavailable`
        also where the replicas do not have the marks: after a failover another sender would know nothing of them.
        """
        keys = [self.keys.notification(campaign, mark.id) for mark in marks]
        with self.database.pipeline(transaction=False) as pipe:
            self._add_settlements(pipe, settled)
            _begin(pipe, keys, [sender, *(mark.channel for mark in marks)])
            *stored, won = pipe.execute()
        opened = self.database.opened()
        self._spend_windows(settled, stored)
        if not have_it(self.database, self.keys, opened):
            raise StorageUnavailable("the replicas do not have the marks in time")
        return [bool(mine) for mine in won]

    def settle(self, settled: Sequence[Settlement]) -> None:
        """Store outcomes, and spend the windows they used; an outcome that stands (but `unknown`) stays.

        Repeating it changes nothing: what was stored before, its answer lost, spends nothing the second time.
        """
        if not settled:
            return
        with self.database.pipeline(transaction=False) as pipe:
            self._add_settlements(pipe, settled)
            stored = pipe.execute()
        self._spend_windows(settled, stored)

    def leave_in_mailbox(self, openid: str, mail: Mail, settlement: Settlement) -> None:
        """Put a push into a person's mailbox and settle it. Repeating it changes nothing."""
        keys = self.keys
        of_person = [keys.mailbox(openid), keys.mailbox_left(openid), keys.person(openid)]
        left: list[str | int | float] = [
            mail.model_dump_json(),
            OPERATION_SECONDS,
            MAILS_AT_MOST,
            MAILBOX_SECONDS,
            settlement.id,
        ]
        with self.database.pipeline(transaction=False) as pipe:
            _leave(pipe, of_person, left)
            self._add_settlements(pipe, [settlement])
            pipe.execute()

    def postpone(
        self,
        campaign: str,
        notification_id: str,
        sender: str,
        now: datetime,
        until: datetime,
        channel: str = "",
        reason: str = "",
        doubted: str = "",
    ) -> bool:
        """It is due again at a business time, and a mark of `sender` is gone. It was surely not sent, or may have been
        by the channel `doubted`, which shows a repetition once.

        False where it is settled, or in flight under another's mark: then it stays as it is.
        """
        keys = [self.keys.notification(campaign, notification_id), self.keys.due(campaign), self.keys.put_off(campaign)]
        put_off = [notification_id, _score(until), channel, reason, sender, _score(now), doubted]
        return bool(_postpone(self.database, keys, put_off))

    def hasten(self, campaign: str, now: datetime) -> None:
        """What was due and was put off is due now (business time)."""
        due = self.keys.due(campaign)
        waiting = self.database.zrangebyscore(due, f"({_score(now)}", "+inf")
        for start in range(0, len(waiting), BATCH):
            found = self._read(campaign, waiting[start : start + BATCH])
            late = [i for i, d in found.items() if d.status == "queued" and d.notification.due_at <= now]
            if late:
                self.database.zadd(due, dict.fromkeys(late, float(_score(now))), xx=True)

    def retry(self, campaign: str, notification_id: str, op: str, now: datetime) -> None:
        """Queue again what did not arrive, with its whole lifetime from now; once for one `op`.

        Raises `KeyError` for an unknown id, `AlreadyDelivered` where it arrived.
        """
        again = from_now(self.get(campaign, notification_id).notification, now)
        keys = [self.keys.notification(campaign, notification_id), self.keys.due(campaign)]
        if not _requeue(self.database, keys, [notification_id, op, again.model_dump_json(), _score(now)]):
            raise AlreadyDelivered(notification_id)

    def pace(self, name: str, places: int, window_ms: int) -> float:
        """Take one of the places in a sliding window (real time); 0, or the seconds until one is free."""
        return float(_pace(self.database, [self.keys.pace(name)], [places, window_ms])) / 1000

    def many(self, campaign: str, ids: Sequence[str]) -> dict[str, Delivery]:
        """Those that are kept, by their ids."""
        return self._read(campaign, ids)

    def get(self, campaign: str, notification_id: str) -> Delivery:
        """Raises `KeyError`."""
        return self._read(campaign, [notification_id])[notification_id]

    def waiting(self, campaign: str) -> int:
        """How many are not settled."""
        return int(self.database.zcard(self.keys.due(campaign)))

    def size(self, campaign: str) -> int:
        """How many are kept."""
        return int(self.database.zcard(self.keys.outbox(campaign)))

    def trim(self, campaign: str, now: datetime) -> None:
        """Leave the pushes out of the index whose records have lapsed."""
        too_old = now - timedelta(seconds=DELIVERY_SECONDS)
        self.database.zremrangebyscore(self.keys.outbox(campaign), "-inf", _score(too_old))

    def counts(self, campaign: str) -> dict[DeliveryStatus, int]:
        """How many notifications stand at each status, of all that are kept."""
        counted: dict[DeliveryStatus, int] = {}
        for delivery in self._newest_first(campaign):
            counted[delivery.status] = counted.get(delivery.status, 0) + 1
        return counted

    def list(self, campaign: str, status: DeliveryStatus | None = None, limit: int = 50) -> Sequence[Delivery]:
        """The newest notifications, of one status if it is given."""
        shown = []
        for delivery in self._newest_first(campaign):
            if status is None or delivery.status == status:
                shown.append(delivery)
            if len(shown) == limit:
                break
        return shown

    def _newest_first(self, campaign: str) -> Iterator[Delivery]:
        start = 0
        while ids := self.database.zrevrange(self.keys.outbox(campaign), start, start + BATCH - 1):
            yield from self._read(campaign, ids).values()
            start += BATCH

    def _read(self, campaign: str, ids: Sequence[str]) -> dict[str, Delivery]:
        """The deliveries with these ids, in that order; those whose record is gone are left out."""
        with self.database.pipeline(transaction=False) as pipe:
            for notification_id in ids:
                pipe.hmget(self.keys.notification(campaign, notification_id), *FIELDS)
            rows = pipe.execute()
        return {i: _delivery(row) for i, row in zip(ids, rows, strict=True) if row[0]}

    def _enqueue_batch(self, campaign: str, batch: Sequence[Notification]) -> int:
        keys = [self.keys.due(campaign), self.keys.outbox(campaign)]
        args: list[str | int | float] = []
        for notification in batch:
            keys.append(self.keys.notification(campaign, notification.id))
            args += [notification.id, _score(notification.due_at), notification.model_dump_json()]
        return int(_enqueue(self.database, keys, args))

    def _add_settlements(self, pipe: DatabasePipeline, settled: Sequence[Settlement]) -> None:
        for campaign, its_own in groupby(_by_campaign(settled), key=lambda s: s.campaign):
            keys = [
                self.keys.due(campaign),
                self.keys.next_matter(campaign),
                self.keys.matters(campaign, "delivery"),
                self.keys.put_off(campaign),
            ]
            args: list[str | int | float] = [DELIVERY_SECONDS]
            for s in its_own:
                keys.append(self.keys.notification(campaign, s.id))
                matter = UncertainDelivery(number="", at=s.at, by="", subject=s.id)
                args += [s.id, s.status, s.channel, s.reason, s.at.isoformat(), matter.model_dump_json()]
            _settle(pipe, keys, args)

    def _spend_windows(self, settled: Sequence[Settlement], stored: Sequence[Sequence[int]]) -> None:
        """Spend a message for each settlement that its campaign's step, answering `stored`, took as new."""
        taken = zip(_by_campaign(settled), chain.from_iterable(stored), strict=True)
        used = [s for s, new in taken if new and s.openid]
        if not used:
            return
        with self.database.pipeline(transaction=False) as pipe:
            for s in used:
                _spend(pipe, [self.keys.person(s.openid)], [s.at.timestamp(), 0])
            pipe.execute()


def from_now(push: Notification, now: datetime) -> Notification:
    """The same push, with its whole lifetime still to come."""
    later = now - push.due_at
    times = {"due_at": now, "expires_at": push.expires_at + later}
    if push.read_until is not None:
        times["read_until"] = push.read_until + later
    return push.model_copy(update=times)


def _by_campaign(settled: Sequence[Settlement]) -> list[Settlement]:
    return sorted(settled, key=lambda s: s.campaign)


def _delivery(row: Sequence[str | None]) -> Delivery:
    doc, status, channel, reason, attempts, settled_at, begun_at, sender, matter, doubted = row
    return Delivery(
        notification=Notification.model_validate_json(doc or ""),
        status=status,
        channel=channel or "",
        reason=reason or "",
        attempts=int(attempts or 0),
        settled_at=datetime.fromisoformat(settled_at) if settled_at else None,
        begun_at=datetime.fromtimestamp(int(begun_at), UTC) if begun_at else None,
        sender=sender or "",
        matter=matter or "",
        doubted=doubted or "",
    )


def _score(at: datetime) -> str:
    return f"{at.timestamp():.3f}"
