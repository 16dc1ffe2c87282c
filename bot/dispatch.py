"""Message in, reply out: claim, load, route, answer, settle. One of the two borders where every error ends."""

import logging
import secrets
import time
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from threading import BoundedSemaphore

from bot import acknowledging, mailbox
from bot.answering import Answering, Failed
from bot.logs import message_key, openids_in, redact
from bot.mailbox import REPLY_BYTES
from bot.metrics import Became, became
from bot.wechat.outbound import kept
from handlers import texts
from handlers.account import LEAVING
from handlers.messages import NOWHERE, Message, Reply, Site
from handlers.router import ANSWERED_EVENTS, Router
from handlers.understand.readings import TEXT_LIMIT
from storage import Store
from storage.connections import deadline
from storage.database import Opened, StorageError, StorageRefused, StorageSilent, only_reading
from storage.inbox import UNLIMITED, Limit, Opens
from storage.keys import FAREWELL_SECONDS, REPLY_SECONDS
from storage.ledger import recorded
from storage.outages import Outages
from storage.reception import Arrival

log = logging.getLogger(__name__)

HANDLER_SECONDS = 4.0
"""A handler's deadline; WeChat waits five seconds."""
SLOW_SECONDS = 1.0
"""An answer that took longer stands in the log."""
REDELIVERY_SECONDS = 9
"""How long after CreateTime WeChat will still deliver a message again that was not answered."""
POLL_SECONDS = 0.05
PATIENCE_SECONDS = 0.2
"""How long before the deadline waiting ends."""
SILENCE_SECONDS = 3.5
"""How long a message waits for a database that does not answer."""
RELEASE_SECONDS = 0.3
"""How long giving a claim back may take, past the deadline too; what is left of WeChat's five is the way and back."""
GLANCE_SECONDS = 0.2
"""How long whoever finds no place to wait looks whether the database answers."""
PATIENT = 4
"""Messages of a process that wait for a silent database at once: as many threads stay free (bot/server.py)."""
PER_MINUTE = 20
"""Messages of one person that are answered in a minute (wechat-platform §10)."""
SHORT_WINDOW_EVENTS = {"subscribe", "scan", "click", "scancode_push", "scancode_waitmsg"}


class TryLater(Exception):
    """Nothing was answered and nothing stored: WeChat shall deliver the message again."""


