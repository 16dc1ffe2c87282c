"""Erasure behind the front door: the way to a person goes first, the file is written anew, nothing comes back."""

from datetime import UTC, datetime
from pathlib import Path
from time import monotonic, sleep

import pytest

from handlers.farewell import FAREWELL
from scheduler.worker import SWEEP_SECONDS, Worker
from storage import Store
from storage.campaign_files import load
from storage.campaign_schema import Campaign
from storage.database import Database, StorageUnavailable
from storage.ledger import Author, Changed
from storage.models.people import Card, Membership, Person
from storage.people import People
from storage.store import open_store
from storage.teams import NewTeam

NOW = datetime.now(UTC)
FILE = Path(__file__).parents[2] / "campaigns" / "zhaotong-2024"
PHONE = "13987654321"


@pytest.fixture
def store(database: Database) -> Store:
    store = open_store(database, "yd", "live")
    store.campaigns.publish(load(FILE), NOW)
    return store


@pytest.fixture
def worker(store: Store) -> Worker:
    """One that tidied up just now."""
    worker = Worker(store, [])
    worker.tick(NOW)
    return worker


def test_the_way_to_her_goes_first(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """A kill between the two steps leaves no openid behind an id that nobody knows."""
    person = _captain(store)
    delete, allowed = Database.execute_command, iter([True])

    def once(self: Database, *args: object, **options: object) -> object:
        if args[0] == "DEL" and not next(allowed, False):
            raise StorageUnavailable("killed")
        return delete(self, *args, **options)

    with monkeypatch.context() as kill:
        kill.setattr(Database, "execute_command", once)
        with pytest.raises(StorageUnavailable):
            store.erasure.erase(person, NOW, FAREWELL)
    assert store.people.openids([person.id]) == {}
    assert store.database.exists(store.keys.person(person.openid))
    store.erasure.sweep(NOW, FAREWELL)
    assert store.database.keys(f"*{person.openid}*") == []
    assert store.database.smembers(store.keys.erasures()) == set()


def test_teams_that_do_not_stand_still_are_left_to_the_sweep(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    person = _captain(store)
    with monkeypatch.context() as busy:
        busy.setattr(People, "leave", _changed)
        store.erasure.erase(person, NOW, FAREWELL)
    assert store.people.openids([person.id]) == {person.id: person.openid}
    store.erasure.sweep(NOW, FAREWELL)
    assert store.people.openids([person.id]) == {}


def test_nothing_is_written_about_whom_no_campaign_knows(store: Store) -> None:
    campaign = store.campaigns.all()[0]
    store.erasure.erase(Person(id="nobody", openid="o-9"), NOW, FAREWELL)
    assert store.ledger.last_id(campaign.id) == "0-0"


def test_a_credit_given_back_late_comes_to_nobody(store: Store) -> None:
    person = _captain(store)
    store.credits.hear(person.openid, "event", [("accept", "template")])
    assert store.credits.take(person.openid, "template")
    store.erasure.erase(person, NOW, FAREWELL)
    store.credits.give_back(person.openid, "template")
    assert store.database.keys(f"*{person.openid}*:credits") == []
    assert store.database.keys(f"*{person.openid}*:out") == []


def test_a_credit_is_given_back_once(store: Store) -> None:
    store.credits.hear("o-1", "event", [("accept", "template")])
    assert store.credits.take("o-1", "template")
    for _ in range(2):
        store.credits.give_back("o-1", "template")
        assert store.credits.left("o-1", "template") == 1


def test_the_file_forgets_her_within_the_hour(store: Store, worker: Worker, monkeypatch: pytest.MonkeyPatch) -> None:
    file = Path(store.database.config_get("dir")["dir"])
    store.erasure.erase(_captain(store), NOW, FAREWELL)
    worker.tick(NOW)
    assert _holds(file, PHONE), "at most once an hour"
    monkeypatch.setattr("scheduler.worker.monotonic", lambda: monotonic() + SWEEP_SECONDS + 1)
    worker.tick(NOW)
    give_up = monotonic() + 10
    while _holds(file, PHONE) and monotonic() < give_up:
        sleep(0.02)
    assert not _holds(file, PHONE)
    assert not store.database.exists(store.keys.erased())


def _captain(store: Store) -> Person:
    """Somebody who wrote and leads a team."""
    person = store.inbox.claim("o-1", "m-1", "token", "long", NOW).person
    assert person is not None
    store.people.link(person)
    store.inbox.release("o-1", "m-1", "token")
    campaign: Campaign = store.campaigns.all()[0]
    card = Card(name="慕容雪梅", phone=PHONE)
    new = NewTeam("一中", "一中", campaign.projects[0].id, campaign.regions[0].id, person.id, card)
    store.teams.register(campaign, Author("op", person.id, NOW), new, Membership())
    return person


def _holds(folder: Path, words: str) -> bool:
    return any(words.encode() in file.read_bytes() for file in folder.rglob("*") if file.is_file())


def _changed(*_: object) -> None:
    raise Changed("team")
