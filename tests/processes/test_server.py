"""The web half under granian: it answers, replaces a killed worker, and leaves none behind."""

import http.client
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic, sleep
from urllib.request import urlopen

import pytest

ROOT = Path(__file__).resolve().parents[2]
WEB = """
import gc, os, sys
from bot.logs import setup
from bot.server import run_web
from bot.settings import load_settings

def create_app(settings):
    from bot.metrics import exposition, measured
    from storage.database import connect
    from storage.store import open_store

    nowhere = open_store(connect("unix:///nowhere"), "yd", "live")

    def application(environ, start_response):
        start_response("200 OK", [("Content-Type", "text/plain")])
        if environ["PATH_INFO"] == "/metrics":
            return [exposition(nowhere)]
        if environ["PATH_INFO"] == "/kept":
            return [str(gc.get_freeze_count()).encode()]
        with measured("text"):
            return [str(os.getpid()).encode()]
    return application

setup("INFO", "text")
run_web(load_settings(port=sys.argv[1], workers=1, data_dir=sys.argv[2]), create_app)
"""


@dataclass
class Web:
    """A web process, its port, and where it logs."""

    process: "subprocess.Popen[bytes]"
    port: int
    log: Path
    workers: set[int] = field(default_factory=set)

    def ask(self) -> int | None:
        """The process id of the worker that answers, or None."""
        if worker := self.told("/"):
            self.workers.add(worker)
        return worker

    def told(self, path: str) -> int | None:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=2)
        try:
            connection.request("GET", path)
            return int(connection.getresponse().read())
        except OSError:
            return None
        finally:
            connection.close()

    def worker_other_than(self, pid: int | None) -> int:
        give_up = monotonic() + 10
        while monotonic() < give_up:
            answer = self.ask()
            if answer is not None and answer != pid:
                return answer
            sleep(0.05)
        raise AssertionError("no answer in time")


@pytest.fixture
def web(tmp_path: Path) -> Iterator[Web]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    log = tmp_path / "log"
    with log.open("wb") as stderr:
        process = subprocess.Popen([sys.executable, "-c", WEB, str(port), str(tmp_path)], cwd=ROOT, stderr=stderr)
    running = Web(process, port, log)
    yield running
    for pid in {process.pid, *running.workers}:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    process.wait()


def test_a_killed_worker_is_replaced_and_sigterm_ends_all(web: Web) -> None:
    first = web.worker_other_than(None)
    os.kill(first, signal.SIGKILL)
    second = web.worker_other_than(first)
    assert second != web.process.pid
    web.process.terminate()
    assert web.process.wait(10) == 0
    assert web.ask() is None
    logged = web.log.read_text()
    assert "INFO _granian [-] Listening at" in logged
    assert "GET /" not in logged


def test_what_a_worker_has_loaded_is_not_looked_through_for_garbage(web: Web) -> None:
    web.worker_other_than(None)
    assert (web.told("/kept") or 0) > 10_000


def test_workers_count_together(web: Web) -> None:
    """What one counted is told by the one that took its place."""
    first = web.worker_other_than(None)
    os.kill(first, signal.SIGKILL)
    web.worker_other_than(first)
    with urlopen(f"http://127.0.0.1:{web.port}/metrics", timeout=2) as answer:
        told = answer.read().decode()
    [count] = [line for line in told.splitlines() if line.startswith("yidui_messages_total")]
    assert float(count.split()[-1]) >= 2


def test_workers_die_with_the_web_process(web: Web) -> None:
    web.worker_other_than(None)
    web.process.kill()
    web.process.wait()
    give_up = monotonic() + 5
    while web.ask() is not None:
        assert monotonic() < give_up, "a worker outlived its parent"
        sleep(0.02)
