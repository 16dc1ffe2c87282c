"""Anything at all, through the whole application: no 5xx but the deliberate one, no exception's words, no apology."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.app import create_app
from bot.settings import load_settings
from fuzz.inputs import AES_KEY, APPID, TOKEN, good, request
from fuzz.verdict import fault
from storage.campaign_files import load
from storage.database import Database
from storage.embedded import EmbeddedRedis
from storage.store import open_store

ZHAOTONG = Path(__file__).parents[2] / "campaigns/zhaotong-2024"
NOW = int(time.time())


@pytest.fixture
def client(database: Database, redis_server: EmbeddedRedis, tmp_path: Path) -> Iterator[FlaskClient]:
    store = open_store(database, "yd", "rehearsal")
    store.clock.advance_to(datetime(2026, 11, 1, tzinfo=UTC))
    store.campaigns.publish(load(ZHAOTONG), store.clock.now())
    given = {"wechat_appid": APPID, "wechat_token": TOKEN, "wechat_aes_key": AES_KEY, "mode": "rehearsal"}
    app = create_app(load_settings(**given, redis_url=redis_server.url, data_dir=tmp_path), per_minute=1_000_000)
    with app.test_client() as client:
        yield client


def ask(client: FlaskClient, made) -> tuple[int, bytes]:  # type: ignore[no-untyped-def]
    packet = made.packet
    answer = client.open(
        "/wechat", method=made.method, query_string=list(packet.query), data=packet.body, headers=dict(packet.headers)
    )
    return answer.status_code, answer.data


@settings(deadline=None, max_examples=400, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.binary(max_size=120))
def test_nothing_breaks_it(client: FlaskClient, data: bytes) -> None:
    made = request(data, NOW)
    assert fault(made, *ask(client, made)) == ""


def test_the_good_message_after_all_that_is_answered(client: FlaskClient) -> None:
    for number in range(300):
        ask(client, request(number.to_bytes(2, "big") * 20, NOW))
    packet = good("o-good", 6, NOW)
    assert b"<Encrypt>" in client.post("/wechat", query_string=list(packet.query), data=packet.body).data
