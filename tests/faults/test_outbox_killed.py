"""The outbox under whatever can happen to it: errors of every class, and a worker that is killed again and again.

`PUSHES` and `KILLS` in the environment make it as large as `make storm` has it (10 000 recipients, 20 kills).
"""

import multiprocessing
import os
import random
import re
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psutil
import pytest

from bot.simulator.api import create_platform_app
from bot.simulator.ledgers.faults import ScriptedFault
from bot.simulator.ledgers.windows import Trigger
from bot.simulator.platform import Platform
from bot.simulator.server import run_simulator
from scheduler.sender import LEASE
from storage.campaign_files import load
from storage.database import Database
from storage.embedded import EmbeddedRedis
from storage.models.pushes import Mail, Notification
from storage.store import Store, open_store
from tests.faults import outbox_worker
from tests.faults.installation import APPID, ROBOT_KEY, SECRET

ROOT = Path(__file__).parents[2]
PUSHES, KILLS = int(os.environ.get("PUSHES", "120")), int(os.environ.get("KILLS", "3"))
SEED = int(os.environ.get("SEED", "14"))
KEYWORDS = (("thing1", "内容"), ("time2", "时间"))
FAULTS: tuple[dict[str, object], ...] = (
    *({"errcode": code} for code in (-1, 40003, 40035, 43004, 43101, 45002, 45011, 45015, 45047, 47003, 48002, 50005)),
    {"errcode": 99999},
    {"reset": True},
    {"truncated": True},
    {"status": 502},
)
"""One of every class of wechat-platform §6, and what stands between us and the platform."""
CLOSING: tuple[dict[str, object], ...] = tuple({"errcode": code} for code in (40001, 42001, 40164, 45009, 48001))
"""These close a channel for minutes, so each is met once."""
SENDING = ("message/custom/send", "message/template/send", "message/subscribe/bizsend", "webhook/send")
QUOTAS = (45047, 45009, 45015, 43101)
"""What the platform says of too much. It may say so where that is scripted, and never because we asked for more."""
TEXT = re.compile(r"第\d{6}条")
"""What a push says, however a template wraps it: of each there is one."""
GROWS_BY = 24 << 20
"""Bytes by which a worker may grow between its first sendings and its last."""
LIFE_SECONDS = 60 + PUSHES / 20
"""How long one worker may take for all."""
STUCK_SECONDS = 2.0
"""Without a settled push: then what was put off is due, as it would be later."""
IN_A_WINDOW = 5
"""Pushes to each person whose window is open: two more than its messages that are not kept for answers."""


@dataclass
class OneInTwenty:
    """In the place of the platform's script: a twentieth of the sendings meets one of the faults, seeded."""

    random: random.Random
    met: Counter[str] = field(default_factory=Counter)

    def add(self, fault: ScriptedFault) -> None:
        raise NotImplementedError

    def next(self, path: str) -> ScriptedFault | None:
        if path not in SENDING or self.random.random() > 0.05:
            return None
        unmet = [fault for fault in CLOSING if not self.met[str(fault)]]
        chosen = unmet[0] if unmet and self.random.random() < 0.1 else self.random.choice(FAULTS)
        self.met[str(chosen)] += 1
        return ScriptedFault(path, **chosen)  # type: ignore[arg-type]


@pytest.fixture
def store(database: Database) -> Store:
    made = open_store(database, "storm", "rehearsal")
    made.campaigns.publish(load(ROOT / "campaigns" / "erqi-2020"), made.clock.now())
    return made


def recipients(store: Store, platform: Platform, notice: str) -> list[tuple[str, str, str]]:
    """(person, openid, job): with a window, with a consent, by template, and with nothing but her mailbox."""
    found = []
    for number in range(PUSHES):
        openid, way = f"o{number:027d}", number % 4
        platform.introduce(openid, openid)
        claim = store.inbox.claim(openid, "first", "founder", "long", store.clock.now())
        assert claim.person is not None
        store.people.link(claim.person)
        store.inbox.release(openid, "first", "founder")
        if way == 0:
            platform.acted(openid, Trigger.MESSAGE)
        else:
            store.windows.close(openid)
        if way == 1:
            platform.credits.give(openid, notice)
            store.credits.hear(openid, "e", [("accept", notice)])
        job = ("bulletin", "bulletin", "act", "notice")[way]
        found += [(claim.person.id, openid, job)] * (IN_A_WINDOW if way == 0 else 1)
    return found


