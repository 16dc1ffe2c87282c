"""`serve`, `web`, `worker`: the processes of an installation."""

from __future__ import annotations

import gc
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from flask import Flask

    from bot.settings import Settings
    from storage import Store


def add_to(app: typer.Typer) -> None:
    app.command()(serve)
    app.command()(web)
    app.command()(worker)


def serve() -> None:
    """Web and worker (and the embedded Redis) on one machine, supervised: the default deployment."""
    from bot import supervisor
    from bot.claims import claimed
    from bot.cli.session import as_it_stands, refuse_copy
    from bot.settings import load_settings

    settings = load_settings()
    settings.require_webhook()
    refuse_copy(settings)
    _log(settings)
    with claimed(settings.data_dir, settings.host, settings.port), as_it_stands(settings) as store:
        enter(settings, store)
        publish_files(settings, store)
        supervisor.serve(settings)


def web(
    simulator: Annotated[str, typer.Option(hidden=True, help="Where the rehearsal's chat page is.")] = "",
) -> None:
    """The web half: the webhook and the health pages. Any number of them may share one Redis."""
    gc.disable()  # `run_web` enables it, once all is loaded

    from bot.cli.session import connected, reachable_redis, refuse_copy
    from bot.server import run_web
    from bot.settings import load_settings

    settings = load_settings()
    settings.require_webhook()
    refuse_copy(settings)
    _log(settings)
    with reachable_redis(settings) as reached:
        with connected(reached) as store:
            enter(settings, store)
        run_web(reached, partial(_warmed, simulator))


def _warmed(simulator: str, settings: Settings) -> Flask:
    from bot.app import create_app
    from bot.warming import warm

    app = create_app(settings, simulator)
    warm(app.extensions["yidui"])
    return app


def worker() -> None:
    """The worker half: pushes what is due. Any number may run; one of them sends, the others stand by."""
    from bot.apis import account_media, channels, code_maker, uploader
    from bot.app import build_site
    from bot.cli.session import connected, reachable_redis, refuse_copy
    from bot.endings import stop_signal
    from bot.importing import Importer
    from bot.settings import load_settings
    from scheduler.bookbinding import Bookbinder
    from scheduler.codes import Codes
    from scheduler.hooks import Hooks
    from scheduler.missed import MissedWatch
    from scheduler.pictures import Painter
    from scheduler.watch import DatabaseWatch, OutboxWatch
    from scheduler.worker import Worker
    from storage.departures import Departures

    settings = load_settings()
    refuse_copy(settings)
    _log(settings)
    stop = stop_signal()
    with reachable_redis(settings) as reached, connected(reached) as store:
        enter(settings, store)
        departures = Departures(store.database, store.keys, settings.data_dir)
        watch = DatabaseWatch(store, settings.redis_durability)
        robots = frozenset(settings.wecom_robots)
        outboxes, missed = OutboxWatch(store, robots), MissedWatch(store, robots)
        codes = Codes(store, code_maker(reached, store))
        site, media = build_site(settings, store), account_media(reached, store)
        books = Bookbinder(store, settings.data_dir, site.console)
        painter = Painter(store, site.address, uploader(media) if site.sends_pictures else None)
        imports, hooks = Importer(store, settings.data_dir), Hooks(store)
        chores = [
            departures.note,
            watch.look,
            outboxes.look,
            missed.look,
            codes.tick,
            books.tick,
            painter.tick,
            imports.tick,
            hooks.tick,
        ]
        Worker(store, channels(reached, store, media), chores).run(stop)


def enter(settings: Settings, store: Store) -> None:
    """See that the database is durable, this installation's and of this program's form, and set a rehearsal's clock.

    Whoever left and is in it again, an older copy, is erased before anybody is answered.
    """
    from bot.cli.session import carry_over, require_presence
    from storage.clock import RehearsalClock
    from storage.departures import Departures
    from storage.schema import stamp

    require_presence(store)
    require_durability(settings, store)
    stamp(store.database, settings.key_prefix, settings.mode, settings.wechat_appid)
    carry_over(store)
    if isinstance(store.clock, RehearsalClock) and settings.as_of is not None:
        store.clock.advance_to(settings.as_of)
    if Departures(store.database, store.keys, settings.data_dir).erase_again():
        from handlers.farewell import FAREWELL  # all handlers come with it, and nobody needs them to begin

        store.erasure.sweep(store.clock.now(), FAREWELL)


def require_durability(settings: Settings, store: Store) -> None:
    """A live installation works on a durable Redis only; a rehearsal is warned. Raises `CommandError`."""
    import logging

    from bot.cli.session import CommandError
    from storage.durability import check_access, check_durability, check_failover, check_memory, check_replicas

    embedded = not settings.redis_url.get_secret_value()
    findings = check_durability(store.database, settings.redis_durability, embedded)
    findings += check_failover(store.database, settings.redis_fails_over)
    if findings and settings.mode == "live":
        raise CommandError(f"this Redis could lose acknowledged reports: {'; '.join(findings)}")
    around = [*check_memory(store.database), *check_access(store.database), *check_replicas(store.database, store.keys)]
    for finding in (*findings, *around):
        logging.getLogger(__name__).warning("%s", finding)


def publish_files(settings: Settings, store: Store) -> None:
    """Publish every campaign file; a bad one is reported, and the version published before it stays."""
    import logging

    from storage.campaign_files import CampaignFileError, read_folder
    from storage.campaigns import PublishRefused
    from storage.faults import source_of

    log = logging.getLogger(__name__)
    for _, read in read_folder(settings.campaign_dir):
        if isinstance(read, CampaignFileError):
            for finding in read.findings:
                log.error("not published: %s", finding)
            continue
        try:
            version = store.campaigns.publish(read, store.clock.now())
        except PublishRefused as refused:
            log.error("not published: %s", refused)
        else:
            store.alerts.settle(source_of(read.id))
            log.info("campaign %s: version %d", read.id, version)


def _log(settings: Settings) -> None:
    from bot.logs import setup

    setup(settings.log_level, settings.log_format)
