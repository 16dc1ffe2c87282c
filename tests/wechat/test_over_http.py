"""The clients against the rehearsal WeChat, over real sockets: what passes there, and what every failure shows."""

import logging
import socket
import threading
import traceback
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from flask import request

from bot.logs import redact
from bot.simulator.api import create_platform_app
from bot.simulator.ledgers.windows import Trigger
from bot.simulator.platform import Platform, ScriptedFault
from bot.simulator.server import run_simulator
from bot.wechat.client import AccountClient
from bot.wechat.media import Media, Picture
from bot.wechat.menus import Button, Menus
from bot.wechat.messages import Article, Messages
from bot.wechat.qrcodes import QrCodes
from bot.wechat.robots import GroupRobotApi
from bot.wechat.users import Users
from scheduler.channels import Park, Retry, SendError, Skip, Unknown
from storage.database import Database
from storage.keys import Keys
from storage.scenes import new_token
from storage.tokens import TokenStore

APPID, SECRET, KEY = "wx0123456789abcdef", "s3cr3tS3cr3tS3cr3tS3cr3tS3cr3t00", "693a91f6-aaaa-4bc4-97a0-0ec2sifa5aaa"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(256)


@dataclass
class Account:
    """One account at a rehearsal WeChat whose clock stands still until it is moved."""

    database: Database
    now: datetime = datetime(2024, 5, 8, 9, 55, tzinfo=ZoneInfo("Asia/Shanghai"))
    url: str = ""
    token_calls: int = 0
    credentials: set[str | None] = field(default_factory=set)
    platform: Platform = field(init=False)

    def __post_init__(self) -> None:
        self.platform = Platform(APPID, SECRET, lambda: self.now, robots={"zhibanqun": KEY})

    def client(self) -> AccountClient:
        """As another process would make it: its own connections, the shared token."""
        tokens = TokenStore(self.database, Keys("yd"), APPID, lambda: self.now.timestamp())
        return AccountClient(APPID, SECRET, tokens, self.url, "verified_service")

    def messages(self) -> Messages:
        client = self.client()
        return Messages(client, Media(client))

    def person(self, name: str, wrote: bool = True) -> str:
        openid = self.platform.openid_of(name)
        self.platform.introduce(openid, name)
        if wrote:
            self.platform.acted(openid, Trigger.MESSAGE)
        return openid

    def shown(self, openid: str) -> list[str]:
        return [entry.text for entry in self.platform.transcript(openid)]


@pytest.fixture
def account(database: Database) -> Iterator[Account]:
    account = Account(database)
    app = create_platform_app(account.platform)

    @app.before_request
    def count() -> None:
        account.token_calls += request.path.endswith("/stable_token")
        account.credentials.add(request.headers.get("Authorization"))

    with run_simulator(app) as running:
        account.url = running.url
        yield account


# --- the token ------------------------------------------------------------------------------------------------


