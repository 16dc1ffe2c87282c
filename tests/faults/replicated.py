"""A rehearsal over servers with replicas: its settings, and a store in which a campaign is published."""

from datetime import UTC, datetime
from pathlib import Path

from pydantic import SecretStr

from bot.settings import Settings, load_settings
from storage.campaign_files import load
from storage.database import Database
from storage.schema import stamp
from storage.store import Store, open_store
from tests.conversations.conftest import AES_KEY, APPID, CAMPAIGNS, TOKEN

CAMPAIGN, SCHOOL = "zhaotong-2024", "昭通市第一中学"
NOW = datetime(2024, 4, 20, 3, tzinfo=UTC)


def settings_of(url: str, folder: Path) -> Settings:
    """What is acknowledged is with one replica."""
    return load_settings(
        wechat_appid=APPID,
        wechat_token=TOKEN,
        wechat_aes_key=AES_KEY,
        mode="rehearsal",
        redis_url=SecretStr(url),
        redis_replicas=1,
        data_dir=folder,
    )


def begun(database: Database) -> Store:
    store = open_store(database, "yd", "rehearsal")
    stamp(database, "yd", "rehearsal", APPID)
    store.clock.advance_to(NOW)  # type: ignore[attr-defined]  # a rehearsal
    store.campaigns.publish(load(CAMPAIGNS / CAMPAIGN), store.clock.now())
    return store
