"""The primary that Sentinel names: asked for whenever a connection is opened, so that a failover is followed.

A connection to what was the primary ends by itself: the server is gone, or does not answer, or closes it as it becomes
a replica, or says that it is one.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import redis
from redis.sentinel import Sentinel

from storage.addresses import Address
from storage.connections import ThreadConnections

ASK_SECONDS = 0.3
"""Longest wait for one Sentinel; the next is asked then."""

if TYPE_CHECKING:

    class _Connection:
        is_connected: bool

        def __init__(self, **options: Any) -> None: ...
        def connect(self) -> None: ...
        def disconnect(self) -> None: ...
        def read_response(self, *args: Any, **options: Any) -> Any: ...

else:
    _Connection = redis.Connection


class _ToPrimary(_Connection):
    """A connection to whatever server is the primary as it is opened."""

    def __init__(self, primary: Callable[[], tuple[str, int]], **options: Any) -> None:
        super().__init__(**options)
        self._primary = primary

    def connect(self) -> None:
        if not self.is_connected:
            self.host, self.port = self._primary()
        super().connect()

    def read_response(self, *args: Any, **options: Any) -> Any:
        """Raises `redis.ConnectionError` where the server has become a replica: the next command goes to another."""
        try:
            return super().read_response(*args, **options)
        except redis.ReadOnlyError as error:
            self.disconnect()
            raise redis.ConnectionError("the server is a replica now") from error


class _ToPrimaries(ThreadConnections):
    """The threads' connections to it."""

    def exchange(self, packed: bytes, number: int) -> list[Any]:
        """Raises `redis.ConnectionError` where the server has become a replica, as its connection does."""
        answers = super().exchange(packed, number)
        if any(isinstance(answer, redis.ReadOnlyError) for answer in answers):
            self.hang_up()
            raise redis.ConnectionError("the server is a replica now")
        return answers


def connections(address: Address, options: dict[str, Any]) -> ThreadConnections:
    """The threads' connections to the primary of the service, each opened where Sentinel says at that moment."""
    asked = {"socket_timeout": ASK_SECONDS, "socket_connect_timeout": ASK_SECONDS, "decode_responses": True}
    sentinel: Any = Sentinel(  # type: ignore[no-untyped-call]
        list(address.hosts), sentinel_kwargs=asked | address.sentinel_login
    )

    def primary() -> tuple[str, int]:
        host, port = sentinel.discover_master(address.service)
        return str(host), int(port)

    host = address.hosts[0][0]
    return _ToPrimaries(connection_class=_ToPrimary, primary=primary, host=host, **options, **address.login)
