"""One occurrence: one snapshot, one issue number, one notification for everybody it is meant for."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta, timezone

import pytest

from scheduler import bulletins
from scheduler.audience import Audience, audience
from scheduler.channels import Retry
from scheduler.clock import PushClock
from scheduler.sender import Sender
from storage.database import StorageUnavailable
from storage.occurrences import between
from storage.outbox import Outbox, Settlement
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
    assert not found[f"{base}:{subscriber.id}"].asked, "quiet hours hold whatever is no answer"
    assert not found[f"{base}:{coordinator.id}"].asked
    assert found[f"{base}:robot-zhibanqun"].expires_at == EVENING + timedelta(hours=3)
    text = found[f"{base}:{subscriber.id}"].text
    assert "第1期】截至5月7日21:00" in text
    assert "12,345.67元" in text


def test_a_coordinator_who_subscribed_is_told_once(store, town, campaign, evening_push):
    person = town.coordinator("o-1")
    store.people.subscribe(campaign, town.author(person.id, EVENING))
    persons = [a for a in audience(store, campaign, evening_push, EVENING) if a.person]
    assert persons == [Audience(person=person.id)]


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


MIDNIGHT = datetime(2024, 5, 8, 0, 0, tzinfo=CHINA)


@pytest.mark.parametrize(
    ("late", "until"), [(timedelta(seconds=2), "5月7日24:00"), (timedelta(hours=1), "5月8日01:00")]
)
def test_a_bulletin_at_midnight_is_of_the_day_that_ended(store, town, campaign, evening_push, late, until):
    """What came in after midnight stands in the total, and in no growth but its own day's."""
    town.team("昭通市第一中学", 120_000, 12, at=EVENING)
    town.team("昭通市第二中学", 50_000, 5, at=MIDNIGHT + timedelta(seconds=1))
    bulletins.plan(store, campaign, evening_push, MIDNIGHT, MIDNIGHT + late)
    (text,) = {notification.text for notification in queued(store, campaign).values()}
    assert f"5月7日战报 第1期】截至{until}\n累计 1,700.00元\n5月7日新增 1,200.00元" in text
    assert "今" not in text.partition("自愿")[0]
    assert "\n5月8日10点开始配捐" in text
    assert bulletins.preview(store, campaign, evening_push, MIDNIGHT, MIDNIGHT + late).text.count("5月7日新增") == 1


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


def test_what_a_correction_finds_still_queued_is_not_sent(store, town, campaign, channel, evening_push):
    """Old figures never follow the corrected ones, not even where the first plan broke off in the middle."""
    early, late = town.subscriber("o-1"), town.subscriber("o-2")
    bulletins.plan(store, campaign, evening_push, EVENING, EVENING)
    busy = channel(answers=[None, Retry("busy", after_seconds=60)])
    sender = Sender(store, [busy])
    sender.drain(EVENING)
    bulletins.plan(store, campaign, evening_push, EVENING, EVENING + timedelta(seconds=10), again=True)
    for seconds in (11, 180):
        sender.drain(EVENING + timedelta(seconds=seconds))
    assert [text.startswith("【更正】") for _, text in busy.sent] == [False, True, True]
    waited = {d.notification.person: d.status for d in store.outbox.list(campaign.id) if ":1:" in d.notification.id}
    assert sorted((waited[early.id], waited[late.id])) == ["sent", "skipped"]


def test_after_a_correction_nobody_plans_the_first_one(store, town, campaign, evening_push, monkeypatch):
    town.subscriber("o-1")
    with monkeypatch.context() as dying:
        dying.setattr(Outbox, "enqueue", lambda *_: (_ for _ in ()).throw(StorageUnavailable("gone")))
        with pytest.raises(StorageUnavailable):
            bulletins.plan(store, campaign, evening_push, EVENING, EVENING)
    bulletins.plan(store, campaign, evening_push, EVENING, EVENING, again=True)
    assert PushClock(store, lambda: None).catch_up(EVENING + timedelta(minutes=5)) == 0


