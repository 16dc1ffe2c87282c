"""Up to three deliveries of one message, overlapping as they like over two processes, with a failure at any step:
one effect, one reply."""

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Literal
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.dispatch import Dispatcher, TryLater
from bot.simulator.person import SimulatedPerson
from handlers import router
from handlers.messages import Message, Notice
from storage import inbox
from storage.database import StorageUnavailable, connect
from storage.embedded import EmbeddedRedis
from storage.inbox import Inbox
from storage.ledger import Plan
from storage.reception import Reception
from storage.store import open_store
from tests.conversations.conftest import UNHURRIED, Office
from tests.conversations.test_once import DONE, SETTINGS, Setting

CLAIM_MS = 250
"""A claim lapses sooner than WeChat would wait, so that a test need not."""

Kind = Literal["died", "unreachable"]
STEPS: dict[str, tuple[type, str]] = {
    "claim": (Reception, "receive"),
    "read": (Reception, "desk"),
    "commit": (Plan, "commit"),
    "settle": (Inbox, "settle"),
}


class Died(BaseException):
    """The process is gone: nothing in it catches this, and nothing is given back."""


@dataclass(frozen=True)
class Failure:
    """What befalls one delivery, once: before a step is taken, or when it is done and nobody heard of it."""

    step: str
    when: Literal["before", "after"]
    kind: Kind

    def strike(self) -> None:
        raise Died if self.kind == "died" else StorageUnavailable("gone for a moment")


@dataclass(frozen=True)
class Delivery:
    """When it arrives, at which of the two processes, and what befalls it."""

    after_ms: int
    process: int
    failure: Failure | None


FAILURES = st.builds(
    Failure,
    st.sampled_from(sorted(STEPS)),
    st.sampled_from(["before", "after"]),
    st.sampled_from(["died", "unreachable"]),
)
DELIVERIES = st.lists(
    st.builds(Delivery, st.sampled_from([0, 0, 2, 5, 10, 40]), st.sampled_from([0, 1]), st.none() | FAILURES),
    min_size=1,
    max_size=3,
)


class Fates(threading.local):
    """The failure that still awaits this thread's delivery."""

    failure: Failure | None = None

    def meet(self, step: str, when: str) -> None:
        failure = self.failure
        if failure and (failure.step, failure.when) == (step, when):
            self.failure = None
            failure.strike()


@pytest.fixture
def fates(monkeypatch: pytest.MonkeyPatch) -> Fates:
    fates = Fates()
    for step, (owner, method) in STEPS.items():
        monkeypatch.setattr(owner, method, _fateful(fates, step, getattr(owner, method)))
    return fates


@contextmanager
def short_claims() -> Iterator[None]:
    """Around the deliveries alone: what goes before may take longer than such a claim lasts, where a process loads what
    it has not needed yet, and a message whose claim has lapsed leaves no question open."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(inbox, "CLAIM_MS", CLAIM_MS)
        yield


def _fateful(fates: Fates, step: str, method: Callable[..., Any]) -> Callable[..., Any]:
    def meets_its_fate(*args: Any, **named: Any) -> Any:
        fates.meet(step, "before")
        done = method(*args, **named)
        fates.meet(step, "after")
        return done

    return meets_its_fate


@dataclass
class Processes:
    """Two web processes over one Redis, without the web."""

    url: str
    fates: Fates

    def deliver(self, message: Message, deliveries: list[Delivery]) -> set[str]:
        """Every reply that came back, after WeChat has given up or, at last, been answered."""
        pair = [Dispatcher(open_store(connect(self.url), "yd", "rehearsal"), router, UNHURRIED) for _ in range(2)]
        with short_claims():
            with ThreadPoolExecutor(len(deliveries)) as threads:
                running = [threads.submit(self._one, pair[d.process], message, d) for d in deliveries]
                replies = {reply for future in running if (reply := _reply(future)) is not None}
            replies.add(pair[0].dispatch(message))
        for dispatcher in pair:
            dispatcher.store.database.close()
        return replies

    def _one(self, dispatcher: Dispatcher, message: Message, delivery: Delivery) -> str:
        time.sleep(delivery.after_ms / 1000)
        self.fates.failure = delivery.failure
        try:
            return dispatcher.dispatch(message)
        finally:
            self.fates.failure = None


def _reply(future: Future[str]) -> str | None:
    try:
        return future.result()
    except (Died, TryLater):
        return None


@pytest.fixture
def processes(redis_server: EmbeddedRedis, fates: Fates) -> Processes:
    return Processes(redis_server.url, fates)


def _afresh(office: Office) -> None:
    office.store.database.flushall()
    office.go_to("2024-04-20T10:00")
    office.publish(office.campaign)


def _message(person: SimulatedPerson, **more: Any) -> Message:
    return Message(key=uuid4().hex[:24], openid=person.openid, account="gh_1", created=int(time.time()), **more)


UNHURRIED_EXAMPLES = settings(
    deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@UNHURRIED_EXAMPLES
@given(setting=st.sampled_from(SETTINGS), deliveries=DELIVERIES)
def test_one_effect_and_one_reply(
    office: Office, processes: Processes, setting: Setting, deliveries: list[Delivery]
) -> None:
    _afresh(office)
    person, text = setting(office)
    before = len(office.ledger())
    replies = processes.deliver(_message(person, kind="text", text=text), deliveries)
    assert len(replies) == 1, replies
    assert DONE.match(replies.pop())
    assert len(office.ledger()) == before + 1
    assert office.sound()


@settings(UNHURRIED_EXAMPLES, max_examples=20)
@given(deliveries=DELIVERIES)
def test_a_consent_is_counted_once(office: Office, processes: Processes, deliveries: list[Delivery]) -> None:
    _afresh(office)
    li = office.person("李敏")
    told = (Notice(template="t-1", status="accept", good=True), Notice(template="t-2", status="reject"))
    event = _message(li, kind="event", event="subscribe_msg_popup_event", notices=told)
    assert processes.deliver(event, deliveries) == {""}
    assert office.store.credits.left(li.openid, "t-1") == 1


@pytest.mark.parametrize("kind", ["died", "unreachable"])
@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("step", sorted(STEPS))
def test_every_step_really_fails(
    office: Office, processes: Processes, step: str, when: Literal["before", "after"], kind: Kind
) -> None:
    """The property above would say nothing if its failures never struck."""
    person, text = SETTINGS[0](office)
    dispatcher = Dispatcher(office.store, router, UNHURRIED)
    processes.fates.failure = Failure(step, when, kind)
    message = _message(person, kind="text", text=text)
    with short_claims():
        if kind == "died":
            with pytest.raises(Died):
                dispatcher.dispatch(message)
        else:
            assert DONE.match(dispatcher.dispatch(message))
        assert processes.fates.failure is None
        assert DONE.match(dispatcher.dispatch(message))
    assert len(office.teams()) == 1
