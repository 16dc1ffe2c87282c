"""The client: deadline, the house's errors, one sending per command, scripts, stamp, durability."""

import socketserver
import threading
from pathlib import Path
from time import monotonic

import pytest
import redis

from storage.database import (
    Database,
    DeadlineExceeded,
    Script,
    StampMismatch,
    StorageError,
    StorageUnavailable,
    connect,
    deadline,
    script,
)
from storage.durability import check_access, check_durability, check_memory
from storage.embedded import ensure
from storage.keys import Keys
from storage.replicas import have_it
from storage.schema import stamp


def test_answers_are_text_read_by_hiredis(database: Database) -> None:
    database.set("word", "益队")
    assert database.get("word") == "益队"
    connection = database.connection_pool.get_connection()
    assert type(connection._parser).__name__ == "_HiredisParser"
    database.connection_pool.release(connection)


def test_past_the_deadline_nothing_is_sent(database: Database) -> None:
    token = deadline.set(monotonic() - 0.001)
    try:
        with pytest.raises(DeadlineExceeded):
            database.incr("count")
        with pytest.raises(DeadlineExceeded):
            database.pipeline().incr("count").execute()
        deadline.set(monotonic() + 5)
        assert database.get("count") is None
    finally:
        deadline.reset(token)


def test_a_server_that_is_not_there_is_unavailable(tmp_path: Path) -> None:
    client = connect(f"unix://{tmp_path}/none")
    with pytest.raises(StorageUnavailable):
        client.get("a")
    with pytest.raises(StorageUnavailable):
        client.pipeline().get("a").execute()


def test_a_silent_server_costs_one_second_and_one_sending() -> None:
    received: list[bytes] = []

    class Swallow(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            while data := self.request.recv(4096):
                received.append(data)
                if b"PING" in data:
                    self.request.sendall(b"+PONG\r\n")

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Swallow) as server:
        threading.Thread(target=server.serve_forever, args=(0.05,)).start()
        client = connect(f"redis://127.0.0.1:{server.server_address[1]}")
        began = monotonic()
        with pytest.raises(StorageUnavailable):
            client.incr("count")
        took = monotonic() - began
        client.close()
        server.shutdown()
    assert 0.9 < took < 4.0
    assert b"".join(received).count(b"INCR") == 1


def test_a_connection_the_server_closed_is_replaced_unseen(database: Database) -> None:
    database.set("a", "1")
    other = connect(_url(database))
    other.client_kill_filter(_type="normal", skipme=True)
    assert database.incr("a") == 2
    other.close()


def test_a_wrong_command_stays_the_callers_mistake(database: Database) -> None:
    database.set("a", "text")
    with pytest.raises(redis.ResponseError):
        database.incr("a")


def test_a_server_that_cannot_write_is_unavailable(database: Database) -> None:
    try:
        database.config_set("maxmemory", "1")
        with pytest.raises(StorageUnavailable):
            database.set("a", "1")
    finally:
        database.config_set("maxmemory", "0")


@pytest.mark.parametrize("setting", ["maxmemory", "min-replicas-to-write"])
def test_a_step_that_cannot_write_is_unavailable(database: Database, setting: str) -> None:
    put = Script("return redis.call('SET', KEYS[1], ARGV[1])", "0" * 40)
    pipeline, transaction = database.pipeline(transaction=False), database.pipeline()
    put(pipeline, ["a"], ["1"])
    put(transaction, ["a"], ["1"])
    try:
        database.config_set(setting, "1")
        for write in (lambda: put(database, ["a"], ["1"]), pipeline.execute, transaction.execute):
            with pytest.raises(StorageUnavailable):
                write()
    finally:
        database.config_set(setting, "0")


def test_a_mistake_inside_a_step_stays_a_mistake(database: Database) -> None:
    with pytest.raises(redis.ResponseError):
        Script("return redis.call('INCR')", "0" * 40)(database, ["NOREPLICAS"], ["OOM"])


