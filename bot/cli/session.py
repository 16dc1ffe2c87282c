"""What most commands begin with: the settings, and the store behind them beside whatever else runs."""

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import typer
from pydantic import SecretStr

from bot.settings import Settings, load_settings
from storage import Store
from storage import store as stores
from storage.campaign_schema import Campaign
from storage.copies import is_copy, opened
from storage.database import connect
from storage.durability import check_presence, check_replicas
from storage.embedded import ensure
from storage.schema import stamp

COMMAND_SECONDS = 60.0
"""Longest wait of a command for one answer: of a million teams some lists are long."""


class CommandError(Exception):
    """A command cannot do what it was asked to; its text is one line for the operator."""


@contextmanager
def reachable_redis(settings: Settings) -> Iterator[Settings]:
    """The settings with the address of a Redis that answers: the one named, or the embedded one.

    An embedded server that had to be started is stopped at the end, unless somebody else has come to use it. Where the
    data folder is a backup, a server of its own serves what it holds, and the backup is only read.
    """
    if settings.redis_url.get_secret_value():
        yield settings
        return
    if is_copy(settings.data_dir):
        with opened(settings.data_dir) as copy:
            yield settings.model_copy(update={"redis_url": SecretStr(copy.url)})
        return
    embedded = ensure(settings.data_dir)
    try:
        yield settings.model_copy(update={"redis_url": SecretStr(embedded.url)})
    finally:
        embedded.release()


@contextmanager
def open_store(settings: Settings | None = None) -> Iterator[Store]:
    """The store for a command that reads. Raises `SchemaMismatch` where it has another form than this program reads."""
    with as_it_stands(settings) as store:
        store.schema.require_current()
        yield store


@contextmanager
def open_to_write(settings: Settings | None = None) -> Iterator[Store]:
    """The store for a command that writes: carried over where an earlier program left it. Raises `SchemaMismatch`."""
    settings = settings or load_settings()
    refuse_copy(settings)
    with as_it_stands(settings) as store:
        require_presence(store)
        carry_over(store)
        yield store
        for finding in check_replicas(store.database, store.keys):
            logging.getLogger(__name__).warning("%s", finding)


def refuse_copy(settings: Settings) -> None:
    """Nothing is written into a backup. Raises `CommandError` where the data folder is one."""
    if is_copy(settings.data_dir):
        raise CommandError(f"{settings.data_dir} is a backup, which is only read; yidui restore puts it back")


def require_presence(store: Store) -> None:
    """Nothing begins anew in a database that was emptied by mistake. Raises `CommandError`."""
    for finding in check_presence(store.database, store.keys):
        raise CommandError(finding)


def carry_over(store: Store) -> None:
    """Bring the stored facts to this program's form, once for all processes; what a person must decide is logged.

    Raises `SchemaMismatch` for the database of a newer program.
    """
    for finding in store.schema.carry_over(_unit_key, store.clock.now()):
        logging.getLogger(__name__).warning("%s", finding)


def _unit_key(campaign: Campaign, name: str) -> str:
    from handlers.language.names import unit_key

    return unit_key(campaign, name)


@contextmanager
def as_it_stands(settings: Settings | None = None) -> Iterator[Store]:
    """The store, beside a running server or alone, whatever form it has. Raises `StampMismatch` for another's database.

    An unborn database stays so: the processes that serve it stamp it.
    """
    with reachable_redis(settings or load_settings()) as reached, connected(reached) as store:
        store.database.connection_pool.wait_up_to(COMMAND_SECONDS)
        if store.database.exists(store.keys.stamp()):
            stamp(store.database, reached.key_prefix, reached.mode, reached.wechat_appid)
        yield store


@contextmanager
def connected(settings: Settings) -> Iterator[Store]:
    """The store at the address that the settings name."""
    database = connect(settings.redis_url.get_secret_value(), settings.redis_replicas)
    try:
        yield stores.open_store(database, settings.key_prefix, settings.mode)
    finally:
        database.close()


def published(store: Store, campaign_id: str) -> Campaign:
    """A published campaign, closed or not. Raises `CommandError`."""
    known, unreadable = store.campaigns.published(), store.campaigns.unreadable()
    if campaign_id in unreadable:
        mend = f"mend its file, and: yidui campaign publish {campaign_id}"
        raise CommandError(f"{campaign_id}: what is published cannot be read ({unreadable[campaign_id]}); {mend}")
    if campaign_id not in known:
        there = f"published: {', '.join(known)}" if known else "nothing is published: yidui campaign publish ID"
        raise CommandError(f"no campaign {campaign_id!r} is published; {there}")
    return known[campaign_id].campaign


def region_called(campaign: Campaign, said: str) -> str:
    """The id of the region that an operator names by id or name; '' for ''. Raises `CommandError`."""
    from handlers import texts
    from handlers.language.names import find_region
    from handlers.language.places import SeveralPlaces

    ids = [region.id for region in campaign.regions]
    if not said or said in ids:
        return said
    try:
        found = find_region(campaign, said)[0]
    except SeveralPlaces as several:
        named = ", ".join(texts.naming.place_in_full(campaign, each) for each in several.places)
        raise CommandError(f"{said} stands in several places; write it in full: {named}") from None
    if found is None:
        raise CommandError(f"no region {said!r}; there are: {', '.join(ids)}")
    return found.id


def tell(lines: Sequence[str], none: str) -> None:
    """Print a list, or on standard error that there is nothing in it."""
    for line in lines:
        typer.echo(line)
    if not lines:
        typer.echo(f"yidui: {none}", err=True)
