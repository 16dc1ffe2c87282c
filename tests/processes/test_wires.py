"""A wire answers and fails as the client does: what a server may say, in whatever pieces, and whatever breaks."""

import socketserver
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic, sleep
from typing import Any

import pytest
import redis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from redis.exceptions import ResponseError

from storage.connections import ThreadConnections
from storage.database import OPTIONS, Database, StorageSilent, StorageUnavailable, deadline
from storage.wires import Wire

REFUSALS = (
    "ERR unknown command",
    "ERR max number of clients reached",
    "ERR DB index is out of range",
    "NOSCRIPT No matching script.",
    "READONLY You can't write against a read only replica.",
    "OOM command not allowed when used memory > 'maxmemory'.",
    "MISCONF Errors writing to the AOF file",
    "NOREPLICAS Not enough good replicas to write.",
    "MASTERDOWN Link with MASTER is down",
    "NOAUTH Authentication required.",
    "WRONGPASS invalid username-password pair",
    "NOPERM this user has no permissions",
    "LOADING Redis is loading the dataset in memory",
    "BUSY Redis is busy running a script.",
    "MOVED 3999 127.0.0.1:6381",
    "ASK 3999 127.0.0.1:6381",
    "TRYAGAIN Multiple keys request during rehashing of slot",
    "CLUSTERDOWN The cluster is down",
    "EXECABORT Transaction discarded because of previous errors.",
)


class _Answers(socketserver.ThreadingTCPServer):
    """Says what it is told to, whatever it hears, piece by piece; hangs up where a piece is empty."""

    daemon_threads, allow_reuse_address = True, True
    pieces: tuple[bytes, ...] = ()


class _Saying(socketserver.BaseRequestHandler):
    server: _Answers

    def handle(self) -> None:
        while self.request.recv(65536):
            for piece in self.server.pieces:
                if not piece:
                    return
                self.request.sendall(piece)


@contextmanager
def _saying(*pieces: bytes) -> Iterator[ThreadConnections]:
    with _Answers(("127.0.0.1", 0), _Saying) as server:
        server.pieces = pieces
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        pool = ThreadConnections(host="127.0.0.1", port=server.server_address[1], **OPTIONS)
        try:
            yield pool
        finally:
            pool.disconnect()
            server.shutdown()


def _by_the_client(pool: ThreadConnections) -> Any:
    connection = pool.get_connection()
    connection.send_command("PING")
    return connection.read_response()


def _by_the_wire(pool: ThreadConnections) -> Any:
    [answer] = pool.exchange(b"*1\r\n$4\r\nPING\r\n", 1)
    if isinstance(answer, ResponseError):
        raise answer
    return answer


def _became(ask: Callable[[ThreadConnections], Any], said: bytes) -> tuple[Any, bool]:
    """The answer, or the kind of failure and its status and words; and whether the connection is open still."""
    with _saying(said) as pool:
        try:
            became = ask(pool)
        except redis.RedisError as error:
            became = (type(error), getattr(error, "status_code", None), str(error))
        return became, pool._kept.connection.is_connected


@pytest.mark.parametrize("refusal", REFUSALS)
def test_a_refusal_is_what_the_client_makes_of_it(refusal: str) -> None:
    said = f"-{refusal}\r\n".encode()
    assert _became(_by_the_wire, said) == _became(_by_the_client, said)


@pytest.mark.parametrize(
    "said",
    [
        *(b"+OK\r\n", b":7\r\n", b"$-1\r\n", b"*-1\r\n", b"*0\r\n", b"$0\r\n\r\n"),
        "$6\r\n益队\r\n".encode(),
        "*4\r\n:1\r\n$-1\r\n*2\r\n+a\r\n$6\r\n益队\r\n-ERR in the midst\r\n".encode(),
    ],
)
def test_an_answer_is_what_the_client_makes_of_it(said: bytes) -> None:
    (ours, open_still), (theirs, _) = _became(_by_the_wire, said), _became(_by_the_client, said)
    assert open_still
    assert repr(ours) == repr(theirs)


@pytest.mark.parametrize("said", [b"what?\r\n", b":x\r\n", b"*x\r\n"])
def test_what_is_no_answer_ends_the_connection(said: bytes) -> None:
    (ours, open_still), (theirs, _) = _became(_by_the_wire, said), _became(_by_the_client, said)
    assert not open_still
    assert ours[0] == theirs[0]


def test_an_answer_may_come_in_any_pieces() -> None:
    whole = b"*3\r\n$4\r\ndone\r\n$15\r\n1700000000000-0\r\n*1\r\n:12\r\n"
    for size in (1, 2, 3, 7):
        with _saying(*(whole[start : start + size] for start in range(0, len(whole), size))) as pool:
            assert _by_the_wire(pool) == ["done", "1700000000000-0", [12]]


def test_a_line_that_breaks_within_an_answer_is_unavailable() -> None:
    with _saying(b"*2\r\n:1\r\n", b"") as pool:
        database = Database.from_pool(pool)
        with pytest.raises(StorageUnavailable) as failure:
            database.together([("PING",)])
        assert not isinstance(failure.value, StorageSilent)


def test_half_an_answer_is_awaited_until_the_deadline_and_no_longer() -> None:
    with _saying(b"*2\r\n:1\r\n") as pool:
        limit = deadline.set(monotonic() + 0.3)
        try:
            began = monotonic()
            with pytest.raises(StorageSilent):
                Database.from_pool(pool).together([("PING",)])
            assert 0.2 < monotonic() - began < 1.0
        finally:
            deadline.reset(limit)
        assert not pool._kept.connection.is_connected, "what comes of it later is nobody's answer"


def test_a_line_that_is_closed_by_another_thread_is_opened_again(database: Database) -> None:
    assert database.together([("SET", "a", "1"), ("GET", "a")]) == ["OK", "1"]
    threading.Thread(target=database.connection_pool.disconnect).start()
    sleep(0.1)
    assert database.together([("GET", "a")]) == ["1"]


def test_a_line_that_the_client_opened_again_by_itself_is_noticed(database: Database) -> None:
    database.together([("SET", "a", "1")])
    connection = database.connection_pool.get_connection()
    connection.disconnect()
    connection.connect()
    assert database.together([("GET", "a")]) == ["1"]


def test_an_answer_that_nobody_asked_for_is_nobodys(database: Database) -> None:
    """One is left on the line: the next command's answer is its own."""
    database.together([("SET", "a", "1")])
    connection = database.connection_pool.get_connection()
    connection.send_command("PING")
    sleep(0.05)
    assert database.together([("GET", "a")]) == ["1"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.one_of(st.text(), st.integers(-(2**63), 2**63 - 1)), min_size=1, max_size=20))
def test_what_is_sent_is_what_comes_back(database: Database, sent: list[str | int]) -> None:
    assert database.together([("ECHO", each) for each in sent]) == [str(each) for each in sent]


def test_a_new_client_has_its_line_where_the_wire_looks_for_it(database: Database) -> None:
    connection = database.connection_pool.get_connection()
    assert connection._sock.fileno() > 0
    assert connection._sock.gettimeout() == connection.socket_timeout
    Wire(connection).wait_up_to(0.5)
    assert connection._sock.gettimeout() == 0.5
    connection.disconnect()
    assert connection._sock is None
    with pytest.raises(ValueError, match="open"):
        Wire(connection)
