"""群发: one text to everybody who follows the account, on an organizer's word; rare, and repeated safely."""

from datetime import datetime
from typing import Protocol

from scheduler.channels.channel import Recipient
from scheduler.channels.template_message import message_id
from storage.models.pushes import Notification


class MassApi(Protocol):
    """Raises a SendError. The same `message_id` is one job; its end comes as MASSSENDJOBFINISH."""

    def send_mass(self, tag: int | None, text: str, message_id: str) -> str: ...


class MassChannel:
    """WeChat refuses a second job of one id, so a repetition is shown once."""

    name = "mass"
    repeat_safe = True
    spends_window = False

    def __init__(self, api: MassApi) -> None:
        self._api = api

    def accepts(self, recipient: Recipient, push: Notification, now: datetime) -> bool:
        return recipient.kind == "everyone"

    def part(self, recipient: Recipient) -> str:
        return self.name

    def send(self, recipient: Recipient, push: Notification) -> str:
        return self._api.send_mass(None, push.text, message_id(push))
