"""The connections to Redis: each thread keeps one of its own, so that a command costs its sending and nothing else.

A connection is closed with its thread. Before anything is sent on one it is looked at: what the server has closed
meanwhile, or what holds an answer nobody read, is replaced.
"""

import os
import threading
from typing import TYPE_CHECKING, Any, Self
from weakref import WeakSet

import redis

if TYPE_CHECKING:

    class _Pool:
        def __init__(self, **options: Any) -> None: ...
        @classmethod
        def from_url(cls, url: str, **options: Any) -> Self: ...

        connection_class: Any
        connection_kwargs: dict[str, Any]

else:
    _Pool = redis.ConnectionPool


class _Kept(threading.local):
    connection: Any = None


class ThreadConnections(_Pool):
    """In the place of the client's pool, whose bookkeeping for each command costs more than the command."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._kept = _Kept()
        self._open: WeakSet[Any] = WeakSet()

    def get_connection(self, *_: Any, **__: Any) -> Any:
        """This thread's connection, ready to send on."""
        connection = self._kept.connection
        if connection is None or connection.pid != os.getpid():
            connection = self._kept.connection = self.connection_class(**self.connection_kwargs)
            self._open.add(connection)
        if connection.is_connected and _is_spoilt(connection):
            connection.disconnect()
        if not connection.is_connected:
            connection.connect()
        return connection

    def release(self, connection: Any) -> None:
        """The thread keeps it."""

    def disconnect(self, inuse_connections: bool = True) -> None:
        """Close every connection; a thread that goes on opens its own again."""
        for connection in list(self._open):
            connection.disconnect()


def _is_spoilt(connection: Any) -> bool:
    """Whether there is something to read although nothing was asked: an end, or somebody else's answer."""
    try:
        return bool(connection.can_read())
    except (redis.ConnectionError, redis.TimeoutError, OSError):
        return True
