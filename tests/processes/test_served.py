"""`serve` from start to stop, with commands beside it; `chat` and `simulator` as programs."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

import pytest

from bot.settings import PACKAGED_CAMPAIGNS
from storage.campaign_files import as_one_file
from storage.embedded import ensure
from tests.cli.conftest import AES_KEY, APPID, CAMPAIGN, TOKEN

ROOT = Path(__file__).resolve().parents[2]
BOT = [sys.executable, "-m", "bot"]


@dataclass
class Served:
    process: "subprocess.Popen[str]"
    url: str
    environment: dict[str, str]
    campaigns: Path

    def run(self, *command: str, said: str = "") -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [*BOT, *command], cwd=ROOT, env=self.environment, input=said, capture_output=True, text=True, check=False
        )


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


def status_of(url: str) -> int:
    try:
        with urlopen(url, timeout=2) as answer:
            return int(answer.status)
    except HTTPError as error:
        with error:
            return error.code
    except (URLError, OSError):
        return 0


def wait_for(url: str) -> None:
    give_up = monotonic() + 20
    while status_of(url) != 200:
        assert monotonic() < give_up, f"{url} does not answer"
        sleep(0.05)


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    """`yidui serve` in rehearsal, with a good and a bad campaign file."""
    port, campaigns = free_port(), tmp_path / "campaigns"
    campaigns.mkdir()
    text = as_one_file(PACKAGED_CAMPAIGNS / CAMPAIGN)
    (campaigns / "good.toml").write_text(text, encoding="utf-8")
    (campaigns / "bad.toml").write_text("id = ", encoding="utf-8")
    told = {
        "MODE": "rehearsal",
        "AS_OF": "2024-04-25T12:00",
        "DATA_DIR": str(tmp_path / "served"),
        "CAMPAIGN_DIR": str(campaigns),
        "WECHAT_APPID": APPID,
        "WECHAT_TOKEN": TOKEN,
        "WECHAT_AES_KEY": AES_KEY,
        "PORT": str(port),
        "WORKERS": "1",
    }
    environment = os.environ | {f"YIDUI_{name}": value for name, value in told.items()}
    process = subprocess.Popen([*BOT, "serve"], cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True)
    try:
        yield Served(process, f"http://127.0.0.1:{port}", environment, campaigns)
    finally:
        process.kill()
        process.communicate()
        if (tmp_path / "served").exists():
            ensure(tmp_path / "served").stop()


def test_serve_and_the_commands_beside_it(served: Served) -> None:
    wait_for(f"{served.url}/readyz")
    chat = served.run("chat", said="组队 昭通市第一中学 昭阳区 人道暖昭通 队长李敏 13900000000\n\n进度 3200元 45人次\n")
    assert chat.returncode == 0, chat.stderr
    assert "已登记 昭通市第一中学" in chat.stdout
    assert "0.00元 → 3,200.00元" in chat.stdout
    assert "截至4月25日12:" in served.run("push", "preview", CAMPAIGN, "bulletin").stdout
    assert served.run("audit", "verify", CAMPAIGN).returncode == 0
    (served.campaigns / "good.toml").write_text("id = ", encoding="utf-8")
    served.process.terminate()
    _, log = served.process.communicate(timeout=15)
    assert served.process.returncode == 0
    assert f"campaign {CAMPAIGN}: version 1" in log
    assert "not published: bad.toml: not valid TOML" in log
    assert status_of(f"{served.url}/healthz") == 0
    listed = served.run("campaign", "list")
    assert listed.stdout.startswith(f"{CAMPAIGN}\tversion 1\t"), "a bad file unloaded a good version"


def test_chat_is_for_rehearsals_and_says_when_nobody_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    account = {"WECHAT_APPID": APPID, "WECHAT_TOKEN": TOKEN, "WECHAT_AES_KEY": AES_KEY}
    for name, value in {"MODE": "rehearsal", "PORT": str(free_port()), **account}.items():
        monkeypatch.setenv(f"YIDUI_{name}", value)
    silent = subprocess.run([*BOT, "chat"], cwd=ROOT, input="帮助\n", capture_output=True, text=True, check=False)
    assert silent.returncode == 1
    assert "/wechat: ConnectionError" in silent.stderr
    monkeypatch.setenv("YIDUI_MODE", "live")
    live = subprocess.run([*BOT, "chat"], cwd=ROOT, input="帮助\n", capture_output=True, text=True, check=False)
    assert (live.returncode, live.stderr.count("\n")) == (1, 1)
    assert "needs YIDUI_MODE=rehearsal" in live.stderr


def test_the_rehearsal_wechat_alone() -> None:
    command = [*BOT, "simulator", "--webhook", "http://127.0.0.1:9/wechat", "--token", TOKEN, "--appid", APPID]
    refused = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (refused.returncode, refused.stderr.count("\n")) == (1, 1)
    options = ["--aes-key", AES_KEY, "--port", "0", "--robot", "zhibanqun=key"]
    running = subprocess.Popen([*command, *options], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    try:
        assert running.stdout is not None
        page, api = (running.stdout.readline().split()[-1] for _ in range(2))
        assert status_of(page) == 200
    finally:
        running.send_signal(signal.SIGTERM)
        running.communicate(timeout=10)
    assert running.returncode == 0
    assert api == f"YIDUI_WECOM_API_BASE={page.removesuffix('/simulator')}"
