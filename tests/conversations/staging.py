"""A scene that is played once and found again by every test that begins there."""

from collections.abc import Callable, Iterator

import pytest
from redis import Redis

from storage.database import Database
from storage.embedded import EmbeddedRedis

Begin = Callable[[str, Callable[[], object]], None]
Kept = list[tuple[bytes, int, bytes]]
"""Keys with their lifetimes (ms, 0 for ever) and values, as the server dumps them."""


@pytest.fixture(scope="session")
def scenes() -> dict[str, Kept]:
    """The scenes played so far, by name."""
    return {}


@pytest.fixture
def begin(database: Database, redis_server: EmbeddedRedis, scenes: dict[str, Kept]) -> Iterator[Begin]:
    """`begin(name, play)` leaves the database as a scene leaves it: played the first time, put back afterwards.

    A scene needs nothing of the process but the database, leaves nothing elsewhere, and is the same whoever plays it.
    """
    with Redis.from_url(redis_server.url) as raw:

        def begin(name: str, play: Callable[[], object]) -> None:
            if name not in scenes:
                play()
                scenes[name] = _kept(raw)
            else:
                _put_back(raw, scenes[name])

        yield begin


def _kept(raw: Redis) -> Kept:
    keys = list(raw.scan_iter(count=1000))
    asked = raw.pipeline(transaction=False)
    for key in keys:
        asked.pttl(key).dump(key)
    answers = asked.execute()
    return [(key, max(life, 0), value) for key, life, value in zip(keys, answers[::2], answers[1::2], strict=True)]


def _put_back(raw: Redis, kept: Kept) -> None:
    raw.flushall()
    written = raw.pipeline(transaction=False)
    for key, life, value in kept:
        written.restore(key, life, value)
    written.execute()
