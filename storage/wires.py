"""Wires: what is packed goes over a thread's connection and the answers come back, by its socket and hiredis alone.

The client does more for each command than a step of a report needs. It opens the connection and closes it, and for
whatever goes wrong here the same is raised as by the client itself.
"""

import ssl
from select import POLLIN, poll
from socket import socket
from typing import Any, Protocol

import redis
from hiredis import Reader
from redis.connection import DefaultParser
from redis.exceptions import InvalidResponse

PIECE_BYTES = 65536
_UNFINISHED = object()
"""What a reader gives while an answer is not there in whole."""


class Connection(Protocol):
    """What a wire needs of the client's connection. `_sock`, None while it is closed, is the one private field that is
    used: tests/processes/test_wires.py notices where a new version has another."""

    _sock: socket | None

    def can_read(self) -> bool: ...
    def disconnect(self) -> None: ...


class Wire:
    """One open connection, of one thread. It is done with as soon as anything fails on it."""

    __slots__ = ("_connection", "_has_come", "_reader", "_socket")

    def __init__(self, connection: Connection) -> None:
        if connection._sock is None:
            raise ValueError("a wire needs a connection that is open")
        self._connection, self._socket = connection, connection._sock
        self._reader = Reader(
            protocolError=InvalidResponse,
            replyError=DefaultParser.parse_error,
            encoding="utf-8",
            notEnoughData=_UNFINISHED,
        )
        self._has_come = connection.can_read if isinstance(self._socket, ssl.SSLSocket) else _looker(self._socket)

    def wait_up_to(self, seconds: float) -> None:
        """From now on an answer is awaited so long."""
        self._socket.settimeout(seconds)

    def is_spoilt(self) -> bool:
        """Whether its connection has another line by now, or none; or there is something to read although nothing was
        asked: an end, or somebody else's answer."""
        try:
            return self._connection._sock is not self._socket or bool(self._has_come())
        except (redis.ConnectionError, redis.TimeoutError, OSError):
            return True

    def exchange(self, packed: bytes, number: int) -> list[Any]:
        """Send commands, and give their answers, errors of the server (`ResponseError`) among them.

        Raises `redis.TimeoutError`, `redis.ConnectionError` and `InvalidResponse`; the connection is closed then.
        """
        try:
            self._socket.sendall(packed)
            return [self._answer() for _ in range(number)]
        except TimeoutError as error:
            self._connection.disconnect()
            raise redis.TimeoutError("the server has not answered in time") from error
        except OSError as error:
            self._connection.disconnect()
            raise redis.ConnectionError(f"the line to the server broke: {error}") from error
        except BaseException:
            self._connection.disconnect()
            raise

    def _answer(self) -> Any:
        reader = self._reader
        while (answer := reader.gets()) is _UNFINISHED:
            if not (piece := self._socket.recv(PIECE_BYTES)):
                raise redis.ConnectionError("the server closed the connection")
            reader.feed(piece)
        if isinstance(answer, redis.ConnectionError):
            raise answer
        return answer


def _looker(line: socket) -> Any:
    """Looks whether something can be read, waiting for nothing."""
    looks = poll()
    looks.register(line, POLLIN)
    return lambda: looks.poll(0)
