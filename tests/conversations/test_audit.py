"""`audit verify` and `export`: nothing that only Redis knows goes unnoticed, and nobody need stand still for them."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Event

import pytest

from bot.simulator.people import SimulatedPerson
from storage.audit import verify
from storage.database import Database
from storage.export import export_campaign
from storage.folding import rebuild
from storage.keys import Keys, pattern
from tests.conversations.conftest import Office

KeyOf = Callable[[Keys, str], str]
HOSPITAL, REPORTERS, ROUNDS = "昭阳区妇幼保健院", 4, 6

STRAYS: dict[str, tuple[KeyOf, tuple[str | int, ...]]] = {
    "captain stray": (Keys.captains, ("HSET", "stray", "0001")),
    "role stray": (Keys.roles, ("HSET", "stray", "coordinator:")),
    "task posters|ludian": (Keys.tasks, ("HSET", "posters|ludian", 3)),
    "name 学校|ludian|rendao-nuan": (Keys.names, ("HSET", "学校|ludian|rendao-nuan", "0001")),
    "count teams:region:ludian": (Keys.counts, ("HSET", "teams:region:ludian", 1)),
    "number 000099": (Keys.codes, ("HSET", "000099", "0001")),
    "claim ABCDEF": (Keys.claims, ("HSET", "ABCDEF", "0001")),
    "total today:2024-04-01": (Keys.totals, ("HSET", "today:2024-04-01", 100)),
    "waiting 0001": (Keys.waiting, ("SADD", "0001")),
    "subscriber stray": (Keys.subscribers, ("HSET", "stray", "evening")),
    "order 9999": (Keys.teams, ("ZADD", 99, "9999")),
    "last number": (Keys.number, ("SET", 99)),
    "unit 学校 0001": (lambda keys, cid: keys.unit(cid, "学校"), ("SADD", "0001")),
    "units ludian 学校": (lambda keys, cid: keys.region_units(cid, "ludian"), ("SADD", "学校")),
    "board amount:all": (lambda keys, cid: keys.board(cid, "amount", "all"), ("ZADD", -100, "000099")),
    "board amount:region:ludian": (
        lambda keys, cid: keys.board(cid, "amount", "region:ludian"),
        ("ZADD", -100, "000001"),
    ),
    "board today:2024-04-01:all": (
        lambda keys, cid: keys.board(cid, "today:2024-04-01", "all"),
        ("ZADD", -100, "000001"),
    ),
    "board amount:region:yongshan": (
        lambda keys, cid: keys.board(cid, "amount", "region:yongshan"),
        ("ZADD", -100, "not a number"),
    ),
    "sum amount:region ludian": (lambda keys, cid: keys.sums(cid, "amount", "region"), ("ZADD", -100, "ludian")),
    "sum amount:project none": (lambda keys, cid: keys.sums(cid, "amount", "project"), ("ZADD", 0, "none")),
    "sum today:2024-04-01:region ludian": (
        lambda keys, cid: keys.sums(cid, "today:2024-04-01", "region"),
        ("ZADD", -100, "ludian"),
    ),
}
"""How the difference begins: where it is planted, and with which command."""

LOSSES: dict[str, KeyOf] = {
    "captain": Keys.captains,
    "role": Keys.roles,
    "name": Keys.names,
    "count": Keys.counts,
    "number": Keys.codes,
    "claim": Keys.claims,
    "total": Keys.totals,
    "waiting": Keys.waiting,
    "subscriber": Keys.subscribers,
    "order": Keys.teams,
    "incident": lambda keys, cid: keys.matters(cid, "incident"),
    "report": Keys.reports,
    f"unit {HOSPITAL}": lambda keys, cid: keys.unit(cid, HOSPITAL),
    "units zhaoyang": lambda keys, cid: keys.region_units(cid, "zhaoyang"),
    "board today:2024-04-20:region:zhaoyang": lambda keys, cid: keys.board(cid, "today:2024-04-20", "region:zhaoyang"),
    "sum donations:project": lambda keys, cid: keys.sums(cid, "donations", "project"),
    f"sum today:2024-04-20:unit {HOSPITAL}|zhaoyang": lambda keys, cid: keys.sums(cid, "today:2024-04-20", "unit"),
    f"sum amount:unit:region:zhaoyang {HOSPITAL}|zhaoyang": (
        lambda keys, cid: keys.sums(cid, "amount", "unit:region:zhaoyang")
    ),
}
"""How the difference begins, and where a member is lost."""


@pytest.fixture
def everything(office: Office) -> Office:
    """Something stands in every index."""
    zhang = office.captain("张丽", HOSPITAL)
    assert zhang.say("进度 5000元 50人次").startswith("已记录")
    zhang.say("订阅")
    zhang.say("举报 有人冒充志愿者收钱")
    zhang.say("确认")
    coordinator = office.coordinator("王主任")
    assert coordinator.say("组队 永善县第一中学 永善县 童享阳光 队长李敏 13900000001").startswith("已登记")
    approving = office.campaign.registration.model_copy(update={"mode": "approve"})
    office.publish(office.campaign.model_copy(update={"registration": approving}))
    office.person("赵敏").say("组队 镇雄县第二中学 镇雄县 人道暖昭通 队长赵敏 13900000002")
    return office


@pytest.mark.parametrize("line", STRAYS)
def test_what_only_redis_knows_is_a_difference(everything: Office, database: Database, line: str) -> None:
    key_of, (name, *arguments) = STRAYS[line]
    key = key_of(everything.store.keys, everything.campaign.id)
    with _aside(database, key):
        database.execute_command(name, key, *arguments)
        assert [d[: len(line)] for d in _differences(everything)] == [line]


@pytest.mark.parametrize("line", LOSSES)
def test_what_redis_has_lost_is_a_difference(everything: Office, database: Database, line: str) -> None:
    key = LOSSES[line](everything.store.keys, everything.campaign.id)
    with _aside(database, key):
        _lose_one(database, key)
        differences = _differences(everything)
        assert differences
        assert all(difference.startswith(line) for difference in differences), differences


def test_a_team_that_only_redis_knows(everything: Office, database: Database) -> None:
    key_of, cid = everything.store.keys.team, everything.campaign.id
    stray = key_of(cid, "9999")
    with _aside(database, stray):
        database.copy(key_of(cid, "0001"), stray)
        assert _differences(everything) == ["team 9999: kept, but not in the ledger"]


def test_a_version_that_would_stop_every_write(everything: Office, database: Database) -> None:
    key = everything.store.keys.team(everything.campaign.id, everything.team(HOSPITAL).code)
    with _aside(database, key):
        database.hset(key, "version", "1")
        [difference] = _differences(everything)
        assert "version and entry are ['1', " in difference


def test_a_report_that_only_redis_knows(everything: Office, database: Database) -> None:
    key = everything.store.keys.reports(everything.campaign.id)
    with _aside(database, key):
        database.hset(key, "R0", database.hvals(key)[0])
        assert _differences(everything) == ["report R0: kept otherwise than the ledger says"]


def test_whatever_an_id_holds_stands_for_itself(database: Database) -> None:
    keys = Keys("y[d]?")
    for cid in ("a*", "ab", "a\\"):
        database.set(keys.team(cid, "0001"), cid)
    for cid in ("a*", "ab", "a\\"):
        assert list(database.scan_iter(pattern(keys.family(cid, "team")))) == [keys.team(cid, "0001")]


def test_while_people_report_nothing_false_is_said(office: Office) -> None:
    with _reporting(office):
        for _ in range(ROUNDS):
            assert _differences(office) == []


def test_an_export_ends_at_the_entry_it_names(office: Office) -> None:
    with _reporting(office):
        for _ in range(ROUNDS):
            document = export_campaign(office.store, office.campaign, office.store.clock.now())
            there = rebuild(office.campaign, office.store.ledger, document["ledger_id"])
            assert [report["id"] for report in document["reports"]] == list(there.reports)
            newest = {report["team"]: report["amount_fen"] for report in document["reports"]}
            assert {team["code"]: team["amount_fen"] for team in document["teams"]} == newest


def _differences(office: Office) -> list[str]:
    return verify(office.campaign, office.store.database, office.store.keys)


def _lose_one(database: Database, key: str) -> None:
    match database.type(key):
        case "hash":
            database.hdel(key, database.hkeys(key)[0])
        case "set":
            database.spop(key)
        case "zset":
            database.zpopmin(key)
        case kind:
            raise AssertionError(f"{key} is {kind}")


@contextmanager
def _aside(database: Database, key: str) -> Iterator[None]:
    """What is done to a key is undone."""
    aside = f"aside:{key}"
    database.copy(key, aside)
    try:
        yield
    finally:
        database.delete(key)
        if database.exists(aside):
            database.rename(aside, key)


@contextmanager
def _reporting(office: Office) -> Iterator[None]:
    """Captains who report without a pause, each for her own team."""
    captains = [office.captain("王李张刘陈杨赵黄周吴徐孙"[i] + "敏", f"昭通市第{i + 1}小学") for i in range(REPORTERS)]
    for captain in captains:
        assert captain.say("进度 1000元").startswith("已记录")
    done = Event()
    before = len(office.ledger())
    with ThreadPoolExecutor(REPORTERS) as pool:
        told = [pool.submit(_report, captain, done) for captain in captains]
        try:
            yield
        finally:
            done.set()
    assert sum(future.result() for future in told) == len(office.ledger()) - before > 0


def _report(captain: SimulatedPerson, done: Event) -> int:
    """How many reports were booked until it was over."""
    amount = 1000
    while not done.is_set():
        amount += 1
        assert captain.say(f"进度 {amount}元").startswith("已记录")
    return amount - 1000
