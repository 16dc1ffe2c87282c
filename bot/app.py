"""The composition root: everything is built once, here, from the settings. `create_app` has no side effects."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from itertools import product

from flask import Blueprint, Flask, Response, jsonify
from flask.typing import ResponseReturnValue
from prometheus_client import CONTENT_TYPE_LATEST
from pydantic import SecretStr

from bot.dispatch import PER_MINUTE, Dispatcher
from bot.findings import damaged
from bot.metrics import exposition
from bot.settings import Settings
from bot.status import children_down
from bot.web.api.views import create_api
from bot.web.base import create_base
from bot.web.board import create_board
from bot.web.pages import create_pages
from bot.web.posters import create_posters
from bot.web.shortly import Shortly
from bot.web.sights import Sights
from bot.webhook import create_webhook
from bot.wechat.crypto import Cipher, Signer
from bot.wechat.modes import Mode, PlainMode, SafeMode
from handlers import router
from handlers.messages import Site
from scheduler.accounts import ACCOUNTS_ABLE, AccountKind
from storage import Store
from storage.database import StorageError, connect
from storage.durability import check_durability, check_failover, check_memory, check_replicas
from storage.mass import Span
from storage.store import open_store


def build_store(settings: Settings) -> Store:
    """The store behind the settings; it connects when first used."""
    database = connect(settings.redis_url.get_secret_value(), settings.redis_replicas)
    return open_store(database, settings.key_prefix, settings.mode)


def build_modes(settings: Settings) -> list[Mode]:
    """How messages come over the wire: under the present Token and key, and under the old ones that are still valid.

    Raises `SettingsError` where the webhook's secrets are missing.
    """
    settings.require_webhook()
    tokens = _set(settings.wechat_token, settings.wechat_token_old)
    if settings.wechat_mode == "plain":
        return [PlainMode(Signer(token)) for token in tokens]
    keys = _set(settings.wechat_aes_key, settings.wechat_aes_key_old)
    return [SafeMode(Cipher(token, settings.wechat_appid, key)) for token, key in product(tokens, keys)]


def _set(*secrets: SecretStr) -> list[str]:
    """Those that are not empty."""
    return [text for secret in secrets if (text := secret.get_secret_value())]


MASS_SPANS: Mapping[AccountKind, Span] = {"verified_subscription": "day", "verified_service": "month"}
"""By what a kind of account counts its messages to everybody (wechat-platform §4.6)."""


def build_site(settings: Settings, store: Store) -> Site:
    """What handlers may tell of the installation; an address that is a guess of ours is told to nobody."""

    def reach(job: str, persons: Sequence[str], now: datetime) -> Mapping[str, str]:
        from bot.apis import channels  # the API's client and the channels, which no other message needs
        from scheduler.reach import Reach

        return Reach(store, channels(settings, store))(job, persons, now)

    told = "public_url" in settings.model_fields_set
    scenes, media, notices = (
        settings.wechat_account in ACCOUNTS_ABLE[able] for able in ("scene_qr", "media", "subscription_notice")
    )
    return Site(
        settings.public_url if told else "",
        scenes,
        reach,
        settings.console_address,
        sends_pictures=media,
        mass_span=MASS_SPANS.get(settings.wechat_account),
        notice_article=settings.wechat_notice_article if notices and "bulletin" in settings.wechat_notices else "",
    )


def create_app(settings: Settings, simulator: str = "", per_minute: int = PER_MINUTE) -> Flask:
    """The web application: the webhook, the pages and the two health pages.

    `simulator`: where the rehearsal's chat page is. `per_minute`: messages of one person that are answered.
    """
    app = Flask("yidui", static_folder=None)
    app.wsgi_app = Shortly(app.wsgi_app)  # type: ignore[method-assign]  # as Flask says it is done
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    store = build_store(settings)
    app.extensions["yidui"] = store
    site = build_site(settings, store)
    dispatcher = Dispatcher(store, router, per_minute, site)
    app.register_blueprint(create_webhook(build_modes(settings), dispatcher))
    app.register_blueprint(create_base(https=settings.public_url.startswith("https:")))
    app.register_blueprint(create_posters(store))
    sights = Sights(store)
    app.register_blueprint(create_board(store, sights, site.address))
    app.register_blueprint(create_api(store, sights))
    app.register_blueprint(create_pages(store, rehearsal=bool(simulator)))
    if settings.console_address:
        for rooms in _console(settings, store, site, rehearsed=bool(simulator)):
            app.register_blueprint(rooms)

    @app.get("/healthz")
    def healthz() -> ResponseReturnValue:
        """The process is up."""
        return jsonify(status="ok")

    @app.get("/readyz")
    def readyz() -> ResponseReturnValue:
        """Redis answers and keeps what it is told, a campaign is published, the children are up; else 503 and why."""
        reasons = [*_storage_faults(store, settings), *children_down(settings.data_dir)]
        return jsonify(status="unready" if reasons else "ready", reasons=reasons), 503 if reasons else 200

    @app.get("/metrics")
    def metrics() -> ResponseReturnValue:
        """For the inside: the proxy hands on no such path."""
        return Response(exposition(store), content_type=CONTENT_TYPE_LATEST)

    if simulator:
        from bot.simulator.doorway import create_doorway  # a rehearsal's, which nothing live loads

        app.register_blueprint(create_doorway(simulator))
    return app


def _console(settings: Settings, store: Store, site: Site, *, rehearsed: bool) -> Iterator[Blueprint]:
    """The rooms of the console, which an installation without one does not load."""
    from bot.web.console.desk import Door
    from bot.web.console.rooms import create_console

    secret = settings.console_secret.get_secret_value()
    door = Door(store, site, settings.data_dir.resolve(), secure=settings.mode == "live", secret=secret)
    yield from create_console(door)
    if rehearsed:
        from bot.web.console.rehearsed import create_rehearsed  # a rehearsal's, which nothing live loads

        yield create_rehearsed(door)


def _storage_faults(store: Store, settings: Settings) -> list[str]:
    try:
        born = store.database.exists(store.keys.stamp())
        published = [campaign for campaign in store.campaigns.all() if not campaign.closed]
        findings = _weaknesses(store, settings) if settings.mode == "live" else []
    except StorageError as error:
        return [f"redis: {error}"]
    except (ValueError, KeyError, TypeError) as error:
        return [f"redis: {damaged(error)}"]
    reasons = [f"redis: {finding}" for finding in findings]
    if not born:
        reasons.append("redis: the database has lost its stamp: was it emptied (FLUSHALL)?")
    return reasons if published else [*reasons, "no campaign is published"]


def _weaknesses(store: Store, settings: Settings) -> list[str]:
    """What has changed since the start, which would not have been made with it."""
    weak = check_durability(store.database, settings.redis_durability, embedded=False)
    weak += check_failover(store.database, settings.redis_fails_over)
    return [*weak, *check_memory(store.database), *check_replicas(store.database, store.keys)]
