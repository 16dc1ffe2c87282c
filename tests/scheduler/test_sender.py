"""The sender: each push once, by the first channel that can; what it cannot know it says."""

from datetime import UTC, datetime, timedelta, timezone
from itertools import count
from threading import Barrier

import pytest

from scheduler.channels import Park, Retry, Skip, Unknown
from scheduler.outcomes import TRIES, Outcomes
from scheduler.sender import LANES, Sender
from storage.database import StorageUnavailable
from storage.leases import Leases
from storage.outbox import LOAN, Outbox
from storage.store import open_store
from storage.windows import Windows

CHINA = timezone(timedelta(hours=8))
EVENING = datetime(2024, 5, 7, 21, 0, tzinfo=CHINA)


class Crash(BaseException):
    """The process dies here."""


def status(store, push):
    delivery = store.outbox.get(push.campaign, push.id)
    return delivery.status, delivery.channel


def left(store, openid):
    """How many messages the ledger of her windows still allows."""
    window = Windows(store.database, store.keys).open([openid], EVENING).get(openid)
    return window.messages_left if window else 0


def successor(store, *channels):
    """Another process, after the first one's lease has lapsed."""
    store.database.delete(store.keys.lease("sender"))
    return Sender(open_store(store.database, "t", "rehearsal"), channels)


@pytest.fixture
def person(town):
    return town.person("o-1")


@pytest.fixture
def item(store, person, push):
    notification = push(person.id)
    store.outbox.enqueue([notification])
    return notification


# --- the ways out ---------------------------------------------------------------------------------------------


def test_the_file_says_by_which_channels_a_push_goes_to_persons(store, campaign, person, push, town, channel):
    """Never by another, however near: what none of them takes is in her mailbox. A robot is not meant."""
    planned = [p.model_copy(update={"channels": ("template_message",)}) for p in campaign.pushes]
    store.campaigns.publish(campaign.model_copy(update={"pushes": tuple(planned)}), EVENING)
    store.campaigns.look_again()
    near, named, robots = channel(name="customer_service"), channel(name="template_message"), channel(kind="robot")
    first, other = push(person.id, push="opening-reminder"), push(person.id, push="", number=2)
    posted = push(robot="zhibanqun", push="opening-reminder", number=3)
    store.outbox.enqueue([first, other, posted])
    Sender(store, [near, named, robots]).drain(EVENING)
    assert [status(store, each) for each in (first, other, posted)] == [
        ("sent", "template_message"),
        ("sent", "customer_service"),
        ("sent", "obedient"),
    ]
    later = push(person.id, push="opening-reminder", number=4)
    store.outbox.enqueue([later])
    successor(store, near).drain(EVENING)
    assert status(store, later) == ("mailbox", "mailbox")
    assert town.mailbox("o-1") == ["战报 4"]


def test_the_first_channel_that_accepts_sends_and_spends_the_window(store, item, channel):
    first, second = channel(name="first"), channel(name="second")
    assert Sender(store, [first, second]).drain(EVENING) == 1
    assert status(store, item) == ("sent", "first")
    assert (first.sent, second.sent) == ([("o-1", item.text)], [])
    assert left(store, "o-1") == 4
    assert Sender(store, [first]).drain(EVENING) == 0


def test_nobody_accepts_then_the_mailbox(store, town, item, channel):
    Sender(store, [channel(kind="robot")]).drain(EVENING)
    assert status(store, item) == ("mailbox", "mailbox")
    assert town.mailbox("o-1") == [item.text]


def test_skip_goes_to_the_next_channel(store, item, channel):
    first, second = channel(name="first", answers=[Skip("no", 45002)]), channel(name="second")
    Sender(store, [first, second]).drain(EVENING)
    assert status(store, item) == ("sent", "second")
    assert left(store, "o-1") == 4


@pytest.mark.parametrize("code", [45015, 45047])
def test_wechat_corrects_the_ledger_of_the_window(store, town, item, channel, code):
    Sender(store, [channel(answers=[Skip("closed", code)])]).drain(EVENING)
    assert status(store, item) == ("mailbox", "mailbox")
    assert left(store, "o-1") == 0
    assert str(code) in store.outbox.get(item.campaign, item.id).reason


