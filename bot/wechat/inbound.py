"""A push from WeChat → a Message.

In this order: arguments, age, signature, decryption, parsing. Nothing is parsed before it is verified.
"""

import hashlib
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Protocol

from bot.wechat.crypto import Forged, Unreadable
from bot.wechat.fields import Fields, read_fields
from bot.wechat.modes import Mode, Query
from handlers.messages import Message

BODY_LIMIT = 64 * 1024
"""Bytes. Real pushes stay under 5 KB."""

WINDOW = 300
"""Seconds by which a push may differ from our clock; a captured one is worthless afterwards."""

UNSUPPORTED = "【收到不支持的消息类型，暂无法显示】"
"""What WeChat's client puts in the text of a message that it cannot forward."""

_TIMESTAMP = re.compile(r"[0-9]{10}")
_NONCE = re.compile(r"[0-9A-Za-z_-]{1,32}")
_SIGNATURE = re.compile(r"[0-9a-f]{40}")
_OPTIONAL_SIGNATURE = re.compile(r"([0-9a-f]{40})?")
_ENCRYPT_TYPE = re.compile(r"(aes|raw)?")
_ECHO = re.compile(r"[\x21-\x7e]{1,128}")
_ACCOUNT = re.compile(r"[0-9A-Za-z_@.-]{1,64}")
_CREATED = re.compile(r"[0-9]{1,11}")

_SCENE = "qrscene_"
_ABOUT_SOMEBODY = {"user_info_modified", "user_authorization_revoke", "user_authorization_cancellation"}
"""Events that the platform's own account sends about the person in OpenID."""


class Arguments(Protocol):
    """The query arguments, with every value of a repeated one (werkzeug's MultiDict)."""

    def getlist(self, key: str, /) -> list[str]: ...


class Inbound:
    """Reads the pushes of one official account in the mode that its console is set to."""

    def __init__(self, mode: Mode) -> None:
        self._mode = mode

    def verify_address(self, args: Arguments) -> str:
        """The echostr to answer verbatim when WeChat verifies the webhook's address (GET). Raises Forged."""
        query = _query(args)
        self._mode.signer.verify(query.signature, query.timestamp, query.nonce)
        return _argument(args, "echostr", _ECHO)

    def receive(self, args: Arguments, body: bytes, now: float) -> Message:
        """The verified message of a push (POST). `now` is the real time in Unix seconds.

        Raises Forged and Unreadable, whatever comes in, and nothing else.
        """
        query = _query(args)
        if abs(now - int(query.timestamp)) > WINDOW:
            raise Forged("timestamp out of the window")
        if len(body) > BODY_LIMIT:
            raise Forged("body over 64 KiB")
        return _message(read_fields(self._mode.open(query, body)))


def request_nonce(args: Arguments) -> str:
    """The nonce of a received push, which the sealed reply repeats."""
    return _argument(args, "nonce", _NONCE)


def _query(args: Arguments) -> Query:
    return Query(
        timestamp=_argument(args, "timestamp", _TIMESTAMP),
        nonce=_argument(args, "nonce", _NONCE),
        signature=_argument(args, "signature", _SIGNATURE, str.lower),
        msg_signature=_argument(args, "msg_signature", _OPTIONAL_SIGNATURE, str.lower),
        encrypt_type=_argument(args, "encrypt_type", _ENCRYPT_TYPE),
    )


def _argument(args: Arguments, name: str, form: re.Pattern[str], fold: Callable[[str], str] = str) -> str:
    values = args.getlist(name)
    if len(values) > 1:
        raise Forged(f"{name} is given more than once")
    value = fold(values[0]) if values else ""
    if not form.fullmatch(value):
        raise Forged(f"{name} is missing or malformed")
    return value


def _message(fields: Fields) -> Message:
    msg_type = fields.get("MsgType", "").lower()
    if not msg_type:
        raise Unreadable("no MsgType")
    account = _matching(fields, "ToUserName", _ACCOUNT)
    created = int(_matching(fields, "CreateTime", _CREATED))
    if msg_type == "event":
        return _event(fields, account, created)

    openid = _matching(fields, "FromUserName", _ACCOUNT)
    text = fields.get("Content", "")
    msg_id = fields.get("MsgId", "")
    identity = (msg_id, created, openid) if msg_id else (openid, created, msg_type, text)
    message = Message(key=_key(*identity), openid=openid, account=account, kind="other", created=created)
    match msg_type:
        case "text" if text.strip() != UNSUPPORTED:
            return replace(message, kind="text", text=text)
        case "voice":
            return replace(message, kind="voice", text=fields.get("Recognition", ""))
        case "image":
            return replace(message, kind="image")
        case _:
            return message


def _event(fields: Fields, account: str, created: int) -> Message:
    event = fields.get("Event", "").lower()
    if not event:
        raise Unreadable("an event without a name")
    openid = _matching(fields, "OpenID" if event in _ABOUT_SOMEBODY else "FromUserName", _ACCOUNT)
    event_key = fields.get("EventKey", "")
    if event == "subscribe":
        event_key = event_key.removeprefix(_SCENE)
    identity = (openid, created, event, event_key)
    job = fields.get("MsgID", "")
    return Message(
        key=_key(*identity, job) if job else _key(*identity),
        openid=openid,
        account=account,
        kind="event",
        created=created,
        event=event,
        event_key=event_key,
    )


def _key(*identity: str | int) -> str:
    """24 hex digits that name one message across its deliveries and hide whose it is."""
    return hashlib.blake2s("-".join(map(str, identity)).encode()).hexdigest()[:24]


def _matching(fields: Fields, name: str, form: re.Pattern[str]) -> str:
    value = fields.get(name, "")
    if not form.fullmatch(value):
        raise Unreadable(f"{name} is missing or malformed")
    return value
