"""客服消息: the whole text, or a picture, to a person who wrote to the account or tapped something lately."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from scheduler.channels.channel import WINDOW_CLOSED, PictureShelf, Recipient, Skip, content_of
from storage.models.pushes import Notification

RESERVE = 2
"""Messages of the 48-hour window's five that pushes leave for answers (wechat-platform §4.9)."""


@dataclass(frozen=True, slots=True)
class Article:
    """A card that opens a page. A message takes one of them."""

    title: str
    url: str
    description: str = ""
    picture_url: str = ""


class MessageApi(Protocol):
    """Raises a SendError."""

    def send_text(self, openid: str, text: str) -> None: ...

    def send_picture(self, openid: str, content: bytes) -> None: ...

    def send_article(self, openid: str, article: Article) -> None: ...


class CustomerServiceChannel:
    """WeChat gives neither receipt nor idempotency key for it, so an uncertain sending is not repeated."""

    name = "customer_service"
    repeat_safe = False
    spends_window = True

    def __init__(self, api: MessageApi, pictures: PictureShelf) -> None:
        self._api = api
        self._pictures = pictures

    def accepts(self, recipient: Recipient, push: Notification, now: datetime) -> bool:
        window = recipient.window
        if recipient.kind != "person" or window is None or window.closes_at <= now:
            return False
        return window.messages_left > (0 if window.short else RESERVE)

    def part(self, recipient: Recipient) -> str:
        return self.name

    def send(self, recipient: Recipient, push: Notification) -> str:
        if push.picture:
            self._send_picture(recipient.openid, push)
        else:
            self._api.send_text(recipient.openid, push.text)
        return ""

    def _send_picture(self, openid: str, push: Notification) -> None:
        """The picture itself; a card to its page where it cannot be uploaded."""
        content = content_of(self._pictures, push)
        try:
            self._api.send_picture(openid, content)
        except Skip as refused:
            if refused.code in WINDOW_CLOSED or not push.link:
                raise
            title, _, description = push.text.partition("\n")
            self._api.send_article(openid, Article(title, push.link, description, push.link))
