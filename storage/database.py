"""The connection to Redis: short timeouts, no blind repetition, the house's own errors.

A command is sent once. The client's own retries are off, because a write whose answer was lost may have
happened; whoever may repeat it knows its op_id and does so himself. A pooled connection that the server has
closed is noticed before anything is sent on it, and replaced.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from hashlib import sha1
from importlib.resources import files
from time import monotonic
from typing import TYPE_CHECKING, Any, Literal, Protocol, Self

import redis
from hiredis import pack_command
from redis.backoff import NoBackoff
from redis.client import Pipeline
from redis.exceptions import NoPermissionError, NoScriptError, ResponseError
from redis.retry import Retry

from storage.keys import Keys

Durability = Literal["always", "everysec"]
Mode = Literal["live", "rehearsal"]

SOCKET_SECONDS = 1.0
"""Longest wait for a connection or for one answer; the 4-second deadline of a handler is built on it."""

deadline: ContextVar[float | None] = ContextVar("deadline", default=None)
"""Until when (`time.monotonic()`, seconds) commands may be sent; None for no limit."""

_UNAVAILABLE = (
    redis.ConnectionError,
    redis.TimeoutError,
    redis.ReadOnlyError,
    redis.OutOfMemoryError,
)
_UNAVAILABLE_REPLIES = ("MISCONF", "NOREPLICAS", "MASTERDOWN", "CLUSTERDOWN")


class StorageError(Exception):
    """Something about the database stands in the way; the text says what, and how to mend it."""


class StorageUnavailable(StorageError):
    """Redis did not answer or cannot write. A write may have happened or not: repeat it under its op_id."""


class DeadlineExceeded(StorageError):
    """The time for this message is over; the command was not sent."""


class StampMismatch(StorageError):
    """The database belongs to another mode or another official account."""


if TYPE_CHECKING:
    # redis annotates every answer for bytes and text, now and awaited, at once; ours are always decoded text.
    class _Client:
        connection_pool: Any
        response_callbacks: Any

        @classmethod
        def from_url(cls, url: str, **options: Any) -> Self: ...
        def execute_command(self, *args: Any, **options: Any) -> Any: ...
        def __getattr__(self, command: str) -> Any: ...

    class _Pipeline(_Client):
        def __init__(self, *args: Any) -> None: ...
        def __enter__(self) -> Self: ...
        def __exit__(self, *failure: object) -> None: ...
        def execute(self, raise_on_error: bool = True) -> list[Any]: ...
        def immediate_execute_command(self, *args: Any, **options: Any) -> Any: ...

else:
    _Client, _Pipeline = redis.Redis, Pipeline


class Database(_Client):
    """A Redis client that keeps to the deadline, and raises `StorageUnavailable` when the server fails it."""

    def execute_command(self, *args: Any, **options: Any) -> Any:
        """Send once, straight over a pooled connection: the client's own way there costs more than the answer."""
        command = (*args[0].split(), *args[1:])
        with _guarded():
            connection = self.connection_pool.get_connection()
            try:
                connection.send_packed_command((pack_command(command),))
                return self.parse_response(connection, args[0], **options)
            finally:
                self.connection_pool.release(connection)

    def pipeline(self, transaction: bool = True, shard_hint: str | None = None) -> "DatabasePipeline":
        """Several commands in one round trip; in a transaction unless told otherwise."""
        return DatabasePipeline(self.connection_pool, self.response_callbacks, transaction, shard_hint)


class DatabasePipeline(_Pipeline):
    """A `Database`'s pipeline: the same deadline, the same errors."""

    def execute(self, raise_on_error: bool = True) -> list[Any]:
        with _guarded():
            return super().execute(raise_on_error)

    def immediate_execute_command(self, *args: Any, **options: Any) -> Any:
        with _guarded():
            return super().immediate_execute_command(*args, **options)


@contextmanager
def _guarded() -> Iterator[None]:
    limit = deadline.get()
    if limit is not None and monotonic() > limit:
        raise DeadlineExceeded("the time for this message is over")
    try:
        yield
    except _UNAVAILABLE as error:
        raise StorageUnavailable(str(error)) from error
    except ResponseError as error:
        if str(error).startswith(_UNAVAILABLE_REPLIES):
            raise StorageUnavailable(str(error)) from error
        raise


