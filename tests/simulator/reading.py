"""How tests read what the webhook received, and write what it answers."""

import time
import xml.etree.ElementTree as ElementTree
from typing import Any
from xml.sax.saxutils import escape

from bot.simulator.crypto import Envelope, sign

TOKEN = "rehearsalToken"
APPID = "wx0123456789abcdef"
ENVELOPE = Envelope("abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG", APPID)


def tree_of(posted: Any) -> ElementTree.Element:
    """What one request carried, decrypted where it is encrypted."""
    root = ElementTree.fromstring(posted.body)
    encrypted = (root.findtext("Encrypt") or "").strip()
    return ElementTree.fromstring(ENVELOPE.open(encrypted)) if encrypted else root


def fields_of(posted: Any) -> dict[str, str]:
    """The same as text by element; nested elements are ''."""
    return {child.tag: child.text or "" for child in tree_of(posted)}


def reply_to(posted: Any, **changes: str) -> str:
    """A text reply `收到：…` as a bot would write it; `changes` replace elements."""
    asked = fields_of(posted)
    parts = {
        "ToUserName": asked["FromUserName"],
        "FromUserName": asked["ToUserName"],
        "CreateTime": str(int(time.time())),
        "MsgType": "text",
        "Content": f"收到：{asked.get('Content', '')}",
    }
    return element(parts | changes)


def sealed(text: str, **changes: str) -> bytes:
    """The encrypted answer with `text` inside; `changes` replace its parts."""
    parts = {"Encrypt": ENVELOPE.seal(text), "TimeStamp": "1714112445", "Nonce": "415670741"}
    return element(parts | {"MsgSignature": sign(TOKEN, *parts.values())} | changes).encode()


def element(parts: dict[str, str]) -> str:
    return "<xml>" + "".join(f"<{name}>{escape(value)}</{name}>" for name, value in parts.items()) + "</xml>"
