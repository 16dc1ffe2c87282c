"""企业微信群机器人: what is posted into a work group by its webhook, whose key is its whole secret (§4.7)."""

import base64
import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import requests

from bot.wechat.characters import carriable
from bot.wechat.client import unfit
from bot.wechat.media import PICTURE_BYTES
from bot.wechat.transport import Files, errmsg, exchange, read_environment_once
from bot.wechat.verdicts import robot_verdict
from scheduler.channels import Retry, Unknown

TEXT_BYTES = 2048
MARKDOWN_BYTES = 4096
FILE_BYTES = range(5, 20 * 1024 * 1024 + 1)
FILE_NAME = 128

_PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")


class GroupRobotApi:
    """`base` is the webhook's scheme and host. Nothing sent here has a receipt or an idempotency key."""

    def __init__(self, base: str) -> None:
        self._base = f"{base.rstrip('/')}/cgi-bin/webhook"
        self._http = requests.Session()
        read_environment_once(self._http, self._base)

    def send_text(self, key: str, text: str) -> None:
        """A text of at most 2048 bytes, to the group whose robot has this key, once. Raises SendError."""
        self._send(key, "text", {"content": _content(text, TEXT_BYTES)})

    def send_markdown_v2(self, key: str, markdown: str) -> None:
        """At most 4096 bytes: tables and lists, no colours, no mentions. Old clients show it as plain text."""
        self._send(key, "markdown_v2", {"content": _content(markdown, MARKDOWN_BYTES)})

    def send_image(self, key: str, image: bytes) -> None:
        """A PNG or JPEG of at most 2 MB."""
        if len(image) > PICTURE_BYTES:
            raise unfit(f"a picture of {len(image)} bytes exceeds 2 MB", 40009)
        if not image.startswith(_PICTURES):
            raise unfit("neither PNG nor JPEG", 40008)
        digest = hashlib.md5(image, usedforsecurity=False).hexdigest()
        self._send(key, "image", {"base64": base64.b64encode(image).decode(), "md5": digest})

    def send_file(self, key: str, name: str, content: bytes) -> None:
        """A file of 5 bytes to 20 MB; it is uploaded for this robot alone, and only then posted."""
        if len(content) not in FILE_BYTES:
            raise unfit("a file has 5 bytes to 20 MB", 40006)
        if not 0 < len(name.encode()) <= FILE_NAME or any(mark in name for mark in '/\\"\r\n'):
            raise unfit(f"a file's name has 1 to {FILE_NAME} bytes, and no slash, quote or line break", 40058)
        self._send(key, "file", {"media_id": self._upload(key, name, content)})

    def _upload(self, key: str, name: str, content: bytes) -> str:
        """Nothing is posted yet, so a lost answer may be repeated."""
        part = {"media": (name, content, "application/octet-stream")}
        try:
            answer = self._ask("upload_media", {"key": key, "type": "file"}, files=part)
        except Unknown as failure:
            lost = Retry(str(failure), after_seconds=10)
        else:
            match answer:
                case {"media_id": str(media_id)} if media_id:
                    return media_id
            lost = Retry("no media id in the answer", after_seconds=10)
        raise lost

    def _send(self, key: str, kind: str, content: Mapping[str, str]) -> None:
        self._ask("send", {"key": key}, body={"msgtype": kind, kind: content})

    def _ask(
        self, call: str, params: Mapping[str, str], *, body: Mapping[str, Any] | None = None, files: Files | None = None
    ) -> Mapping[str, Any]:
        answer = exchange(self._http, "POST", f"{self._base}/{call}", params=params, body=body, files=files).fields()
        if code := answer["errcode"]:
            raise robot_verdict(code, errmsg(answer, params["key"]), datetime.now(UTC))
        return answer


def _content(text: str, limit: int) -> str:
    content = carriable(text)
    if not content.strip():
        raise unfit("an empty text", 44004)
    if (size := len(content.encode())) > limit:
        raise unfit(f"a text of {size} bytes exceeds {limit}", 45002)
    return content
