"""What is looked at before a server starts: what a live database keeps, and where a rehearsal's clock stands."""

from datetime import datetime

import pytest

from bot.cli.processes import enter
from bot.cli.session import CommandError
from bot.settings import load_settings
from storage.store import open_store
from tests.cli.conftest import Installation


def test_a_live_database_that_could_lose_reports_is_refused(installation: Installation) -> None:
    database = installation.store.database
    settings = load_settings(mode="live", key_prefix="other")
    store = open_store(database, "other", "live")
    database.config_set("appendfsync", "no")
    try:
        with pytest.raises(CommandError, match=r"could lose acknowledged reports: .*appendfsync is no"):
            enter(settings, store)
    finally:
        database.config_set("appendfsync", "always")
    enter(settings, store)


def test_a_rehearsals_clock_starts_where_it_is_told_to_and_never_runs_back(installation: Installation) -> None:
    store = open_store(installation.store.database, "clocked", "rehearsal")
    for day, reached in ((8, 8), (9, 9), (7, 9)):
        as_of = datetime.fromisoformat(f"2024-05-0{day}T09:55:00+08:00")
        enter(load_settings(mode="rehearsal", key_prefix="clocked", as_of=as_of), store)
        assert store.clock.now().astimezone(as_of.tzinfo).day == reached