def test_each_recipient_has_each_push_once_or_it_is_told_why_not(
    store: Store, redis_server: EmbeddedRedis, tmp_path: Path
) -> None:
    platform = Platform(APPID, SECRET, lambda: datetime.now(UTC), robots={"zhibanqun": ROBOT_KEY})
    chance = OneInTwenty(random.Random(SEED))  # no secret
    platform.faults = chance  # type: ignore[assignment]
    template, notice = (each.add("通知", KEYWORDS) for each in (platform.templates, platform.notices))
    (campaign,) = store.campaigns.all()
    people, now = recipients(store, platform, notice), store.clock.now()
    pushes = [
        Notification(
            id=f"{campaign.id}:{job}:storm:{number}", campaign=campaign.id, job=job, person=person,
            text=f"第{number:06d}条", asked=True, created_at=now, due_at=now, expires_at=now + timedelta(hours=40),
        )
        for number, (person, _, job) in enumerate(people)
    ]  # fmt: skip
    assert store.outbox.enqueue(pushes) == len(people)
    with run_simulator(create_platform_app(platform)) as running:
        told = (redis_server.url, "storm", running.url, str(tmp_path), template, notice)
        figures = drain(store, campaign.id, told, chance.random)

    ended = {each.notification.id: each for each in store.outbox.list(campaign.id, limit=len(people))}
    shown_to = Counter(
        (entry.owner, text) for entry in platform.entries() if entry.kind == "push" for text in TEXT.findall(entry.text)
    )
    mailed_to = Counter(
        (openid, text) for openid in {openid for _, openid, _ in people} for text in mailbox(store, openid)
    )
    for push, (_, openid, _) in zip(pushes, people, strict=True):
        delivery = ended[push.id]
        shown, mailed = shown_to[openid, push.text], mailed_to[openid, push.text]
        match delivery.status:
            case "sent":
                assert (shown, mailed) == (1, 0), delivery
            case "mailbox":
                assert (shown, mailed) == (0, 1), delivery
            case "unknown":
                assert shown <= 1, delivery
                assert mailed == 0
                assert delivery.reason
            case "expired":
                assert (shown, mailed) == (0, 0), delivery
                assert delivery.reason
            case _:
                raise AssertionError(delivery)
    statuses = Counter(delivery.status for delivery in ended.values())
    became = ", ".join(f"{status} {number}" for status, number in statuses.most_common())
    print(f"{figures}; {became}; faults met: {chance.met.total()}")  # noqa: T201  # what `make storm` is run for
    assert statuses["sent"] > PUSHES * 0.3, statuses
    assert statuses["unknown"] < len(people) * 0.05 + 8 * KILLS, statuses
    for code in QUOTAS:
        met = sum(count for name, count in store.watching.sendings().items() if name.endswith(f" {code}"))
        assert met <= chance.met[str({"errcode": code})], f"the platform said {code} without being told to"


def mailbox(store: Store, openid: str) -> list[str]:
    kept = store.database.lrange(store.keys.mailbox(openid), 0, -1)
    return [Mail.model_validate_json(mail).text for mail in kept]


def drain(store: Store, campaign: str, told: tuple[str, ...], chance: random.Random) -> str:
    """Until nothing waits: a worker that is killed at random moments of its work, and the hours that pass meanwhile."""
    whole, started, grown = store.outbox.waiting(campaign), time.monotonic(), list[int]()
    kills = sorted(chance.sample(range(1, whole * 9 // 10), KILLS))
    while store.outbox.waiting(campaign):
        with worker_running(told) as worker:
            grown.append(work(store, campaign, worker, whole - kills.pop(0) if kills else 0))
        store.database.delete(store.keys.lease(LEASE))  # as it lapses, twelve seconds later
    assert max(grown) < GROWS_BY
    figures = f"{whole} pushes in {time.monotonic() - started:.0f} s, {KILLS} kills"
    return f"{figures}; a worker grew by {max(grown) / (1 << 20):.1f} MB at most"


def work(store: Store, campaign: str, worker: int, until: int) -> int:
    """Let it send until so many wait; by how many bytes it grew since its first sending.

    What a fault has closed is opened at once, as by an operator who has mended it: else most would go to mailboxes.
    """
    memory, least, most = psutil.Process(worker), 0, 0
    left = begun = store.outbox.waiting(campaign)
    moved, give_up = time.monotonic(), time.monotonic() + LIFE_SECONDS
    while left > until:
        assert time.monotonic() < give_up, store.outbox.counts(campaign)
        time.sleep(0.05)
        store.clock.advance_to(store.clock.now() + timedelta(seconds=5))  # type: ignore[attr-defined]
        store.breakers.open_all()
        if (now_left := store.outbox.waiting(campaign)) < left:
            left, moved = now_left, time.monotonic()
        elif time.monotonic() - moved > STUCK_SECONDS:
            store.outbox.hasten(campaign, store.clock.now())
            moved = time.monotonic()
        if left < begun:
            most = max(most, memory.memory_info().rss)
            least = least or most
    return most - least


@contextmanager
def worker_running(told: tuple[str, ...]) -> Iterator[int]:
    """The process id of a worker, forked from a process that has imported all it needs."""
    processes = multiprocessing.get_context("forkserver")
    processes.set_forkserver_preload(["tests.faults.outbox_worker"])
    worker = processes.Process(target=outbox_worker.main, args=told, daemon=True)
    worker.start()
    try:
        yield worker.pid or 0
    finally:
        worker.kill()
        worker.join()
