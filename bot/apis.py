"""The APIs and channels that an installation's settings lead to."""

from bot.hooks import HookPoster
from bot.settings import Settings
from bot.wechat.client import AccountClient
from bot.wechat.media import Media, Picture
from bot.wechat.messages import Messages
from bot.wechat.qrcodes import QrCodes
from bot.wechat.robots import GroupRobotApi
from scheduler.channels import Apis, Channel, open_channels
from scheduler.codes import Maker
from scheduler.pictures import Upload
from storage import Store
from storage.keys import Keys
from storage.tokens import TokenStore


def account_client(settings: Settings, store: Store) -> AccountClient:
    """The official account's API, with the access token that all processes share."""
    return _client(settings, store, store.keys)


def account_media(settings: Settings, store: Store) -> Media:
    """The pictures of the account: what one process uploads it uploads once, if all of it shares this."""
    return Media(account_client(settings, store))


def channels(settings: Settings, store: Store, media: Media | None = None) -> tuple[Channel, ...]:
    """The ways to push that this kind of account has, in order of preference."""
    client = account_client(settings, store)
    apis = Apis(
        account=Messages(client, media or Media(client)),
        robot=GroupRobotApi(settings.wecom_api_base),
        credits=store.credits,
        pictures=store.pictures,
        hook=HookPoster(guarded=settings.mode == "live"),
        robots={name: key.get_secret_value() for name, key in settings.wecom_robots.items()},
        hooks={name: secret.get_secret_value() for name, secret in settings.hooks.items()},
        templates=settings.wechat_templates,
        notices=settings.wechat_notices,
    )
    return open_channels(settings.wechat_account, apis)


def uploader(media: Media) -> Upload:
    """Gives a picture to the account; WeChat's id of it."""
    return lambda content: media.upload(Picture(content))


def code_maker(settings: Settings, store: Store) -> Maker:
    """Makes QR codes whose scene is a token, where the account has them."""
    codes = QrCodes(account_client(settings, store))
    return lambda token: codes.create(token).url


def try_credentials(settings: Settings, store: Store) -> None:
    """Ask WeChat for an access token, once; the one that the running processes share stays as it is.

    Raises `SendError` with WeChat's code.
    """
    _client(settings, store, Keys(f"{settings.key_prefix}-check")).try_credentials()


def _client(settings: Settings, store: Store, keys: Keys) -> AccountClient:
    tokens = TokenStore(store.database, keys, settings.wechat_appid)
    secret = settings.wechat_secret.get_secret_value()
    return AccountClient(settings.wechat_appid, secret, tokens, settings.wechat_api_base, settings.wechat_account)