def test_retry_waits_longer_each_time_and_ends_in_the_mailbox(store, town, item, channel, first_due):
    flaky = channel(answers=[Retry("busy", -1, after_seconds=2)] * TRIES)
    sender, now, waits = Sender(store, [flaky]), EVENING, []
    while store.outbox.waiting(item.campaign):
        sender.drain(now)
        if store.outbox.waiting(item.campaign):
            waits.append((first_due() - now).total_seconds())
            now = first_due() + timedelta(milliseconds=2)
    assert flaky.tried == TRIES
    assert len(waits) == TRIES - 1
    assert waits == sorted(waits)
    assert waits[0] >= 5
    assert status(store, item) == ("mailbox", "mailbox")
    assert left(store, "o-1") == 5, "nothing went out, nothing is spent"


@pytest.mark.parametrize(
    "then",
    [
        [Skip("text too long", 45002)],
        [Skip("her window is closed", 45015)],
        [Park("no right", 48001)],
        [Park("quota", 45009, until=datetime.now(UTC) + timedelta(hours=1))],
        [Retry("busy", -1, after_seconds=2)] * TRIES,
        [Unknown("no answer")] * TRIES,
        [Retry("later", after_seconds=4 * 3600)],
    ],
    ids=lambda answers: f"{type(answers[0]).__name__} {answers[0]}",
)
def test_what_may_have_arrived_goes_no_other_way(store, town, item, channel, then, first_due):
    once, other, now = channel(repeat_safe=True, answers=[Unknown("no answer"), *then]), channel(name="other"), EVENING
    sender = Sender(store, [once, other])
    while store.outbox.waiting(item.campaign):
        sender.drain(now)
        now = first_due() + timedelta(milliseconds=2) if store.outbox.waiting(item.campaign) else now
    assert status(store, item)[0] == "unknown"
    assert (other.tried, town.mailbox("o-1")) == (0, [])


@pytest.mark.parametrize("later", [timedelta(hours=3), timedelta(minutes=1)])
def test_what_may_have_arrived_and_is_not_repeated_is_unknown(store, town, item, channel, later):
    once, other = channel(repeat_safe=True, answers=[Unknown("no answer")]), channel(name="other")
    Sender(store, [once, other]).drain(EVENING)
    gone = [other] if later < timedelta(hours=3) else [once, other]
    Sender(store, gone).drain(EVENING + later)
    assert status(store, item)[0] == "unknown"
    assert (other.tried, town.mailbox("o-1")) == (0, [])


def test_what_may_have_arrived_before_a_death_goes_no_other_way(store, town, item, channel):
    with pytest.raises(Crash):
        Sender(store, [channel(repeat_safe=True, answers=[Crash()])]).drain(EVENING)
    other = channel(name="other")
    successor(store, channel(repeat_safe=True, answers=[Skip("too long", 45002)]), other).drain(EVENING + LOAN)
    assert status(store, item)[0] == "unknown"
    assert (other.tried, town.mailbox("o-1")) == (0, [])


def test_what_may_have_arrived_before_she_was_erased_is_not_repeated(store, town, item, channel):
    once = channel(repeat_safe=True, answers=[Unknown("no answer")])
    sender = Sender(store, [once])
    sender.drain(EVENING)
    store.database.delete(store.keys.who(item.person))
    sender.drain(EVENING + timedelta(minutes=1))
    assert (once.tried, status(store, item)[0]) == (1, "unknown")


def test_what_was_asked_for_again_goes_any_way(store, town, item, channel):
    once = channel(repeat_safe=True, answers=[Unknown("no answer"), Skip("too long", 45002)])
    sender = Sender(store, [once])
    sender.drain(EVENING)
    sender.drain(EVENING + timedelta(minutes=1))
    assert status(store, item)[0] == "unknown"
    store.outbox.retry(item.campaign, item.id, "op", EVENING + timedelta(minutes=2))
    other = channel(name="other")
    successor(store, other).drain(EVENING + timedelta(minutes=2))
    assert status(store, item) == ("sent", "other")


def test_a_retry_that_would_come_too_late_goes_another_way(store, town, item, channel):
    Sender(store, [channel(answers=[Retry("later", after_seconds=4 * 3600)])]).drain(EVENING)
    assert status(store, item) == ("mailbox", "mailbox")