def connect(url: str) -> Database:
    """A client for `redis://`, `rediss://` or `unix://`, which connects when first used.

    Raises `StorageError` for an address it cannot use.
    """
    if url.startswith(("redis+sentinel://", "redis+cluster://")):
        raise StorageError("Sentinel and Cluster come later; use redis://, rediss:// or unix://")
    try:
        client = Database.from_url(
            url,
            decode_responses=True,
            protocol=2,
            socket_timeout=SOCKET_SECONDS,
            socket_connect_timeout=SOCKET_SECONDS,
            retry=Retry(NoBackoff(), 0),
            health_check_interval=0,
            driver_info=None,
        )
    except ValueError as error:
        raise StorageError(f"the Redis address cannot be read: {error}") from error
    return client


class Script(Protocol):
    """One atomic step, written in Lua. On a pipeline it is queued; the answer is among the pipeline's."""

    def __call__(
        self, client: Database | DatabasePipeline, keys: Sequence[str], args: Sequence[str | int | float] = ()
    ) -> Any: ...


@cache
def script(name: str) -> Script:
    """The step kept in `storage/lua/<name>.lua`.

    It is called by its digest, and sent whole when the server does not know it (after a restart); inside a
    pipeline, where the other commands could not wait for that, it is always sent whole.
    """
    source = files("storage").joinpath("lua", f"{name}.lua").read_text(encoding="utf-8")
    digest = sha1(source.encode(), usedforsecurity=False).hexdigest()

    def run(client: Database | DatabasePipeline, keys: Sequence[str], args: Sequence[str | int | float] = ()) -> Any:
        if isinstance(client, DatabasePipeline):
            return client.eval(source, len(keys), *keys, *args)
        try:
            return client.evalsha(digest, len(keys), *keys, *args)
        except NoScriptError:
            return client.eval(source, len(keys), *keys, *args)

    return run


def stamp(client: Database, prefix: str, mode: Mode, appid: str) -> None:
    """Mark a new database as this mode's and this account's. Raises `StampMismatch` if it is another's."""
    key = Keys(prefix).stamp()
    birth = client.pipeline()
    birth.hsetnx(key, "mode", mode)
    birth.hsetnx(key, "appid", appid)
    birth.hgetall(key)
    born = birth.execute()[-1]
    if born != {"mode": mode, "appid": appid}:
        raise StampMismatch(
            f"this database was born {born['mode']} for account {born['appid'] or '(none)'}, "
            f"not {mode} for {appid or '(none)'}: set YIDUI_MODE and YIDUI_WECHAT_APPID back, "
            "or use another YIDUI_DATA_DIR, YIDUI_REDIS_URL or YIDUI_KEY_PREFIX"
        )


def check_durability(client: Database, durability: Durability, embedded: bool) -> list[str]:
    """What could lose an acknowledged report on this server, each finding with its mend; empty is good."""
    server, memory, persistence = (client.info(section) for section in ("server", "memory", "persistence"))
    findings = []
    version = str(server["redis_version"])
    if version_numbers(version) < (6, 2):
        findings.append(f"Redis {version} is too old: install 6.2 or newer")
    if not persistence["aof_enabled"]:
        findings.append("the append-only file is off: CONFIG SET appendonly yes, and the same in redis.conf")
    findings += _check_appendfsync(client, durability)
    if memory["maxmemory_policy"] != "noeviction":
        findings.append(
            f"maxmemory-policy is {memory['maxmemory_policy']}, so data may vanish when memory is full: "
            "CONFIG SET maxmemory-policy noeviction, and the same in redis.conf"
        )
    if embedded:
        return [f"the embedded server was changed by hand: {finding}" for finding in findings]
    return findings


def _check_appendfsync(client: Database, durability: Durability) -> list[str]:
    try:
        appendfsync = client.config_get("appendfsync").get("appendfsync", "unknown")
    except (NoPermissionError, ResponseError):
        appendfsync = "unknown"
    if appendfsync == "always" or (durability == "everysec" and appendfsync in {"everysec", "unknown"}):
        return []
    return [
        f"appendfsync is {appendfsync}, so the last moments may be lost: CONFIG SET appendfsync always, "
        "and the same in redis.conf; or accept losing a second: everysec, and YIDUI_REDIS_DURABILITY=everysec"
    ]


def version_numbers(version: str) -> tuple[int, int]:
    """Major and minor of a Redis version such as `6.2.14`."""
    major, minor = version.split(".")[:2]
    return int(major), int(minor)
