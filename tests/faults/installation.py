"""A whole installation (`serve`: web, worker, the database) as it runs in production, against the rehearsal WeChat."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import psutil
import requests

from bot.simulator.people import Rehearsal
from bot.simulator.platform import Platform
from bot.simulator.push import MessageServer
from bot.simulator.server import RunningSimulator, create_simulator_app, run_simulator
from storage.database import StorageError, connect
from storage.embedded import ensure
from storage.store import Store, open_store

APPID, SECRET, TOKEN, AES_KEY, ROBOT_KEY = "wx0123456789abcdef", "s" * 32, "fault-token", "b" * 43, "robot-key"
ZONE = ZoneInfo("Asia/Shanghai")


@dataclass
class Installation:
    """A running `serve` and the people around it."""

    data_dir: Path
    environment: dict[str, str]
    port: int
    people: Rehearsal
    platform: Platform
    process: subprocess.Popen[bytes] | None = None

    @property
    def store(self) -> Store:
        return open_store(connect(ensure(self.data_dir).url), "yd", "rehearsal")

    def start(self) -> None:
        self.process = subprocess.Popen([sys.executable, "-m", "bot", "serve"], env=self.environment)
        self.wait_until_ready()

    def wait_until_ready(self) -> None:
        wait_until_ready(self.port)

    def pid_of(self, name: str) -> int:
        told = json.loads((self.data_dir / "status.json").read_text())
        return next(int(child["pid"]) for child in told["children"] if child["name"] == name)

    def kill(self, victim: str) -> None:
        """`web`, `worker`, `redis`, `web worker` (one of granian's processes) or `parent`."""
        with suppress(ProcessLookupError, psutil.NoSuchProcess):
            if victim == "parent":
                assert self.process is not None
                self.process.kill()
                self.process.wait()
            elif victim == "web worker":
                for process in psutil.Process(self.pid_of("web")).children()[-1:]:
                    os.kill(process.pid, signal.SIGKILL)
            else:
                os.kill(self.pid_of(victim), signal.SIGKILL)

    def stop(self) -> None:
        if self.process is not None:
            self.process.terminate()
            self.process.wait(timeout=30)


@contextmanager
def running(data_dir: Path, **environment: str) -> Iterator[Installation]:
    """An installation that serves, with more of the environment if told so, and its people."""
    clock: list[Store] = []

    def business_time() -> datetime:
        with suppress(StorageError):
            return clock[0].clock.now() if clock else datetime.now(UTC)
        return datetime(2024, 5, 7, 20, 0, tzinfo=ZONE)

    platform = Platform(APPID, SECRET, business_time, robots={"zhibanqun": ROBOT_KEY})
    port = free_port()
    people = Rehearsal(MessageServer(webhook(port), TOKEN, APPID, AES_KEY, "safe", platform))
    simulator: RunningSimulator = run_simulator(create_simulator_app(people), "127.0.0.1", 0)
    environment = (
        os.environ
        | environment
        | {
            "YIDUI_MODE": "rehearsal",
            "YIDUI_AS_OF": "2024-04-20T10:00:00+08:00",
            "YIDUI_WECHAT_APPID": APPID,
            "YIDUI_WECHAT_SECRET": SECRET,
            "YIDUI_WECHAT_TOKEN": TOKEN,
            "YIDUI_WECHAT_AES_KEY": AES_KEY,
            "YIDUI_WECHAT_ACCOUNT": "verified_service",
            "YIDUI_WECHAT_API_BASE": simulator.url,
            "YIDUI_WECOM_API_BASE": simulator.url,
            "YIDUI_WECOM_ROBOTS": f"zhibanqun={ROBOT_KEY}",
            "YIDUI_DATA_DIR": str(data_dir),
            "YIDUI_PORT": str(port),
            "YIDUI_WORKERS": "2",
            "YIDUI_LOG_LEVEL": "ERROR",
        }
    )
    made = Installation(data_dir, environment, port, people, platform)
    try:
        made.start()
        clock.append(made.store)
        yield made
    finally:
        made.stop()
        simulator.stop()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def webhook(port: int) -> str:
    return f"http://127.0.0.1:{port}/wechat"


def wait_until_ready(port: int) -> None:
    give_up = time.monotonic() + 60
    while time.monotonic() < give_up:
        with suppress(requests.RequestException):
            if requests.get(f"http://127.0.0.1:{port}/readyz", timeout=2).status_code == 200:
                return
        time.sleep(0.1)
    raise AssertionError("the web process did not become ready")