def test_park_closes_the_channel_for_everybody(store, town, push, channel):
    until = datetime.now(UTC) + timedelta(hours=1)
    parked, second = channel(name="parked", answers=[Park("quota", 45009, until=until)]), channel(name="second")
    items = [push(town.person(f"o-{n}").id) for n in range(3)]
    store.outbox.enqueue(items)
    sender = Sender(store, [parked, second])
    sender.drain(EVENING)
    assert parked.tried == 1
    assert [status(store, i) for i in items] == [("sent", "second")] * 3


def test_a_channel_opens_again_after_its_time(store, town, push, channel):
    past = datetime.now(UTC) - timedelta(seconds=1)
    parked = channel(answers=[Park("quota", until=past)])
    sender = Sender(store, [parked])
    for number in range(2):
        store.outbox.enqueue([push(town.person(f"o-{number}").id)])
        sender.drain(EVENING)
    assert (parked.tried, len(parked.sent)) == (2, 1)


def test_unknown_is_said_and_never_repeated(store, town, item, channel):
    lost = channel(answers=[Unknown("no answer")])
    sender = Sender(store, [lost])
    sender.drain(EVENING)
    sender.drain(EVENING + LOAN)
    assert status(store, item) == ("unknown", "obedient")
    assert lost.tried == 1
    assert town.mailbox("o-1") == []
    assert left(store, "o-1") == 4


def test_unknown_on_a_repeat_safe_channel_is_repeated(store, item, channel):
    lost = channel(repeat_safe=True, answers=[Unknown("no answer")])
    sender = Sender(store, [lost])
    sender.drain(EVENING)
    sender.drain(EVENING + timedelta(minutes=1))
    assert status(store, item) == ("sent", "obedient")
    assert lost.tried == 2


# --- who is not sent to -----------------------------------------------------------------------------------------


def test_too_late_is_expired(store, item, channel):
    late = channel()
    Sender(store, [late]).drain(item.expires_at)
    assert status(store, item)[0] == "expired"
    assert late.tried == 0


def test_the_erased_are_skipped(store, person, item, channel):
    store.people.forget(person)
    anybody = channel()
    Sender(store, [anybody]).drain(EVENING)
    assert status(store, item)[0] == "skipped"
    assert anybody.tried == 0


def test_who_is_erased_after_the_batch_was_addressed_is_not_sent_to(store, town, push, channel):
    people = [town.person(f"o-{n}") for n in range(3)]
    items = [push(person.id, number=n) for n, person in enumerate(people)]
    store.outbox.enqueue(items)

    class Erasing(channel):
        """The first goes alone; meanwhile the last one takes her leave."""

        def send(self, recipient, push):
            if not self.sent:
                store.people.forget(people[2])
            return super().send(recipient, push)

    erasing = Erasing()
    Sender(store, [erasing]).drain(EVENING)
    assert [who for who, _ in erasing.sent] == ["o-0", "o-1"]
    assert status(store, items[2])[0] == "skipped"


def test_windows_decide_for_each_person(store, town, push, channel):
    open_, closed = town.person("open"), town.person("closed", wrote=EVENING - timedelta(hours=49))
    spent = town.person("spent")
    store.database.hset(store.keys.person("spent"), "long_left", "2")
    items = [push(p.id) for p in (open_, closed, spent)]
    store.outbox.enqueue(items)
    messages = channel(needs_window=True)
    Sender(store, [messages]).drain(EVENING)
    assert [status(store, i)[0] for i in items] == ["sent", "mailbox", "mailbox"]
    assert messages.sent == [("open", items[0].text)]


NIGHT = datetime(2024, 5, 7, 22, 30, tzinfo=CHINA)


def test_quiet_hours_hold_what_was_not_asked_for(store, town, push, channel, first_due):
    person = town.person("o-1", wrote=NIGHT)
    until = NIGHT + timedelta(hours=20)
    unasked = push(person.id, number=1, asked=False, expires_at=until)
    asked, robot = push(person.id, number=2), push(robot="zhibanqun")
    store.outbox.enqueue([unasked, asked, robot])
    persons, robots = channel(name="persons"), channel(name="robots", kind="robot")
    sender = Sender(store, [persons, robots])
    sender.drain(NIGHT)
    assert [status(store, i)[0] for i in (unasked, asked, robot)] == ["queued", "sent", "sent"]
    morning = datetime(2024, 5, 8, 8, 0, tzinfo=CHINA)
    assert first_due() == morning
    sender.drain(morning)
    assert status(store, unasked) == ("sent", "persons")


