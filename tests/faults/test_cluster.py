"""Six servers of a cluster: every command finds its keys, also while they move, and a primary's end loses nothing."""

import signal
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from threading import Thread

import pytest

from bot.app import create_app
from bot.check import check
from bot.settings import Settings
from bot.simulator.people import Rehearsal, SimulatedPerson
from bot.simulator.platform import FAULT_BANNER, Platform
from bot.simulator.push import MessageServer
from storage.audit import verify
from storage.copies import back_up
from storage.database import Database, StorageError, connect
from storage.slots import slot_of
from storage.store import Store
from tests.conversations.conftest import AES_KEY, APPID, TOKEN, served
from tests.faults.hosts import Host
from tests.faults.redises import Clustered, RedisServer, clustered
from tests.faults.replicated import CAMPAIGN, SCHOOL, begun, settings_of


@pytest.fixture(scope="module")
def servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Clustered]:
    host = Host("127.0.0.1")
    try:
        yield clustered([host], tmp_path_factory.mktemp("cluster"), node_timeout_ms=1000)
    finally:
        host.end()


@pytest.fixture(scope="module")
def settings(servers: Clustered, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return settings_of(servers.url, tmp_path_factory.mktemp("data"))


@pytest.fixture(scope="module")
def database(servers: Clustered) -> Database:
    return connect(servers.url, 1)


@pytest.fixture(scope="module")
def store(database: Database) -> Store:
    return begun(database)


@pytest.fixture(scope="module")
def people(settings: Settings, store: Store) -> Iterator[Rehearsal]:
    with served(create_app(settings, per_minute=1_000_000)) as url:
        platform = Platform(APPID, "secret", lambda: datetime.now(UTC))
        people = Rehearsal(MessageServer(url, TOKEN, APPID, AES_KEY, "safe", platform))
        assert people["li"].say(f"组队 {SCHOOL} 昭阳区 人道暖昭通 队长李敏 13900000000").startswith("已登记")
        yield people


def _another(servers: Clustered, than: RedisServer) -> RedisServer:
    return next(each for each in servers.keepers().values() if each is not than)


def test_what_is_asked_of_several_tags_is_answered_in_its_order(database: Database) -> None:
    tags = [f"{{{name}}}" for name in "abcdefgh"]
    assert len({slot_of(tag) for tag in tags}) == len(tags)
    for number, tag in enumerate(tags):
        database.set(f"{tag}x", number)
    keys = [f"{tag}x" for tag in tags]
    assert database.mget(keys) == [str(number) for number in range(len(tags))]
    assert database.together([("GET", key) for key in reversed(keys)]) == [str(n) for n in reversed(range(len(tags)))]
    with database.pipeline(transaction=False) as pipe:
        for key in keys:
            pipe.incr(key)
            pipe.hgetall(f"{key}:none")
        assert pipe.execute() == [each for number in range(len(tags)) for each in (number + 1, {})]
    assert set(keys) <= set(database.scan_iter(match="*x"))
    assert (database.exists(*keys), database.delete(*keys), database.exists(*keys)) == (len(keys), len(keys), 0)


def test_a_transaction_of_several_tags_is_a_fault(database: Database) -> None:
    with database.pipeline() as pipe:
        pipe.set("{a}x", 1)
        pipe.set("{b}x", 1)
        with pytest.raises(ValueError, match="one hash tag"):
            pipe.execute()


def test_a_slot_on_its_way_is_followed(servers: Clustered, database: Database) -> None:
    """Half of its keys are there already: single keys are found, a step over both waits until all are."""
    slot, source = slot_of("{move}"), servers.keeper(slot_of("{move}"))
    target = _another(servers, source)
    database.set("{move}gone", "1")
    database.set("{move}here", "1")
    with source.client() as giving, target.client() as taking:
        giver, taker = (client.execute_command("CLUSTER", "MYID") for client in (giving, taking))
        taking.execute_command("CLUSTER", "SETSLOT", slot, "IMPORTING", giver)
        giving.execute_command("CLUSTER", "SETSLOT", slot, "MIGRATING", taker)
        password = giving.config_get("requirepass")["requirepass"]
        there = [target.host.address, target.port, "", 0, 5000, "AUTH", password, "KEYS"]
        giving.execute_command("MIGRATE", *there, "{move}gone")
        assert database.get("{move}gone") == "1"
        assert database.get("{move}here") == "1"
        assert database.get("{move}never") is None
        both = Thread(
            target=lambda: database.eval("return redis.call('DEL', unpack(KEYS))", 2, "{move}gone", "{move}here")
        )
        both.start()
        both.join(0.3)
        assert both.is_alive()
        giving.execute_command("MIGRATE", *there, "{move}here")
        both.join(5)
        assert not both.is_alive()
        for client in (taking, giving):
            client.execute_command("CLUSTER", "SETSLOT", slot, "NODE", taker)
    assert database.exists("{move}gone", "{move}here") == 0


def test_people_report_while_their_slots_move_and_a_primary_ends(
    servers: Clustered, people: Rehearsal, store: Store
) -> None:
    li, campaign = people["li"], store.campaigns.get(CAMPAIGN)
    slots = [slot_of(store.keys.ledger(CAMPAIGN)), slot_of(store.keys.person(li.openid))]
    for turn, slot in enumerate(slots, 1):
        assert servers.move(slot, _another(servers, servers.keeper(slot))) > 0
        assert li.say(f"进度 {turn}000元 {turn}0人次").startswith("已记录")
    servers.await_whole()
    primary = servers.keeper(slots[0])
    primary.signal(signal.SIGKILL)
    servers.await_other(primary)
    primary.start()
    servers.await_whole()
    assert "2,000.00元" in _answer(li, "我的队伍")
    assert _answer(li, "进度 3000元 30人次").startswith("已记录")
    assert verify(campaign, store.database, store.keys) == []


def _answer(person: SimulatedPerson, text: str) -> str:
    """What she is answered once the servers agree who keeps what: until then all three deliveries are refused."""
    for _ in range(10):
        if (answer := person.say(text)) and answer != FAULT_BANNER:
            return answer
        time.sleep(0.5)
    return ""


def test_check_looks_at_every_server_and_a_backup_says_that_it_is_not_made(
    servers: Clustered, settings: Settings, store: Store, tmp_path: Path
) -> None:
    with next(iter(servers.keepers().values())).client() as client:
        client.config_set("appendfsync", "everysec")
        found = [finding.text for finding in check(settings, ask_wechat=False) if not finding.good]
        client.config_set("appendfsync", "always")
    assert sum("appendfsync is everysec" in finding for finding in found) == 1
    with pytest.raises(StorageError, match="a cluster"):
        back_up(store, "rehearsal", tmp_path, tmp_path / "copies")
