"""One real embedded Redis for the whole run, emptied before each test that asks for it."""

from collections.abc import Iterator

import pytest
from hypothesis import settings

from storage.database import Database, connect
from storage.embedded import EmbeddedRedis, ensure

settings.register_profile("busy machine", deadline=None)
settings.load_profile("busy machine")


@pytest.fixture(scope="session")
def redis_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedRedis]:
    server = ensure(tmp_path_factory.mktemp("redis"))
    yield server
    server.stop()


@pytest.fixture
def database(redis_server: EmbeddedRedis) -> Iterator[Database]:
    client = connect(redis_server.url)
    client.flushall()
    yield client
    client.close()