def test_what_quiet_hours_would_let_expire_waits_in_the_mailbox(store, town, push, channel):
    person = town.person("o-1", wrote=NIGHT)
    bulletin = push(person.id, asked=False)
    store.outbox.enqueue([bulletin])
    Sender(store, [channel()]).drain(NIGHT)
    assert status(store, bulletin)[0] == "mailbox"
    assert town.mailbox("o-1") == [bulletin.text]


# --- robots -----------------------------------------------------------------------------------------------------


def test_a_robot_says_twenty_things_in_a_minute_and_then_waits(store, push, channel, first_due):
    items = [push(robot="zhibanqun", number=n) for n in range(22)]
    store.outbox.enqueue(items)
    robots = channel(kind="robot")
    Sender(store, [robots]).drain(EVENING)
    assert len(robots.sent) == 20
    waiting = first_due() - EVENING
    assert timedelta(seconds=50) < waiting <= timedelta(seconds=60)


def test_a_robot_waits_for_its_parked_channel_and_others_do_not(store, push, channel, first_due):
    until = datetime.now(UTC) + timedelta(minutes=30)
    robots = channel(kind="robot", answers=[Park("invalid webhook url", 93000, until=until)])
    broken, fine = push(robot="broken"), push(robot="fine")
    store.outbox.enqueue([broken, fine])
    Sender(store, [robots]).drain(EVENING)
    assert status(store, broken)[0] == "queued"
    assert "93000" in store.outbox.get(broken.campaign, broken.id).reason
    assert first_due() > EVENING + timedelta(minutes=29)
    assert status(store, fine)[0] == "sent"


def test_a_robot_nobody_knows_is_skipped_and_one_that_refuses_has_failed(store, push, channel):
    strange = push(robot="strange")
    store.outbox.enqueue([strange])
    Sender(store, []).drain(EVENING)
    assert status(store, strange)[0] == "skipped"
    unfit = push(robot="zhibanqun")
    store.outbox.enqueue([unfit])
    Sender(successor_store(store), [channel(kind="robot", answers=[Skip("too long", 45002)])]).drain(EVENING)
    assert status(store, unfit)[0] == "failed"


def successor_store(store):
    store.database.delete(store.keys.lease("sender"))
    return store


# --- deaths -----------------------------------------------------------------------------------------------------


def test_death_before_the_mark_loses_nothing(store, item, channel, monkeypatch):
    with monkeypatch.context() as dying:
        dying.setattr(Outbox, "begin", lambda *_: (_ for _ in ()).throw(Crash()))
        with pytest.raises(Crash):
            Sender(store, [channel()]).drain(EVENING)
    alive = channel()
    assert successor(store, alive).drain(EVENING + LOAN / 2) == 0
    assert successor(store, alive).drain(EVENING + LOAN) == 1
    assert status(store, item)[0] == "sent"
    assert len(alive.sent) == 1


def test_death_while_sending_leaves_an_outcome_nobody_can_know(store, town, item, channel):
    with pytest.raises(Crash):
        Sender(store, [channel(answers=[Crash()])]).drain(EVENING)
    alive = channel()
    successor(store, alive).drain(EVENING + LOAN)
    assert status(store, item)[0] == "unknown"
    assert alive.tried == 0
    assert town.mailbox("o-1") == []


def test_death_while_sending_on_a_repeat_safe_channel_is_mended(store, item, channel):
    with pytest.raises(Crash):
        Sender(store, [channel(repeat_safe=True, answers=[Crash()])]).drain(EVENING)
    successor(store, channel(repeat_safe=True)).drain(EVENING + LOAN)
    assert status(store, item)[0] == "sent"


def test_death_before_the_outcome_is_stored_is_not_repeated(store, item, channel, monkeypatch):
    sending = channel()
    with monkeypatch.context() as dying:
        dying.setattr(Outcomes, "conclude", lambda *_, **__: (_ for _ in ()).throw(Crash()))
        with pytest.raises(Crash):
            Sender(store, [sending]).drain(EVENING)
    successor(store, sending).drain(EVENING + LOAN)
    assert len(sending.sent) == 1
    assert status(store, item)[0] == "unknown"


