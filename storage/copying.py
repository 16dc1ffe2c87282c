"""A copy of the whole database, taken from a running server as a replica takes it: the server's own snapshot.

Embedded and external servers give it alike, and whoever writes meanwhile is not held up. It is the database as it
stood at one moment after it was asked for, so everything acknowledged before is in it.
"""

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import redis

from storage.database import Database, StorageError

SILENT_SECONDS = 120.0
"""How long the server may send nothing; while it prepares the snapshot it sends a line end every few seconds."""
_CHUNK, _MARK = 1 << 20, 40
"""Bytes: read at once; the length of the mark that ends a snapshot whose length is not known before."""


def copy_database(database: Database, file: Path) -> None:
    """Write the snapshot to a new file that only its owner reads, and sync it. Raises `StorageError`."""
    pool = database.connection_pool
    connection = pool.connection_class(**pool.connection_kwargs)
    try:
        _ask(connection)
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        with open(descriptor, "wb") as written:
            written.writelines(_snapshot(connection._sock))
            written.flush()
            os.fsync(written.fileno())
    except (redis.RedisError, ConnectionError, TimeoutError) as error:
        raise StorageError(f"the server gives no copy of itself: {error}") from error
    finally:
        connection.disconnect()


def _ask(connection: Any) -> None:
    connection.connect()
    connection.send_command("REPLCONF", "capa", "eof")
    connection.read_response()
    with suppress(redis.ResponseError):  # before Redis 7 there is no such option, and we hang up after the snapshot
        connection.send_command("REPLCONF", "rdb-only", "1")
        connection.read_response()
    connection.send_command("SYNC")
    connection._sock.settimeout(SILENT_SECONDS)


def _snapshot(socket: Any) -> Iterator[bytes]:
    """Its bytes as they come. Raises `ConnectionError` where they end too early, or the server refuses."""
    head = _line(socket)
    if not head.startswith(b"$"):
        raise ConnectionError(head.decode(errors="replace"))
    if head.startswith(b"$EOF:"):
        yield from _until(socket, head.removeprefix(b"$EOF:"))
        return
    left = int(head[1:])
    while left:
        chunk = _some(socket, min(left, _CHUNK))
        left -= len(chunk)
        yield chunk


def _until(socket: Any, mark: bytes) -> Iterator[bytes]:
    held = b""
    while not held.endswith(mark):
        held += _some(socket, _CHUNK)
        if len(held) > _CHUNK and not held.endswith(mark):
            yield held[:-_MARK]
            held = held[-_MARK:]
    yield held[:-_MARK]


def _line(socket: Any) -> bytes:
    """The first line that is not empty."""
    line = b""
    while not (line.endswith(b"\n") and line.strip()):
        line = line.lstrip(b"\r\n") + _some(socket, 1)
    return line.strip()


def _some(socket: Any, most: int) -> bytes:
    chunk: bytes = socket.recv(most)
    if not chunk:
        raise ConnectionError("it hung up before the end")
    return chunk