@dataclass(frozen=True, slots=True)
class Dispatcher:
    """Answers messages over one store with one router, `per_minute` of each person's (0: all of them).

    `_lingering`: by person, the delivery here that waits though another message of hers waits already. `_patient`: the
    places of those that wait while the database is silent.
    """

    store: Store
    router: Router
    per_minute: int = PER_MINUTE
    site: Site = NOWHERE
    _lingering: dict[str, str] = field(default_factory=dict)
    _patient: BoundedSemaphore = field(default_factory=lambda: BoundedSemaphore(PATIENT))
    _outages: Outages = field(default_factory=Outages)

    def dispatch(self, message: Message) -> str:
        """The text of the reply, '' for none. Raises `TryLater` while WeChat will still deliver again."""
        started = time.monotonic()
        named, token = message_key.set(message.key), secrets.token_hex(8)
        deadline.set(started + HANDLER_SECONDS)
        try:
            reply = self._until_answered(message, token, started)
            self.store.erasure.hand_over()
            return reply
        finally:
            deadline.set(None)
            if self._lingering.get(message.openid) == token:
                del self._lingering[message.openid]
            seconds = time.monotonic() - started
            log.log(logging.INFO if seconds > SLOW_SECONDS else logging.DEBUG, "answered in %.0f ms", seconds * 1000)
            message_key.reset(named)

    def _until_answered(self, message: Message, token: str, started: float) -> str:
        """Claim and answer. While another delivery or another message of hers is in work, or Redis is away, wait.

        One that is not there is back in a moment. For one that is silent a few wait, the others only look whether it
        answers; for one that refuses none does, and a look-up is answered all the same. Trying again is safe: the claim
        is still this delivery's own, and every write knows its op_id.
        """
        waits, until = False, started + HANDLER_SECONDS
        try:
            while True:
                waits = waits or (self._outages.silent() and self._patient.acquire(blocking=False))
                if self._outages.silent() and not waits and not self._answers():
                    self._release(message, token)
                    return self._later(message)
                try:
                    reply = self._attempt(message, token)
                    self._outages.over()
                    if reply is not None:
                        return reply
                except StorageRefused as error:
                    self._outages.tell(log, error)
                    self._release(message, token)
                    return self._looked_up(message) or self._later(message, texts.receiving.cannot_keep())
                except StorageError as error:
                    self._outages.tell(log, error)
                    if isinstance(error, StorageSilent):
                        until = min(until, started + SILENCE_SECONDS)
                        deadline.set(until)
                if time.monotonic() > until - PATIENCE_SECONDS:
                    self._release(message, token)
                    return self._later(message)
                time.sleep(POLL_SECONDS)
        finally:
            if waits:
                self._patient.release()

    def _answers(self) -> bool:
        """Whether a database that was silent answers now."""
        limit = deadline.get()
        deadline.set(time.monotonic() + GLANCE_SECONDS)
        try:
            self.store.database.ping()
        except StorageError:
            return False
        finally:
            deadline.set(limit)
        return True

    def _attempt(self, message: Message, token: str) -> str | None:
        """Claim the message and answer it; None where another delivery or another message of hers is in work.

        One message of hers may wait for another, the next comes again: a flood of one person's must not hold every
        thread. Of those that will not come again one waits too; another is told so at once.
        """
        before = self.store.database.opened()
        arrival = self.store.reception.receive(
            message.openid, message.key, token, _opens(message), self._limit(message)
        )
        opened = {**before, **self.store.database.opened()}
        match arrival.claim.status:
            case "stored":
                became.set("repeated")
                return self._acknowledge(message, arrival.claim.reply, opened)
            case "new":
                return self._acknowledge(message, self._answer(message, token, arrival, arrival.clock.now()), opened)
            case "crowded" if not self._may_linger(message, token):
                return self._later(message)
        return None

    def _acknowledge(self, message: Message, kept: str, opened: Opened) -> str:
        """The reply that was kept, once the replicas have what it tells of. Raises `TryLater`."""
        if acknowledging.is_safe(self.store, kept, opened):
            return acknowledging.shown(kept)
        return self._later(message, acknowledging.with_reserve(kept))

    def _looked_up(self, message: Message) -> str:
        """The answer to a message that asks and changes nothing, while nothing can be kept; '' where it is another.

        What was asked is forgotten, and whatever would open or end a dialogue is left undone.
        """
        if message.kind not in ("text", "voice") and message.event != "click":
            return ""
        with suppress(StorageError, Failed), only_reading():
            arrival = Arrival(self.store.inbox.look(message.openid))
            if arrival.claim.person is not None:
                reply = self._reply(message, arrival, self.store.clock.now())
                answered = kept(reply, _fitting(reply.text))
                return answered if reply.conversation == arrival.claim.conversation else ""
        return ""

    def _answer(self, message: Message, token: str, arrival: Arrival, now: datetime) -> str:
        text, taken = mailbox.alone(message, arrival.claim, now)
        try:
            recorded.set(False)
            reply = Reply(text) if text else self._reply(message, arrival, now)
        except Failed as failed:
            became.set("failed")
            reply = self._after(failed, message, token, arrival)
        else:
            became.set("answered" if text else _became(reply))
        text = _fitting(reply.text)
        if not taken and reply.conversation is None and not reply.farewell:
            text, taken = mailbox.beside(text, arrival.claim.mailbox, now)
        return self.store.inbox.settle(
            message.openid,
            message.key,
            token,
            said=message.text[:TEXT_LIMIT],
            reply=acknowledging.noted(self.store, kept(reply, text)),
            conversation=reply.conversation,
            remember=reply.remember,
            taken=taken,
            kept_for=FAREWELL_SECONDS if reply.farewell else REPLY_SECONDS,
        )

    def _reply(self, message: Message, arrival: Arrival, now: datetime) -> Reply:
        """What the handlers say. Raises `Failed` where a fault leaves nothing to say."""
        person = arrival.claim.person
        if person is None:
            raise ValueError("a new claim names its person")
        if not person.linked and _opens(message):
            self.store.people.link(person)
        reply, desk = Answering(self.store, self.router, self.site).answer(message, arrival, person, now)
        if reply.farewell:
            self.store.reception.forget(message.openid)
        elif _opens(message):
            self.store.reception.expect(person, reply.remember, desk)
        return reply

    def _after(self, failed: Failed, message: Message, token: str, arrival: Arrival) -> Reply:
        """A fault: WeChat delivers again while it will; then its sentence is all there is."""
        if _comes_again(message):
            self._release(message, token)
        told = self._later(message)
        return Reply(str(failed) if told else "", conversation=arrival.claim.conversation)

    def _limit(self, message: Message) -> Limit:
        """What WeChat itself tells is never too much; what a person does may be."""
        if message.kind == "event" and message.event not in ANSWERED_EVENTS:
            return UNLIMITED
        return Limit(self.per_minute, texts.receiving.slow_down(self.per_minute))

    def set_aside(self, reason: str, content: str) -> None:
        """Keep a push that could not be read for the operator, without saying whose it is."""
        try:
            self.store.dead_letters.keep(reason, redact(content), openids_in(content))
        except StorageError as error:
            self._outages.tell(log, error)

    def _release(self, message: Message, token: str) -> None:
        """Give the claim back if it is this delivery's, so that the next delivery need not wait for it to lapse."""
        deadline.set(time.monotonic() + RELEASE_SECONDS)
        with suppress(StorageError):
            self.store.inbox.release(message.openid, message.key, token)

    def _may_linger(self, message: Message, token: str) -> bool:
        """Whether a message waits though another of hers waits already: the first that will not come again does."""
        return not _comes_again(message) and self._lingering.setdefault(message.openid, token) == token

    def _later(self, message: Message, sentence: str = "") -> str:
        """Let WeChat deliver again while it will; after that a sentence is all that is left: by itself `busy`.

        That somebody left is not forgotten, whether or not it is delivered again.
        """
        if message.event in LEAVING:
            self.store.erasure.owe(message.openid)
        if _comes_again(message):
            raise TryLater
        told = message.kind != "event" or message.event in ANSWERED_EVENTS
        return (sentence or texts.receiving.busy()) if told else ""


def _became(reply: Reply) -> Became:
    """What became of a message that was answered."""
    if recorded.get():
        return "recorded"
    if reply.idle:
        return "not understood"
    if reply.conversation is not None:
        return "asked"
    return "answered" if reply.text else "silent"


def _comes_again(message: Message) -> bool:
    return time.time() - message.created < REDELIVERY_SECONDS


def _opens(message: Message) -> Opens:
    """Which customer-service window a message opens (wechat-platform §4.2)."""
    if message.menu_tap or message.event in SHORT_WINDOW_EVENTS:
        return "short"
    return "" if message.kind == "event" else "long"


def _fitting(text: str) -> str:
    """The reply within what WeChat shows; a renderer that needs this has a fault."""
    if len(text.encode()) <= REPLY_BYTES:
        return text
    log.error("a reply of %d bytes was cut", len(text.encode()))
    return text.encode()[:REPLY_BYTES].decode(errors="ignore")
