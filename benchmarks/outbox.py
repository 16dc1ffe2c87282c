"""How fast the outbox fills, how fast it drains beside a bare HTTP loop against the same fake WeChat, and the worker's
memory meanwhile.

The fake is another process. The loop is the least that sending can be: one connection, one message after the other,
nothing remembered. Each speaks to as many people of its own, a turn of each after the other.
"""

import multiprocessing
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from multiprocessing.connection import Connection
from pathlib import Path
from resource import RUSAGE_SELF, getrusage
from statistics import median
from time import perf_counter

import requests

from benchmarks.city import newcomer, openid_of
from benchmarks.load import APPID, TOKEN
from bot.apis import account_client, channels
from bot.settings import Settings, load_settings
from bot.simulator.api import create_platform_app
from bot.simulator.ledgers.windows import Trigger
from bot.simulator.platform import Platform
from bot.simulator.server import run_simulator
from scheduler import bulletins
from scheduler.sender import Sender
from storage import Store
from storage.campaign_schema import Campaign
from storage.database import connect
from storage.embedded import EmbeddedRedis
from storage.models.pushes import Notification
from storage.store import open_store

QUEUED = 10_000
NOON = time(12)
"""An hour that no campaign is quiet in."""
PEOPLE, TURNS = 500, 3
TEXT = "截至 21:00，全市已筹 1,234.56元。捐赠自愿。" * 8
SECRET = "a-secret-for-measuring"


def enqueue_seconds(store: Store, campaign: Campaign) -> float:
    """How long it takes to queue 10 000 notifications that are due tomorrow."""
    tomorrow = datetime.now(UTC) + timedelta(days=1)
    pushes = [_push(campaign, f"queued-{i}", openid_of(i), tomorrow) for i in range(QUEUED)]
    started = perf_counter()
    if store.outbox.enqueue(pushes) != QUEUED:
        raise ValueError("some notifications were known already")
    return perf_counter() - started


@dataclass(frozen=True, slots=True)
class Evening:
    """A bulletin to `QUEUED` subscribers, planned and sent by a process of its own: seconds, and its memory in MB."""

    planned_seconds: float
    begins_megabytes: float
    most_megabytes: float


def evening(redis: EmbeddedRedis, store: Store, campaign: Campaign) -> Evening:
    """From the bulletin's minute until all copies stand in the outbox and have ended in mailboxes."""
    openids = {f"p-{number:016d}": f"oEvening{number:020d}" for number in range(QUEUED)}
    with store.database.pipeline(transaction=False) as pipe:
        for person, openid in openids.items():
            pipe.hset(store.keys.person(openid), "id", person)
            pipe.set(store.keys.who(person), openid)
        pipe.hset(store.keys.subscribers(campaign.id), mapping=dict.fromkeys(openids, "evening"))
        pipe.execute()
    spawn = multiprocessing.get_context("spawn")
    ours, theirs = spawn.Pipe()
    process = spawn.Process(target=_pass_an_evening, args=(theirs, redis.url, store.keys.prefix), daemon=True)
    process.start()
    try:
        return Evening(*ours.recv())
    finally:
        process.terminate()
        process.join()


def _pass_an_evening(pipe: Connection, url: str, prefix: str) -> None:
    store = open_store(connect(url), prefix, "rehearsal")
    (campaign,) = store.campaigns.all()
    now, sender = datetime.combine(date.today(), NOON, campaign.zone), Sender(store, [])
    sender.drain(now)
    begins = _megabytes()
    started = perf_counter()
    if bulletins.plan(store, campaign, bulletins.push_named(campaign, "bulletin"), now, now) < QUEUED:
        raise ValueError("some subscribers have no copy")
    planned = perf_counter() - started
    while sender.drain(now):
        pass
    pipe.send((planned, begins, _megabytes()))


def _megabytes() -> float:
    """The most that this process has had so far."""
    return getrusage(RUSAGE_SELF).ru_maxrss / 1024


def drain_rates(store: Store, campaign: Campaign, folder: Path) -> tuple[float, float]:
    """Messages a second that the sender drains, and that the bare loop sends; medians over the turns."""
    told_by_sender, told_by_loop = ([f"o{way}{number:022d}" for number in range(PEOPLE)] for way in ("Queue", "Every"))
    persons = [newcomer(store, openid).id for openid in told_by_sender]
    with _fake_wechat(told_by_sender + told_by_loop) as url:
        settings = load_settings(
            wechat_appid=APPID,
            wechat_token=TOKEN,
            wechat_secret=SECRET,
            wechat_account="verified_service",
            wechat_api_base=url,
            mode="rehearsal",
            data_dir=folder,
        )
        sender, drained, looped = Sender(store, channels(settings, store)), [], []
        try:
            for turn in range(TURNS):
                now = datetime.now(UTC)
                store.outbox.enqueue([_push(campaign, f"drained-{turn}-{p}", p, now) for p in persons])
                drained.append(PEOPLE / _drain_seconds(sender, now))
                looped.append(PEOPLE / _loop_seconds(settings, store, url, told_by_loop))
        finally:
            sender.close()
    sent = store.outbox.counts(campaign.id)["sent"]
    if sent != PEOPLE * TURNS:
        raise ValueError(f"{sent} of {PEOPLE * TURNS} pushes were sent")
    return median(drained), median(looped)


def _push(campaign: Campaign, name: str, person: str, due_at: datetime) -> Notification:
    return Notification(
        id=f"{campaign.id}:bench:{name}",
        campaign=campaign.id,
        job="bulletin",
        person=person,
        text=TEXT,
        asked=True,
        created_at=due_at,
        due_at=due_at,
        expires_at=due_at + timedelta(hours=6),
    )


def _drain_seconds(sender: Sender, now: datetime) -> float:
    started = perf_counter()
    while sender.drain(now):
        pass
    return perf_counter() - started


def _loop_seconds(settings: Settings, store: Store, url: str, openids: list[str]) -> float:
    token = account_client(settings, store).access_token
    with requests.Session() as http:
        started = perf_counter()
        for openid in openids:
            answer = http.post(
                f"{url}/cgi-bin/message/custom/send",
                params={"access_token": token},
                json={"touser": openid, "msgtype": "text", "text": {"content": "word"}},
            )
            if answer.json()["errcode"]:
                raise ValueError(answer.text)
        return perf_counter() - started


@contextmanager
def _fake_wechat(openids: list[str]) -> Iterator[str]:
    """A fake WeChat in a process of its own, whose people have just written; its address."""
    spawn = multiprocessing.get_context("spawn")
    ours, theirs = spawn.Pipe()
    process = spawn.Process(target=_serve, args=(theirs, openids), daemon=True)
    process.start()
    try:
        yield ours.recv()
    finally:
        process.terminate()
        process.join()


def _serve(pipe: Connection, openids: list[str]) -> None:
    platform = Platform(APPID, SECRET, lambda: datetime.now(UTC), escapes="warned")
    for openid in openids:
        platform.introduce(openid, openid)
        platform.acted(openid, Trigger.MESSAGE)
    with run_simulator(create_platform_app(platform)) as running:
        pipe.send(running.url)
        threading.Event().wait()
