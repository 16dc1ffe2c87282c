"""The connection to Redis: short timeouts, no blind repetition, the house's own errors.

A command is sent once. The client's own retries are off, because a write whose answer was lost may have
happened; whoever may repeat it knows its op_id and does so himself. A connection that the server has closed is
noticed before anything is sent on it, and replaced.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from hashlib import sha1
from importlib.resources import files
from time import monotonic
from types import TracebackType
from typing import TYPE_CHECKING, Any, Literal, Self

import redis
from hiredis import pack_command
from redis.backoff import NoBackoff
from redis.client import Pipeline
from redis.exceptions import AuthenticationError, NoPermissionError, NoScriptError, ResponseError
from redis.retry import Retry

from storage.addresses import Address, parse
from storage.connections import ThreadConnections, deadline

Durability = Literal["always", "everysec"]
Mode = Literal["live", "rehearsal"]
Command = tuple[Any, ...]
"""A command's name and its arguments: text and numbers."""
Opened = Mapping[ThreadConnections, int]
"""How many connections a thread has opened to each server that it has spoken to, 0 where it has not yet."""

SOCKET_SECONDS = 1.0
"""Longest wait for a connection or for one answer; the 4-second deadline of a handler is built on it."""

_only_reading: ContextVar[bool] = ContextVar("only_reading", default=False)
_READS = frozenset(
    {"EXISTS", "GET", "HEXISTS", "HGET", "HGETALL", "HMGET", "HVALS", "LRANGE", "MGET", "PING", "SCARD", "SISMEMBER"}
    | {"SMEMBERS", "XRANGE", "XREVRANGE", "ZCARD", "ZCOUNT", "ZRANGE", "ZRANGEBYSCORE", "ZREVRANGE"}
    | {"ZREVRANGEBYSCORE", "ZSCORE"}
)
"""The commands that a look-up is made of."""
_LOOKS: set[str] = set()
"""The steps that only read, by their source and by their digest."""

_REFUSED = (AuthenticationError, NoPermissionError, redis.ReadOnlyError, redis.OutOfMemoryError)
_REFUSED_REPLY = re.compile(
    r"(?:^|-|: )(MISCONF|NOREPLICAS|OOM|READONLY|NOAUTH|WRONGPASS|NOPERM)\b|DB index is out of range"
)
_UNAVAILABLE = (redis.ConnectionError, redis.exceptions.ClusterDownError)
_UNAVAILABLE_REPLY = re.compile(r"(?:^|-|: )(MASTERDOWN|CLUSTERDOWN|UNBLOCKED)\b")
"""The same said of one command, of a command inside a step (`…: -OOM …`) or of one of several (`… error: OOM …`)."""


class StorageError(Exception):
    """Something about the database stands in the way; the text says what, and how to mend it."""


class StorageUnavailable(StorageError):
    """Redis did not answer or cannot write. A write may have happened or not: repeat it under its op_id."""


class StorageSilent(StorageUnavailable):
    """Redis was asked and did not answer in time: it is stopped, or its disk is, or something swallows what is sent."""


class StorageRefused(StorageUnavailable):
    """Redis answers, and will not do it before somebody mends it: no memory, no disk, no right. Repeating is idle."""


class DeadlineExceeded(StorageError):
    """The time for this message is over; the command was not sent."""


class StampMismatch(StorageError):
    """The database belongs to another mode or another official account."""


class SchemaMismatch(StorageError):
    """What is stored has a form that this program does not know, or knows no more."""


if TYPE_CHECKING:
    # redis annotates every answer for bytes and text, now and awaited, at once; ours are always decoded text.
    class _Client:
        connection_pool: ThreadConnections
        response_callbacks: Any

        @classmethod
        def from_pool(cls, connection_pool: ThreadConnections) -> Self: ...
        def execute_command(self, *args: Any, **options: Any) -> Any: ...
        def __getattr__(self, command: str) -> Any: ...

    class _Pipeline(_Client):
        def __init__(self, *args: Any) -> None: ...
        def __enter__(self) -> Self: ...

        command_stack: Sequence[tuple[Command, dict[str, Any]]]

        def __exit__(self, *failure: object) -> None: ...
        def execute(self, raise_on_error: bool = True) -> list[Any]: ...
        def immediate_execute_command(self, *args: Any, **options: Any) -> Any: ...
        def reset(self) -> None: ...

