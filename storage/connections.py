"""The connections to Redis: each thread keeps one of its own, so that a command costs its sending and nothing else.

A connection is closed with its thread. Before anything is sent on one it is looked at: what the server has closed
meanwhile, or what holds an answer nobody read, is replaced. It waits no longer than its thread has time. The steps go
over its wire; whatever else the client sends goes its own way over the same connection.
"""

import os
import threading
from contextvars import ContextVar
from time import monotonic
from typing import TYPE_CHECKING, Any, Self
from weakref import WeakSet

import redis

from storage.wires import Wire

if TYPE_CHECKING:

    class _Pool:
        def __init__(self, **options: Any) -> None: ...
        @classmethod
        def from_url(cls, url: str, **options: Any) -> Self: ...

        connection_class: Any
        connection_kwargs: dict[str, Any]

else:
    _Pool = redis.ConnectionPool

deadline: ContextVar[float | None] = ContextVar("deadline", default=None)
"""Until when (`time.monotonic()`, seconds) commands may be sent and their answers awaited; None for no limit."""
SHORTEST_SECONDS = 0.001
_PING = b"*1\r\n$4\r\nPING\r\n"


class _Kept(threading.local):
    """`wait`: how long its connection waits for an answer as it is set now, seconds. `opened`: how often it was."""

    connection: Any = None
    wire: Wire | None = None
    wait: float = 0.0
    opened: int = 0


class ThreadConnections(_Pool):
    """In the place of the client's pool, whose bookkeeping for each command costs more than the command."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._kept = _Kept()
        self._open: WeakSet[Any] = WeakSet()

    def get_connection(self, *_: Any, **__: Any) -> Any:
        """This thread's connection, ready for the client to send on."""
        connection = self._kept.connection
        if connection is not None and connection.is_connected and _is_spoilt(connection):
            connection.disconnect()
        self._wire()
        return self._kept.connection

    def exchange(self, packed: bytes, number: int) -> list[Any]:
        """Send packed commands over this thread's wire, and give their answers as `Wire.exchange` does."""
        return self._wire().exchange(packed, number)

    def _wire(self) -> Wire:
        """The wire of this thread's connection, ready to send on."""
        kept, wait = self._kept, self._wait()
        wire = kept.wire
        if wire is None or kept.connection.pid != os.getpid() or wire.is_spoilt():
            return self._opened(wait)
        if wait != kept.wait:
            wire.wait_up_to(wait)
            kept.wait = wait
        return wire

    def _opened(self, wait: float) -> Wire:
        """The same once its connection is opened, again or for the first time."""
        kept = self._kept
        if kept.connection is None or kept.connection.pid != os.getpid():
            kept.connection = self.connection_class(**self.connection_kwargs)
            self._open.add(kept.connection)
        connection = kept.connection
        connection.disconnect()
        kept.wait = connection.socket_timeout = connection.socket_connect_timeout = wait
        connection.connect()
        kept.opened += 1
        kept.wire = Wire(connection)
        _require_entry(kept.wire)
        return kept.wire

    @property
    def opened(self) -> int:
        """How many connections this thread has opened: one more, and what it asks now another server may answer."""
        return self._kept.opened

    def wait_up_to(self, seconds: float) -> None:
        """From now on an answer may take so long: for whoever reads everything there is, and keeps nobody waiting."""
        self.connection_kwargs["socket_timeout"] = seconds

    def _wait(self) -> float:
        """How long the next answer is awaited: as the pool was told, and not past the deadline."""
        longest: float = self.connection_kwargs["socket_timeout"]
        limit = deadline.get()
        return longest if limit is None else max(SHORTEST_SECONDS, min(longest, limit - monotonic()))

    def hang_up(self) -> None:
        """Close this thread's connection: the next command goes to whatever server is to be asked by then."""
        if self._kept.connection is not None:
            self._kept.connection.disconnect()

    def release(self, connection: Any) -> None:
        """The thread keeps it."""

    def disconnect(self, inuse_connections: bool = True) -> None:
        """Close every connection; a thread that goes on opens its own again."""
        for connection in list(self._open):
            connection.disconnect()


def _require_entry(wire: Wire) -> None:
    """Raise `redis.AuthenticationError` where the server wants a password that it was not given: it says so to a short
    command, and hangs up on a long one without a word that tells why."""
    wire.exchange(_PING, 1)


def _is_spoilt(connection: Any) -> bool:
    """Whether there is something to read although nothing was asked: an end, or somebody else's answer."""
    try:
        return bool(connection.can_read())
    except (redis.ConnectionError, redis.TimeoutError, OSError):
        return True
