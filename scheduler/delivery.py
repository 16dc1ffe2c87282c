"""One notification on its way: which channel takes it now, and what the outcome of a sending leads to.

The first channel that accepts the recipient now takes it; the mailbox is a person's last resort. What surely was
not sent is tried again or goes another way; what may have been sent is `unknown` and never repeated by itself.
"""

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from time import monotonic

from handlers import texts
from handlers.messages import MAILBOX
from scheduler import alarms
from scheduler.alarms import Alarms
from scheduler.channels import WINDOW_CLOSED, Channel, Park, Recipient, Retry, SendError, Skip, Unknown
from storage import Store
from storage.campaign_schema import Campaign
from storage.database import StorageError
from storage.mass import JOB as MASS
from storage.models.pushes import Delivery, DeliveryStatus, Mail, Notification
from storage.occurrences import after_quiet
from storage.outbox import Mark, Settlement
from storage.quotas import Quotas

TRIES = 5
BACKOFF_SECONDS = 5
PROBE = timedelta(minutes=10)
"""How soon a channel that is closed until somebody mends it is tried again."""
RUN = 3
"""Sendings in a row to which the platform gave no answer of its own; then the channel is closed for a while."""
SILENCE = timedelta(minutes=5)
A_DAY = {"customer_service": 500_000, "template_message": 100_000, "subscription_notice": 100_000}
"""What an account may send by each channel in a day of China's (wechat-platform §4.2, §4.3)."""
ROBOT_PLACES, ROBOT_WINDOW_MS = 20, 60_000
"""Messages that one group robot may send within a minute (wechat-platform §4.7)."""
REPEAT_SAFE = timedelta(minutes=10)
"""How long a repeat-safe channel shows a repetition once (§4.3)."""


@dataclass(slots=True)
class Parcel:
    """A claimed notification with its recipient (no openid: she was erased).

    `corrected`: a correction of it stands in the outbox. `off`: an organizer switched its push off. `tried`: channels
    that refused it.
    """

    campaign: Campaign
    delivery: Delivery
    recipient: Recipient
    attempts: int
    reason: str
    corrected: bool
    off: bool
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


