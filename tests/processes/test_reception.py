"""Receiving: one round trip where the sender is expected, and never an answer about somebody she is not any more."""

import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import monotonic, sleep

import pytest

from storage import Store
from storage.campaign_files import load
from storage.campaign_schema import Campaign
from storage.database import Database
from storage.inbox import Limit
from storage.leases import LEASE_MS, Leases
from storage.ledger import Author
from storage.models.people import Card, Conversation, Membership, Person
from storage.people import Desk
from storage.store import open_store
from storage.teams import NewTeam

NOW = datetime.now(UTC)
A_JUMP = timedelta(days=2)
FILE = Path(__file__).parents[2] / "campaigns" / "zhaotong-2024"


@pytest.fixture
def store(database: Database) -> Store:
    store = open_store(database, "yd", "live")
    store.campaigns.publish(load(FILE), NOW)
    return store


def test_an_expected_sender_is_looked_up_behind_the_claim(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    person, campaign = _captain(store)
    _expect(store, person)
    monkeypatch.setattr("storage.people.People.desk", _never)
    assert _receive(store, "m-2").memberships[campaign.id].codes == ("0001",)


def test_what_changed_meanwhile_is_seen(store: Store) -> None:
    person, campaign = _captain(store)
    _expect(store, person, team=f"{campaign.id}/0001")
    desk = _receive(store, "m-2")
    assert desk.memberships[campaign.id].codes == ("0001",)


def test_an_erased_person_is_nobody_again(store: Store) -> None:
    person, campaign = _captain(store)
    _expect(store, person)
    store.people.forget(person)
    desk = _receive(store, "m-2")
    assert desk.memberships[campaign.id] == Membership()


def test_a_server_that_forgot_the_step_is_told_it_again(store: Store) -> None:
    person, campaign = _captain(store)
    _expect(store, person)
    store.database.script_flush()
    assert _receive(store, "m-2").memberships[campaign.id].codes == ("0001",)


def test_a_rehearsals_clock_is_asked_with_the_claim_and_never_kept(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The demo jumps and speaks at once: what comes then is of the new day, and so is the window that it opens."""
    here, there = (open_store(database, "yd", "rehearsal") for _ in range(2))
    asked = list[int]()
    together = Database.answers
    monkeypatch.setattr(Database, "answers", lambda self, sent: asked.append(len(sent)) or together(self, sent))
    for message_key, jumps, trips in (("m-1", 1, 2), ("m-2", 1, 1), ("m-3", 2, 2), ("m-4", 2, 1)):
        to = NOW + jumps * A_JUMP
        there.clock.advance_to(to)  # type: ignore[attr-defined]  # a rehearsal
        asked.clear()
        arrival = here.reception.receive("o-1", message_key, "token", "long")
        assert len(asked) == trips
        assert abs(arrival.clock.now() - to) < timedelta(minutes=1)
        until = float(database.hget(here.keys.person("o-1"), "long_until"))
        assert abs(datetime.fromtimestamp(until, UTC) - to - timedelta(hours=48)) < timedelta(minutes=1)
        here.inbox.release("o-1", message_key, "token")


@pytest.mark.parametrize("expected", [True, False])
def test_a_clock_is_asked_by_itself_where_the_server_forgot_the_step(store: Store, expected: bool) -> None:
    store = open_store(store.database, "yd", "rehearsal")
    person, campaign = _captain(store)
    if expected:
        _expect(store, person)
    store.clock.advance_to(NOW + A_JUMP)  # type: ignore[attr-defined]  # a rehearsal
    store.database.script_flush()
    arrival = store.reception.receive("o-1", "m-2", "token", "")
    assert arrival.clock.now() > NOW + A_JUMP - timedelta(minutes=1)
    assert store.reception.desk(arrival, person, store.campaigns.all()).memberships[campaign.id].codes == ("0001",)


def test_whoever_took_a_claim_over_goes_on_from_the_reply_that_stands(store: Store) -> None:
    """The first delivery was slower than its claim: its reply stands, and the second one's dialogue is saved."""
    inbox, asked = store.inbox, Conversation(state="reports.confirm", data={"id": "1"})
    inbox.claim("o-1", "m-1", "first", "long", NOW)
    store.database.delete(store.keys.inbox("o-1", "m-1"), store.keys.lock("o-1"))
    assert inbox.claim("o-1", "m-1", "second", "long", NOW).status == "new"
    assert inbox.settle("o-1", "m-1", "first", "x", "one", asked, {}, 0) == "one"
    assert inbox.claim("o-1", "m-2", "third", "long", NOW).status == "locked"
    assert inbox.settle("o-1", "m-1", "second", "x", "two", asked, {}, 0) == "one"
    following = inbox.claim("o-1", "m-2", "third", "long", NOW)
    assert (following.status, following.conversation) == ("new", asked)


def test_a_thread_takes_its_connection_with_it(database: Database) -> None:
    before = len(database.client_list())
    for _ in range(3):
        thread = threading.Thread(target=database.ping)
        thread.start()
        thread.join()
    until = monotonic() + 2
    while len(database.client_list()) > before and monotonic() < until:
        sleep(0.01)
    assert len(database.client_list()) == before


A_DAY_MS = 24 * 3600 * 1000
"""What a clock that is set back by a day adds to the life of every key."""


def test_a_clock_set_back_locks_nobody_out(store: Store) -> None:
    """A message was in work when its process died, another waited; then the clock went back."""
    inbox, keys = store.inbox, store.keys
    assert inbox.claim("o-1", "m-1", "dead", "long", NOW).status == "new"
    assert inbox.claim("o-1", "m-2", "waits", "long", NOW).status == "locked"
    assert inbox.claim("o-1", "m-1", "next", "long", NOW).status == "pending"
    for key in (keys.inbox("o-1", "m-1"), keys.lock("o-1"), keys.waiter("o-1")):
        store.database.pexpire(key, A_DAY_MS)
    assert inbox.claim("o-1", "m-1", "next", "long", NOW).status == "new"
    assert inbox.claim("o-1", "m-2", "after", "long", NOW).status == "locked"


def test_a_clock_set_back_does_not_count_her_messages_for_a_day(store: Store) -> None:
    limit = Limit(1, "slowly")
    for number, reply in enumerate(["", "slowly"]):
        assert store.inbox.claim("o-1", f"m-{number}", "token", "long", NOW, limit).reply == reply
    store.database.pexpire(store.keys.rate("o-1"), A_DAY_MS)
    assert store.inbox.claim("o-1", "m-3", "token", "long", NOW, limit).status == "new"


def test_a_lease_does_not_outlive_a_clock_set_back(store: Store) -> None:
    leases, key = store.leases, store.keys.lease("sender")
    standby = Leases(store.database, store.keys)
    assert leases.hold("sender")
    assert not standby.hold("sender")
    store.database.pexpire(key, A_DAY_MS)
    assert standby.hold("sender")
    assert not leases.hold("sender")
    assert store.database.pttl(key) <= LEASE_MS


def test_a_robot_does_not_wait_for_times_to_come(store: Store) -> None:
    pace = store.keys.pace("robot")
    assert store.outbox.pace("robot", 2, 60_000) == 0
    tomorrow = int(store.database.lindex(pace, 0)) + A_DAY_MS
    store.database.rpush(pace, tomorrow, tomorrow + 1)
    assert store.outbox.pace("robot", 2, 60_000) == 0
    assert store.outbox.pace("robot", 2, 60_000) > 0, "what was said a moment ago counts"


def _captain(store: Store) -> tuple[Person, Campaign]:
    person = store.inbox.claim("o-1", "m-1", "token", "long", NOW).person
    assert person is not None
    campaign = store.campaigns.all()[0]
    new = NewTeam("一中", "一中", campaign.projects[0].id, campaign.regions[0].id, person.id, Card())
    store.teams.register(campaign, Author("op", person.id, NOW), new, Membership())
    store.inbox.release("o-1", "m-1", "token")
    return person, campaign


def _expect(store: Store, person: Person, **remembered: str) -> None:
    store.reception.expect(person, remembered, store.people.desk(person, store.campaigns.all()))


def _receive(store: Store, message_key: str) -> Desk:
    arrival = store.reception.receive("o-1", message_key, "token", "")
    assert arrival.claim.person is not None
    return store.reception.desk(arrival, arrival.claim.person, store.campaigns.all())


def _never(*_: object) -> None:
    raise AssertionError("she was looked up in a round trip of its own")
