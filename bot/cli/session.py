"""What most commands begin with: the settings, and the store behind them beside whatever else runs."""

from collections.abc import Iterator
from contextlib import contextmanager

from pydantic import SecretStr

from bot.settings import Settings, load_settings
from storage import Store
from storage import store as stores
from storage.campaign_schema import Campaign
from storage.database import connect, stamp
from storage.embedded import ensure


class CommandError(Exception):
    """A command cannot do what it was asked to; its text is one line for the operator."""


@contextmanager
def reachable_redis(settings: Settings) -> Iterator[Settings]:
    """The settings with the address of a Redis that answers: the one named, or the embedded one.

    An embedded server that had to be started is stopped at the end, unless somebody else has come to use it.
    """
    if settings.redis_url.get_secret_value():
        yield settings
        return
    embedded = ensure(settings.data_dir)
    try:
        yield settings.model_copy(update={"redis_url": SecretStr(embedded.url)})
    finally:
        embedded.release()


@contextmanager
def open_store(settings: Settings | None = None) -> Iterator[Store]:
    """The store, beside a running server or alone. Raises `StampMismatch` for another installation's database.

    An unborn database stays so: the processes that serve it stamp it.
    """
    with reachable_redis(settings or load_settings()) as reached, connected(reached) as store:
        if store.database.exists(store.keys.stamp()):
            stamp(store.database, reached.key_prefix, reached.mode, reached.wechat_appid)
        yield store


@contextmanager
def connected(settings: Settings) -> Iterator[Store]:
    """The store at the address that the settings name."""
    database = connect(settings.redis_url.get_secret_value())
    try:
        yield stores.open_store(database, settings.key_prefix, settings.mode)
    finally:
        database.close()


def published(store: Store, campaign_id: str) -> Campaign:
    """A published campaign, closed or not. Raises `CommandError`."""
    known = store.campaigns.published()
    if campaign_id not in known:
        there = f"published: {', '.join(known)}" if known else "nothing is published: yidui campaign publish ID"
        raise CommandError(f"no campaign {campaign_id!r} is published; {there}")
    return known[campaign_id].campaign