def test_death_after_the_mailbox_does_not_fill_it_twice(store, town, item, channel, monkeypatch):
    with monkeypatch.context() as dying:
        dying.setattr(Outbox, "_add_settlements", lambda *_: None)
        Sender(store, []).drain(EVENING)
    assert status(store, item)[0] == "queued"
    successor(store).drain(EVENING + LOAN)
    assert status(store, item)[0] == "mailbox"
    assert town.mailbox("o-1") == [item.text]


def test_a_lost_answer_to_the_mark_is_asked_again(store, item, channel, monkeypatch):
    begin = Outbox.begin

    def unheard(*args):
        begin(*args)
        raise StorageUnavailable("gone")

    sending = channel()
    sender = Sender(store, [sending])
    with monkeypatch.context() as failing:
        failing.setattr(Outbox, "begin", unheard)
        with pytest.raises(StorageUnavailable):
            sender.drain(EVENING)
    assert status(store, item)[0] == "inflight"
    sender.drain(EVENING + LOAN)
    assert status(store, item)[0] == "sent"
    assert len(sending.sent) == 1


def test_an_outcome_the_database_missed_is_stored_later(store, item, channel, monkeypatch):
    sending = channel()
    sender = Sender(store, [sending])
    with monkeypatch.context() as failing:

        def away(_self, settled):
            if settled:
                raise StorageUnavailable("gone")

        failing.setattr(Outbox, "settle", away)
        with pytest.raises(StorageUnavailable):
            sender.drain(EVENING)
    sender.drain(EVENING + timedelta(seconds=1))
    assert status(store, item)[0] == "sent"
    assert len(sending.sent) == 1


@pytest.mark.parametrize("fault", [StorageUnavailable("gone"), KeyError("a bug")])
def test_one_that_cannot_be_concluded_does_not_cost_the_others_their_outcome(
    store, town, push, channel, monkeypatch, fault
):
    items = [push(town.person(f"o-{n}").id, number=n) for n in range(4)]
    store.outbox.enqueue(items)
    busy = channel(answers=[None, Retry("busy", 45009, after_seconds=5)])
    sender = Sender(store, [busy])
    with monkeypatch.context() as failing:
        failing.setattr(Outbox, "postpone", lambda *_: (_ for _ in ()).throw(fault))
        with pytest.raises(type(fault)):
            sender.drain(EVENING)
    sender.drain(EVENING + LOAN)
    assert store.outbox.counts(items[0].campaign) == {"sent": 4}
    assert len(busy.sent) == 4


def test_what_is_known_when_the_sender_closes_is_stored(store, town, push, channel):
    items = [push(town.person(f"o-{n}").id) for n in range(3)]
    store.outbox.enqueue(items)
    sender = Sender(store, [channel(answers=[None, KeyError("a bug")])])
    with pytest.raises(KeyError):
        sender.drain(EVENING)
    sender.close()
    assert store.outbox.counts(items[0].campaign) == {"sent": 2, "inflight": 1}


# --- one at a time ----------------------------------------------------------------------------------------------


def test_a_standby_waits_while_the_lease_is_held(store, town, push, channel):
    items = [push(town.person(f"o-{n}").id) for n in range(4)]
    store.outbox.enqueue(items[:2])
    sending, waiting = channel(), channel()
    assert Sender(store, [sending]).drain(EVENING) == 2
    store.outbox.enqueue(items[2:])
    standby = Sender(open_store(store.database, "t", "rehearsal"), [waiting])
    assert standby.drain(EVENING) == 0
    assert waiting.tried == 0


def test_two_that_both_believe_they_hold_the_lease_send_each_push_once(store, town, push, channel, monkeypatch):
    monkeypatch.setattr(Leases, "hold", lambda *_: True)
    items = [push(town.person(f"o-{n}").id) for n in range(6)]
    store.outbox.enqueue(items)
    other = Sender(open_store(store.database, "t", "rehearsal"), [second := channel(name="second")])

    class Interrupting(channel):
        """While it sends, the other sender takes what it can, the loans being over."""

        def send(self, recipient, push):
            super().send(recipient, push)
            other.drain(EVENING + LOAN)

    first = Interrupting(name="first")
    Sender(store, [first]).drain(EVENING)
    told = [who for who, _ in first.sent + second.sent]
    assert sorted(told) == sorted({f"o-{n}" for n in range(6)})
    assert {status(store, i)[0] for i in items} == {"sent"}


