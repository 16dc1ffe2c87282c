"""客服消息: the whole text, to a person who wrote to the account or tapped something lately."""

from datetime import datetime
from typing import Protocol

from scheduler.channels.channel import Recipient
from storage.models import Notification

RESERVE = 2
"""Messages of the 48-hour window's five that pushes leave for answers (wechat-platform §4.9)."""


class TextApi(Protocol):
    """Raises a SendError."""

    def send_text(self, openid: str, text: str) -> None: ...


class CustomerServiceChannel:
    """WeChat gives neither receipt nor idempotency key for it, so an uncertain sending is not repeated."""

    name = "customer_service"
    repeat_safe = False
    spends_window = True

    def __init__(self, api: TextApi) -> None:
        self._api = api

    def accepts(self, recipient: Recipient, push: Notification, now: datetime) -> bool:
        window = recipient.window
        if recipient.kind != "person" or window is None or window.closes_at <= now:
            return False
        return window.messages_left > (0 if window.short else RESERVE)

    def send(self, recipient: Recipient, push: Notification) -> str:
        self._api.send_text(recipient.openid, push.text)
        return ""
