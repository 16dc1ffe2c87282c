"""One real embedded Redis for the whole run, emptied before each test that asks for it; six servers with CLUSTER=1."""

import os
from collections.abc import Iterator

import pytest
from hypothesis import settings

from storage.database import Database, connect
from storage.embedded import EmbeddedRedis, ensure
from tests.conversations.staging import begin, raw_servers, scenes
from tests.faults.hosts import Host
from tests.faults.redises import Clustered, clustered

__all__ = ["begin", "raw_servers", "scenes"]

settings.register_profile("busy machine", deadline=None)
settings.load_profile("busy machine")


@pytest.fixture(scope="session")
def redis_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedRedis | Clustered]:
    folder = tmp_path_factory.mktemp("redis")
    server = clustered([Host("127.0.0.1")], folder) if os.environ.get("CLUSTER") else ensure(folder)
    yield server
    server.stop()


@pytest.fixture
def database(redis_server: EmbeddedRedis | Clustered) -> Iterator[Database]:
    client = connect(redis_server.url)
    client.flushall()
    yield client
    client.close()
