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


@pytest.fixture
def begin(database: Database, redis_server: EmbeddedRedis | Clustered, scenes: dict[str, Kept]) -> Iterator[Begin]:
    """`begin(name, play)` leaves the database as a scene leaves it: played the first time, put back afterwards.

    A scene needs nothing of the process but the database, leaves nothing elsewhere, and is the same whoever plays it.
    """
    with ExitStack() as stack:
        servers = [stack.enter_context(Redis.from_url(url)) for url in _urls(redis_server)]

        def begin(name: str, play: Callable[[], object]) -> None:
            if name not in scenes:
                play()
                scenes[name] = list(map(_kept, servers))
            else:
                for server, kept in zip(servers, scenes[name], strict=True):
                    _put_back(server, kept)

        yield begin


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
