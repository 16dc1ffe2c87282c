"""The supervisor: restarts with growing pauses, an honest status, an orderly end, no child left behind."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from time import monotonic, sleep

import pytest

from bot.settings import SettingsError, load_settings
from bot.status import children_down
from bot.supervisor import RETELL_SECONDS, Child, RedisProcess, Supervisor, serve, spawn
from storage.database import connect
from storage.embedded import ensure
from storage.engines import EmbeddedRedisError

ROOT = Path(__file__).resolve().parents[2]
SLEEPER = [sys.executable, "-c", "import time; time.sleep(60)"]


def until(condition: Callable[[], bool], seconds: float = 8) -> None:
    give_up = monotonic() + seconds
    while not condition():
        assert monotonic() < give_up, "it did not happen in time"
        sleep(0.02)


def gone(pid: int) -> bool:
    """Ended; an orphan that nobody reaps stays visible as a zombie."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except (FileNotFoundError, ProcessLookupError):
        return True


@dataclass
class Puppet:
    """A process that dies when the test says so."""

    pid: int
    story: list[str]
    name: str
    stubborn: bool = False
    status: int | None = None

    def poll(self) -> int | None:
        return self.status

    def terminate(self) -> None:
        self.story.append(f"terminate {self.name}")
        if not self.stubborn:
            self.status = 0

    def kill(self) -> None:
        self.story.append(f"kill {self.name}")
        self.status = -9

    def wait(self, timeout: float | None = None) -> int:
        if self.status is None:
            raise subprocess.TimeoutExpired(self.name, timeout or 0)
        return self.status


@dataclass
class Stage:
    """A clock, puppets by name, and what was told of them."""

    folder: Path
    now: float = 100.0
    story: list[str] = field(default_factory=list)
    puppets: dict[str, Puppet] = field(default_factory=dict)
    refuse: bool = False

    def child(self, name: str, stubborn: bool = False) -> Child:
        def start() -> Puppet:
            if self.refuse:
                raise EmbeddedRedisError("no")
            self.story.append(f"start {name}")
            self.puppets[name] = Puppet(1000 + len(self.story), self.story, name, stubborn)
            return self.puppets[name]

        return Child(name, start)

    def supervise(self, *children: Child) -> Supervisor:
        return Supervisor(children, self.folder / "status.json", clock=lambda: self.now, sleep=lambda _: None)


@pytest.fixture
def stage(tmp_path: Path) -> Stage:
    return Stage(tmp_path)


def starts(stage: Stage) -> int:
    return stage.story.count("start web")


def test_a_dead_child_starts_again_after_pauses_that_double_up_to_30_s(stage: Stage) -> None:
    child = stage.child("web")
    watcher = stage.supervise(child)
    child.start(stage.now)
    pauses = []
    for _ in range(7):
        stage.puppets["web"].status = 1
        watcher.look()
        died, before = stage.now, starts(stage)
        while starts(stage) == before:
            stage.now += 0.5
            watcher.look()
        pauses.append(stage.now - died)
    assert pauses == [1, 2, 4, 8, 16, 30, 30]
    assert child.restarts == 7


def test_a_child_that_ran_steadily_has_the_first_pause_again(stage: Stage) -> None:
    child = stage.child("web")
    watcher = stage.supervise(child)
    child.start(stage.now)
    child.pause = 30
    stage.now += 61
    stage.puppets["web"].status = 1
    watcher.look()
    stage.now += 1
    watcher.look()
    assert starts(stage) == 2


def test_a_start_that_fails_is_tried_again(stage: Stage) -> None:
    child = stage.child("redis")
    watcher = stage.supervise(child)
    child.start(stage.now)
    stage.puppets["redis"].status = 1
    watcher.look()
    stage.refuse, stage.now = True, stage.now + 1
    watcher.look()
    assert child.state == "waiting"
    stage.refuse, stage.now = False, stage.now + 2
    watcher.look()
    assert child.state == "running"


def test_the_first_start_that_fails_is_raised_and_the_others_are_stopped(stage: Stage) -> None:
    def missing() -> Puppet:
        raise EmbeddedRedisError("no Redis server found")

    watcher = stage.supervise(stage.child("worker"), Child("web", missing))
    with pytest.raises(EmbeddedRedisError):
        watcher.run()
    assert stage.story == ["start worker", "terminate worker"]


def test_it_stops_web_then_worker_then_redis_and_insists(stage: Stage) -> None:
    children = [stage.child("redis"), stage.child("worker", stubborn=True), stage.child("web")]
    watcher = stage.supervise(*children)
    watcher.sleep = lambda _: watcher.ask_to_stop()
    watcher.run()
    assert stage.story[3:] == ["terminate web", "terminate worker", "kill worker", "terminate redis"]
    assert not watcher.status.exists()


