"""The worker: planned and delivered in one loop, across restarts and outages."""

from datetime import datetime, timedelta, timezone
from threading import Event, Thread
from time import monotonic, sleep

from scheduler import jobs
from scheduler.worker import Worker
from storage.database import StorageUnavailable
from storage.outbox import Outbox

EVENING = datetime(2024, 5, 7, 21, 0, tzinfo=timezone(timedelta(hours=8)))


def statuses(store, campaign):
    return sorted(d.status for d in store.outbox.list(campaign.id, limit=100))


def test_the_evening_bulletin_reaches_everybody_once(store, town, campaign, channel):
    town.subscriber("o-1")
    town.subscriber("o-2", wrote=EVENING - timedelta(hours=60))
    town.coordinator("o-3")
    persons, robots = channel(name="persons", needs_window=True), channel(name="robots", kind="robot")
    worker = Worker(store, [persons, robots])
    assert worker.tick(EVENING - timedelta(minutes=1)) == 0
    worker.tick(EVENING)
    worker.tick(EVENING + timedelta(minutes=1))
    assert statuses(store, campaign) == ["mailbox", "sent", "sent", "sent"]
    assert sorted(who for who, _ in persons.sent) == ["o-1", "o-3"]
    assert [who for who, _ in robots.sent] == ["zhibanqun"]
    assert len(town.mailbox("o-2")) == 1


def test_who_unsubscribed_is_not_told(store, town, campaign, channel):
    person = town.subscriber("o-1")
    store.people.unsubscribe(campaign, town.author(person.id, EVENING))
    persons = channel()
    Worker(store, [persons, channel(name="robots", kind="robot")]).tick(EVENING)
    assert persons.tried == 0


def test_a_restart_between_planning_and_sending_doubles_nothing(store, town, campaign, channel):
    town.subscriber("o-1")
    persons, robots = channel(name="persons"), channel(name="robots", kind="robot")
    first = Worker(store, [persons, robots])
    first._clock.tick(EVENING)
    store.database.delete(store.keys.planned(campaign.id))
    Worker(store, [persons, robots]).tick(EVENING + timedelta(minutes=2))
    assert (len(persons.sent), len(robots.sent)) == (1, 1)
    assert "第1期】截至5月7日21:00" in persons.sent[0][1]


def test_a_server_that_stops_writing_is_an_outage_too(store, town, campaign, channel, monkeypatch):
    """Redis says so inside a step; what was sent just then is remembered and stored once it writes again."""
    town.subscriber("o-1")
    store.clock.advance_to(EVENING + timedelta(seconds=1))

    class Last(channel):
        def send(self, recipient, push):
            super().send(recipient, push)
            store.database.config_set("min-replicas-to-write", 1)
            refused.set()
            return ""

    refused, stop = Event(), Event()
    monkeypatch.setattr("scheduler.worker.IDLE_SECONDS", 0.02)
    persons = Last(name="persons")
    worker = Worker(store, [persons, channel(name="robots", kind="robot")])
    thread = Thread(target=worker.run, args=(stop,))
    thread.start()
    try:
        assert refused.wait(10)
        sleep(0.1)
        assert thread.is_alive()
    finally:
        store.database.config_set("min-replicas-to-write", 0)
    give_up = monotonic() + 10
    while "sent" not in statuses(store, campaign) and monotonic() < give_up:
        sleep(0.02)
    stop.set()
    thread.join(5)
    assert "unknown" not in statuses(store, campaign)
    assert len(persons.sent) == 1


def test_it_runs_until_told_to_stop_and_outlives_an_outage(store, town, campaign, channel, monkeypatch):
    town.subscriber("o-1")
    store.clock.advance_to(EVENING + timedelta(seconds=1))
    claim, outages = Outbox.claim, iter([True, True])

    def flaky(*args):
        if next(outages, False):
            raise StorageUnavailable("gone for a moment")
        return claim(*args)

    monkeypatch.setattr(Outbox, "claim", flaky)
    monkeypatch.setattr("scheduler.worker.IDLE_SECONDS", 0.02)
    persons, robots = channel(name="persons"), channel(name="robots", kind="robot")
    stop = Event()
    thread = Thread(target=Worker(store, [persons, robots]).run, args=(stop,))
    thread.start()
    give_up = monotonic() + 10
    while statuses(store, campaign) != ["sent", "sent"] and monotonic() < give_up:
        sleep(0.02)
    stop.set()
    thread.join(5)
    assert not thread.is_alive()
    assert (len(persons.sent), len(robots.sent)) == (1, 1)


def test_a_campaign_whose_push_cannot_be_written_costs_the_others_nothing(store, town, file, channel, monkeypatch):
    """Its alarm stands in `yidui check`; once it can be written, it goes out."""
    store.campaigns.publish(file.model_copy(update={"id": "broken"}), EVENING - timedelta(days=3))
    store.campaigns.publish(file, EVENING - timedelta(days=2))
    town.subscriber("o-1")
    persons, robots = channel(), channel(name="robots", kind="robot")
    worker = Worker(store, [persons, robots])
    sound = jobs.render_bulletin
    with monkeypatch.context() as broken:
        broken.setattr(jobs, "render_bulletin", lambda e: 1 // 0 if e.campaign.id == "broken" else sound(e))
        worker.tick(EVENING)
        worker.tick(EVENING + timedelta(seconds=1))
    assert (len(persons.sent), len(robots.sent)) == (1, 1)
    (alert,) = store.alerts.standing()
    assert alert.source == "campaign broken"
    assert "ZeroDivisionError" in alert.text
    worker.tick(EVENING + timedelta(seconds=2))
    assert len(robots.sent) == 2


def test_a_record_that_cannot_be_read_costs_the_other_campaigns_nothing(store, town, file, channel):
    store.campaigns.publish(file.model_copy(update={"id": "broken"}), EVENING - timedelta(days=3))
    store.campaigns.publish(file, EVENING - timedelta(days=2))
    town.subscriber("o-1")
    persons, robots = channel(), channel(name="robots", kind="robot")
    worker = Worker(store, [persons, robots])
    worker._clock.tick(EVENING)
    spoilt, *_ = store.database.zrange(store.keys.outbox("broken"), 0, -1)
    store.database.hset(store.keys.notification("broken", spoilt), "doc", "{")
    worker.tick(EVENING)
    assert len(persons.sent) == 1
    assert "campaign broken" in [alert.source for alert in store.alerts.standing()]
