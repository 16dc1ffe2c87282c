"""The composition root: everything is built once, here, from the settings. `create_app` has no side effects."""

from itertools import product

from flask import Flask, jsonify, redirect
from flask.typing import ResponseReturnValue
from pydantic import SecretStr

from bot.dispatch import PER_MINUTE, Dispatcher
from bot.settings import Settings
from bot.supervisor import children_down
from bot.webhook import create_webhook
from bot.wechat.crypto import Cipher, Signer
from bot.wechat.modes import Mode, PlainMode, SafeMode
from handlers import router
from storage import Store
from storage.database import StorageError, connect
from storage.store import open_store


def build_store(settings: Settings) -> Store:
    """The store behind the settings; it connects when first used."""
    return open_store(connect(settings.redis_url.get_secret_value()), settings.key_prefix, settings.mode)


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


def create_app(settings: Settings, simulator: str = "", per_minute: int = PER_MINUTE) -> Flask:
    """The web application: the webhook and the two health pages.

    `simulator`: where the rehearsal's chat page is. `per_minute`: messages of one person that are answered.
    """
    app = Flask("yidui", static_folder=None)
    store = build_store(settings)
    app.extensions["yidui"] = store
    app.register_blueprint(create_webhook(build_modes(settings), Dispatcher(store, router, per_minute)))

    @app.get("/healthz")
    def healthz() -> ResponseReturnValue:
        """The process is up."""
        return jsonify(status="ok")

    @app.get("/readyz")
    def readyz() -> ResponseReturnValue:
        """Redis answers, a campaign is published, the supervised children are up; else 503 with the reasons."""
        reasons = [*_storage_faults(store), *children_down(settings.data_dir)]
        return jsonify(status="unready" if reasons else "ready", reasons=reasons), 503 if reasons else 200

    if simulator:

        @app.get("/simulator")
        def chat_page() -> ResponseReturnValue:
            """The rehearsal's chat page is served by the rehearsal WeChat itself."""
            return redirect(simulator)

    return app


def _storage_faults(store: Store) -> list[str]:
    try:
        store.database.ping()
        published = store.campaigns.all()
    except StorageError as error:
        return [f"redis: {error}"]
    return [] if published else ["no campaign is published"]
