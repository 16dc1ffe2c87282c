"""A database changed by hand while it serves: the next look at `/readyz`, the worker's log and `check` say so."""

from collections.abc import Iterator
from pathlib import Path
from time import monotonic, sleep

import pytest
from flask.testing import FlaskClient
from pydantic import SecretStr

from bot.app import create_app
from bot.check import check
from bot.cli.processes import enter
from bot.settings import PACKAGED_CAMPAIGNS, Settings, load_settings
from scheduler.watch import LOOK_SECONDS, DatabaseWatch
from storage.campaign_files import load
from storage.database import Database, connect
from storage.embedded import ensure
from storage.store import open_store
from tests.cli.conftest import AES_KEY, APPID, TOKEN

WEAKENED = [
    ("appendfsync", "everysec", "appendfsync is everysec"),
    ("appendonly", "no", "the append-only file is off"),
    ("maxmemory-policy", "allkeys-lfu", "maxmemory-policy is allkeys-lfu"),
    ("maxmemory", "3000000", "maxmemory is 3.0 MB"),
]


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """A live installation on a server reached by its address, as an external one is."""
    folder = tmp_path_factory.mktemp("weakened")
    redis = ensure(folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        made = load_settings(
            mode="live",
            data_dir=folder / "own",
            redis_url=SecretStr(redis.url),
            wechat_appid=APPID,
            wechat_token=TOKEN,
            wechat_aes_key=AES_KEY,
        )
        yield made
    redis.stop()


@pytest.fixture(scope="module")
def database(settings: Settings) -> Iterator[Database]:
    client = connect(settings.redis_url.get_secret_value())
    store = open_store(client, "yd", "live")
    enter(settings, store)
    store.campaigns.publish(load(PACKAGED_CAMPAIGNS / "ezhou-2023"), store.clock.now())
    yield client
    client.close()


@pytest.fixture(scope="module")
def web(settings: Settings, database: Database) -> FlaskClient:
    return create_app(settings).test_client()


def _until_written_anew(database: Database) -> None:
    """A server that begins an append-only file anew does not shut down meanwhile."""
    give_up = monotonic() + 10
    while (
        database.info("persistence")["aof_rewrite_in_progress"] or database.info("persistence")["aof_rewrite_scheduled"]
    ):
        assert monotonic() < give_up
        sleep(0.02)


@pytest.mark.parametrize(("name", "value", "said"), WEAKENED)
def test_what_is_changed_by_hand_is_told(
    settings: Settings,
    database: Database,
    web: FlaskClient,
    caplog: pytest.LogCaptureFixture,
    name: str,
    value: str,
    said: str,
) -> None:
    watch = DatabaseWatch(open_store(database, "yd", "live"), "always")
    assert web.get("/readyz").status_code == 200
    before = database.config_get(name)[name]
    try:
        database.config_set(name, value)
        ready = web.get("/readyz")
        findings = [finding.text for finding in check(settings, ask_wechat=False) if not finding.good]
        for _ in range(3):
            watch.look()
    finally:
        database.config_set(name, before)
        _until_written_anew(database)
    assert ready.status_code == 503
    assert any(said in reason and "CONFIG SET" in reason for reason in ready.json["reasons"])
    assert any(said in finding and "CONFIG SET" in finding for finding in findings)
    assert caplog.text.count(said) == 1
    assert LOOK_SECONDS == 60
    assert web.get("/readyz").status_code == 200


@pytest.mark.parametrize("value", ["", "garbage \udc80", "[1", '{"code": 3}', '{"at": "yesterday"}'])
def test_a_damaged_value_is_a_finding_and_no_traceback(settings: Settings, database: Database, value: str) -> None:
    """An alert's, which `check` reads."""
    keys = open_store(database, "yd", "live").keys
    database.execute_command("HSET", keys.alerts(), "channel", value.encode(errors="surrogateescape"))
    try:
        findings = [finding for finding in check(settings, ask_wechat=False) if "damaged" in finding.text]
    finally:
        database.delete(keys.alerts())
    [finding] = findings
    assert not finding.good
    assert "put back a backup" in finding.text


def test_the_folder_of_an_external_redis_stays_its_own(settings: Settings, web: FlaskClient) -> None:
    assert not Path(settings.data_dir / "redis.json").exists()
