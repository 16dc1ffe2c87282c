"""客服消息: a text to a person who wrote to the account within the last 48 hours."""

from datetime import datetime
from typing import Protocol

from scheduler.channels.channel import Recipient

RESERVE = 2
"""Messages of a window's five that pushes leave for answers (wechat-platform §4.9)."""


class AccountApi(Protocol):
    """The official account's API. Raises a SendError."""

    def send_text(self, openid: str, text: str) -> None: ...


class CustomerServiceChannel:
    """WeChat gives neither receipt nor idempotency key for it, so an uncertain sending is not repeated."""

    name = "customer_service"
    repeat_safe = False

    def __init__(self, api: AccountApi) -> None:
        self._api = api

    def accepts(self, recipient: Recipient, now: datetime) -> bool:
        window = recipient.window
        return (
            recipient.kind == "person"
            and window is not None
            and now < window.closes_at
            and window.messages_left > RESERVE
        )

    def send(self, recipient: Recipient, text: str) -> None:
        self._api.send_text(recipient.openid, text)
