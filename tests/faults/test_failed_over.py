"""A primary, a replica, three Sentinels: nothing is acknowledged that the replica has not; a failover is followed."""

import signal
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.app import create_app
from bot.check import check
from bot.dispatch import REDELIVERY_SECONDS
from bot.settings import Settings
from bot.simulator.people import Rehearsal
from bot.simulator.platform import Platform
from bot.simulator.push import MessageServer
from storage.database import StorageUnavailable, connect
from storage.inbox import Inbox
from storage.ledger import Ledger
from storage.left_behind import left_behind
from storage.models.pushes import Notification
from storage.outbox import Mark
from storage.store import Store
from tests.conversations.conftest import AES_KEY, APPID, TOKEN, served
from tests.faults.hosts import Host
from tests.faults.redises import Guarded, copy_of, guarded
from tests.faults.replicated import CAMPAIGN, NOW, SCHOOL, begun, settings_of

NOT_YET = "已记录，备份机还没有收到"


@pytest.fixture(scope="module")
def servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Guarded]:
    host = Host("127.0.0.1")
    try:
        yield guarded([host], tmp_path_factory.mktemp("guarded"), servers=2, down_after_ms=1000)
    finally:
        host.end()


@pytest.fixture(scope="module")
def settings(servers: Guarded, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return settings_of(servers.url, tmp_path_factory.mktemp("data"))


@pytest.fixture(scope="module")
def store(settings: Settings) -> Store:
    database = connect(settings.redis_url.get_secret_value(), settings.redis_replicas)
    return begun(database)


@pytest.fixture(scope="module")
def people(settings: Settings, store: Store) -> Iterator[Rehearsal]:
    with served(create_app(settings, per_minute=1_000_000)) as url:
        platform = Platform(APPID, "secret", lambda: datetime.now(UTC))
        people = Rehearsal(MessageServer(url, TOKEN, APPID, AES_KEY, "safe", platform))
        assert people["li"].say(f"组队 {SCHOOL} 昭阳区 人道暖昭通 队长李敏 13900000000").startswith("已登记")
        yield people


@pytest.fixture
def stopped_replica(servers: Guarded) -> Iterator[None]:
    """The replica stands still."""
    replica = next(each for each in servers.servers if each is not servers.primary())
    replica.signal(signal.SIGSTOP)
    yield
    replica.signal(signal.SIGCONT)
    servers.await_replicas(1)


def _text(people: Rehearsal, said: str, message: int, age: int = 0) -> dict[str, str | int]:
    created = int(time.time()) - age
    return {
        "FromUserName": people["li"].openid,
        "MsgType": "text",
        "Content": said,
        "MsgId": message,
        "CreateTime": created,
    }


@pytest.mark.usefixtures("stopped_replica")
def test_without_the_replica_a_report_comes_again_and_a_question_is_answered(people: Rehearsal, store: Store) -> None:
    report = _text(people, "又筹了500元", 1, age=7)
    first = people.server.deliver(report)
    assert [attempt.status for attempt in first.attempts] == [503, 503, 503], "the op_id alone acknowledges nothing"
    time.sleep(max(0.0, int(report["CreateTime"]) + REDELIVERY_SECONDS - time.time()))
    last = people.server.deliver(report)
    assert [attempt.status for attempt in last.attempts] == [200]
    assert last.reply.startswith("已记录")
    assert NOT_YET in last.reply
    assert "500.00元" in people["li"].say("我的队伍")
    kinds = [entry.kind for entry in store.ledger.entries(CAMPAIGN)]
    assert kinds.count("report.accepted") == 1


@pytest.mark.usefixtures("stopped_replica")
def test_without_the_replica_nothing_is_pushed(people: Rehearsal, store: Store) -> None:
    moments = {"created_at": NOW, "due_at": NOW, "expires_at": NOW}
    push = Notification.model_validate({"id": "p", "campaign": CAMPAIGN, "job": "digest", "text": "…", **moments})
    store.outbox.enqueue([push])
    with pytest.raises(StorageUnavailable):
        store.outbox.begin(CAMPAIGN, [Mark("p", "mailbox")], "a-sender")


def test_check_and_readyz_tell_of_the_replica(servers: Guarded, settings: Settings, store: Store) -> None:
    """`serve` and `worker` see it as well: both look by the same function."""
    replica = next(each for each in servers.servers if each is not servers.primary())
    replica.signal(signal.SIGSTOP)
    alone = [finding.text for finding in check(settings, ask_wechat=False) if not finding.good]
    ready = create_app(settings).test_client().get("/readyz")
    live = create_app(settings.model_copy(update={"mode": "live"})).test_client().get("/readyz")
    replica.signal(signal.SIGCONT)
    servers.await_replicas(1)
    assert any("fewer than 1 replicas" in finding for finding in alone)
    assert ready.status_code == 200, "a rehearsal's strength is nobody's concern"
    assert any("fewer than 1 replicas" in reason for reason in live.get_json()["reasons"])
    whole = [finding.text for finding in check(settings, ask_wechat=False) if finding.good]
    assert any("before 1 of its replicas have it" in finding for finding in whole)
    unsure = settings.model_copy(update={"redis_replicas": 0})
    assert any("YIDUI_REDIS_REPLICAS=1" in finding.text for finding in check(unsure, ask_wechat=False))


def test_what_one_server_told_is_not_acknowledged_by_the_replicas_of_another(
    servers: Guarded, people: Rehearsal, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The line breaks after a report is booked; opened again it may lead to another server, so all is asked anew."""
    servers.await_replicas(1)
    claimed, settle = list[str](), Inbox.settle
    monkeypatch.setattr(Inbox, "claim", _counted(Inbox.claim, claimed))

    def settled_and_cut(inbox: Inbox, *args: Any, **options: Any) -> str:
        stands = settle(inbox, *args, **options)
        inbox.database.connection_pool.disconnect()
        return stands

    monkeypatch.setattr(Inbox, "settle", settled_and_cut)
    said = people.server.deliver(_text(people, "又筹了1100元", 3))
    assert ([attempt.status for attempt in said.attempts], said.reply[:3]) == ([200], "已记录")
    assert len(claimed) == 2


def _counted(claim: Any, claimed: list[str]) -> Any:
    def counted(inbox: Inbox, openid: str, *args: Any, **options: Any) -> Any:
        claimed.append(openid)
        return claim(inbox, openid, *args, **options)

    return counted


def test_a_failover_keeps_what_was_acknowledged_and_tells_what_was_left_behind(
    servers: Guarded, people: Rehearsal, store: Store, tmp_path: Path
) -> None:
    """The replica loses its primary, then the primary dies: what it had alone was never acknowledged."""
    li, primary = people["li"], servers.primary()
    acknowledged = li.say("又筹了700元")
    assert acknowledged.startswith("已记录")
    [stood] = store.teams.many(CAMPAIGN, ["0001"])
    replica = next(each for each in servers.servers if each is not primary)
    with replica.client() as client:
        client.execute_command("REPLICAOF", "127.0.0.1", "1")
    unsaid = people.server.deliver(_text(people, "又筹了900元", 2))
    assert [attempt.status for attempt in unsaid.attempts] == [503, 503, 503]
    primary.signal(signal.SIGKILL)
    copy = copy_of(primary, tmp_path / "copy", replica.host)
    servers.await_failover(primary)
    left = list(left_behind(CAMPAIGN, Ledger(connect(copy.url), store.keys), store.ledger))
    assert [entry.kind for entry in left] == ["report.accepted"]
    team = store.teams.get(CAMPAIGN, left[0].team)
    assert int(left[0].values["amount_fen"]) - team.amount_fen == 90_000
    assert team.amount_fen == stood.amount_fen
    assert f"{stood.amount_fen / 100:,.2f}元" in li.say("我的队伍")