def test_a_script_survives_the_servers_forgetting(
    database: Database, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "lua").mkdir()
    (tmp_path / "lua" / "sum_for_test.lua").write_text("return redis.call('INCRBY', KEYS[1], ARGV[1])")
    monkeypatch.setattr("storage.database.files", lambda package: tmp_path)
    add = script("sum_for_test")
    assert [add(database, ["sum"], [2]), add(database, ["sum"], [3])] == [2, 5]
    database.script_flush()
    assert add(database, ["sum"], [4]) == 9
    database.script_flush()
    pipeline = database.pipeline()
    add(pipeline, ["sum"], [1])
    add(pipeline, ["sum"], [1])
    assert pipeline.execute() == [10, 11]


def test_a_database_belongs_to_one_mode_and_account(database: Database) -> None:
    stamp(database, "yd", "live", "wx1")
    stamp(database, "yd", "live", "wx1")
    with pytest.raises(StampMismatch, match="YIDUI_MODE"):
        stamp(database, "yd", "rehearsal", "wx1")
    with pytest.raises(StampMismatch, match="wx2"):
        stamp(database, "yd", "live", "wx2")
    stamp(database, "other", "rehearsal", "")


def test_the_embedded_server_is_durable(database: Database) -> None:
    assert check_durability(database, "always", embedded=True) == []


def test_what_could_lose_a_report_is_found(tmp_path: Path) -> None:
    server = ensure(tmp_path)
    client = connect(server.url)
    try:
        client.config_set("appendfsync", "everysec")
        client.config_set("maxmemory-policy", "allkeys-lru")
        fsync, eviction = check_durability(client, "always", embedded=False)
        assert "CONFIG SET appendfsync always" in fsync
        assert "CONFIG SET maxmemory-policy noeviction" in eviction
        assert check_durability(client, "everysec", embedded=False) == [eviction]
        client.config_set("appendonly", "no")
        assert "CONFIG SET appendonly yes" in check_durability(client, "everysec", embedded=False)[0]
    finally:
        client.close()
        server.stop()


def test_a_server_that_runs_out_of_memory_is_found_before_it_refuses(database: Database) -> None:
    assert check_memory(database) == []
    used = int(database.info("memory")["used_memory"])
    try:
        database.config_set("maxmemory", used * 10)
        [small] = check_memory(database)
        assert "too little for a drive: CONFIG SET maxmemory" in small
        database.config_set("maxmemory", used + used // 10)
        small, full = check_memory(database)
        assert full.startswith("memory is nearly full")
        assert "raise maxmemory" in full
    finally:
        database.config_set("maxmemory", 0)


@pytest.mark.parametrize(
    ("url", "open_to_all"),
    [
        ("redis://10.1.2.3:6379/0", True),
        ("rediss://redis.example.org/0", True),
        ("redis://:secret@10.1.2.3:6379/0", False),
        ("redis://127.0.0.1:6379", False),
        ("redis://localhost", False),
        ("redis://[::1]:6379", False),
        ("unix:///run/redis.sock", False),
    ],
)
def test_a_server_elsewhere_asks_for_a_password(url: str, open_to_all: bool) -> None:
    found = check_access(connect(url))
    assert ["requirepass" in finding for finding in found] == [True] * open_to_all


@pytest.mark.parametrize(
    "url", ["redis+sentinel://h", "redis+sentinel:///yidui", "redis+cluster://h/0", "http://h", "redis://h:port"]
)
def test_an_address_it_cannot_use_is_refused(url: str) -> None:
    with pytest.raises(StorageError):
        connect(url)


def _url(database: Database) -> str:
    return f"unix://{database.connection_pool.connection_kwargs['path']}"


def test_no_replica_is_asked_where_none_is_needed(database: Database) -> None:
    before = database.info("stats")["total_commands_processed"]
    assert have_it(database, Keys("yd"), database.opened())
    assert database.info("stats")["total_commands_processed"] == before + 1, "the look itself"
