"""The outbox: known ids, one winner, loans that end, outcomes that stand."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta, timezone

import pytest

from storage.models.pushes import Mail
from storage.outbox import LOAN, AlreadyDelivered, Mark, Settlement
from storage.store import open_store

EVENING = datetime(2024, 5, 7, 21, 0, tzinfo=timezone(timedelta(hours=8)))


def outcome(push, status="sent", **more):
    return Settlement(push.campaign, push.id, status, EVENING, **more)


def test_a_known_id_stays_as_it_is(store, push):
    first = push("p1")
    assert store.outbox.enqueue([first, push("p2")]) == 2
    store.outbox.settle([outcome(first, channel="x")])
    assert store.outbox.enqueue([first.model_copy(update={"text": "other"}), push("p3")]) == 1
    delivery = store.outbox.get(first.campaign, first.id)
    assert (delivery.status, delivery.notification.text) == ("sent", first.text)
    assert [d.notification.person for d in store.outbox.claim(first.campaign, EVENING, 9)] == ["p2", "p3"]


def test_the_earliest_due_comes_first_and_nothing_early(store, push, first_due):
    late = push("late", due_at=EVENING + timedelta(minutes=1))
    early = push("early", due_at=EVENING - timedelta(minutes=1))
    store.outbox.enqueue([late, push("now"), early])
    assert first_due() == EVENING - timedelta(minutes=1)
    claimed = store.outbox.claim(late.campaign, EVENING, 10)
    assert [d.notification.person for d in claimed] == ["early", "now"]


def test_a_claimed_item_comes_back_when_the_loan_ends(store, push):
    item = push("p1")
    store.outbox.enqueue([item])
    assert len(store.outbox.claim(item.campaign, EVENING, 10)) == 1
    assert store.outbox.claim(item.campaign, EVENING + LOAN / 2, 10) == []
    (again,) = store.outbox.claim(item.campaign, EVENING + LOAN, 10)
    assert again.status == "queued"


def test_one_winner_begins(redis_server, store, push):
    item = push("p1")
    store.outbox.enqueue([item])

    def begin(sender):
        return store.outbox.begin(item.campaign, [Mark(item.id, "x")], f"sender-{sender}") == [True]

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(begin, range(16))) == 1
    (marked,) = store.outbox.claim(item.campaign, EVENING, 10)
    assert (marked.status, marked.attempts) == ("inflight", 1)


def test_a_sender_may_ask_again_whether_its_mark_stands(store, push):
    item = push("p1")
    store.outbox.enqueue([item])

    def begin(sender):
        (won,) = store.outbox.begin(item.campaign, [Mark(item.id, "x")], sender)
        return won

    assert begin("me")
    assert begin("me")
    assert not begin("other")
    assert store.outbox.get(item.campaign, item.id).attempts == 1


def test_only_an_unknown_outcome_may_change(store, push):
    item, other = push("p1"), push("p2")
    store.outbox.enqueue([item, other])
    store.outbox.settle([outcome(item, "unknown", reason="?"), outcome(other, "sent")])
    store.outbox.settle([outcome(item, "sent"), outcome(other, "expired")])
    assert store.outbox.get(item.campaign, item.id).status == "sent"
    assert store.outbox.get(item.campaign, other.id).status == "sent"
    assert store.outbox.waiting(item.campaign) == 0


def test_postponing_a_settled_item_does_not_wake_it(store, push):
    item = push("p1")
    store.outbox.enqueue([item])
    store.outbox.settle([outcome(item)])
    store.outbox.postpone(item.campaign, item.id, "me", EVENING, EVENING)
    assert store.outbox.claim(item.campaign, EVENING, 10) == []


def test_postponing_does_not_take_anothers_mark(store, push):
    item = push("p1")
    store.outbox.enqueue([item])
    assert store.outbox.begin(item.campaign, [Mark(item.id, "x")], "in time") == [True]
    assert not store.outbox.postpone(item.campaign, item.id, "stalled", EVENING, EVENING)
    assert store.outbox.begin(item.campaign, [Mark(item.id, "x")], "stalled") == [False]
    assert store.outbox.postpone(item.campaign, item.id, "in time", EVENING, EVENING)
    assert store.outbox.begin(item.campaign, [Mark(item.id, "x")], "stalled") == [True]


def test_what_was_lent_under_a_clock_that_was_set_back_is_due_again(store, push):
    item, tomorrow = push("p1", expires_at=EVENING + timedelta(days=3)), EVENING + timedelta(days=1)
    store.outbox.enqueue([item])
    assert [d.notification.id for d in store.outbox.claim(item.campaign, tomorrow, 10)] == [item.id]
    assert store.outbox.claim(item.campaign, tomorrow + timedelta(seconds=1), 10) == [], "it is lent"
    assert [d.notification.id for d in store.outbox.claim(item.campaign, EVENING, 10)] == [item.id]
    assert store.outbox.claim(item.campaign, EVENING, 10) == [], "and lent again"


def test_what_was_postponed_under_a_clock_that_was_set_back_is_due_again(store, push):
    item, tomorrow = push("p1", expires_at=EVENING + timedelta(days=3)), EVENING + timedelta(days=1)
    store.outbox.enqueue([item])
    store.outbox.claim(item.campaign, EVENING, 10)
    store.outbox.postpone(item.campaign, item.id, "me", tomorrow, tomorrow + timedelta(seconds=10))
    assert [d.notification.id for d in store.outbox.claim(item.campaign, EVENING, 10)] == [item.id]
    store.outbox.postpone(item.campaign, item.id, "me", EVENING, tomorrow)
    assert store.outbox.claim(item.campaign, EVENING + timedelta(hours=1), 10) == [], "it was to wait so long"


def test_nothing_is_kept_of_when_a_settled_push_was_put_off(store, push):
    item = push("p1")
    store.outbox.enqueue([item])
    store.outbox.claim(item.campaign, EVENING, 10)
    store.outbox.settle([outcome(item)])
    assert not store.database.exists(store.keys.put_off(item.campaign))


@pytest.mark.parametrize("status", ["sent", "unknown"])
def test_an_outcome_stored_twice_spends_one_message(store, town, push, status):
    person = town.person("o-1")
    item, other = push(person.id), push(town.person("o-2").id)
    store.outbox.enqueue([item, other])
    settled = outcome(item, status, openid="o-1")
    store.outbox.settle([settled])
    store.outbox.begin(other.campaign, [Mark(other.id, "x")], "me", [settled, outcome(other, openid="o-2")])
    left = {openid: window.messages_left for openid, window in store.windows.open(["o-1", "o-2"], EVENING).items()}
    assert left == {"o-1": 4, "o-2": 4}


def test_an_outcome_stored_again_does_not_cancel_what_was_asked_for_since(store, push):
    item = push("p1")
    store.outbox.enqueue([item])
    store.outbox.settle([outcome(item, "unknown")])
    store.outbox.retry(item.campaign, item.id, "op", EVENING)
    store.outbox.settle([outcome(item, "unknown")])
    (waiting,) = store.outbox.claim(item.campaign, EVENING, 9)
    assert waiting.status == "queued"
    store.outbox.settle([outcome(item, "sent")])
    assert store.outbox.get(item.campaign, item.id).status == "sent"


def test_what_is_asked_for_again_is_worth_reading_as_long_as_it_was(store, push):
    item = push("p1", read_until=EVENING + timedelta(days=1))
    store.outbox.enqueue([item])
    store.outbox.settle([outcome(item, "failed")])
    later = EVENING + timedelta(days=2)
    store.outbox.retry(item.campaign, item.id, "op", later)
    again = store.outbox.get(item.campaign, item.id).notification
    assert (again.due_at, again.read_until) == (later, later + timedelta(days=1))


def test_retry_queues_what_did_not_arrive_once_for_an_operation(store, push):
    item = push("p1")
    store.outbox.enqueue([item])
    store.outbox.settle([outcome(item, "unknown")])
    later = EVENING + timedelta(days=1)
    store.outbox.retry(item.campaign, item.id, "op-1", later)
    (again,) = store.outbox.claim(item.campaign, later, 10)
    assert again.notification.expires_at == later + timedelta(hours=3)
    store.outbox.settle([outcome(item, "failed")])
    store.outbox.retry(item.campaign, item.id, "op-1", later)
    assert store.outbox.get(item.campaign, item.id).status == "failed"


def test_retry_refuses_what_arrived_and_what_is_not_known(store, push):
    item = push("p1")
    store.outbox.enqueue([item])
    store.outbox.settle([outcome(item)])
    with pytest.raises(AlreadyDelivered):
        store.outbox.retry(item.campaign, item.id, "op", EVENING)
    with pytest.raises(KeyError):
        store.outbox.retry(item.campaign, "no-such-id", "op", EVENING)


def test_listing_and_counting(store, push):
    items = [push(f"p{n}", number=n) for n in range(5)]
    store.outbox.enqueue(items)
    store.outbox.settle([outcome(items[0]), outcome(items[1], "mailbox")])
    campaign = items[0].campaign
    assert store.outbox.counts(campaign) == {"queued": 3, "sent": 1, "mailbox": 1}
    assert [d.notification.id for d in store.outbox.list(campaign, "sent")] == [items[0].id]
    assert len(store.outbox.list(campaign, limit=2)) == 2


def test_old_records_leave_the_index(store, push):
    item = push("p1")
    store.outbox.enqueue([item])
    store.outbox.settle([outcome(item)])
    store.outbox.trim(item.campaign, EVENING + timedelta(days=89))
    assert len(store.outbox.list(item.campaign)) == 1
    store.outbox.trim(item.campaign, EVENING + timedelta(days=91))
    assert store.outbox.list(item.campaign) == []


def test_the_mailbox_takes_a_push_once_and_not_from_the_erased(store, town, push):
    person = town.person("o-1")
    item = push(person.id)
    store.outbox.enqueue([item])
    for _ in range(2):
        store.outbox.leave_in_mailbox("o-1", Mail(text=item.text), outcome(item, "mailbox"))
    assert town.mailbox("o-1") == [item.text]
    store.people.forget(person)
    store.outbox.leave_in_mailbox("o-1", Mail(text="later"), outcome(push(person.id, number=2), "mailbox"))
    assert town.mailbox("o-1") == []


def test_pacing_gives_so_many_places_in_a_window(store):
    waits = [store.outbox.pace("r", 2, 60_000) for _ in range(3)]
    assert waits[:2] == [0, 0]
    assert 59 < waits[2] <= 60
    assert store.outbox.pace("other", 2, 60_000) == 0
    assert store.outbox.pace("brief", 1, 1) == 0


def test_ten_thousand_are_queued_at_once(store, push):
    base = push("p")
    items = [base.model_copy(update={"id": f"{base.id}{n}", "text": "战" * 500}) for n in range(10_000)]
    assert store.outbox.enqueue(items) == 10_000
    assert store.outbox.waiting(base.campaign) == 10_000


def test_two_installations_on_one_server_do_not_meet(database, store, push):
    store.outbox.enqueue([push("p1")])
    assert open_store(database, "other", "rehearsal").outbox.waiting(push("p1").campaign) == 0
