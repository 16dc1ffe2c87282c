"""A Redis that answers and does not write: known at once, said once; what only asks is answered all the same."""

import logging
import time
from collections.abc import Callable, Iterator

import pytest

from bot.simulator.people import SimulatedPerson
from storage.database import Database
from storage.schema import stamp
from tests.conversations.conftest import APPID, Office, one_server

pytestmark = one_server

SCHOOL = "昭通市第一中学"


def out_of_memory(database: Database) -> Callable[[], object]:
    database.config_set("maxmemory", 1)
    return lambda: database.config_set("maxmemory", 0)


def without_replicas(database: Database) -> Callable[[], object]:
    database.config_set("min-replicas-to-write", 1)
    return lambda: database.config_set("min-replicas-to-write", 0)


def read_only(database: Database) -> Callable[[], object]:
    database.execute_command("REPLICAOF", "127.0.0.1", "1")
    return lambda: database.execute_command("REPLICAOF", "NO", "ONE")


@pytest.fixture
def li(office: Office) -> SimulatedPerson:
    person = office.captain("李敏", SCHOOL)
    assert person.say("累计9000元 30人次").startswith("已记录")
    stamp(office.store.database, office.store.keys.prefix, "rehearsal", APPID)
    office.troubled = True
    return person


@pytest.fixture
def county(office: Office, li: SimulatedPerson) -> SimulatedPerson:
    return office.coordinator("刘主任", "zhaoyang")


@pytest.fixture(params=[out_of_memory, without_replicas, read_only])
def mended(request: pytest.FixtureRequest, office: Office, li: SimulatedPerson) -> Iterator[Callable[[], object]]:
    mend = request.param(office.store.database)
    yield mend
    mend()


def said(person: SimulatedPerson, text: str, seconds_ago: int) -> dict[str, str | int]:
    return {"MsgType": "text", "Content": text, "CreateTime": int(time.time()) - seconds_ago}


def test_what_writes_comes_again_and_then_is_told_honestly(
    office: Office, li: SimulatedPerson, mended: Callable[[], object]
) -> None:
    fresh = li.send(said(li, "又筹了333元", 0))
    assert [attempt.status for attempt in fresh.attempts] == [503] * 3
    assert max(attempt.seconds for attempt in fresh.attempts) < 1, "it is known at once"
    late = li.send(said(li, "又筹了333元", 20))
    assert "不能保存" in late.reply
    assert late.attempts[0].seconds < 1
    mended()
    assert office.team(SCHOOL).amount_fen == 900_000
    assert "9,333.00元" in li.say("又筹了333元")


def test_what_only_asks_is_answered(office: Office, li: SimulatedPerson, mended: Callable[[], object]) -> None:
    assert "9,000.00元" in li.say("我的队伍")
    assert SCHOOL in li.say("排行")
    assert "截至" in li.say("战报")
    assert "10点" in li.say("几点开始配捐？")
    assert office.app.test_client().get("/readyz").status_code == 200
    assert office.person("来客").send(said(li, "排行", 20)).reply, "whom nobody knows is told so"


def test_a_coordinators_look_ups_are_answered(
    office: Office, county: SimulatedPerson, mended: Callable[[], object]
) -> None:
    """What would have to be written down, that a telephone was shown, is not shown."""
    written = len(office.ledger())
    for asked in ("队伍", "未报", "队伍 待认领", "队伍 未达标", "队伍 停用", "待办", "我的辖区", "案件", "待审"):
        assert "不能保存" not in county.say(asked), asked
    assert "#0001 昭通市第一中学" in county.say("队伍")
    for asked in ("0001", SCHOOL, "电话 0001"):
        card = county.say(asked)
        assert "看过要留记录，现在记不下来，暂时不能显示" in card
        assert "13900000000" not in card
    assert "9,000.00元" in county.say("0001")
    assert "9,000.00元" in county.say("明细 0001")
    assert len(office.ledger()) == written


def test_a_password_that_is_missing_is_known_at_once(office: Office, li: SimulatedPerson) -> None:
    """Nothing can be read either."""
    office.store.database.config_set("requirepass", "secret")
    try:
        fresh = li.send(said(li, "我的队伍", 0))
        late = li.send(said(li, "我的队伍", 20))
    finally:
        office.store.database.config_set("requirepass", "")
    assert [attempt.status for attempt in fresh.attempts] == [503] * 3
    assert max(attempt.seconds for attempt in (*fresh.attempts, *late.attempts)) < 1
    assert "不能保存" in late.reply


def test_a_question_that_is_open_stays_as_it_is(office: Office, li: SimulatedPerson) -> None:
    assert "确认" in li.say("累计95000元")
    mend = out_of_memory(office.store.database)
    try:
        assert "9,000.00元" in li.say("我的队伍")
        assert not li.send(said(li, "算了", 0)).reply
    finally:
        mend()
    assert li.say("确认").startswith("已记录")


def test_one_line_a_minute(
    office: Office, li: SimulatedPerson, mended: Callable[[], object], caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        for number in range(12):
            li.send(said(li, f"又筹了{400 + number}元", 20))
    lines = [record for record in caplog.records if record.name.startswith(("bot", "storage", "handlers"))]
    assert len(lines) <= 1, [record.getMessage() for record in lines]
