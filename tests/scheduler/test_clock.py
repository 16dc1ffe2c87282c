"""The clock: what is due goes out once, after a ring, a restart or a jump; APScheduler lives in shifted time."""

from datetime import datetime, time, timedelta, timezone
from threading import Event

import pytest

from scheduler import bulletins
from scheduler.clock import PlanTrigger, PushClock, due
from scheduler.worker import Worker
from storage.models.people import Membership
from storage.reckoning import Reading

CHINA = timezone(timedelta(hours=8))
EVENING = datetime(2024, 5, 7, 21, 0, tzinfo=CHINA)


@pytest.fixture
def clock(store, campaign):
    clock = PushClock(store, lambda: None)
    yield clock
    clock.stop()


def names(store, campaign):
    found = {d.notification.id for d in store.outbox.list(campaign.id, limit=100)}
    return sorted({name.split(":", 2)[2].rsplit(":", 2)[0] for name in found})


def test_an_occurrence_goes_out_at_its_minute_and_once(store, campaign, clock):
    assert clock.tick(EVENING - timedelta(minutes=1)) == 0
    assert clock.tick(EVENING) == 1
    assert clock.tick(EVENING + timedelta(seconds=1)) == 0
    assert names(store, campaign) == ["2024-05-07T21:00"]


def test_who_subscribes_afterwards_waits_for_the_next_one(town, clock):
    clock.tick(EVENING)
    town.subscriber("o-late", wrote=EVENING + timedelta(minutes=5))
    assert clock.tick(EVENING + timedelta(minutes=6)) == 0


def test_a_bell_a_little_early_counts_as_the_minute(store, campaign, clock):
    assert clock.tick(EVENING - timedelta(milliseconds=200)) == 1
    (delivery,) = store.outbox.list(campaign.id)
    assert "截至5月7日21:00" in delivery.notification.text


def test_after_downtime_what_has_not_expired_is_caught_up(store, campaign, clock):
    assert clock.tick(EVENING + timedelta(hours=2, minutes=59)) == 1
    (delivery,) = store.outbox.list(campaign.id)
    assert "截至5月7日23:59" in delivery.notification.text, "the cut-off is the true one"
    assert delivery.notification.expires_at == EVENING + timedelta(hours=3)


def test_what_expired_meanwhile_stays_unsaid(clock):
    assert clock.tick(EVENING + timedelta(hours=3)) == 0
    assert clock.tick(datetime(2024, 5, 8, 10, 21, tzinfo=CHINA)) == 0, "the reminder lives 30 minutes"


def test_nothing_older_than_six_hours(store, campaign, clock):
    lasting = campaign.pushes[2].model_copy(update={"expires_minutes": 24 * 60})
    store.campaigns.publish(campaign.model_copy(update={"pushes": (lasting,)}), EVENING - timedelta(days=3))
    store.campaigns.look_again()
    assert clock.tick(EVENING + timedelta(hours=6)) == 0
    assert clock.tick(EVENING + timedelta(hours=5, minutes=59)) == 1


def test_nothing_from_before_the_first_publication(store, file):
    store.campaigns.publish(file, EVENING + timedelta(minutes=5))
    clock = PushClock(store, lambda: None)
    assert clock.tick(EVENING + timedelta(minutes=6)) == 0
    store.campaigns.publish(file.model_copy(update={"year": 2025}), EVENING + timedelta(minutes=7))
    assert clock.tick(EVENING + timedelta(days=1)) == 1, "the next evening's does go out"


def test_a_push_that_fails_holds_up_no_other(store, campaign, clock, monkeypatch):
    render = bulletins.plan

    def fails(store, campaign, push, *args):
        if push.id == "incidents":
            raise LookupError("a rule that breaks")
        return render(store, campaign, push, *args)

    monkeypatch.setattr(bulletins, "plan", fails)
    assert clock.tick(EVENING) == 1, "21:00 goes out, 20:30 does not"
    assert names(store, campaign) == ["2024-05-07T21:00"]
    (alert,) = store.alerts.standing()
    assert "LookupError" in alert.text


def test_a_plan_published_under_a_clock_that_was_set_back_is_kept(store, file):
    store.campaigns.publish(file, EVENING + timedelta(days=30))
    clock = PushClock(store, lambda: None)
    assert clock.tick(EVENING) == 1


def test_what_a_clock_a_day_ahead_sent_goes_out_again_at_its_minute(store, town, campaign, channel):
    """With tomorrow's figures, once, as a correction of what had told today's as tomorrow's."""
    town.subscriber("o-1", wrote=EVENING - timedelta(hours=1))
    team = town.team("昭通市第一中学", 50_000, 20, at=EVENING - timedelta(hours=2))
    tomorrow, wall = EVENING + timedelta(days=1), channel()
    Worker(store, [wall]).tick(tomorrow)
    assert [text.split("】")[0] for _, text in wall.sent] == ["【昭通5·8人道公益日战报 第1期"]
    worker = Worker(store, [wall])
    worker.tick(EVENING + timedelta(minutes=1))
    (alert,) = [each for each in store.alerts.standing() if each.source.startswith("clock")]
    assert "bulletin of 2024-05-08T21:00" in alert.text
    reading = Reading("total", "online", 80_000, 30)
    store.reports.add(campaign, town.author(team.captains[0], tomorrow), team, Membership(), reading)
    wall.sent.clear()
    for seconds in (-60, 0, 1, 2):
        worker.tick(tomorrow + timedelta(seconds=seconds))
    Worker(store, [wall]).tick(tomorrow + timedelta(seconds=3))
    told = [text for to, text in wall.sent if to == "o-1"]
    assert len(told) == 1
    assert told[0].startswith("【更正】以此条为准\n【昭通5·8人道公益日战报 第1期】截至5月8日21:00")
    assert "累计：500.00元 → 800.00元" in told[0]


