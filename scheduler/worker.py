"""The worker: clock and sender in one loop. Any number may run; the store decides who sends."""

import logging
from collections.abc import Callable, Sequence
from datetime import datetime
from threading import Event
from time import monotonic

from handlers import texts
from handlers.farewell import FAREWELL
from scheduler.channels import Channel
from scheduler.clock import PushClock
from scheduler.escalation import Escalation
from scheduler.sender import Sender
from storage import Store
from storage.database import StorageError
from storage.outages import Outages

IDLE_SECONDS = 1.0
"""How often the outboxes are looked at when nothing rings."""
SWEEP_SECONDS = 3600
GLANCE_MINUTES = 5
"""How often it is noted what has come in by the hour."""

log = logging.getLogger(__name__)


class Worker:
    """Plans what falls due and sends what is queued. `channels` in order of preference.

    `chores`: what else is done step by step; one that makes something says how much.
    """

    def __init__(
        self, store: Store, channels: Sequence[Channel], chores: Sequence[Callable[[], int | None]] = ()
    ) -> None:
        self._store = store
        self._chores = chores
        self._bell = Event()
        self._clock = PushClock(store, self._bell.set)
        self._escalation = Escalation(store)
        self._sender = Sender(store, channels)
        self._outages = Outages()
        self._swept = -float(SWEEP_SECONDS)
        self._glanced = -1

    def run(self, stop: Event) -> None:
        """Work until `stop` is set. While the database is away it waits; any other error ends the worker."""
        self._clock.start()
        try:
            while not stop.is_set():
                self._bell.clear()
                try:
                    busy = self.tick(self._store.clock.now(), stop)
                except StorageError as error:
                    self._outages.tell(log, error)
                    busy = 0
                if not busy:
                    self._bell.wait(IDLE_SECONDS)
        finally:
            self._clock.stop()
            self._sender.close()

    def tick(self, now: datetime, stop: Event | None = None) -> int:
        """One step at a business time: seal, plan, escalate, send, erase, tidy. How much was planned, handled, made."""
        for campaign in self._store.campaigns.published():
            with self._store.faults.alone(campaign, "sealing its ledger"):
                self._store.chain.extend(campaign)
        self._glance(now)
        planned = self._clock.tick(now) + self._escalation.tick(now)
        sent = self._sender.drain(now, stop.is_set if stop else lambda: False)
        self._store.erasure.sweep(now, FAREWELL)
        if monotonic() - self._swept > SWEEP_SECONDS:
            for campaign in self._store.campaigns.published():
                self._store.outbox.trim(campaign, now)
                self._store.deliveries.trim(campaign, now)
            self._store.erasure.forget_old_words(now, texts.pushes.lapsed)
            for campaign in self._store.keeping.let_go(now):
                log.info("%s: names and telephones have gone, their time is over", campaign)
            self._store.erasure.compact()
            self._swept = monotonic()
        return planned + sent + sum(chore() or 0 for chore in self._chores)

    def _glance(self, now: datetime) -> None:
        """Note how the hour stands, every five minutes of business time."""
        at = int(now.timestamp()) // (60 * GLANCE_MINUTES)
        if at != self._glanced:
            for campaign in self._store.campaigns.all():
                with self._store.faults.alone(campaign.id, "noting its hour"):
                    self._store.glances.note_hour(campaign, now)
            self._glanced = at