else:
    _Client, _Pipeline = redis.Redis, Pipeline


class Database(_Client):
    """A Redis client that keeps to the deadline, and raises `StorageUnavailable` when the server fails it.

    `replicas`: how many must have a write before it is acknowledged (`storage.replicas`).
    """

    replicas: int = 0

    def primaries(self) -> "Sequence[Primary]":
        """The servers that take writes: one, but in a cluster."""
        return [Primary(self, lambda _: True)]

    def asked(self, primary: "Primary", commands: Sequence[Command]) -> list[Any]:
        """As `together`, of one of the primaries. Raises `StorageUnavailable` where it keeps these keys no more."""
        return primary.database.together(commands)

    def opened(self) -> Opened:
        """How many connections this thread has opened; as long as that stays, the same server has answered."""
        return {self.connection_pool: self.connection_pool.opened}

    def execute_command(self, *args: Any, **options: Any) -> Any:
        """Send once, over the thread's own connection: the client's way there costs more than the answer."""
        command = (*args[0].split(), *args[1:])
        with _GUARD:
            _refuse_to_write(command)
            connection = self.connection_pool.get_connection()
            connection.send_packed_command((pack_command(command),))
            return self.parse_response(connection, args[0], **options)

    def together(self, commands: Sequence[Command]) -> list[Any]:
        """The answers to several commands sent at once, as they come over the wire.

        All are carried out, one after the other; the first that fails raises its error once all are answered.
        """
        answers = self.answers(commands)
        for answer in answers:
            if isinstance(answer, ResponseError):
                with _GUARD:
                    raise answer
        return answers

    def answers(self, commands: Sequence[Command]) -> list[Any]:
        """The same, the errors that the server answers among them."""
        with _GUARD:
            _refuse_to_write(*commands)
            return self.connection_pool.exchange(b"".join(map(pack_command, commands)), len(commands))

    def take(self, step: "Script", keys: Sequence[str], args: Sequence[str | int | float]) -> Any:
        """Call a step by its digest; it is sent whole where the server does not know it."""
        try:
            return self.together([step.command(keys, args)])[0]
        except NoScriptError:
            return self.eval(step.source, len(keys), *keys, *args)

    def take_beside(
        self, step: "Script", keys: Sequence[str], args: Sequence[str | int | float], reads: Sequence[Command]
    ) -> tuple[Any, list[Any]]:
        """The same of a step that only reads, with the answers to `reads`, in one round trip."""
        try:
            answer, *read = self.together([step.command(keys, args), *reads])
        except NoScriptError:
            return self.take(step, keys, args), self.together(reads)
        return answer, read

    def pipeline(self, transaction: bool = True, shard_hint: str | None = None) -> "DatabasePipeline":
        """Several commands in one round trip; in a transaction unless told otherwise.

        A server without memory takes no transaction, and one that writes nothing needs none.
        """
        whole = transaction and not _only_reading.get()
        return DatabasePipeline(self.connection_pool, self.response_callbacks, whole, shard_hint)


@dataclass(frozen=True, slots=True)
class Primary:
    """A server that takes writes, and whether it keeps a key."""

    database: Database
    keeps: Callable[[str], bool]


class DatabasePipeline(_Pipeline):
    """A `Database`'s pipeline: the same deadline, the same errors."""

    def take(self, step: "Script", keys: Sequence[str], args: Sequence[str | int | float]) -> Any:
        """Queue a step, always whole: the other commands could not wait until the server is told it."""
        return self.eval(step.source, len(keys), *keys, *args)

    def execute(self, raise_on_error: bool = True) -> list[Any]:
        with _GUARD:
            _refuse_to_write(*(command for command, _ in self.command_stack))
            return super().execute(raise_on_error)

    def immediate_execute_command(self, *args: Any, **options: Any) -> Any:
        with _GUARD:
            return super().immediate_execute_command(*args, **options)


