"""What a web process reads with before it is forked stands in nobody's way."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot import warming
from bot.warming import warm
from handlers.understand.lexicon import lexicon
from storage.campaign_files import load
from storage.database import Database, connect
from storage.store import open_store

CAMPAIGNS = Path(__file__).parents[2] / "campaigns"


def test_a_campaign_that_fails_does_so_alone(
    database: Database, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    store, heard = open_store(database, "yd", "live"), list[str]()
    for file in ("zhaotong-2024", "erqi-2020"):
        store.campaigns.publish(load(CAMPAIGNS / file), datetime.now(UTC))

    def read(_: str, ear: warming.Ear) -> None:
        if ear.campaign.id == "zhaotong-2024":
            raise ZeroDivisionError
        heard.append(ear.campaign.id)

    monkeypatch.setattr(warming, "read", read)
    warm(store)
    assert set(heard) == {"erqi-2020"}
    assert "campaign zhaotong-2024: nothing can be read with it" in caplog.text
    monkeypatch.undo()
    warm(store)
    assert lexicon.cache_info().currsize
    assert store.campaigns.all(), "it is connected to again"


def test_without_a_database_it_begins_all_the_same() -> None:
    warm(open_store(connect("unix:///nowhere/redis.sock"), "yd", "live"))
