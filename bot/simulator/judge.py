"""How WeChat judges a bot's answer: shown, silent, or a fault."""

import json
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable, Mapping

from bot.simulator.crypto import CryptoError, Envelope, same, sign
from bot.simulator.shown import Card, Shown

TEXT_BYTES = 2048
SILENT = (b"", b"success")  # never encrypted, not even in safe mode
PICTURED = {
    "image": ("[图片]", "Image/MediaId"),
    "voice": ("[语音]", "Voice/MediaId"),
    "video": ("[视频]", "Video/MediaId"),
    "music": ("[音乐]", "Music/ThumbMediaId"),
}


class BadAnswer(Exception):
    """An answer WeChat cannot use: the person sees the fault banner. The text says why."""


def is_sealed(answer: bytes) -> bool:
    """Whether this is an encrypted answer; in compatible mode a bot may choose."""
    return parse(answer).find("Encrypt") is not None


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


def read_reply(reply: bytes, openid: str, account: str, has_media: Callable[[str], bool] | None = None) -> Shown:
    """What the person sees, nothing when a human takes over. Raises BadAnswer where she sees the fault banner.

    `has_media` tells whether the account has a media_id now; without it any will do.
    """
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
        line, path = PICTURED[kind]
        media_id = root.findtext(path) or ""
        if not media_id or (has_media is not None and not has_media(media_id)):
            raise BadAnswer(f"{path} is not a media_id of this account")
        return Shown(line, picture=media_id if kind == "image" else "")
    if kind == "transfer_customer_service":
        return Shown("")
    raise BadAnswer(f"unknown MsgType {kind!r}")


def parse(answer: bytes) -> ElementTree.Element:
    """The `<xml>` element that an answer must begin with.

    White space before it passes, because WeRoBot writes some and works on the real platform; a byte order mark fails.
    """
    element = answer.lstrip(b" \t\r\n")
    if not element.startswith(b"<xml"):
        raise BadAnswer(f"not an <xml> element: {answer[:40]!r}")
    try:
        return ElementTree.fromstring(element.decode())
    except (ElementTree.ParseError, UnicodeDecodeError) as error:
        raise BadAnswer(f"not XML: {error}") from error


def json_as_xml(answer: bytes) -> bytes:
    """A JSON answer, which only a JSON push may get, as the same elements in XML; anything else as it is."""
    try:
        fields = json.loads(answer)
    except ValueError:
        return answer
    if not isinstance(fields, dict):
        return answer
    return ElementTree.tostring(_tree("xml", fields))


def _tree(name: str, value: object) -> ElementTree.Element:
    element = ElementTree.Element(name)
    if isinstance(value, Mapping):
        element.extend(_tree(key, part) for key, part in value.items())
    else:
        element.text = str(value)
    return element


def _text(root: ElementTree.Element) -> Shown:
    content = root.findtext("Content") or ""
    if not content.strip():
        raise BadAnswer("empty Content")
    if len(content.encode()) > TEXT_BYTES:
        raise BadAnswer(f"Content has {len(content.encode())} bytes, more than {TEXT_BYTES}")
    return Shown(content)


def _article(root: ElementTree.Element) -> Shown:
    items = root.findall("Articles/item")
    if len(items) != 1 or root.findtext("ArticleCount") != "1":
        raise BadAnswer("a news reply has exactly one article")
    card = Card(*(items[0].findtext(name) or "" for name in ("Title", "Description", "Url", "PicUrl")))
    return Shown(card.text, cards=(card,))
