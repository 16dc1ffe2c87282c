"""A rehearsed account on a clock the test moves, and a webhook the test scripts."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit
from zoneinfo import ZoneInfo

import pytest

from bot.simulator.api import create_platform_app
from bot.simulator.people import Rehearsal
from bot.simulator.platform import Platform
from bot.simulator.push import MessageServer, Mode
from tests.simulator.api_client import Api

TOKEN = "rehearsalToken"
APPID = "wx0123456789abcdef"
SECRET = "s" * 32
AES_KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
ROBOT_KEY = "693a91f6-7xxx-4bc4-97a0-0ec2sifa5aaa"


@dataclass
class Clock:
    """The virtual clock: stands still until the test moves it."""

    time: datetime = datetime(2024, 5, 8, 9, 55, tzinfo=ZoneInfo("Asia/Shanghai"))

    def __call__(self) -> datetime:
        return self.time

    def forward(self, **by: float) -> None:
        self.time += timedelta(**by)


@dataclass(frozen=True)
class Posted:
    """One request the webhook received."""

    query: dict[str, str]
    headers: dict[str, str]
    body: bytes


Answer = Callable[[Posted], tuple[int, bytes]]


@dataclass
class Webhook:
    """A bot of one function: `answer` turns a request into a status and a body."""

    url: str = ""
    answer: Answer = lambda posted: (200, b"success")
    received: list[Posted] = field(default_factory=list)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def platform(clock: Clock) -> Platform:
    return Platform(APPID, SECRET, clock, robots={"zhibanqun": ROBOT_KEY})


@pytest.fixture
def account(platform: Platform) -> Api:
    """The API of the rehearsed account."""
    return Api(create_platform_app(platform).test_client(), platform)


@pytest.fixture
def li_min(platform: Platform) -> str:
    """Somebody who follows."""
    openid = platform.openid_of("li-min")
    platform.introduce(openid, "李敏")
    return openid


@pytest.fixture
def webhook() -> Iterator[Webhook]:
    hook = Webhook()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            posted = Posted(dict(parse_qsl(urlsplit(self.path).query)), dict(self.headers), body)
            hook.received.append(posted)
            status, answer = hook.answer(posted)
            try:
                self.send_response(status)
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)
            except ConnectionError:
                self.close_connection = True

        do_GET = do_POST

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    hook.url = f"http://127.0.0.1:{server.server_port}/wechat"
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield hook
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def rehearse(webhook: Webhook, platform: Platform) -> Callable[[Mode], Rehearsal]:
    """People whose messages reach the webhook in the given mode, with a deadline of 0.3 s."""
    return lambda mode: Rehearsal(MessageServer(webhook.url, TOKEN, APPID, AES_KEY, mode, platform, deadline=0.3))
