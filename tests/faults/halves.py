"""Web and worker halves on hosts of their own, over one Redis elsewhere, against the rehearsal WeChat."""

import os
import signal
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from subprocess import Popen
from typing import Literal

import requests

from bot.simulator.people import Rehearsal
from bot.simulator.platform import Platform
from bot.simulator.push import MessageServer
from bot.simulator.server import create_simulator_app, run_simulator
from storage.campaign_schema import Campaign
from storage.database import StorageError, connect
from storage.schema import stamp
from storage.store import Store, open_store
from tests.faults.doorway import doorway
from tests.faults.hosts import Host, free_port
from tests.faults.installation import AES_KEY, APPID, ROBOT_KEY, SECRET, TOKEN, ZONE

Half = Literal["web", "worker"]
BEGINNING = datetime(2024, 4, 20, 10, tzinfo=ZONE)
READY_SECONDS = 60.0


@dataclass(slots=True)
class Machine:
    """A host that runs a web and a worker half. `code`: the folder of the program that it runs."""

    host: Host
    port: int
    data_dir: Path
    environment: dict[str, str]
    processes: dict[Half, Popen[bytes]]

    def start(self, half: Half, code: Path | None = None) -> None:
        self.data_dir.mkdir(parents=True, exist_ok=True)
        environment = self.environment | ({"PYTHONPATH": str(code)} if code else {})
        command = [sys.executable, "-m", "bot", half]
        self.processes[half] = self.host.run(command, self.data_dir / f"{half}.log", environment, code)

    def stop(self, half: Half) -> None:
        """As a service manager does: asked to end, and waited for."""
        self.processes[half].send_signal(signal.SIGTERM)
        self.processes[half].wait(timeout=30)

    def await_ready(self) -> None:
        give_up = time.monotonic() + READY_SECONDS
        while time.monotonic() < give_up:
            with suppress(requests.RequestException):
                if requests.get(f"http://{self.host.address}:{self.port}/readyz", timeout=2).status_code == 200:
                    return
            time.sleep(0.1)
        raise TimeoutError(f"{self.data_dir}: the web half is not ready")


@dataclass(slots=True)
class Halves:
    """The machines, the store that they share, and the people before the door."""

    machines: list[Machine]
    store: Store
    people: Rehearsal
    platform: Platform


@contextmanager
def halves(
    hosts: Sequence[Host], me: str, redis_url: str, replicas: int, folder: Path, campaign: Campaign
) -> Iterator[Halves]:
    """A web and a worker half on each host; `me` is where they find this process, and in it the rehearsal WeChat."""
    store = open_store(connect(redis_url, replicas), "yd", "rehearsal")
    stamp(store.database, "yd", "rehearsal", APPID)
    store.clock.advance_to(BEGINNING)  # type: ignore[attr-defined]  # a rehearsal
    store.campaigns.publish(campaign, store.clock.now())

    def business_time() -> datetime:
        with suppress(StorageError):
            return store.clock.now()
        return datetime.now(UTC)

    platform = Platform(APPID, SECRET, business_time, robots={"zhibanqun": ROBOT_KEY})
    machines = [
        Machine(host, 8000 if host.namespace else free_port(), folder / f"machine-{number}", {}, {})
        for number, host in enumerate(hosts, 1)
    ]
    with doorway([(machine.host.address, machine.port) for machine in machines]) as port:
        people = Rehearsal(MessageServer(f"http://127.0.0.1:{port}/wechat", TOKEN, APPID, AES_KEY, "safe", platform))
        simulator = run_simulator(create_simulator_app(people), me, 0)
        try:
            for machine in machines:
                machine.environment |= os.environ | {
                    "YIDUI_MODE": "rehearsal",
                    "YIDUI_WECHAT_APPID": APPID,
                    "YIDUI_WECHAT_SECRET": SECRET,
                    "YIDUI_WECHAT_TOKEN": TOKEN,
                    "YIDUI_WECHAT_AES_KEY": AES_KEY,
                    "YIDUI_WECHAT_ACCOUNT": "verified_service",
                    "YIDUI_WECHAT_API_BASE": simulator.url,
                    "YIDUI_WECOM_API_BASE": simulator.url,
                    "YIDUI_WECOM_ROBOTS": f"zhibanqun={ROBOT_KEY}",
                    "YIDUI_REDIS_URL": redis_url,
                    "YIDUI_REDIS_REPLICAS": str(replicas),
                    "YIDUI_DATA_DIR": str(machine.data_dir),
                    "YIDUI_HOST": machine.host.address,
                    "YIDUI_PORT": str(machine.port),
                    "YIDUI_WORKERS": "1",
                    "YIDUI_LOG_LEVEL": "WARNING",
                }
                machine.start("web")
                machine.start("worker")
            for machine in machines:
                machine.await_ready()
            yield Halves(machines, store, people, platform)
        finally:
            for machine in machines:
                machine.host.end()
            simulator.stop()
