"""What fell due while no worker ran: caught up, or told as not sent; a clock that is moved on misses nothing."""

from datetime import UTC, datetime, timedelta

import pytest

from scheduler.clock import PushClock
from scheduler.missed import MissedWatch
from storage.models.people import Grant, Membership
from tests.scheduler.conftest import EVENING

NEXT_MORNING = EVENING + timedelta(hours=11)


@pytest.fixture
def organizer(store, town):
    person = town.person("o-organizer", wrote=EVENING - timedelta(days=5))
    code = store.people.invite(town.campaign, Grant(role="organizer"), EVENING)
    store.people.bind(town.campaign, town.author(person.id, EVENING), code, Membership())
    return person


@pytest.fixture
def after(store, organizer):
    """A worker starts at a business time, `away` after the last one stopped: what organizers and operators are told."""

    def start(at, away, watches=True):
        if watches:
            store.database.set(store.keys.watched(), (datetime.now(UTC) - away).isoformat())
        store.clock.advance_to(at)
        clock = PushClock(store, lambda: None)
        clock.tick(at)
        clock.stop()
        MissedWatch(store, frozenset({"operators"})).look()
        return [d.notification for d in store.outbox.list("zhaotong-2024") if d.notification.job == "alarm"]

    return start


def test_what_is_too_late_is_told_once(store, organizer, after):
    to_robot, to_her = sorted(after(NEXT_MORNING, timedelta(hours=14)), key=lambda each: each.person)
    assert (to_robot.robot, to_her.person) == ("operators", organizer.id)
    assert "5月7日20:30的舆情日报、5月7日21:00的战报" in to_her.text
    assert "9:50" not in to_her.text, "the morning's reminder went out before"
    (alert,) = store.alerts.standing()
    assert "bulletin of 2024-05-07 21:00" in alert.text
    assert len(after(NEXT_MORNING + timedelta(minutes=1), timedelta(), watches=False)) == 2


def test_what_is_caught_up_is_not_told(after):
    assert after(EVENING + timedelta(hours=1), timedelta(hours=2)) == []


def test_what_went_out_before_is_not_told(store, after):
    clock = PushClock(store, lambda: None)
    clock.tick(EVENING)
    clock.stop()
    assert after(NEXT_MORNING, timedelta(hours=10, minutes=59)) == []


def test_a_rehearsals_clock_that_is_moved_on_misses_nothing(after):
    assert after(NEXT_MORNING, timedelta(seconds=20)) == []


def test_the_first_worker_ever_has_missed_nothing(after):
    assert after(NEXT_MORNING, timedelta(), watches=False) == []


def test_what_was_switched_off_is_not_missed(store, campaign, after):
    for each in ("bulletin", "incidents"):
        store.database.sadd(store.keys.switched_off(campaign.id), each)
    assert after(NEXT_MORNING, timedelta(hours=14)) == []
