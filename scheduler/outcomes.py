"""What the outcome of a sending leads to.

What surely was not sent is tried again or goes another way; what may have been sent is `unknown` and never repeated by
itself. A channel that stands still concerns whoever runs the campaign and the installation.
"""

import random
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime, timedelta

from scheduler import alarms
from scheduler.alarms import Alarms
from scheduler.breakers import Breakers
from scheduler.channels import WINDOW_CLOSED, Channel, Paced, Park, Recipient, Retry, SendError, Skip, Unknown
from scheduler.desk import Desk
from scheduler.parcels import Parcel
from storage import Store
from storage.database import StorageError

TRIES = 5
BACKOFF_SECONDS = 5


class Outcomes:
    """`channels`: all there are, by which an alarm may go."""

    def __init__(self, store: Store, channels: Sequence[Channel], desk: Desk, breakers: Breakers) -> None:
        self._store = store
        self._channels = tuple(channels)
        self._desk = desk
        self._breakers = breakers
        self._alarms = Alarms(store.alerts)

    def conclude(self, parcel: Parcel, channel: Channel, outcome: str | SendError, now: datetime) -> bool:
        """Take down what became of a sending; whether the parcel is to go by another channel.

        `outcome` is the platform's id of the push ('' for none), or what went wrong.
        """
        if isinstance(outcome, SendError):
            return self._conclude_failure(parcel, channel, outcome, now)
        self._desk.count(channel.name, 0)
        self._breakers.answered(parcel.part(channel))
        self._desk.settle(parcel, "sent", now, channel.name, spends=channel.spends_window)
        with suppress(StorageError):
            self._alarms.works(channel.name, parcel.recipient.name, parcel.push.job)
            if outcome:
                self._store.receipts.expect(outcome, parcel.campaign.id, parcel.id, now)
        return False

    def _conclude_failure(self, parcel: Parcel, channel: Channel, error: SendError, now: datetime) -> bool:
        self._desk.count(channel.name, error.code or "none")
        if not isinstance(error, Unknown):
            self._desk.came_back(parcel)
        alarm = self._breakers.after(parcel.part(channel), error)
        goes_on = self._failed(parcel, channel, error if isinstance(error, Unknown) else alarm, now)
        with suppress(StorageError):
            if self._alarms.failed(channel.name, parcel.recipient.name, parcel.push.job, alarm):
                self._tell_of(parcel, channel, alarm, now)
        return goes_on

    def _failed(self, parcel: Parcel, channel: Channel, error: SendError, now: datetime) -> bool:
        """What a sending that did not surely succeed leads to."""
        parcel.attempts += 1
        parcel.reason = f"{error.code} {error}" if error.code else str(error)
        if isinstance(error, Paced):
            self._breakers.pace(parcel.part(channel), error)
        match error:
            case Unknown() if not channel.repeat_safe or parcel.attempts >= TRIES:
                self._desk.settle(parcel, "unknown", now, channel.name, parcel.reason, spends=channel.spends_window)
                return False
            case Retry() | Unknown() if parcel.attempts < TRIES:
                parcel.doubted = channel.name if isinstance(error, Unknown) else parcel.doubted
                due_at = now + _backoff(error, parcel.attempts)
                if due_at < parcel.push.expires_at:
                    self._desk.postpone(parcel, now, due_at, channel.name)
                    return False
            case Park():
                self._breakers.close(parcel.part(channel), error)
            case Skip() if error.code in WINDOW_CLOSED:
                self._store.windows.close(parcel.recipient.openid)
        if parcel.doubted:
            self._desk.settle(parcel, "unknown", now, channel.name, parcel.reason)
            return False
        parcel.tried.add(channel.name)
        return self._desk.postpone(parcel, now, parcel.push.due_at, channel.name)

    def _tell_of(self, parcel: Parcel, channel: Channel, error: SendError, now: datetime) -> None:
        """A channel that is closed is told to organizers and operators; of a hook `check` alone speaks."""
        if isinstance(error, Park) and parcel.recipient.kind != "hook":
            told = alarms.notices(self._store.people, parcel.campaign, channel.name, error.code, now)
            operators = alarms.to_operators(parcel.campaign, channel.name, error.code, now)
            robot = Recipient("robot", robot=operators.robot)
            if any(c.accepts(robot, operators, now) for c in self._channels):
                told = [*told, operators]
            self._store.outbox.enqueue(told)


def _backoff(error: SendError, attempts: int) -> timedelta:
    """Twice as long each time, never sooner than the platform asks, and not all at once."""
    asked = error.after_seconds if isinstance(error, Retry) else 0
    seconds = max(asked, BACKOFF_SECONDS * 2 ** (attempts - 1))
    return timedelta(seconds=seconds * random.uniform(1.0, 1.25))
