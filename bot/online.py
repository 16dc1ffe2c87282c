"""What only WeChat can tell about an installation: its credentials, its menu, its templates."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

from bot.apis import account_client, try_credentials
from bot.findings import Finding, refused
from bot.settings import Settings
from bot.wechat.client import AccountClient
from bot.wechat.media import Media
from bot.wechat.menus import Menus
from bot.wechat.messages import Messages
from scheduler.accounts import ACCOUNTS_ABLE
from scheduler.channels import SendError
from scheduler.channels.template_fields import fill
from storage import Store
from storage.models.pushes import Notification


def ask(settings: Settings, store: Store) -> Iterator[Finding]:
    """The credentials first: without them nothing else is asked."""
    try:
        try_credentials(settings, store)
    except SendError as error:
        yield refused("WeChat", error)
        return
    yield Finding(True, f"WeChat: gives an access token to {settings.wechat_appid}")
    client = account_client(settings, store)
    if settings.wechat_account in ACCOUNTS_ABLE["menu"]:
        yield _menu(client)
    messages = Messages(client, Media(client))
    for job, template in settings.wechat_templates.items():
        yield _template(f"template message for {job}", template, messages.template_fields)
    for job, template in settings.wechat_notices.items():
        yield _template(f"subscription notice for {job}", template, messages.notice_fields)


def _menu(client: AccountClient) -> Finding:
    try:
        there = Menus(client).exists()
    except SendError as error:
        return refused("menu", error)
    return Finding(True, "menu: published" if there else "menu: none yet; publish it with: yidui menu publish")


def _template(part: str, template: str, fields: Callable[[str], tuple[str, ...]]) -> Finding:
    """Whether WeChat has the template, and whether a push can be put into it."""
    try:
        filled = fill(fields(template), _SAMPLE)
    except SendError as error:
        return refused(part, error)
    return Finding(True, f"{part}: {template} with {', '.join(filled)}")


_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
_SAMPLE = Notification(
    id="sample", campaign="sample", job="sample", text="", created_at=_EPOCH, due_at=_EPOCH, expires_at=_EPOCH
)
