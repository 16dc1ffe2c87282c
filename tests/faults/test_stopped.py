"""A Redis that neither answers nor ends (SIGSTOP, a stalled disk): every message is answered within its time."""

import os
import signal
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.app import create_app
from bot.server import THREADS
from bot.settings import load_settings
from bot.simulator.people import Rehearsal
from bot.simulator.platform import Platform
from bot.simulator.push import Delivery, MessageServer
from storage.campaign_files import load
from storage.database import connect
from storage.embedded import EmbeddedRedis, ensure
from storage.store import open_store
from tests.conversations.conftest import AES_KEY, APPID, CAMPAIGNS, TOKEN, served

WHOLE_SECONDS = 4.5
"""WeChat waits five; what is left is its way there and back."""


@pytest.fixture
def server(tmp_path: Path) -> Iterator[EmbeddedRedis]:
    redis = ensure(tmp_path / "redis")
    yield redis
    os.kill(redis.pid, signal.SIGCONT)
    redis.stop()


@pytest.fixture
def people(server: EmbeddedRedis, tmp_path: Path) -> Iterator[Rehearsal]:
    store = open_store(connect(server.url), "yd", "rehearsal")
    store.campaigns.publish(load(CAMPAIGNS / "zhaotong-2024"), store.clock.now())
    settings = load_settings(
        wechat_appid=APPID,
        wechat_token=TOKEN,
        wechat_aes_key=AES_KEY,
        mode="rehearsal",
        redis_url=server.url,
        data_dir=tmp_path,
    )
    with served(create_app(settings)) as url:
        platform = Platform(APPID, "secret", lambda: datetime.now(UTC))
        yield Rehearsal(MessageServer(url, TOKEN, APPID, AES_KEY, "safe", platform))


def test_nobody_waits_for_more_than_the_time_there_is(server: EmbeddedRedis, people: Rehearsal) -> None:
    """As many as there are threads, and four who come when it is known that nothing answers."""
    writers = [people[f"o-{number}"] for number in range(THREADS + 4)]
    for writer in writers:
        assert writer.say("排行")

    def say(number: int) -> Delivery:
        """The odd ones come again no more; the others do, once."""
        age, wait = 20 if number % 2 else 7, 0.0 if number < THREADS else 2.0
        time.sleep(wait)
        fields = {"MsgType": "text", "Content": "我的队伍", "CreateTime": int(time.time()) - age}
        return writers[number].send(fields)

    os.kill(server.pid, signal.SIGSTOP)
    with ThreadPoolExecutor(len(writers)) as threads:
        deliveries = list(threads.map(say, range(len(writers))))
    assert max(attempt.seconds for delivery in deliveries for attempt in delivery.attempts) < WHOLE_SECONDS
    late = [delivery.attempts[0].seconds for delivery in deliveries[THREADS:]]
    assert max(late) < WHOLE_SECONDS / 2, "nobody else takes a thread"
    assert all("不要重复发送" in delivery.reply for delivery in deliveries[1::2])
    os.kill(server.pid, signal.SIGCONT)
    assert "不要重复发送" not in writers[0].say("我的队伍")