def test_a_machine_whose_clock_is_a_little_behind_catches_nothing_up(store, file):
    store.campaigns.publish(file, EVENING + timedelta(minutes=5))
    clock = PushClock(store, lambda: None)
    assert clock.tick(EVENING + timedelta(minutes=4)) == 0


def test_a_push_that_was_not_changed_is_caught_up_whatever_else_was(store, campaign, clock):
    others = [p if p.id == "bulletin" else p.model_copy(update={"at": (time(20, 59),)}) for p in campaign.pushes]
    store.campaigns.publish(campaign.model_copy(update={"pushes": tuple(others)}), EVENING + timedelta(minutes=1))
    store.campaigns.look_again()
    assert clock.tick(EVENING + timedelta(minutes=2)) == 1
    assert names(store, campaign) == ["2024-05-07T21:00"]


def test_a_campaign_opened_again_says_nothing_of_the_past(store, campaign, clock):
    store.campaigns.close(campaign.id, store.clock.now())
    store.campaigns.publish(campaign, EVENING + timedelta(hours=2))
    assert clock.tick(EVENING + timedelta(hours=2, minutes=1)) == 0
    assert clock.tick(EVENING + timedelta(days=1)) == 1


def test_a_changed_plan_asks_for_nothing_of_the_past(store, campaign, clock):
    assert clock.tick(EVENING) == 1
    earlier = [push.model_copy(update={"at": (time(20, 45),)}) for push in campaign.pushes]
    store.campaigns.publish(campaign.model_copy(update={"pushes": tuple(earlier)}), EVENING + timedelta(minutes=30))
    assert clock.tick(EVENING + timedelta(minutes=31)) == 0


def test_another_change_of_the_file_does_not_cost_what_was_missed(store, campaign, clock):
    store.campaigns.publish(campaign.model_copy(update={"year": 2025}), EVENING + timedelta(minutes=5))
    assert clock.tick(EVENING + timedelta(minutes=6)) == 1


def test_a_closed_campaign_says_nothing(store, campaign, clock):
    store.campaigns.close(campaign.id, store.clock.now())
    assert clock.tick(EVENING) == 0


def test_a_push_whose_job_does_not_exist_is_left_out(store, campaign):
    odd = campaign.pushes[2].model_copy(update={"job": "fireworks", "id": "fireworks"})
    store.campaigns.publish(campaign.model_copy(update={"pushes": (odd, *campaign.pushes)}), EVENING)
    published = store.campaigns.published()[campaign.id]
    assert "fireworks" not in {push.job for push, _ in due(published, EVENING)}


def test_the_plan_is_laid_anew_when_the_file_or_the_time_changes(store, campaign, clock, monkeypatch):
    laid = []
    lay = PushClock._lay
    monkeypatch.setattr(PushClock, "_lay", lambda self, *args: (laid.append(1), lay(self, *args)))
    for _ in range(2):
        clock.tick(EVENING - timedelta(hours=1))
    assert len(laid) == 1
    clock.tick(EVENING)
    assert len(laid) == 2, "the clock jumped"
    store.campaigns.publish(campaign.model_copy(update={"pushes": campaign.pushes[:1]}), EVENING)
    clock.tick(EVENING)
    assert len(laid) == 3
    assert len(clock._scheduler.get_jobs()) == 1


def test_a_trigger_rings_in_real_time_at_the_plans_minutes(campaign):
    ahead = timedelta(days=100, hours=3)
    trigger = PlanTrigger(campaign, next(push for push in campaign.pushes if push.id == "bulletin"), ahead)
    first = trigger.get_next_fire_time(None, EVENING - ahead)
    assert first == EVENING - ahead, "this very minute"
    assert trigger.get_next_fire_time(first, first + timedelta(seconds=1)) == first + timedelta(days=1)
    last = EVENING + timedelta(days=2) - ahead
    assert trigger.get_next_fire_time(last, last) is None


def test_apscheduler_rings_on_the_rehearsal_clock(store, campaign):
    rung = Event()
    clock = PushClock(store, rung.set)
    store.clock.advance_to(EVENING - timedelta(milliseconds=1300))
    clock.start()
    try:
        assert clock.tick(store.clock.now()) == 0
        assert not rung.is_set()
        assert rung.wait(5)
        assert clock.tick(store.clock.now()) == 1
    finally:
        clock.stop()
