"""How WeChat judges a bot's answer: shown, silent, or a fault."""

import xml.etree.ElementTree as ElementTree

from bot.simulator.crypto import CryptoError, Envelope, same, sign

TEXT_BYTES = 2048
SILENT = (b"", b"success")  # never encrypted, not even in safe mode
PICTURED = {"image": "[图片]", "voice": "[语音]", "video": "[视频]", "music": "[音乐]"}


class BadAnswer(Exception):
    """An answer WeChat cannot use: the person sees the fault banner. The text says why."""


def unseal(answer: bytes, envelope: Envelope, token: str) -> bytes:
    """The reply inside an encrypted answer.

    Raises BadAnswer for a plain reply, a part that is missing, a wrong signature or an unreadable ciphertext.
    """
    outer = parse(answer)
    parts = {name: outer.findtext(name) or "" for name in ("Encrypt", "MsgSignature", "TimeStamp", "Nonce")}
    missing = [name for name, value in parts.items() if not value]
    if missing:
        raise BadAnswer(f"safe mode: {', '.join(missing)} missing")
    signature = sign(token, parts["TimeStamp"], parts["Nonce"], parts["Encrypt"])
    if not same(signature, parts["MsgSignature"]):
        raise BadAnswer("wrong MsgSignature")
    try:
        return envelope.open(parts["Encrypt"]).encode()
    except CryptoError as error:
        raise BadAnswer(f"unreadable: {error}") from error


def read_reply(reply: bytes, openid: str, account: str) -> str:
    """What the person sees, '' when a human takes over. Raises BadAnswer where she sees the fault banner."""
    root = parse(reply)
    if root.findtext("ToUserName") != openid or root.findtext("FromUserName") != account:
        raise BadAnswer("ToUserName and FromUserName are not the message's, swapped")
    if not (root.findtext("CreateTime") or "").strip().isdecimal():
        raise BadAnswer("CreateTime is not a number")
    kind = root.findtext("MsgType") or ""
    if kind == "text":
        return _text(root)
    if kind == "news":
        return _article(root)
    if kind in PICTURED:
        return PICTURED[kind]
    if kind == "transfer_customer_service":
        return ""
    raise BadAnswer(f"unknown MsgType {kind!r}")


def parse(answer: bytes) -> ElementTree.Element:
    """The `<xml>` element that an answer must begin with, at its very first byte."""
    if not answer.startswith(b"<xml"):
        raise BadAnswer(f"not an <xml> element: {answer[:40]!r}")
    try:
        return ElementTree.fromstring(answer.decode())
    except (ElementTree.ParseError, UnicodeDecodeError) as error:
        raise BadAnswer(f"not XML: {error}") from error


def _text(root: ElementTree.Element) -> str:
    content = root.findtext("Content") or ""
    if not content.strip():
        raise BadAnswer("empty Content")
    if len(content.encode()) > TEXT_BYTES:
        raise BadAnswer(f"Content has {len(content.encode())} bytes, more than {TEXT_BYTES}")
    return content


def _article(root: ElementTree.Element) -> str:
    items = root.findall("Articles/item")
    if len(items) != 1 or root.findtext("ArticleCount") != "1":
        raise BadAnswer("a news reply has exactly one article")
    return "\n".join(items[0].findtext(name) or "" for name in ("Title", "Description", "Url"))