def test_two_pushes_of_one_job_in_one_minute_share_the_figures_and_reach_everybody(
    store, town, campaign, evening_push, channel
):
    """One for persons, one for the robots and the coordinators; who is meant twice is told once."""
    both, asked = town.coordinator("o-1"), town.subscriber("o-2")
    store.people.subscribe(campaign, town.author(both.id, EVENING))
    people = evening_push.model_copy(update={"id": "people", "audience": ("subscribers",)})
    office = evening_push.model_copy(update={"id": "office", "audience": ("coordinators", "robots")})
    two = campaign.model_copy(update={"pushes": (people, office)})
    store.campaigns.publish(two, EVENING - timedelta(hours=1))
    clock = PushClock(store, lambda: None)
    assert clock.catch_up(EVENING) == 3
    assert clock.catch_up(EVENING + timedelta(minutes=1)) == 0
    found = list(queued(store, campaign).values())
    assert {n.person or n.robot for n in found} == {both.id, asked.id, "zhibanqun"}
    assert len({n.text for n in found}) == 1
    bulletins.plan(store, two, people, EVENING, EVENING + timedelta(minutes=2), again=True)
    persons, robots = channel(name="persons"), channel(name="robots", kind="robot")
    Sender(store, [persons, robots]).drain(EVENING + timedelta(minutes=3))
    assert sorted(who for who, _ in persons.sent) == ["o-1", "o-2"]
    assert all("更正" in text for _, text in persons.sent)
    assert [who for who, _ in robots.sent] == ["zhibanqun"], "only the other push was corrected"


def test_what_was_caught_up_late_has_its_whole_life_when_asked_for_again(store, town, campaign, evening_push):
    town.subscriber("o-1")
    bulletins.plan(store, campaign, evening_push, EVENING, EVENING + timedelta(minutes=175))
    late = store.outbox.list(campaign.id)[0].notification
    assert late.expires_at == EVENING + timedelta(hours=3)
    store.outbox.settle([Settlement(campaign.id, late.id, "unknown", EVENING + timedelta(minutes=176))])
    asked_at = EVENING + timedelta(hours=4)
    store.outbox.retry(campaign.id, late.id, "op", asked_at)
    assert store.outbox.get(campaign.id, late.id).notification.expires_at == asked_at + timedelta(hours=3)


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
    days = [at.astimezone(CHINA) for at in between(campaign, evening_push, start, end)]
    assert [(at.date(), at.hour) for at in days] == [
        (date(2024, 4, 30), 21),
        (date(2024, 5, 7), 21),
        (date(2024, 5, 8), 21),
        (date(2024, 5, 9), 21),
    ]
    assert not list(between(campaign, evening_push, EVENING, EVENING + timedelta(hours=20)))


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


def test_the_reminders_say_when(store, campaign):
    opening = bulletins.push_named(campaign, "opening-reminder")
    at = datetime(2024, 5, 8, 9, 50, tzinfo=CHINA)
    text = bulletins.preview(store, campaign, opening, at, at).text
    assert "今天（5月8日）10点开始配捐" in text
    assert "1元" in text
    deadline = bulletins.push_named(campaign, "deadline-reminder")
    at = datetime(2024, 4, 29, 10, 0, tzinfo=CHINA)
    assert "4月30日24点，明天截止" in bulletins.preview(store, campaign, deadline, at, at).text


def test_nobody_is_reminded_who_had_all_that_a_day_allows(store, town, campaign):
    opening = bulletins.push_named(campaign, "opening-reminder").model_copy(update={"audience": ("captains",)})
    at = datetime(2024, 5, 7, 9, 30, tzinfo=CHINA)
    for unit in ("昭通市第一中学", "昭通市第二中学"):
        town.team(unit)
    full, other = "captain-of-昭通市第一中学", "captain-of-昭通市第二中学"
    for push in ("notice-1", "notice-2"):
        assert store.announcements.admit(campaign.id, at.date(), push, [full]) == {full}
    for _ in range(2):
        bulletins.plan(store, campaign, opening, at, at)
    captains = {n.person for n in queued(store, campaign).values() if n.person.startswith("captain-of")}
    assert captains == {other}
    assert store.announcements.pushed(campaign.id, at.date(), [full, other]) == {full: 2, other: 1}
