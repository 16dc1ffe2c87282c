"""One occurrence: one snapshot, one issue number, one notification for everybody it is meant for."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta, timezone

import pytest

from scheduler import bulletins
from scheduler.jobs import JOBS
from storage.snapshots import Snapshots

CHINA = timezone(timedelta(hours=8))
EVENING = datetime(2024, 5, 7, 21, 0, tzinfo=CHINA)


@pytest.fixture
def evening_push(campaign):
    return bulletins.push_named(campaign, "bulletin")


def queued(store, campaign):
    return {d.notification.id: d.notification for d in store.outbox.list(campaign.id, limit=100)}


def test_everybody_it_is_meant_for_gets_the_same_text_once(store, town, campaign, evening_push):
    subscriber, coordinator = town.subscriber("o-1"), town.coordinator("o-2")
    town.team("昭通市第一中学", 1_234_567, 321)
    assert bulletins.plan(store, campaign, evening_push, EVENING, EVENING) == 3
    assert bulletins.plan(store, campaign, evening_push, EVENING, EVENING) == 0
    found = queued(store, campaign)
    base = "zhaotong-2024:bulletin:2024-05-07T21:00:1"
    assert set(found) == {f"{base}:{subscriber.id}", f"{base}:{coordinator.id}", f"{base}:robot-zhibanqun"}
    assert len({n.text for n in found.values()}) == 1
    assert found[f"{base}:{subscriber.id}"].asked
    assert not found[f"{base}:{coordinator.id}"].asked
    assert found[f"{base}:robot-zhibanqun"].expires_at == EVENING + timedelta(hours=3)
    text = found[f"{base}:{subscriber.id}"].text
    assert "第1期】截至5月7日21:00" in text
    assert "12,345.67元" in text


def test_a_coordinator_who_subscribed_is_told_once(store, town, campaign, evening_push):
    person = town.coordinator("o-1")
    store.people.subscribe(campaign, town.author(person.id, EVENING))
    persons = [a for a in bulletins.audience(store, campaign, evening_push) if a.person]
    assert persons == [bulletins.Audience(person=person.id, asked=True)]


def test_the_figures_stand_whatever_is_reported_afterwards(store, town, campaign, evening_push):
    town.team("昭通市第一中学", 100_000, 10)
    snapshots = Snapshots(store.database, store.keys)
    first = snapshots.take(snapshots.draft(campaign, "bulletin", EVENING, EVENING), numbered=True)
    town.team("昭通市第二中学", 900_000, 10)
    later = EVENING + timedelta(minutes=3)
    again = snapshots.take(snapshots.draft(campaign, "bulletin", EVENING, later), numbered=True)
    assert again == first
    assert (again.issue, again.digest.cut_off, again.digest.figures.amount_fen) == (1, EVENING, 100_000)
    town.subscriber("o-1")
    bulletins.plan(store, campaign, evening_push, EVENING, later)
    assert all("累计 1,000.00元" in n.text for n in queued(store, campaign).values())


def test_processes_at_once_take_one_issue_number(store, town, campaign, evening_push):
    for n in range(5):
        town.subscriber(f"o-{n}")
    with ThreadPoolExecutor(4) as pool:
        counts = list(pool.map(lambda _: bulletins.plan(store, campaign, evening_push, EVENING, EVENING), range(4)))
    assert sum(counts) == 6
    assert Snapshots(store.database, store.keys).next_issue(campaign.id) == 2


def test_a_correction_is_labelled_and_bears_the_number_of_what_it_corrects(store, town, campaign, evening_push):
    town.subscriber("o-1")
    bulletins.plan(store, campaign, evening_push, EVENING, EVENING)
    town.team("昭通市第一中学", 500_000, 10)
    later = EVENING + timedelta(minutes=20)
    assert bulletins.plan(store, campaign, evening_push, EVENING, later, again=True) == 2
    corrected = [n for i, n in queued(store, campaign).items() if "T21:00:2:" in i]
    assert len(corrected) == 2
    for notification in corrected:
        assert notification.text.startswith("【更正】")
        assert "第1期】截至5月7日21:20" in notification.text
    assert bulletins.plan(store, campaign, evening_push, EVENING, later, again=True) == 2
    assert Snapshots(store.database, store.keys).next_issue(campaign.id) == 2


def test_a_preview_writes_nothing(store, town, campaign, evening_push):
    town.subscriber("o-1")
    keys = sorted(store.database.keys())
    shown = bulletins.preview(store, campaign, evening_push, EVENING, EVENING)
    assert sorted(store.database.keys()) == keys
    assert "第1期" in shown.text
    assert [a.name for a in shown.recipients][-1] == "robot-zhibanqun"
    assert len(shown.recipients) == 2


def test_occurrences_are_the_days_of_the_file(campaign, evening_push):
    start, end = datetime(2024, 4, 1, tzinfo=CHINA), datetime(2024, 6, 1, tzinfo=CHINA)
    days = [at.astimezone(CHINA) for at in bulletins.occurrences(campaign, evening_push, start, end)]
    assert [(at.date(), at.hour) for at in days] == [
        (date(2024, 4, 30), 21),
        (date(2024, 5, 7), 21),
        (date(2024, 5, 8), 21),
        (date(2024, 5, 9), 21),
    ]
    assert not list(bulletins.occurrences(campaign, evening_push, EVENING, EVENING + timedelta(hours=20)))


@pytest.mark.parametrize(
    ("day", "now", "stands_for"),
    [
        (date(2024, 5, 8), EVENING, EVENING + timedelta(days=1)),
        (None, EVENING + timedelta(minutes=40), EVENING),
        (None, EVENING - timedelta(hours=6, seconds=-5), EVENING - timedelta(hours=6)),
    ],
)
def test_what_a_push_by_hand_stands_for(campaign, evening_push, day, now, stands_for):
    assert bulletins.occurrence_on(campaign, evening_push, day, now) == stands_for


def test_an_unknown_push_is_named(campaign):
    with pytest.raises(bulletins.UnknownJob, match="deadline-reminder"):
        bulletins.push_named(campaign, "weekly")


@pytest.mark.parametrize("job", sorted(JOBS))
def test_every_job_speaks_of_free_will_and_within_the_budget(store, town, campaign, job):
    push = bulletins.push_named(campaign, job)
    text = bulletins.preview(store, campaign, push, EVENING, EVENING).text
    assert "自愿" in text
    assert len(text.encode()) <= 2048


def test_the_reminders_say_when(store, campaign):
    opening = bulletins.push_named(campaign, "opening-reminder")
    at = datetime(2024, 5, 8, 9, 50, tzinfo=CHINA)
    text = bulletins.preview(store, campaign, opening, at, at).text
    assert "今天（5月8日）10点开始配捐" in text
    assert "1元" in text
    deadline = bulletins.push_named(campaign, "deadline-reminder")
    at = datetime(2024, 4, 29, 10, 0, tzinfo=CHINA)
    assert "4月30日24点，明天截止" in bulletins.preview(store, campaign, deadline, at, at).text
