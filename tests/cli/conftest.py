"""One rehearsal installation for each module: an embedded Redis that runs, two teams, some reports."""

import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.cli import main
from bot.dispatch import Dispatcher
from bot.settings import PACKAGED_CAMPAIGNS
from handlers import router
from handlers.messages import Message
from storage import Store
from storage.campaign_files import load
from storage.clock import RehearsalClock
from storage.database import connect
from storage.embedded import ensure
from storage.schema import stamp
from storage.store import open_store

APPID = "wx0123456789abcdef"
TOKEN = "rehearsalToken"
AES_KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
CAMPAIGN = "zhaotong-2024"
UNHURRIED = 1_000_000
"""Messages a minute: the people of these tests type faster than anybody."""
NOON = datetime(2024, 4, 25, 12, tzinfo=ZoneInfo("Asia/Shanghai"))


@dataclass
class Installation:
    """A running one. `says` answers a message as the webhook would."""

    folder: Path
    store: Store
    _numbers: Iterator[int] = field(default_factory=count)

    def says(self, who: str, text: str) -> str:
        openid = f"o{who:x<27}"
        key = f"{next(self._numbers)}-{who}"
        message = Message(key, openid, "gh_1", "text", int(time.time()), text=text)
        return Dispatcher(self.store, router, per_minute=UNHURRIED).dispatch(message)


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    folder = tmp_path_factory.mktemp("data")
    redis = ensure(folder)
    database = connect(redis.url)
    store = open_store(database, "yd", "rehearsal")
    stamp(database, "yd", "rehearsal", APPID)
    assert isinstance(store.clock, RehearsalClock)
    store.clock.advance_to(NOON)
    store.campaigns.publish(load(PACKAGED_CAMPAIGNS / CAMPAIGN), NOON)
    running = Installation(folder, store)
    assert "已登记" in running.says("li", "组队 昭通市第一中学 昭阳区 人道暖昭通 队长李敏 13900000000")
    assert "已登记" in running.says("wang", "组队 永善县人民医院 永善县 博爱昭通行 队长王强 13800000001")
    assert "已记录" in running.says("li", "进度 12345.67元 321人次")
    assert "已记录" in running.says("li", "又筹了500")
    assert "已撤回" in running.says("li", "撤回")
    assert "已记录" in running.says("li", "线下 5000")
    assert "已登记" in running.says("li", "订阅")
    yield running
    database.close()
    redis.stop()


@pytest.fixture(autouse=True)
def environment(installation: Installation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """The installation's environment, in a folder without `.env`."""
    monkeypatch.chdir(tmp_path)
    for name, value in {
        "MODE": "rehearsal",
        "DATA_DIR": str(installation.folder),
        "WECHAT_APPID": APPID,
        "WECHAT_TOKEN": TOKEN,
        "WECHAT_AES_KEY": AES_KEY,
    }.items():
        monkeypatch.setenv(f"YIDUI_{name}", value)
    return monkeypatch


@dataclass(frozen=True)
class Done:
    status: int
    out: str
    err: str


Yidui = Callable[..., Done]


@pytest.fixture
def yidui(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Yidui:
    """The command line as the console calls it, in this process."""

    def run(*arguments: str) -> Done:
        monkeypatch.setattr(sys, "argv", ["yidui", *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
        told = capsys.readouterr()
        return Done(int(ended.value.code or 0), told.out, told.err)

    return run
