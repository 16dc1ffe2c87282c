"""A scene that is played once and found again by every test that begins there."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from redis import Redis

from storage.database import Database
from storage.embedded import EmbeddedRedis
from tests.faults.redises import Clustered

Begin = Callable[[str, Callable[[], object]], None]
Kept = list[list[tuple[bytes, int, bytes]]]
"""Of each server the keys with their lifetimes (ms, 0 for ever) and values, as it dumps them."""


@pytest.fixture(scope="session")
def scenes() -> dict[str, Kept]:
    """The scenes played so far, by name."""
    return {}


@pytest.fixture(scope="session")
def raw_servers(redis_server: EmbeddedRedis | Clustered) -> Iterator[list[Redis]]:
    """The servers that keep something, asked for bytes."""
    with ExitStack() as stack:
        yield [stack.enter_context(Redis.from_url(url)) for url in _urls(redis_server)]


@pytest.fixture
def begin(database: Database, raw_servers: list[Redis], scenes: dict[str, Kept]) -> Begin:
    """`begin(name, play)` leaves the database as a scene leaves it: played the first time, put back afterwards.

    A scene needs nothing of the process but the database, leaves nothing elsewhere, and is the same whoever plays it.
    """

    def begin(name: str, play: Callable[[], object]) -> None:
        if name not in scenes:
            play()
            scenes[name] = list(map(_kept, raw_servers))
        else:
            for server, kept in zip(raw_servers, scenes[name], strict=True):
                _put_back(server, kept)

    return begin


def _urls(redis_server: EmbeddedRedis | Clustered) -> list[str]:
    """Of the one server, or of those of a cluster that keep slots."""
    if isinstance(redis_server, EmbeddedRedis):
        return [redis_server.url]
    return sorted({server.url for server in redis_server.keepers().values()})


def _kept(raw: Redis) -> list[tuple[bytes, int, bytes]]:
    keys = list(raw.scan_iter(count=1000))
    asked = raw.pipeline(transaction=False)
    for key in keys:
        asked.pttl(key).dump(key)
    answers = asked.execute()
    return [(key, max(life, 0), value) for key, life, value in zip(keys, answers[::2], answers[1::2], strict=True)]


def _put_back(raw: Redis, kept: list[tuple[bytes, int, bytes]]) -> None:
    raw.flushall()
    written = raw.pipeline(transaction=False)
    for key, life, value in kept:
        written.restore(key, life, value)
    written.execute()