class Desk:
    """Decides about parcels and writes the outcomes; it remembers what the database has not heard yet."""

    def __init__(self, store: Store, channels: Sequence[Channel]) -> None:
        self._store = store
        self._channels = tuple(channels)
        self._windows = store.windows
        self._alarms = Alarms(store.alerts)
        self._parked: dict[tuple[str, str], tuple[float, Park]] = {}
        self._unanswered: dict[tuple[str, str], int] = {}
        self._unsettled: list[Settlement] = []
        self._counted: Counter[str] = Counter()
        self._quotas = Quotas(store.database, store.keys, dict(A_DAY))
        self._unsent: set[str] = set()

    def parcels(self, campaign: Campaign, deliveries: Sequence[Delivery], now: datetime) -> Iterator[Parcel]:
        """Address a batch, persons by openid and window, and see what has been corrected: four round trips."""
        people = [d.notification.person for d in deliveries if d.notification.person]
        openids = self._store.people.openids(people)
        open_windows = self._windows.open(list(openids.values()), now)
        corrections = {d.notification.corrected_by for d in deliveries} - {""}
        corrected = self._store.snapshots.planned(campaign.id, corrections)
        off = self._store.push_switches.off(campaign.id) if any(d.notification.push for d in deliveries) else set()
        for delivery in deliveries:
            push = delivery.notification
            openid = openids.get(push.person, "")
            if push.robot:
                recipient = Recipient("robot", robot=push.robot)
            elif push.hook:
                address = next((hook.url for hook in campaign.hooks if hook.name == push.hook), "")
                recipient = Recipient("hook", hook=push.hook, address=address)
            elif push.job == MASS and not push.person:
                recipient = Recipient("everyone")
            else:
                window = open_windows.get(openid)
                recipient = Recipient("person", person_id=push.person, openid=openid, window=window)
            is_corrected, is_off = push.corrected_by in corrected, push.push in off
            yield Parcel(campaign, delivery, recipient, delivery.attempts, delivery.reason, is_corrected, is_off)

    def route(self, parcel: Parcel, now: datetime) -> Channel | None:
        """The channel that takes a parcel now; None where it ended, or waits, without one."""
        if parcel.delivery.status == "inflight" and not self._may_repeat(parcel):
            self._settle(parcel, "unknown", now, reason=texts.pushes.PUSH_INTERRUPTED)
        elif parcel.push.expires_at <= now:
            self._settle(parcel, "expired", now, reason=parcel.reason or texts.pushes.PUSH_EXPIRED)
        elif parcel.corrected:
            self._settle(parcel, "skipped", now, reason=texts.pushes.PUSH_CORRECTED)
        elif parcel.off:
            self._settle(parcel, "skipped", now, reason=texts.pushes.PUSH_SWITCHED_OFF)
        elif parcel.push.person and not parcel.recipient.openid:
            self._settle(parcel, "skipped", now, reason=texts.pushes.PUSH_OF_ERASED)
        elif parcel.push.person and parcel.push.job == alarms.JOB:
            self._leave_in_mailbox(parcel, now)
        elif until := _held_until(parcel, now):
            self._hold(parcel, until, now)
        else:
            return self._choose(parcel, now)
        return None

    def begin(self, campaign: str, marks: Sequence[Mark]) -> list[bool]:
        """Mark in flight. Until a parcel is handed over it is known that nothing was sent under its mark."""
        self._unsent |= {mark.id for mark in marks}
        won = self._store.outbox.begin(campaign, marks, self._store.leases.token, self._unsettled)
        self._unsent -= {mark.id for mark, mine in zip(marks, won, strict=True) if not mine}
        self._unsettled.clear()
        return won

    def closed(self, parcel: Parcel, channel: Channel) -> Park | None:
        """Why the channel is closed to everybody now (a robot: to this robot), if it is."""
        until, park = self._parked.get(_part(parcel, channel), (0.0, None))
        if until <= monotonic():
            self._parked.pop(_part(parcel, channel), None)
            return None
        return park

    def doubts(self, parcel: Parcel, channel: Channel) -> bool:
        """Whether the platform left the last sending there unanswered: then the next one goes alone."""
        return _part(parcel, channel) in self._unanswered

    def still_here(self, marked: Sequence[Parcel], now: datetime) -> set[str]:
        """The ids of those that go out now: a person may have been erased since her batch was addressed."""
        known = self._store.people.openids([parcel.push.person for parcel in marked if parcel.push.person])
        erased = [parcel for parcel in marked if parcel.push.person and parcel.push.person not in known]
        for parcel in erased:
            self._settle(parcel, "skipped", now, reason=texts.pushes.PUSH_OF_ERASED)
        return {parcel.id for parcel in marked} - {parcel.id for parcel in erased}

    def hand_over(self, parcel: Parcel) -> None:
        """It is sent now; from here on only an outcome says what became of it."""
        self._unsent.discard(parcel.id)

    def give_back(self, parcel: Parcel) -> None:
        """It was marked and not sent: it waits again."""
        self._postpone(parcel, parcel.push.due_at)

    def conclude(self, parcel: Parcel, channel: Channel, outcome: str | SendError, now: datetime) -> bool:
        """Take down what became of a sending; whether the parcel is to go by another channel.

        `outcome` is the platform's id of the push ('' for none), or what went wrong.
        """
        part = (*_part(parcel, channel), parcel.push.job)
        code = (outcome.code or "none") if isinstance(outcome, SendError) else 0
        self._counted[f"{channel.name} {code}"] += 1
        if isinstance(outcome, SendError):
            if not isinstance(outcome, Unknown):
                self._unsent.add(parcel.id)
            alarm = self._after_a_run(parcel, channel, outcome)
            goes_on = self._failed(parcel, channel, outcome if isinstance(outcome, Unknown) else alarm, now)
            with suppress(StorageError):
                if self._alarms.failed(*part, alarm):
                    self._tell_of(parcel, channel, alarm, now)
            return goes_on
        self._unanswered.pop(_part(parcel, channel), None)
        self._settle(parcel, "sent", now, channel.name, spends=channel.spends_window)
        with suppress(StorageError):
            self._alarms.works(*part)
            if outcome:
                self._store.receipts.expect(outcome, parcel.campaign.id, parcel.id, now)
        return False

    def settle_all(self) -> None:
        """Store the outcomes that no later mark took along."""
        self._store.outbox.settle(self._unsettled)
        self._unsettled.clear()
        self._store.watching.count_sendings(self._counted)
        self._counted.clear()

    # --- deciding ---------------------------------------------------------------------------------------

    def _failed(self, parcel: Parcel, channel: Channel, error: SendError, now: datetime) -> bool:
        """What a sending that did not surely succeed leads to."""
        parcel.attempts += 1
        parcel.reason = f"{error.code} {error}" if error.code else str(error)
        match error:
            case Unknown() if not channel.repeat_safe or parcel.attempts >= TRIES:
                self._settle(parcel, "unknown", now, channel.name, parcel.reason, spends=channel.spends_window)
                return False
            case Retry() | Unknown() if parcel.attempts < TRIES:
                due_at = now + _backoff(error, parcel.attempts)
                if due_at < parcel.push.expires_at:
                    self._postpone(parcel, due_at, channel.name)
                    return False
            case Park():
                self._park(parcel, channel, error)
            case Skip() if error.code in WINDOW_CLOSED:
                self._windows.close(parcel.recipient.openid)
        parcel.tried.add(channel.name)
        return self._postpone(parcel, parcel.push.due_at, channel.name)

    def _after_a_run(self, parcel: Parcel, channel: Channel, error: SendError) -> SendError:
        """What a failure is after those before it: the last of a run without any answer of the platform's closes."""
        part = _part(parcel, channel)
        if error.code or isinstance(error, Skip):
            self._unanswered.pop(part, None)
            return error
        self._unanswered[part] = self._unanswered.get(part, 0) + 1
        if self._unanswered[part] < RUN:
            return error
        seen = f"{self._unanswered[part]} sendings in a row without an answer of the platform's, the last: {error}"
        park = Park(seen, until=datetime.now(UTC) + SILENCE, mend=alarms.MEND_SILENCE)
        self._park(parcel, channel, park)
        return park

    def _park(self, parcel: Parcel, channel: Channel, park: Park) -> None:
        span = park.until - datetime.now(UTC) if park.until else PROBE
        self._parked.setdefault(_part(parcel, channel), (monotonic() + span.total_seconds(), park))

    def _tell_of(self, parcel: Parcel, channel: Channel, error: SendError, now: datetime) -> None:
        """A channel that is closed concerns whoever runs the campaign and the installation; a hook `check` alone."""
        if isinstance(error, Park) and parcel.recipient.kind != "hook":
            told = alarms.notices(self._store.people, parcel.campaign, channel.name, error.code, now)
            operators = alarms.to_operators(parcel.campaign, channel.name, error.code, now)
            robot = Recipient("robot", robot=operators.robot)
            if any(c.accepts(robot, operators, now) for c in self._channels):
                told = [*told, operators]
            self._store.outbox.enqueue(told)

    def _may_repeat(self, parcel: Parcel) -> bool:
        """A mark without an outcome: this sender set it and sent nothing, or the channel shows a repetition once."""
        marked_by = parcel.delivery.sender
        if (parcel.id in self._unsent and marked_by == self._store.leases.token) or parcel.tried:
            return True
        channel = next((c for c in self._channels if c.name == parcel.delivery.channel), None)
        begun = parcel.delivery.begun_at
        if channel is None or not channel.repeat_safe or begun is None:
            return False
        if not timedelta() <= datetime.now(UTC) - begun <= REPEAT_SAFE:
            return False
        return self._store.outbox.postpone(parcel.campaign.id, parcel.id, marked_by, parcel.push.due_at, channel.name)

    def _choose(self, parcel: Parcel, now: datetime) -> Channel | None:
        closed = list[Channel]()
        for channel in self._channels:
            if not channel.accepts(parcel.recipient, parcel.push, now):
                continue
            if self.closed(parcel, channel):
                closed.append(channel)
                continue
            if channel.name in parcel.tried:
                continue
            if parcel.recipient.kind == "robot" and self._paced(parcel, channel, now):
                return None
            if self._quotas.take(channel.name):
                return channel
            parcel.reason = texts.pushes.PUSH_QUOTA
        if self._waits_for_one_of(closed, parcel, now):
            return None
        if parcel.recipient.kind == "person":
            self._leave_in_mailbox(parcel, now)
        elif parcel.attempts:
            refused_by = "、".join(sorted(parcel.tried)) or parcel.delivery.channel
            self._settle(parcel, "failed", now, refused_by, parcel.reason)
        else:
            self._settle(parcel, "skipped", now, reason=texts.pushes.PUSH_NO_CHANNEL)
        return None

    def _waits_for_one_of(self, closed: Sequence[Channel], parcel: Parcel, now: datetime) -> bool:
        """Wait until the first of the closed channels is tried again.

        A robot or a hook has no mailbox and waits for any. A person waits for those that may open by themselves, while
        the push will still be worth sending then.
        """
        waits = [self._parked[part] for channel in closed if (part := _part(parcel, channel)) in self._parked]
        is_person = parcel.recipient.kind == "person"
        if not (worth := [until for until, park in waits if park.until or not is_person]):
            return False
        until = now + timedelta(seconds=max(0.0, min(worth) - monotonic()))
        if is_person and until >= parcel.push.expires_at:
            return False
        parcel.reason = parcel.reason or texts.pushes.PUSH_WAITS
        return self._postpone(parcel, until)

    def _hold(self, parcel: Parcel, until: datetime, now: datetime) -> None:
        """Quiet hours: it waits for their end, or in the mailbox if it would be too late by then."""
        parcel.reason = texts.pushes.PUSH_QUIET
        if until < parcel.push.expires_at:
            self._postpone(parcel, until)
        else:
            self._leave_in_mailbox(parcel, now)

    def _paced(self, parcel: Parcel, channel: Channel, now: datetime) -> bool:
        """Whether the robot has said all it may this minute; then the parcel waits for its place."""
        name = f"{channel.name}:{parcel.recipient.robot}"
        wait = self._store.outbox.pace(name, ROBOT_PLACES, ROBOT_WINDOW_MS)
        if wait:
            parcel.reason = texts.pushes.PUSH_PACED
            self._postpone(parcel, now + timedelta(seconds=wait))
        return bool(wait)

    # --- the outbox -------------------------------------------------------------------------------------

    def _settle(
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

    def _postpone(self, parcel: Parcel, until: datetime, channel: str = "") -> bool:
        """Take back this sender's mark; whether it waits again. Until that is done, it is known to be unsent."""
        outbox, sender = self._store.outbox, self._store.leases.token
        waits = outbox.postpone(parcel.campaign.id, parcel.id, sender, until, channel, parcel.reason)
        self._unsent.discard(parcel.id)
        return waits

    def _leave_in_mailbox(self, parcel: Parcel, now: datetime) -> None:
        settlement = Settlement(parcel.campaign.id, parcel.id, "mailbox", now, MAILBOX, parcel.reason)
        mail = Mail(text=parcel.text, read_until=parcel.delivery.notification.read_until)
        self._store.outbox.leave_in_mailbox(parcel.recipient.openid, mail, settlement)


def _part(parcel: Parcel, channel: Channel) -> tuple[str, str]:
    """What stands still together: a channel to persons, one robot, or one hook."""
    return channel.name, parcel.recipient.name


def _held_until(parcel: Parcel, now: datetime) -> datetime | None:
    """The end of the quiet hours that hold this push now: an unasked one to a person."""
    if parcel.push.asked or not parcel.push.person:
        return None
    until = after_quiet(parcel.campaign, now)
    return until if until > now else None


def _backoff(error: SendError, attempts: int) -> timedelta:
    """Twice as long each time, never sooner than the platform asks, and not all at once."""
    asked = error.after_seconds if isinstance(error, Retry) else 0
    seconds = max(asked, BACKOFF_SECONDS * 2 ** (attempts - 1))
    return timedelta(seconds=seconds * random.uniform(1.0, 1.25))
