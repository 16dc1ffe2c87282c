"""The ladder: by which channel a parcel goes now. The first that accepts the recipient takes it.

A person whom none takes finds it in her mailbox; where what stands still opens in time, it waits.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from handlers import texts
from scheduler import alarms
from scheduler.breakers import Breakers
from scheduler.channels import Channel
from scheduler.desk import Desk
from scheduler.parcels import Parcel
from storage import Store
from storage.occurrences import after_quiet
from storage.quotas import Quotas

A_DAY = {"customer_service": 500_000, "template_message": 100_000, "subscription_notice": 100_000}
"""What an account may send by each channel in a day of China's (wechat-platform §4.2, §4.3)."""
ROBOT_PLACES, ROBOT_WINDOW_MS = 20, 60_000
"""Messages that one group robot, by whatever names, may send within a minute (wechat-platform §4.7)."""
REPEAT_SAFE = timedelta(minutes=10)
"""How long a repeat-safe channel shows a repetition once (§4.3)."""


class Ladder:
    """`channels` in order of preference. What ends or waits without a channel is written at the desk."""

    def __init__(self, store: Store, channels: Sequence[Channel], desk: Desk, breakers: Breakers) -> None:
        self._store = store
        self._channels = tuple(channels)
        self._desk = desk
        self._breakers = breakers
        self._quotas = Quotas(store.database, store.keys, dict(A_DAY))

    def route(self, parcel: Parcel, now: datetime) -> Channel | None:
        """The channel that takes a parcel now; None where it ended, or waits, without one."""
        if parcel.delivery.status == "inflight" and not self._may_repeat(parcel, now):
            self._desk.settle(parcel, "unknown", now, reason=texts.pushes.PUSH_INTERRUPTED)
        elif parcel.doubted:
            return self._again(parcel, now)
        elif parcel.push.expires_at <= now:
            self._desk.settle(parcel, "expired", now, reason=parcel.reason or texts.pushes.PUSH_EXPIRED)
        elif parcel.corrected:
            self._desk.settle(parcel, "skipped", now, reason=texts.pushes.PUSH_CORRECTED)
        elif parcel.off:
            self._desk.settle(parcel, "skipped", now, reason=texts.pushes.PUSH_SWITCHED_OFF)
        elif parcel.push.person and not parcel.recipient.openid:
            self._desk.settle(parcel, "skipped", now, reason=texts.pushes.PUSH_OF_ERASED)
        elif parcel.push.person and parcel.push.job == alarms.JOB:
            self._desk.leave_in_mailbox(parcel, now)
        elif until := _held_until(parcel, now):
            self._hold(parcel, until, now)
        else:
            return self._choose(parcel, now)
        return None

    def _may_repeat(self, parcel: Parcel, now: datetime) -> bool:
        """A mark without an outcome: this sender set it and sent nothing, or the channel shows a repetition once."""
        if self._desk.sent_nothing(parcel) or parcel.tried:
            return True
        channel = next((c for c in self._channels if c.name == parcel.delivery.channel), None)
        if channel is None or not channel.repeat_safe or not self._shows_once(parcel):
            return False
        parcel.doubted = channel.name
        return self._desk.postpone(parcel, now, parcel.push.due_at, channel.name, sender=parcel.delivery.sender)

    def _shows_once(self, parcel: Parcel, later: timedelta = timedelta()) -> bool:
        """Whether a repetition now, or later, is still shown once."""
        begun = parcel.delivery.begun_at
        return begun is not None and timedelta() <= datetime.now(UTC) + later - begun <= REPEAT_SAFE

    def _again(self, parcel: Parcel, now: datetime) -> Channel | None:
        """By the channel by which it may have arrived already, or by none: any other might tell it a second time."""
        channel = next((c for c in self._channels if c.name == parcel.doubted), None)
        over = parcel.push.expires_at <= now or parcel.corrected or parcel.off or _held_until(parcel, now)
        erased = parcel.push.person and not parcel.recipient.openid
        if channel and not over and not erased and channel.accepts(parcel.recipient, parcel.push, now):
            wait = self._breakers.opens_in(parcel.part(channel))
            if self._shows_once(parcel, wait):
                if wait and self._desk.postpone(parcel, now, now + wait, channel.name):
                    return None
                if self._quotas.take(channel.name):
                    return channel
        self._desk.settle(parcel, "unknown", now, parcel.doubted, parcel.reason or texts.pushes.PUSH_INTERRUPTED)
        return None

    def _choose(self, parcel: Parcel, now: datetime) -> Channel | None:
        closed = list[Channel]()
        for channel in self._channels:
            if parcel.ways and channel.name not in parcel.ways:
                continue
            if not channel.accepts(parcel.recipient, parcel.push, now):
                continue
            if why := self._breakers.closed(parcel.part(channel)):
                if why.paced and self._waits_for_one_of([channel], parcel, now):
                    return None
                closed.append(channel)
                continue
            if channel.name in parcel.tried:
                continue
            if parcel.recipient.kind == "robot" and self._paced(parcel, channel, now):
                return None
            if self._quotas.take(channel.name):
                return channel
            parcel.reason = texts.pushes.PUSH_QUOTA
        if not self._waits_for_one_of(closed, parcel, now):
            self._end(parcel, now)
        return None

    def _waits_for_one_of(self, closed: Sequence[Channel], parcel: Parcel, now: datetime) -> bool:
        """Wait until the first of the closed channels is tried again.

        A robot or a hook has no mailbox and waits for any. A person waits for those that may open by themselves, while
        the push will still be worth sending then.
        """
        is_person, opening = parcel.recipient.kind == "person", list[timedelta]()
        for part in (parcel.part(channel) for channel in closed):
            why = self._breakers.closed(part)
            if why and (why.by_itself or not is_person):
                opening.append(self._breakers.opens_in(part))
        if not opening:
            return False
        until = now + min(opening)
        if is_person and until >= parcel.push.expires_at:
            return False
        parcel.reason = parcel.reason or texts.pushes.PUSH_WAITS
        return self._desk.postpone(parcel, now, until)

    def _end(self, parcel: Parcel, now: datetime) -> None:
        """No channel takes it, and none will in time."""
        if parcel.recipient.kind == "person":
            self._desk.leave_in_mailbox(parcel, now)
        elif parcel.attempts:
            refused_by = "、".join(sorted(parcel.tried)) or parcel.delivery.channel
            self._desk.settle(parcel, "failed", now, refused_by, parcel.reason)
        else:
            self._desk.settle(parcel, "skipped", now, reason=texts.pushes.PUSH_NO_CHANNEL)

    def _hold(self, parcel: Parcel, until: datetime, now: datetime) -> None:
        """Quiet hours: it waits for their end, or in the mailbox if it would be too late by then."""
        parcel.reason = texts.pushes.PUSH_QUIET
        if until < parcel.push.expires_at:
            self._desk.postpone(parcel, now, until)
        else:
            self._desk.leave_in_mailbox(parcel, now)

    def _paced(self, parcel: Parcel, channel: Channel, now: datetime) -> bool:
        """Whether the robot has said all it may this minute; then the parcel waits for its place."""
        wait = self._store.outbox.pace(parcel.part(channel), ROBOT_PLACES, ROBOT_WINDOW_MS)
        if wait:
            parcel.reason = texts.pushes.PUSH_PACED
            self._desk.postpone(parcel, now, now + timedelta(seconds=wait))
        return bool(wait)


def _held_until(parcel: Parcel, now: datetime) -> datetime | None:
    """The end of the quiet hours that hold this push now: an unasked one to a person."""
    if parcel.push.asked or not parcel.push.person:
        return None
    until = after_quiet(parcel.campaign, now)
    return until if until > now else None
