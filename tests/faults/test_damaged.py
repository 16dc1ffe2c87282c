"""A data folder that was damaged: mended where only what nobody was told can be lost, else one line with the mend."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.database import connect
from storage.embedded import EmbeddedRedis, ensure
from storage.engines import EmbeddedRedisError
from storage.mending import is_torn

ROOT = Path(__file__).resolve().parents[2]
SET = b"*3\r\n$3\r\nSET\r\n$6\r\nreport\r\n$8\r\naccepted\r\n"
STEP = b"*1\r\n$5\r\nMULTI\r\n" + SET + SET + b"*1\r\n$4\r\nEXEC\r\n"


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """A data folder with a hundred accepted reports, its server stopped."""
    made = tmp_path / "data"
    server = ensure(made)
    client = connect(server.url)
    for number in range(100):
        pipeline = client.pipeline()
        pipeline.set(f"report:{number}", f"accepted {number}")
        pipeline.incr("reports")
        pipeline.execute()
    client.close()
    server.stop()
    yield made
    with suppress(EmbeddedRedisError):
        ensure(made).stop()


def written(folder: Path) -> Path:
    """The append-only file that is written to."""
    [found] = (folder / "appendonlydir").glob("*.incr.aof")
    return found


def reports(server: EmbeddedRedis) -> str:
    client = connect(server.url)
    count = str(client.get("reports"))
    assert all(client.get(f"report:{number}") == f"accepted {number}" for number in range(int(count)))
    client.close()
    return count


@pytest.mark.parametrize(
    "tail",
    [bytes(3000), STEP[:40], STEP[:-5], SET[:20] + bytes(4096), STEP[:-1], SET[:1], SET[:2], SET[:6]],
    ids=["zeros", "in a step", "a step without its end", "zeros in a value", "all but a byte", "1", "2", "6"],
)
def test_a_torn_write_is_cut_off_and_kept(folder: Path, tail: bytes, caplog: pytest.LogCaptureFixture) -> None:
    before = written(folder).read_bytes()
    written(folder).write_bytes(before + tail)
    assert reports(ensure(folder)) == "100"
    [kept] = folder.glob("cut-off-*.aof")
    assert kept.read_bytes() == tail
    assert kept.stat().st_mode & 0o077 == 0
    assert written(folder).read_bytes().startswith(before)
    assert f"its last {len(tail)} bytes are cut off and lie in {kept}" in caplog.text


def test_a_torn_end_of_the_one_file_of_redis_6_is_cut_off_before_it_is_carried_over(tmp_path: Path) -> None:
    (tmp_path / "appendonly.aof").write_bytes(STEP * 30 + bytes(4096))
    server = ensure(tmp_path)
    client = connect(server.url)
    assert client.get("report") == "accepted"
    client.close()
    server.stop()
    [kept] = tmp_path.glob("cut-off-*.aof")
    assert kept.read_bytes() == bytes(4096)


@pytest.mark.parametrize(
    ("sound", "damaged"),
    [
        (b"$11\r\naccepted 50", b"$11\r\naccep\0\0\0\0\0"),
        (b"$11\r\naccepted 50", b"$91\r\naccepted 50"),
        (b"$11\r\naccepted 50", b"$99999999\r\naccepted 50"),
        (b"report:50", b"report:5"),
        (b"*3\r\n$3\r\nSET\r\n$9\r\nreport:50", b"*3\r\n$3\r\nSET\r\n\0\0\0\0report:50"),
    ],
)
def test_damage_in_the_middle_is_for_a_person_to_decide(folder: Path, sound: bytes, damaged: bytes) -> None:
    before = written(folder).read_bytes()
    assert before.count(sound) == 1
    spoilt = before.replace(sound, damaged)
    written(folder).write_bytes(spoilt)
    with pytest.raises(
        EmbeddedRedisError, match=r"damaged at byte \d+ of \d+, and more stands behind: put back a backup"
    ):
        ensure(folder)
    assert written(folder).read_bytes() == spoilt
    assert not list(folder.glob("cut-off-*"))
    written(folder).write_bytes(before)
    assert reports(ensure(folder)) == "100"


def test_serve_and_check_say_it_in_one_line(folder: Path) -> None:
    written(folder).write_bytes(written(folder).read_bytes().replace(b"report:50", b"report:5"))
    plain = {"WECHAT_TOKEN": "t", "WECHAT_MODE": "plain", "WECHAT_ALLOW_PLAIN": "1", "DATA_DIR": str(folder)}
    environment = os.environ | {f"YIDUI_{name}": value for name, value in plain.items()}
    for command in ("check", "serve"):
        done = subprocess.run(
            [sys.executable, "-m", "bot", command],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 1
        [line] = [line for line in (done.stdout + done.stderr).splitlines() if "damaged at byte" in line]
        assert "put back a backup" in line
        assert "Traceback" not in done.stderr


@given(st.integers(0, len(STEP) - 1), st.integers(0, 64), st.booleans())
def test_every_beginning_of_a_step_is_torn_and_nothing_whole_is(cut: int, zeros: int, behind: bool) -> None:
    torn = STEP[:cut] + bytes(zeros)
    assert is_torn(torn)
    if behind and torn.strip(b"\0"):
        assert not is_torn(torn + b"\r\n" + STEP)
    assert not is_torn(STEP + torn)


def test_a_copy_never_meets_its_original(tmp_path: Path) -> None:
    """Both paths are too long for a socket, so that it lies elsewhere and the record tells where."""
    original, copy = tmp_path / ("original-" * 14), tmp_path / ("copy-" * 25)
    server = ensure(original)
    client = connect(server.url)
    client.set("report", "accepted before")
    shutil.copytree(original, copy, ignore=shutil.ignore_patterns("*.sock"))
    other = ensure(copy)
    beside = connect(other.url)
    try:
        assert (other.socket, other.pid, other.adopted) != (server.socket, server.pid, True)
        assert other.socket != server.socket
        assert beside.get("report") == "accepted before"
        client.set("report", "accepted after")
        again = connect(ensure(original).url)
        assert again.get("report") == "accepted after"
        assert beside.get("report") == "accepted before"
        again.close()
        beside.close()
        other.release()
        assert not other.alive()
        assert client.get("report") == "accepted after"
    finally:
        client.close()
        server.stop()
        for folder in (server.socket.parent, other.socket.parent):
            shutil.rmtree(folder)


def test_a_copy_of_what_0_1_0_recorded_never_meets_it_either(tmp_path: Path) -> None:
    """Its record names no folder; the server itself tells whose it is."""
    original, copy = tmp_path / "original", tmp_path / "copy"
    server = ensure(original)
    copy.mkdir()
    (copy / "redis.json").write_text(f'{{"version": "6.2.14", "socket": "{server.socket}"}}')
    other = ensure(copy)
    assert other.pid != server.pid
    assert server.socket.exists()
    assert not ensure(original).socket.samefile(other.socket)
    other.stop()
    server.stop()


def test_a_folder_that_moved_takes_its_server_along(tmp_path: Path) -> None:
    server = ensure(tmp_path / "here")
    (tmp_path / "here").rename(tmp_path / "there")
    moved = ensure(tmp_path / "there")
    assert (moved.pid, moved.adopted) == (server.pid, True)
    moved.stop()
