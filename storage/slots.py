"""Which server of a cluster keeps which slot, as its servers tell it."""

import random
from collections.abc import Iterator
from contextlib import suppress
from threading import Lock
from time import monotonic
from typing import Any

import redis
from redis.crc import key_slot

from storage.addresses import Address
from storage.connections import ThreadConnections, deadline
from storage.database import OPTIONS, Command, Database, Opened, StorageError, StorageUnavailable

SLOTS = 16384
GLANCE_SECONDS = 0.3
"""How long one server is waited for when it is asked who keeps what; the next is asked then."""
Host = tuple[str, int]

_WITH_SUBCOMMAND = {"OBJECT", "MEMORY", "XINFO"}
_WITHOUT_KEY = {"PING", "INFO", "CONFIG", "SCRIPT", "TIME", "CLIENT", "BGREWRITEAOF", "LASTSAVE", "CLUSTER", "SCAN"}


def key_of(command: Command) -> str | None:
    """The first key of a command, which decides where it goes; None where it has none."""
    name = command[0]
    if name in _WITHOUT_KEY:
        return None
    if name in ("EVAL", "EVALSHA"):
        return str(command[3]) if int(command[2]) else None
    return str(command[2 if name in _WITH_SUBCOMMAND else 1])


def slot_of(key: str) -> int:
    """The slot of a key: of what stands in its first pair of braces, else of all of it."""
    return int(key_slot(key.encode()))


class Slots:
    """The map of a cluster, read when it is first needed and whenever it proved wrong."""

    def __init__(self, address: Address) -> None:
        self._address = address
        self._servers: dict[Host, Database] = {}
        self._keepers: list[Host | None] = []
        self._hosts: list[Host] = []
        self._lock = Lock()

    def server(self, host: Host) -> Database:
        """The client of one server."""
        with self._lock:
            if host not in self._servers:
                options = OPTIONS | self._address.login
                pool = ThreadConnections(connection_class=redis.Connection, host=host[0], port=host[1], **options)
                self._servers[host] = Database.from_pool(pool)
            return self._servers[host]

    def keeper(self, key: str | None) -> Database:
        """The server that keeps a key, or any for none. Raises `StorageUnavailable` where nobody does."""
        keepers = self._known()
        host = keepers[slot_of(key)] if key is not None else next(filter(None, keepers), None)
        if host is None:
            self.forget()
            raise StorageUnavailable("no server of the cluster keeps this slot now")
        return self.server(host)

    def primaries(self) -> Iterator[tuple[Database, Any]]:
        """Every server that keeps slots, and whether it keeps a key."""
        keepers = self._known()
        for host in self._hosts:
            yield self.server(host), lambda key, host=host: keepers[slot_of(key)] == host

    def opened(self) -> Opened:
        """How many connections this thread has opened to each server that keeps slots, as far as is known."""
        return {pool: times for host in self._hosts for pool, times in self.server(host).opened().items()}

    def learn(self, slot: int, host: Host) -> None:
        """A slot is another server's now."""
        keepers = list(self._known())
        keepers[slot] = host
        self._remember(keepers)

    def forget(self) -> None:
        """The map is read anew when it is needed next."""
        self._keepers = []

    def close(self) -> None:
        for server in self._servers.values():
            server.close()

    def _known(self) -> list[Host | None]:
        if not self._keepers:
            self._remember(self._read())
        return self._keepers

    def _remember(self, keepers: list[Host | None]) -> None:
        self._hosts = sorted({host for host in keepers if host})
        self._keepers = keepers

    def _read(self) -> list[Host | None]:
        """Raises `StorageUnavailable` where none of the cluster's servers tells it."""
        asked = list({*self._address.hosts, *self._servers})
        limit = deadline.get()
        for host in random.sample(asked, len(asked)):
            glance = monotonic() + GLANCE_SECONDS
            deadline.set(glance if limit is None else min(glance, limit))
            try:
                with suppress(StorageError):
                    (ranges,) = self.server(host).together([("CLUSTER", "SLOTS")])
                    return _keepers(ranges, host)
            finally:
                deadline.set(limit)
        raise StorageUnavailable("no server of the cluster answers")


def _keepers(ranges: list[Any], told_by: Host) -> list[Host | None]:
    keepers: list[Host | None] = [None] * SLOTS
    for first, last, primary, *_ in ranges:
        host = (str(primary[0] or told_by[0]), int(primary[1]))
        keepers[int(first) : int(last) + 1] = [host] * (int(last) - int(first) + 1)
    return keepers
