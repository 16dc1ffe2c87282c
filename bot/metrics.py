"""What /metrics tells: messages as this machine's web processes answered them, and what stands in the database.

Each web process counts in a file of its own (prometheus-client's multiprocess mode, in `DATA_DIR/metrics`), so that
whichever of them is asked tells the sum. Whatever Redis knows (outbox, sendings, token, ledger) is read when somebody
asks, so it is the same from every machine.
"""

import os
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector

from bot.counting import FOLDER
from storage import Store
from storage.database import StorageError

BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 4.0, 5.0)

Became = Literal["recorded", "asked", "answered", "not understood", "repeated", "silent", "later", "failed"]
"""What became of a message: written down, held for her answer, answered, answered that it was not understood, answered
once more with the stored reply, not answered, left for WeChat to deliver again, ended in a fault of ours."""
became: ContextVar[Became] = ContextVar("became", default="silent")

_counted = CollectorRegistry()
_messages = Counter(
    "yidui_messages", "Messages and events by what became of them.", ["kind", "became"], registry=_counted
)
_seconds = Histogram("yidui_message_seconds", "From arrival to answer.", buckets=BUCKETS, registry=_counted)
_refused = Counter(
    "yidui_refused", "What was let in by nobody: forged, unreadable, too large.", ["why"], registry=_counted
)


@contextmanager
def measured(kind: str) -> Iterator[None]:
    """Count a message and the time it took; `became` tells what became of it."""
    started, named = time.monotonic(), became.set("silent")
    try:
        yield
    finally:
        _seconds.observe(time.monotonic() - started)
        _counter(kind, became.get()).inc()
        became.reset(named)


@lru_cache(maxsize=256)
def _counter(kind: str, became: Became) -> Counter:
    """What `labels` looks for anew each time."""
    return _messages.labels(kind, became)


def refused(why: Literal["forged", "unreadable", "too large"]) -> None:
    _refused.labels(why).inc()


def exposition(store: Store) -> bytes:
    """Prometheus' text."""
    counted = _counted
    if FOLDER in os.environ:
        counted = CollectorRegistry()
        MultiProcessCollector(counted)  # type: ignore[no-untyped-call]  # prometheus-client has no annotations here
    standing = CollectorRegistry()
    standing.register(Standing(store))
    return generate_latest(counted) + generate_latest(standing)


@dataclass(frozen=True, eq=False, slots=True)
class Standing:
    """What the database tells at this moment. Where it does not answer, `yidui_redis_up` alone is told."""

    store: Store

    def collect(self) -> Iterable[Metric]:
        try:
            found = list(self._found())
        except StorageError:
            found = []
        yield GaugeMetricFamily("yidui_redis_up", "Whether the database answers.", value=bool(found))
        yield from found

    def _found(self) -> Iterator[Metric]:
        yield from self._outboxes()
        yield self._sent()
        yield from self._redis()
        stands = GaugeMetricFamily("yidui_stands_still", "What an operator has to mend.", labels=["part", "code"])
        for alert in self.store.alerts.standing():
            stands.add_metric([alert.source, str(alert.code)], 1)
        yield stands
        if (left := self.store.watching.token_seconds()) is not None:
            yield GaugeMetricFamily("yidui_token_seconds", "How long the access token still holds.", value=left)

    def _outboxes(self) -> Iterator[Metric]:
        waits = GaugeMetricFamily("yidui_outbox_waiting", "Pushes that are not settled.", labels=["campaign"])
        late = GaugeMetricFamily(
            "yidui_outbox_oldest_seconds", "How long the oldest due push has been due.", labels=["campaign"]
        )
        lag = GaugeMetricFamily("yidui_ledger_unsealed", "Ledger entries that are not sealed.", labels=["campaign"])
        now = self.store.clock.now()
        for campaign in self.store.campaigns.published():
            queue = self.store.watching.queue(campaign)
            waits.add_metric([campaign], queue.waiting)
            late.add_metric([campaign], queue.overdue(now).total_seconds())
            lag.add_metric([campaign], queue.unsealed)
        yield from (waits, late, lag)

    def _sent(self) -> Metric:
        sent = CounterMetricFamily(
            "yidui_sendings", "Sendings by channel and the platform's code.", labels=["channel", "code"]
        )
        for name, count in self.store.watching.sendings().items():
            channel, _, code = name.partition(" ")
            sent.add_metric([channel, code], count)
        return sent

    def _redis(self) -> Iterator[Metric]:
        asked = time.monotonic()
        told = self.store.database.info()
        yield GaugeMetricFamily("yidui_redis_seconds", "One round trip.", value=time.monotonic() - asked)
        for name, meaning in (
            ("used_memory", "Bytes in use."),
            ("maxmemory", "Bytes allowed, 0 for no limit."),
            ("connected_clients", "Connections."),
            ("instantaneous_ops_per_sec", "Commands a second."),
            ("aof_current_size", "Bytes of the append-only file."),
        ):
            yield GaugeMetricFamily(f"yidui_redis_{name}", meaning, value=float(told.get(name, 0)))
        kept = told.get("aof_last_write_status", "ok") == "ok"
        yield GaugeMetricFamily("yidui_redis_writes_ok", "Whether the last write reached the disk.", value=kept)