def test_the_status_tells_who_is_down(stage: Stage) -> None:
    assert children_down(stage.folder) == []
    worker, web = stage.child("worker"), stage.child("web")
    watcher = stage.supervise(worker, web)
    seen = []

    def between_looks(_: float) -> None:
        seen.append(children_down(stage.folder))
        if len(seen) == 1:
            stage.puppets["web"].status = 1
        elif len(seen) == 2:
            told = json.loads(watcher.status.read_text())
            assert told["children"][1]["state"] == "waiting"
            stage.now += 1
        else:
            watcher.ask_to_stop()

    watcher.sleep = between_looks
    watcher.run()
    assert seen == [[], ["web is waiting"], []]
    assert web.restarts == 1


def test_the_status_of_a_dead_supervisor_counts_for_nothing(tmp_path: Path) -> None:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    children = [{"name": "web", "state": "waiting", "pid": 1, "restarts": 3}]
    told = {"supervisor": ended.pid, "children": children}
    (tmp_path / "status.json").write_text(json.dumps(told))
    assert children_down(tmp_path) == []


@pytest.mark.parametrize(
    "content", [b"", b"garbage \xff", b"[]", b'{"supervisor": 1}', b'{"supervisor": "x", "children": 3}']
)
def test_a_damaged_status_is_a_reason_until_it_is_written_anew(stage: Stage, content: bytes) -> None:
    web = stage.child("web")
    watcher = stage.supervise(web)
    web.start(stage.now)
    watcher.look()
    watcher.status.write_bytes(content)
    [reason] = children_down(stage.folder)
    assert reason.startswith(f"{watcher.status} is damaged: ")
    stage.now += RETELL_SECONDS
    watcher.look()
    assert children_down(stage.folder) == []


def test_redis_and_a_child_killed_with_9_come_back_with_all_data(tmp_path: Path) -> None:
    children = [
        Child("redis", lambda: RedisProcess(ensure(tmp_path)), pause=0.1),
        Child("worker", partial(spawn, SLEEPER), pause=0.1),
    ]
    watcher = Supervisor(children, tmp_path / "status.json")
    killed: list[int] = []

    def story() -> Iterator[None]:
        client = connect(ensure(tmp_path).url)
        client.set("report", "accepted")
        for child in children:
            assert child.process is not None
            killed.append(child.process.pid)
            os.kill(child.process.pid, signal.SIGKILL)
        give_up = monotonic() + 8
        while not all(child.restarts == 1 and child.state == "running" for child in children):
            assert monotonic() < give_up, "not restarted in time"
            sleep(0.02)
            yield
        assert client.get("report") == "accepted"
        client.close()
        watcher.ask_to_stop()
        yield

    steps = story()
    watcher.sleep = lambda _: next(steps)
    watcher.run()
    for child, before in zip(children, killed, strict=True):
        assert child.process is not None
        assert child.process.pid != before
        assert gone(child.process.pid)


def test_children_die_with_a_parent_killed_with_9() -> None:
    code = (
        "import sys, time; from bot.supervisor import spawn\nprint(spawn(sys.argv[1:]).pid, flush=True); time.sleep(60)"
    )
    parent = subprocess.Popen([sys.executable, "-c", code, *SLEEPER], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    assert not gone(child)
    parent.kill()
    parent.wait()
    parent.stdout.close()
    until(lambda: gone(child))


def test_serve_stops_in_order_at_sigterm(tmp_path: Path) -> None:
    """The real `serve`, whose halves are replaced by programs that say when they begin and end."""
    half = (
        "import signal, sys\n"
        "said = open(sys.argv[1], 'a', buffering=1)\n"
        "signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGTERM])\n"
        "print('begin', sys.argv[2], file=said)\n"
        "signal.sigwait([signal.SIGTERM])\n"
        "print('end', sys.argv[2], file=said)\n"
    )
    code = (
        "import sys, bot.supervisor as s\n"
        "from bot.settings import load_settings\n"
        "real = s.spawn\n"
        "s.spawn = lambda command: real([sys.executable, '-c', sys.argv[1], sys.argv[2], command[-1]])\n"
        "plain = {'wechat_token': 't', 'wechat_mode': 'plain', 'wechat_allow_plain': True}\n"
        "s.serve(load_settings(**plain, data_dir=sys.argv[3]))\n"
    )
    said = tmp_path / "said"
    said.touch()
    parent = subprocess.Popen([sys.executable, "-c", code, half, str(said), str(tmp_path / "data")], cwd=ROOT)
    until(lambda: said.read_text().count("begin") == 2)
    redis = ensure(tmp_path / "data")
    assert redis.adopted
    assert [child["name"] for child in json.loads((tmp_path / "data/status.json").read_text())["children"]] == [
        "redis",
        "worker",
        "web",
    ]
    parent.terminate()
    assert parent.wait(10) == 0
    assert said.read_text().splitlines()[2:] == ["end web", "end worker"]
    assert not redis.alive()


def test_serve_refuses_without_a_token(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("YIDUI_WECHAT_TOKEN", raising=False)
    with pytest.raises(SettingsError, match="YIDUI_WECHAT_TOKEN"):
        serve(load_settings(data_dir=tmp_path / "data"))
    assert not (tmp_path / "data").exists()
