"""What other systems are told: signed as standardwebhooks.com says, so that any receiver's library can verify it.

`webhook-signature` is `v1,` and the base64 of HMAC-SHA256 over `id.timestamp.body`. The id stays the same when a thing
is sent again.
"""

import base64
import hmac
from collections.abc import Mapping
from datetime import datetime
from time import time
from typing import Protocol

from scheduler.channels.channel import Recipient
from storage.models.pushes import Notification

PREFIXED = "whsec_"
"""Begins a secret that is written as base64."""


class HookApi(Protocol):
    """Posts a body to an address of a campaign file. Raises a SendError."""

    def post(self, address: str, body: bytes, headers: Mapping[str, str]) -> None: ...


class HookChannel:
    """`secrets` maps the names of hooks in campaign files to what their messages are signed with."""

    name = "hook"
    repeat_safe = True
    spends_window = False

    def __init__(self, api: HookApi, secrets: Mapping[str, str]) -> None:
        self._api = api
        self._secrets = secrets

    def accepts(self, recipient: Recipient, push: Notification, now: datetime) -> bool:
        return recipient.kind == "hook" and bool(recipient.address) and recipient.hook in self._secrets

    def part(self, recipient: Recipient) -> str:
        return f"{self.name} {recipient.hook}"

    def send(self, recipient: Recipient, push: Notification) -> str:
        body, stamp = push.text.encode(), str(int(time()))
        signed = signature(self._secrets[recipient.hook], push.id, stamp, body)
        headers = {"webhook-id": push.id, "webhook-timestamp": stamp, "webhook-signature": signed}
        self._api.post(recipient.address, body, headers)
        return ""


def signature(secret: str, message: str, stamp: str, body: bytes) -> str:
    """What the header says of a message's id, its Unix time and its body."""
    key = base64.b64decode(secret.removeprefix(PREFIXED)) if secret.startswith(PREFIXED) else secret.encode()
    signed = f"{message}.{stamp}.".encode() + body
    return f"v1,{base64.b64encode(hmac.digest(key, signed, 'sha256')).decode()}"
