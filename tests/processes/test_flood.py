"""The real web server under what one person, or somebody who only opens connections, can do to it."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import pytest
import requests

from bot.simulator import actions
from bot.simulator.fields import Fields
from bot.simulator.packets import Packer
from bot.simulator.people import Rehearsal
from bot.simulator.platform import Platform
from bot.simulator.push import MessageServer
from storage.campaign_files import load
from storage.database import connect
from storage.embedded import EmbeddedRedis
from storage.store import Store, open_store

ROOT = Path(__file__).resolve().parents[2]
APPID, TOKEN, AES_KEY = "wx0123456789abcdef", "a-token-for-tests", "a" * 43
FLOOD = 100
_numbers = count()
UNDISTURBED = 2.0
"""Seconds. Whoever is held up waits for a thread that nobody gives back, or for a lock of 4.5 s."""


@dataclass
class Web:
    """A running `yidui web` of one process, its store, and the people around it."""

    port: int
    store: Store
    people: Rehearsal

    def slowest(self, messages: int) -> float:
        """How long the slowest answer took that somebody new waited for."""
        person = self.people[f"newcomer {next(_numbers)}"]
        deliveries = [person.send(actions.text("帮助")) for _ in range(messages)]
        assert all(delivery.reply for delivery in deliveries)
        assert [len(delivery.attempts) for delivery in deliveries] == [1] * messages
        return max(delivery.attempts[0].seconds for delivery in deliveries)


@pytest.fixture(scope="module")
def web(redis_server: EmbeddedRedis, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Web]:
    """One for all of these tests; each has people of her own."""
    database = connect(redis_server.url)
    database.flushall()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    store = open_store(database, "yd", "rehearsal")
    store.campaigns.publish(load(ROOT / "campaigns/zhaotong-2024"), datetime.now(UTC))
    given = {
        "MODE": "rehearsal",
        "WECHAT_APPID": APPID,
        "WECHAT_TOKEN": TOKEN,
        "WECHAT_AES_KEY": AES_KEY,
        "REDIS_URL": redis_server.url,
        "DATA_DIR": str(tmp_path_factory.mktemp("web")),
        "PORT": str(port),
        "WORKERS": "1",
        "LOG_LEVEL": "ERROR",
    }
    environment = os.environ | {f"YIDUI_{name}": value for name, value in given.items()}
    process = subprocess.Popen([sys.executable, "-m", "bot", "web"], env=environment, cwd=ROOT)
    try:
        give_up = time.monotonic() + 20
        while time.monotonic() < give_up:
            with suppress(requests.ConnectionError):
                requests.get(f"http://127.0.0.1:{port}/healthz", timeout=2)
                break
            time.sleep(0.05)
        platform = Platform(APPID, "secret", lambda: datetime.now(UTC))
        server = MessageServer(f"http://127.0.0.1:{port}/wechat", TOKEN, APPID, AES_KEY, "safe", platform)
        yield Web(port, store, Rehearsal(server))
    finally:
        process.terminate()
        process.wait(20)


@pytest.mark.parametrize("in_work", [False, True], ids=["quick messages", "while a slow one is in work"])
def test_a_flood_of_one_person_does_not_delay_another(web: Web, in_work: bool) -> None:
    flooder = web.people[f"flooder {in_work}"]
    assert flooder.say("帮助")
    if in_work:
        web.store.inbox.claim(flooder.openid, "slow", "token", "", datetime.now(UTC))
    with ThreadPoolExecutor(FLOOD) as threads:
        flood = [
            threads.submit(flooder.send_copies, actions.text(f"第{n}条"), copies=1, at_once=False) for n in range(FLOOD)
        ]
        assert web.slowest(15) < UNDISTURBED
    statuses = [future.result()[0].attempts[0].status for future in flood]
    assert set(statuses) <= {200, 503}
    assert web.slowest(1) < UNDISTURBED


def _open(web: Web, headers: str) -> socket.socket:
    connection = socket.create_connection(("127.0.0.1", web.port), timeout=10)
    connection.sendall(f"POST /wechat HTTP/1.1\r\nHost: x\r\n{headers}\r\n".encode())
    return connection


def test_whoever_cannot_sign_holds_no_thread_with_a_slow_request(web: Web) -> None:
    """The body is read by one of the few threads, so it is not read for a stranger; from others nginx shields us."""
    with ExitStack() as slow:
        for _ in range(50):
            slow.enter_context(_open(web, "Content-Length: 1000\r\n\r\n<xml>"))
            slow.enter_context(_open(web, "Transfer-Encoding: chunked\r\n\r\n5\r\n<xml>\r\n"))
            slow.enter_context(_open(web, "X-Half-A-Header: "))
        assert web.slowest(5) < UNDISTURBED


def _help() -> Fields:
    about = {"FromUserName": "o-1", "ToUserName": "gh_1", "CreateTime": int(time.time()), "MsgId": 1}
    return actions.text("帮助") | about


@pytest.mark.parametrize("chunked", [False, True], ids=["announced", "chunked"])
@pytest.mark.parametrize("size", [64 * 1024 + 1, 64 * 1024 + 2, 8 * 1024 * 1024])
def test_no_body_over_64_kib_is_read(web: Web, chunked: bool, size: int) -> None:
    """What is announced as too large is refused unread (413), what turns out to be so as forged (403)."""
    packet = Packer(TOKEN, APPID, AES_KEY, "safe").pack(_help())
    body = packet.body + b" " * (size - len(packet.body))

    def pieces() -> Iterator[bytes]:
        yield from (body[at : at + 8192] for at in range(0, size, 8192))

    with suppress(requests.ConnectionError):  # refused in the middle of the body
        answer = requests.post(
            f"http://127.0.0.1:{web.port}/wechat",
            params=packet.query,
            data=pieces() if chunked else body,
            timeout=10,
        )
        assert answer.content == b""
        assert answer.status_code in (403, 413)
    assert web.slowest(1) < UNDISTURBED


def test_a_push_in_chunks_is_read(web: Web) -> None:
    packet = Packer(TOKEN, APPID, AES_KEY, "safe").pack(_help())
    answer = requests.post(
        f"http://127.0.0.1:{web.port}/wechat", params=packet.query, data=iter([packet.body[:9], packet.body[9:]])
    )
    assert answer.status_code == 200
    assert b"<Encrypt>" in answer.content