def test_fifty_threads_at_expiry_make_one_token_call(account: Account) -> None:
    openids = [account.person(f"p{n}") for n in range(50)]
    account.messages().send_text(openids[0], "先取一次令牌")
    assert account.token_calls == 1
    account.now += timedelta(seconds=7200)
    senders = [account.messages() for _ in range(5)]
    start, failures = threading.Barrier(50), []

    def work(n: int) -> None:
        start.wait()
        try:
            senders[n % 5].send_text(openids[n], "战报")
        except SendError as failure:
            failures.append(failure)

    threads = [threading.Thread(target=work, args=(n,)) for n in range(50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert account.token_calls == 2
    assert all("战报" in account.shown(openid) for openid in openids)


def test_fifty_threads_with_a_revoked_token_make_one_token_call(account: Account) -> None:
    """Nobody forgets what another has just renewed."""
    openids = [account.person(f"p{n}") for n in range(50)]
    messages = account.messages()
    messages.send_text(openids[0], "先取一次令牌")
    with account.platform.lock:
        account.platform.tokens.stable.issue(force=True)
    start, failures = threading.Barrier(50), []

    def work(openid: str) -> None:
        start.wait()
        try:
            messages.send_text(openid, "战报")
        except SendError as failure:
            failures.append(failure)

    threads = [threading.Thread(target=work, args=(openid,)) for openid in openids]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert account.token_calls == 2


# --- the environment ------------------------------------------------------------------------------------------


def test_it_goes_by_the_proxy_of_the_environment_and_takes_no_credentials_from_netrc(
    account: Account, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "netrc").write_text("machine api.example login somebody password else\n")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    monkeypatch.setenv("http_proxy", account.url)
    monkeypatch.delenv("no_proxy", raising=False)
    account.url = "http://api.example"
    openid = account.person("李敏")
    account.messages().send_text(openid, "战报")
    assert account.shown(openid) == ["战报"]
    assert account.credentials == {None}


# --- what passes ----------------------------------------------------------------------------------------------


def test_every_customer_service_message(account: Account) -> None:
    openid, messages = account.person("李敏"), account.messages()
    messages.send_text(openid, "战报 🎉")
    messages.send_article(openid, Article("第一期战报", "https://example.org/1"))
    messages.send_text(openid, "第三条")
    messages.send_picture(openid, PNG)
    text, article, _, picture = account.shown(openid)
    assert text == "战报 🎉"
    assert "第一期战报" in article
    assert picture
    messages.send_text(openid, "第五条")
    with pytest.raises(Skip) as caught:
        messages.send_text(openid, "第六条")
    assert caught.value.code == 45047


def test_template_messages_and_notices_fill_what_wechat_tells(account: Account) -> None:
    openid, messages = account.person("李敏", wrote=False), account.messages()
    with account.platform.lock:
        fields = (("thing1", "事项"), ("time2", "时间"))
        template = account.platform.templates.add("任务截止提醒", fields)
        notice = account.platform.notices.add("任务截止提醒", fields)
        account.platform.credits.give(openid, notice)
    values = {"thing1": "昭通报名截止", "time2": "2024年5月8日 09:50"}
    assert messages.template_fields(template) == messages.notice_fields(notice) == ("thing1", "time2")
    first = messages.send_template(openid, template, values, "a" * 32)
    assert messages.send_template(openid, template, values, "a" * 32) == first
    assert len(account.shown(openid)) == 1, "the same id within ten minutes shows it once"
    messages.send_notice(openid, notice, values)
    assert len(account.shown(openid)) == 2
    with pytest.raises(Skip) as caught:
        messages.send_notice(openid, notice, values)
    assert caught.value.code == 43101


def test_a_mass_message_to_a_tag_once(account: Account) -> None:
    openid, client = account.person("李敏"), account.client()
    tag = Users(client).tag_named("益队协调员")
    Users(client).tag(tag, [openid, account.person("王强")])
    assert Users(client).tagged(tag) == {openid, account.person("王强")}
    assert Users(client).tag_named("益队协调员") == tag
    messages = Messages(client, Media(client))
    job = messages.send_mass(tag, "明天10点开始配捐", "zhaotong-1")
    account.now += timedelta(minutes=2)
    assert messages.send_mass(tag, "明天10点开始配捐", "zhaotong-1") == job


def test_menus_for_everybody_and_for_a_tag(account: Account) -> None:
    client = account.client()
    menus, users = Menus(client), Users(client)
    assert not menus.exists()
    tag = users.tag_named("益队协调员")
    for _ in range(2):
        menus.publish([Button("我的队伍", "我的队伍")], {tag: [Button("我的辖区", "我的辖区")]})
    assert menus.exists()
    users.tag(tag, [account.person("王强")])
    with account.platform.lock:
        seen = [
            account.platform.menus.seen_by(account.platform.people.find(account.person(n))) for n in ("李敏", "王强")
        ]
        assert [buttons[0]["name"] for buttons in seen] == ["我的队伍", "我的辖区"]
        assert len(account.platform.menus.conditional) == 1


def test_a_code_with_a_scene(account: Account) -> None:
    scene = new_token()
    code = QrCodes(account.client()).create(scene, timedelta(days=7))
    assert code.lasts == timedelta(days=7)
    with account.platform.lock:
        assert account.platform.qrcodes.scene_of(code.url) == scene


def test_a_picture_up_and_up_again_after_three_days(account: Account) -> None:
    client = account.client()
    media = Media(client)
    first = media.upload(Picture(PNG))
    account.now += timedelta(days=3, seconds=1)
    openid = account.person("李敏")
    Messages(client, media).send_picture(openid, PNG)
    assert len(account.shown(openid)) == 1
    assert media.upload(Picture(PNG)) != first


def test_everything_a_robot_posts(account: Account) -> None:
    robot = GroupRobotApi(account.url)
    robot.send_text(KEY, "战报")
    robot.send_markdown_v2(KEY, "| 名次 | 队伍 |\n|---|---|\n| 1 | 一中 |")
    robot.send_image(KEY, PNG)
    robot.send_file(KEY, "战报.csv", b"a,b,c\n")
    assert len(account.shown("zhibanqun")) == 4
    for _ in range(16):
        robot.send_text(KEY, "战报")
    with pytest.raises(Retry) as caught:
        robot.send_text(KEY, "第二十一条")
    assert (caught.value.code, caught.value.after_seconds) == (45009, 60)
    with pytest.raises(Park):
        robot.send_text("wrong-key", "战报")


# --- what every failure shows ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fault", "outcome"),
    [
        ({"reset": True}, Unknown),
        ({"truncated": True}, Unknown),
        ({"status": 502}, Unknown),
        ({"status": 503}, Retry),
        ({"errcode": 45015}, Skip),
        ({"errcode": -1}, Retry),
        ({"errcode": 48001}, Park),
    ],
)
def test_faults_of_the_platform(account: Account, fault: dict[str, object], outcome: type[SendError]) -> None:
    openid, messages = account.person("李敏"), account.messages()
    account.platform.inject(ScriptedFault("message/custom/send", **fault))
    with pytest.raises(outcome):
        messages.send_text(openid, "战报")
    account.platform.inject(ScriptedFault("stable_token", **fault))
    account.database.flushall()
    with pytest.raises(SendError) as caught:
        messages.send_text(openid, "战报")
    assert not isinstance(caught.value, Unknown), "without a token nothing went out"


class Villain(threading.Thread):
    """Accepts connections and does with each what `answer` says."""

    def __init__(self, answer: bytes, then: str) -> None:
        super().__init__(daemon=True)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._answer, self._then, self._open = answer, then, threading.Event()
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"

    def run(self) -> None:
        held = []
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                break
            connection.settimeout(5)
            connection.recv(65536)
            connection.sendall(self._answer)
            if self._then == "trickle":
                threading.Thread(target=self._trickle, args=(connection,), daemon=True).start()
                held.append(connection)
            else:
                connection.close()
        for connection in held:
            connection.close()

    def _trickle(self, connection: socket.socket) -> None:
        try:
            while not self._open.wait(0.02):
                connection.sendall(b" ")
        except OSError:
            return

    def stop(self) -> None:
        self._open.set()
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self.join()


HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"


@pytest.mark.parametrize(
    ("answer", "then"),
    [
        (b"", "close"),
        (b"not http at all\r\n\r\n", "close"),
        (HEAD + b"Content-Length: 100\r\n\r\n{", "close"),
        (HEAD + b"Content-Encoding: gzip\r\nContent-Length: 5\r\n\r\nabcde", "close"),
        (HEAD + b"\r\n" + b"x" * 1_100_000, "close"),
        (HEAD + b"Content-Length: 2000\r\n\r\n", "trickle"),
        (b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n", "close"),
        (HEAD + b'Content-Length: 30\r\n\r\n{"errcode": "many", "a": "bc" }', "close"),
    ],
)
def test_whatever_answers_nothing_shows_a_secret(
    account: Account,
    answer: bytes,
    then: str,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    caplog.set_level(logging.DEBUG)
    monkeypatch.setattr("bot.wechat.transport.WHOLE_SECONDS", 0.3)
    openid = account.person("李敏")
    account.messages().send_text(openid, "令牌在此")
    token = account.client().access_token
    villain = Villain(answer, then)
    villain.start()
    honest, account.url = account.url, villain.url
    robot = GroupRobotApi(villain.url)
    told = ""
    try:
        messages, client = account.messages(), account.client()
        attempts = [
            lambda: messages.send_text(openid, "战报"),
            lambda: messages.send_picture(openid, PNG),
            lambda: messages.send_mass(1, "战报", "m"),
            lambda: Users(client).tags(),
            lambda: robot.send_text(KEY, "战报"),
            lambda: robot.send_file(KEY, "a.txt", b"12345"),
        ]
        for attempt in attempts:
            with pytest.raises(SendError) as caught:
                attempt()
            told += _everything_about(caught.value)
        account.database.flushall()
        with pytest.raises(SendError) as caught:
            messages.send_text(openid, "战报")
        assert not isinstance(caught.value, Unknown)
        told += _everything_about(caught.value)
    finally:
        villain.stop()
        account.url = honest
    for secret in (SECRET, KEY, token, openid):
        assert secret not in told
        assert secret not in caplog.text


def test_a_closed_port_shows_no_secret_and_is_known_to_have_sent_nothing(
    account: Account, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    openid = account.person("李敏")
    account.messages().send_text(openid, "令牌在此")
    token = account.client().access_token
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        account.url = f"http://127.0.0.1:{closed.getsockname()[1]}"
        messages, told = account.messages(), ""
        for attempt in (
            lambda: messages.send_text(openid, "战报"),
            lambda: GroupRobotApi(account.url).send_text(KEY, "战报"),
        ):
            with pytest.raises(Retry) as caught:
                attempt()
            told += _everything_about(caught.value)
    for secret in (SECRET, KEY, token, openid):
        assert secret not in told
        assert secret not in caplog.text


def test_even_where_somebody_lets_urllib3_talk_the_log_shows_no_secret(
    account: Account, caplog: pytest.LogCaptureFixture
) -> None:
    openid = account.person("李敏")
    with caplog.at_level(logging.DEBUG, "urllib3.connectionpool"):
        account.messages().send_text(openid, "战报")
        GroupRobotApi(account.url).send_text(KEY, "战报")
    assert "access_token=" in caplog.text
    shown, token = redact(caplog.text), account.client().access_token
    for secret in (SECRET, KEY, token, openid):
        assert secret not in shown


def _everything_about(error: BaseException | None) -> str:
    """What a log, a repr or a crash reporter could show of an error and of all that led to it."""
    told = ""
    while error is not None:
        told += repr(error) + str(vars(error)) + "".join(traceback.format_exception(error))
        error = error.__cause__ or error.__context__
    return told
