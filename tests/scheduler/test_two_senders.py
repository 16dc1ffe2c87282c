"""What one sender has found out holds for the next: a standby that takes over, a worker that starts again."""

from datetime import UTC, datetime, timedelta

import pytest

from scheduler.breakers import RUN
from scheduler.channels import Paced, Park, Retry, Skip, Unknown
from scheduler.ladder import ROBOT_PLACES
from scheduler.sender import Sender
from storage.breakers import Closed
from storage.store import open_store
from tests.scheduler.conftest import EVENING

PEOPLE = 6


@pytest.fixture
def sender(store):
    """A sender of a process of its own, which ends when the next is made."""
    before = []

    def make(*channels):
        for each in before:
            each.close()
        before.append(Sender(open_store(store.database, "t", "rehearsal"), channels))
        return before[-1]

    yield make
    before[-1].close()


@pytest.fixture
def crowd(store, town, push):
    items = [push(town.person(f"o-{number}").id, number=number) for number in range(PEOPLE)]
    store.outbox.enqueue(items)
    return items


def test_a_channel_that_stands_still_stays_so_for_the_next_sender(store, campaign, crowd, channel, sender):
    sender(channel(answers=[Park("quota", 45009, until=datetime.now(UTC) + timedelta(hours=1))])).drain(EVENING)
    store.database.zadd(store.keys.due(campaign.id), {each.id: EVENING.timestamp() for each in crowd})
    untouched = channel()
    sender(untouched).drain(EVENING)
    assert untouched.tried == 0
    assert store.outbox.counts(campaign.id) == {"queued": PEOPLE}


def test_a_run_without_answers_is_counted_across_senders(store, campaign, crowd, channel, sender):
    tried = 0
    for _ in range(RUN + 1):
        lost = channel(answers=[Unknown("no answer")] * PEOPLE)
        killed = sender(lost)
        killed._lanes.submit(lambda: None)
        stop = iter([False, False, False, True])
        killed.drain(EVENING, lambda stop=stop: next(stop, True))
        store.database.zadd(
            store.keys.due(campaign.id), {d.notification.id: 0 for d in store.outbox.list(campaign.id, "queued")}
        )
        tried += lost.tried
    assert tried == RUN
    assert store.outbox.counts(campaign.id) == {"unknown": RUN, "queued": PEOPLE - RUN}


def test_an_answer_ends_a_run_that_another_sender_began(store, crowd, channel, sender):
    store.breakers.left_unanswered("obedient")
    assert sender(channel(answers=[Skip("her window is closed", 45015)])).drain(EVENING)
    assert store.breakers.standing().unanswered == {}


def test_a_robots_minute_is_shared(store, campaign, push, channel, sender):
    store.outbox.enqueue([push(robot="zhibanqun", number=number) for number in range(ROBOT_PLACES + 5)])
    first, second = channel(kind="robot"), channel(kind="robot")
    done = iter([False] * 30)
    sender(first).drain(EVENING, lambda: next(done, True))
    assert 0 < len(first.sent) < ROBOT_PLACES
    store.database.zadd(
        store.keys.due(campaign.id), {d.notification.id: 0 for d in store.outbox.list(campaign.id, "queued")}
    )
    sender(second).drain(EVENING)
    sent = len(first.sent) + len(second.sent)
    assert ROBOT_PLACES - 1 <= sent <= ROBOT_PLACES, "who is stopped may have taken a place for nothing"
    assert store.outbox.counts(campaign.id) == {"sent": sent, "queued": ROBOT_PLACES + 5 - sent}


def test_one_robot_stands_still_and_the_other_does_not(store, push, channel, sender):
    store.outbox.enqueue([push(robot="broken"), push(robot="fine")])
    sender(channel(kind="robot", answers=[Park("invalid webhook url", 93000)])).drain(EVENING)
    again = [push(robot="broken", number=2), push(robot="fine", number=2)]
    store.outbox.enqueue(again)
    second = channel(kind="robot")
    sender(second).drain(EVENING)
    assert second.sent == [("fine", "战报 2")]


def test_called_too_often_this_minute_everybody_waits_it_out(store, campaign, crowd, channel, sender, first_due):
    busy, second = channel(answers=[Paced("freq", 45011, after_seconds=60)]), channel(name="second")
    sender(busy, second).drain(EVENING)
    assert (busy.tried, second.tried) == (1, 0), "a minute is waited for"
    assert EVENING + timedelta(seconds=50) < first_due() <= EVENING + timedelta(seconds=60)
    sender(busy, second).drain(EVENING + timedelta(seconds=1))
    assert (busy.tried, second.tried) == (1, 0), "by the next sender, too"
    assert store.outbox.counts(campaign.id) == {"queued": PEOPLE}
    assert store.alerts.standing() == []


def test_a_standstill_from_before_the_servers_clock_was_set_back_is_over(store):
    store.breakers.close("x", Closed(code=1, text="t", by_itself=True), 60)
    (kept,) = store.database.hvals(store.keys.closed_parts())
    since, until, why = kept.split(" ", 2)
    day = 86_400_000
    store.database.hset(store.keys.closed_parts(), "x", f"{int(since) + day} {int(until) + day} {why}")
    assert store.breakers.standing().closed == {}
    assert not store.database.exists(store.keys.closed_parts())


def test_the_first_reason_for_a_standstill_stays(store):
    store.breakers.close("x", Closed(code=1, text="first", by_itself=True), 60)
    store.breakers.close("x", Closed(code=2, text="second", by_itself=True), 600)
    ((left, why),) = store.breakers.standing().closed.values()
    assert (why.text, 50 < left <= 60) == ("first", True)


def test_without_the_database_what_a_sender_has_seen_counts(store, crowd, channel, sender, monkeypatch):
    from storage.breakers import Breakers
    from storage.database import StorageUnavailable

    def away(*_):
        raise StorageUnavailable("away")

    monkeypatch.setattr(Breakers, "close", away)
    monkeypatch.setattr(Breakers, "left_unanswered", away)
    deaf = channel(answers=[Retry("no connection", after_seconds=10)] * PEOPLE)
    sender(deaf).drain(EVENING)
    assert deaf.tried == RUN
