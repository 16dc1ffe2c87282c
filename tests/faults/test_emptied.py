"""FLUSHALL by mistake beside a running server: nothing reads as ready, nothing begins anew, and there is a way back."""

import logging
import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.app import create_app
from bot.cli.processes import enter
from bot.cli.session import CommandError, open_to_write
from bot.settings import PACKAGED_CAMPAIGNS, Settings, load_settings
from scheduler.watch import DatabaseWatch
from storage.campaign_files import load
from storage.database import connect
from storage.durability import WRITTEN_BYTES
from storage.embedded import ensure
from storage.store import Store, open_store
from tests.cli.conftest import AES_KEY, APPID, TOKEN
from tests.contents import fingerprint

PAGE = (Path(__file__).resolve().parents[2] / "docs/deploy.md").read_text()
MEND = "was it emptied (FLUSHALL)?"


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.chdir(tmp_path)
    return load_settings(
        mode="live", data_dir=tmp_path / "data", wechat_appid=APPID, wechat_token=TOKEN, wechat_aes_key=AES_KEY
    )


@pytest.fixture
def store(settings: Settings) -> Iterator[Store]:
    """An installation of some size."""
    redis = ensure(settings.data_dir)
    database = connect(redis.url)
    store = open_store(database, "yd", "live")
    enter(settings, store)
    store.campaigns.publish(load(PACKAGED_CAMPAIGNS / "zhaotong-2024"), store.clock.now())
    database.mset({f"yd:report:{number}": "x" * 1000 for number in range(1200)})
    yield store
    database.close()
    ensure(settings.data_dir).stop()


def test_an_emptied_database_is_neither_ready_nor_begun_anew(
    settings: Settings, store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    app = create_app(settings.model_copy(update={"redis_url": _secret(ensure(settings.data_dir).url)}))
    assert app.test_client().get("/readyz").status_code == 200
    watch = DatabaseWatch(store, "always")
    watch.look()
    assert caplog.text == ""
    store.database.flushall()
    app.extensions["yidui"].campaigns.look_again()
    ready = app.test_client().get("/readyz")
    assert ready.status_code == 503
    assert any(MEND in reason for reason in ready.json["reasons"])
    with pytest.raises(CommandError, match=re.escape(MEND)):
        enter(settings, store)
    with pytest.raises(CommandError, match=re.escape(MEND)), open_to_write(settings):
        pass
    assert not store.database.exists(store.keys.stamp(), store.keys.schema(), store.keys.campaigns())
    watch._looked_at = float("-inf")
    for _ in range(3):
        watch.look()
    assert [r.levelno for r in caplog.records if MEND in r.getMessage()] == [logging.ERROR]


def test_the_way_back_that_the_page_tells(settings: Settings, store: Store) -> None:
    """Its own commands, but for the folder's name and systemd."""
    before = fingerprint(store.database)
    store.database.flushall()
    ensure(settings.data_dir).stop()
    [told] = re.findall(r"```\n(# systemctl stop yidui\n# cp -a .*?FLUSHALL.*?)```", PAGE, re.DOTALL)
    lines = [line[2:].replace("/var/lib/yidui", str(settings.data_dir)) for line in told.splitlines()]
    script = "\n".join(line for line in lines if "yidui " not in f"{line} ".replace(str(settings.data_dir), ""))
    subprocess.run(["bash", "-euc", script], check=True, cwd=settings.data_dir, env=os.environ)
    database = connect(ensure(settings.data_dir).url)
    assert fingerprint(database) == before
    database.close()


def test_a_new_database_is_new(settings: Settings, tmp_path: Path) -> None:
    """Campaigns are published before the first start: that is no loss, however long the file has become."""
    redis = ensure(settings.data_dir)
    database = connect(redis.url)
    store = open_store(database, "yd", "live")
    campaign = load(PACKAGED_CAMPAIGNS / "zhaotong-2024")
    while database.info("persistence")["aof_current_size"] < WRITTEN_BYTES:
        store.campaigns.publish(campaign, store.clock.now())
        store.campaigns.close(campaign.id, store.clock.now())
    enter(settings, store)
    assert store.database.exists(store.keys.stamp())
    database.close()
    redis.stop()


def _secret(url: str) -> object:
    from pydantic import SecretStr

    return SecretStr(url)