@contextmanager
def only_reading() -> Iterator[None]:
    """Within it whatever writes raises `StorageRefused` before it is sent; so does every step but a `look`."""
    before = _only_reading.set(True)
    try:
        yield
    finally:
        _only_reading.reset(before)


def _refuse_to_write(*commands: Command) -> None:
    if _only_reading.get() and not all(map(_reads, commands)):
        raise StorageRefused("nothing can be written now")


def _reads(command: Command) -> bool:
    name, *arguments = command
    return name in _READS or (name in ("EVALSHA", "EVAL") and arguments[0] in _LOOKS)


class _Guard:
    """Around whatever is sent: not after the deadline, and with the house's errors."""

    def __enter__(self) -> None:
        limit = deadline.get()
        if limit is not None and monotonic() > limit:
            raise DeadlineExceeded("the time for this message is over")

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        said = str(error) if isinstance(error, ResponseError) else ""
        if isinstance(error, _REFUSED) or _REFUSED_REPLY.search(said):
            raise StorageRefused(str(error)) from error
        if isinstance(error, redis.TimeoutError):
            raise StorageSilent(str(error)) from error
        if isinstance(error, _UNAVAILABLE) or _UNAVAILABLE_REPLY.search(said):
            raise StorageUnavailable(str(error)) from error


_GUARD = _Guard()


OPTIONS: dict[str, Any] = {
    "decode_responses": True,
    "protocol": 2,
    "socket_timeout": SOCKET_SECONDS,
    "socket_connect_timeout": SOCKET_SECONDS,
    "retry": Retry(NoBackoff(), 0),
    "health_check_interval": 0,
    "driver_info": None,
}
"""How every connection is made."""


def connect(url: str, replicas: int = 0) -> Database:
    """A client for `redis://`, `rediss://`, `unix://`, `redis+sentinel://` or `redis+cluster://`.

    It connects when first used. `replicas`: how many must have a write before it is acknowledged. Raises `StorageError`
    for an address it cannot use.
    """
    try:
        address = parse(url)
        database = _several(address) if address else Database.from_pool(ThreadConnections.from_url(url, **OPTIONS))
    except ValueError as error:
        raise StorageError(f"the Redis address cannot be read: {error}") from error
    database.replicas = replicas
    return database


def _several(address: Address) -> Database:
    """A client for servers of which somebody must say which is to be written to."""
    from storage import cluster, sentinels

    if address.kind == "cluster":
        return cluster.connect(address)
    return Database.from_pool(sentinels.connections(address, OPTIONS))


@dataclass(frozen=True, slots=True)
class Script:
    """One atomic step, written in Lua."""

    source: str
    digest: str

    def __call__(
        self, client: Database | DatabasePipeline, keys: Sequence[str], args: Sequence[str | int | float] = ()
    ) -> Any:
        """Take the step; on a pipeline it is queued, and its answer is among the pipeline's."""
        return client.take(self, keys, args)

    def command(self, keys: Sequence[str], args: Sequence[str | int | float] = ()) -> Command:
        """The step by its digest; `NoScriptError` answers it where the server does not know it (after a restart)."""
        return ("EVALSHA", self.digest, len(keys), *keys, *args)


@cache
def script(name: str) -> Script:
    """The step kept in `storage/lua/<name>.lua`."""
    source = files("storage").joinpath("lua", f"{name}.lua").read_text(encoding="utf-8")
    return Script(source, sha1(source.encode(), usedforsecurity=False).hexdigest())


def look(name: str) -> Script:
    """The same of a step that only reads: it is taken also while nothing can be written."""
    step = script(name)
    _LOOKS.update((step.source, step.digest))
    return step


def version_numbers(version: str) -> tuple[int, int]:
    """Major and minor of a Redis version such as `6.2.14`."""
    major, minor = version.split(".")[:2]
    return int(major), int(minor)
