"""Killed without warning under load: no acknowledged report is lost or counted twice, no push is sent twice.

A whole installation (`serve`: web, worker, embedded Redis) runs as it would in production, against the rehearsal
WeChat, which delivers each message up to three times. Each report is an increment of an amount that no other has,
so the ledger tells which reports were booked, and how often.
"""

import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import psutil
import pytest

from bot.simulator.people import SimulatedPerson
from bot.simulator.push import MessageServer
from storage.audit import verify
from storage.store import Store
from tests.faults.installation import AES_KEY, APPID, TOKEN, Installation, free_port, running, wait_until_ready, webhook

CAPTAINS, REPORTS = 20, 200


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    with running(tmp_path / "data") as made:
        yield made


def test_killed_while_reports_arrive(installation: Installation) -> None:
    store = installation.store
    captains = [installation.people[f"captain-{i}"] for i in range(CAPTAINS)]
    for i, captain in enumerate(captains):
        said = captain.say(f"组队 第{i + 1}小学 昭阳区 人道暖昭通 队长甲 1390000{i:04d}")
        assert said.startswith("已登记"), said
        assert captain.say("订阅").startswith("已登记")
        assert captain.say("进度 1000元 10人次").startswith("已记录")
    _advance(store, "2024-05-07T20:30:00+08:00")
    for captain in captains:
        captain.say("我的队伍")

    done, killed = threading.Event(), list[str]()
    killer = threading.Thread(target=_kill_in_turn, args=(installation, killed, done))
    killer.start()
    amounts = [f"{100 + i // 100}.{i % 100:02d}" for i in range(REPORTS)]
    with ThreadPoolExecutor(CAPTAINS) as pool:
        replies = list(pool.map(lambda c: list(_reporting(captains[c], amounts[c::CAPTAINS])), range(CAPTAINS)))
    done.set()
    killer.join()
    if installation.process is None or installation.process.poll() is not None:
        installation.start()
    installation.wait_until_ready()
    assert {"web worker", "worker", "redis"} <= set(killed)

    store = installation.store
    campaign = store.campaigns.get("zhaotong-2024")
    booked: Counter[int] = Counter()
    for entry in store.ledger.entries(campaign.id):
        if entry.kind == "report.accepted" and entry.values["said_as"] == "increment":
            booked[int(entry.values["amount_fen"]) - int(entry.values["previous_amount_fen"])] += 1
    acknowledged = {round(float(a) * 100) for said in replies for a, reply in said if reply.startswith("已记录")}
    assert len(acknowledged) > REPORTS // 2, "too few reports came through for the test to mean anything"
    assert acknowledged <= booked.keys(), "an acknowledged report is lost"
    assert set(booked.values()) == {1}, "a report was counted twice"
    total = sum(team.amount_fen for team in store.teams.many(campaign.id, store.teams.codes(campaign.id)))
    assert total == CAPTAINS * 100_000 + sum(booked)
    assert verify(campaign, store.database, store.keys) == []

    _advance(store, "2024-05-07T21:00:01+08:00")
    bulletins = _await_bulletins(installation, CAPTAINS + 1)
    assert set(bulletins.values()) == {1}, "a bulletin reached somebody twice"
    assert len(bulletins) == CAPTAINS + 1


def test_one_message_to_two_web_processes_has_one_effect_and_one_reply(installation: Installation) -> None:
    li = installation.people["li"]
    assert li.say("组队 昭通市第一中学 昭阳区 人道暖昭通 队长李敏 13900000000").startswith("已登记")
    assert li.say("进度 5000元 50人次").startswith("已记录")
    other_port = free_port()
    other = subprocess.Popen(
        [sys.executable, "-m", "bot", "web"], env=installation.environment | {"YIDUI_PORT": str(other_port)}
    )
    try:
        wait_until_ready(other_port)
        second = MessageServer(webhook(other_port), TOKEN, APPID, AES_KEY, "safe", installation.platform)
        increment = {"FromUserName": li.openid, "MsgType": "text", "Content": "又筹了500", "MsgId": 1}
        increment["CreateTime"] = int(time.time())
        with ThreadPoolExecutor(3) as pool:
            at_once = list(pool.map(lambda way: way(increment), (li.send, second.deliver, li.send)))
        one_after_another = [way(increment) for way in (second.deliver, li.send, second.deliver)]
    finally:
        other.terminate()
        other.wait(timeout=30)
    replies = {delivery.reply for delivery in (*at_once, *one_after_another)}
    assert len(replies) == 1
    assert "5,000.00元 → 5,500.00元" in replies.pop()


def test_the_parent_killed_takes_its_children_along_and_redis_is_adopted(installation: Installation) -> None:
    captain = installation.people["li"]
    assert captain.say("组队 昭通市第一中学 昭阳区 人道暖昭通 队长李敏 13900000000").startswith("已登记")
    assert captain.say("进度 12345.67元 321人次").startswith("已记录")
    redis_pid, web_pid, worker_pid = (installation.pid_of(name) for name in ("redis", "web", "worker"))
    grandchildren = [p.pid for p in psutil.Process(web_pid).children(recursive=True)]
    installation.kill("parent")
    gone = time.monotonic() + 15
    while time.monotonic() < gone and any(map(_runs, (web_pid, worker_pid, *grandchildren))):
        time.sleep(0.1)
    assert not any(map(_runs, (web_pid, worker_pid, *grandchildren)))
    assert _runs(redis_pid)
    installation.start()
    assert installation.pid_of("redis") == redis_pid
    assert "12,345.67元" in captain.say("我的队伍")


def _reporting(captain: SimulatedPerson, amounts: list[str]) -> Iterator[tuple[str, str]]:
    """One captain reports again and again, with pauses, so that the kills fall among the reports."""
    for amount in amounts:
        yield amount, captain.say(f"又筹了{amount}元")
        time.sleep(1.0)


def _kill_in_turn(installation: Installation, killed: list[str], done: threading.Event) -> None:
    for victim in ("web worker", "worker", "redis", "web", "web worker", "redis"):
        if done.wait(1.6):
            return
        installation.kill(victim)
        killed.append(victim)


def _advance(store: Store, moment: str) -> None:
    store.clock.advance_to(datetime.fromisoformat(moment))  # type: ignore[attr-defined]


def _await_bulletins(installation: Installation, expected: int) -> Counter[str]:
    """Who received the bulletin, how often: persons by push, the robot's group by its transcript."""
    platform = installation.platform
    give_up = time.monotonic() + 30
    while time.monotonic() < give_up:
        received = Counter(
            entry.owner for entry in platform.entries(0) if entry.kind == "push" and "战报" in entry.text
        )
        if len(received) >= expected:
            time.sleep(1.0)
            return Counter(e.owner for e in platform.entries(0) if e.kind == "push" and "战报" in e.text)
        time.sleep(0.2)
    raise AssertionError(f"the bulletin reached {len(received)} of {expected}")


def _runs(pid: int) -> bool:
    with suppress(psutil.NoSuchProcess):
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    return False