def test_a_sender_that_lost_its_lease_stops_in_the_middle(store, town, push, channel, monkeypatch):
    items = [push(town.person(f"o-{n}").id) for n in range(4)]
    store.outbox.enqueue(items)
    monkeypatch.setattr("scheduler.sender.RENEW_SECONDS", 0.0)

    class Losing(channel):
        def send(self, recipient, push):
            super().send(recipient, push)
            store.database.set(store.keys.lease("sender"), "somebody else")

    losing = Losing()
    Sender(store, [losing]).drain(EVENING)
    assert len(losing.sent) == 1
    assert sorted(status(store, i)[0] for i in items) == ["queued", "queued", "queued", "sent"]


def test_it_stops_when_told_and_another_sends_the_rest_when_its_loan_is_over(store, town, push, channel):
    items = [push(town.person(f"o-{n}").id) for n in range(4)]
    store.outbox.enqueue(items)
    obedient = channel()
    Sender(store, [obedient]).drain(EVENING, stopping=lambda: bool(obedient.sent))
    assert sorted(status(store, i)[0] for i in items) == ["queued", "queued", "queued", "sent"]
    successor(store, obedient).drain(EVENING + LOAN)
    assert sorted(who for who, _ in obedient.sent) == [f"o-{n}" for n in range(4)]


def test_what_was_marked_when_it_was_told_to_stop_is_given_back_at_once(store, town, push, channel):
    """It asks before its turn, before the wave, and last before it sends."""
    store.outbox.enqueue([push(town.person("o-1").id)])
    obedient, asked = channel(), count()
    Sender(store, [obedient]).drain(EVENING, stopping=lambda: next(asked) >= 2)
    assert obedient.sent == []
    successor(store, obedient).drain(EVENING)
    assert [who for who, _ in obedient.sent] == ["o-1"]


def test_what_is_wrong_with_a_channel_is_found_out_once(store, town, push, channel):
    items = [push(town.person(f"o-{n}").id) for n in range(4)]
    store.outbox.enqueue(items)
    closed = channel(answers=[Park("api unauthorized", 48001)] * 4)
    Sender(store, [closed]).drain(EVENING)
    assert closed.tried == 1
    assert store.outbox.counts(items[0].campaign) == {"mailbox": 4}


def test_slow_answers_are_awaited_side_by_side(store, town, push, channel):
    items = [push(town.person(f"o-{n}").id) for n in range(1 + LANES)]
    store.outbox.enqueue(items)
    side_by_side = Barrier(LANES)

    class Slow(channel):
        def send(self, recipient, push):
            if self.tried:
                side_by_side.wait(10)
            super().send(recipient, push)

    slow = Slow(answers=[None, None, Unknown("lost"), Skip("no", 45002)])
    Sender(store, [slow]).drain(EVENING)
    assert store.outbox.counts(items[0].campaign) == {"sent": LANES - 1, "unknown": 1, "mailbox": 1}


def test_a_fault_of_ours_ends_the_sender_and_leaves_the_others_as_they_are(store, town, push, channel):
    items = [push(town.person(f"o-{n}").id) for n in range(3)]
    store.outbox.enqueue(items)
    faulty = channel(answers=[None, KeyError("a bug")])
    sender = Sender(store, [faulty])
    with pytest.raises(KeyError):
        sender.drain(EVENING)
    sender.drain(EVENING + LOAN)
    assert sorted(status(store, i)[0] for i in items) == ["sent", "sent", "unknown"]
    assert len(faulty.sent) == 2


def test_an_account_sends_no_more_a_day_than_it_may(store, town, channel, push, monkeypatch):
    """Three places, in a block that another sender has begun; who finds none goes the next way, and is told why."""
    monkeypatch.setattr("scheduler.ladder.A_DAY", {"customer_service": 53})
    first, second = channel(name="customer_service"), channel(name="customer_service")
    store.outbox.enqueue([push(town.person("o-0").id, number=0)])
    Sender(store, [first]).drain(EVENING)
    people = [town.person(f"o-{number}") for number in range(1, 7)]
    store.outbox.enqueue([push(person.id, number=number) for number, person in enumerate(people, start=1)])
    Sender(store, [second]).drain(EVENING)
    assert (len(first.sent), len(second.sent)) == (1, 3)
    kept = {d.status: d.reason for d in store.outbox.list(town.campaign.id)}
    assert kept["mailbox"] == "公众号今天的条数已满"
    assert store.outbox.counts(town.campaign.id) == {"sent": 4, "mailbox": 3}
