"""A push from WeChat → a Message.

In this order: arguments, age, the signature of the arguments; then the body, its own signature, decryption, parsing.
No body is read for somebody who cannot sign, and nothing is parsed before it is verified.
"""

import hashlib
import re
from collections.abc import Callable

from bot.wechat.arguments import Arguments
from bot.wechat.crypto import Forged, Unreadable
from bot.wechat.fields import Push, read_push
from bot.wechat.modes import Mode, Query
from bot.wechat.notices import JOB_SPELLINGS, read_notices
from handlers.messages import Kind, Message

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

_KINDS: dict[str, Kind] = {
    "text": "text",
    "voice": "voice",
    "image": "image",
    "video": "video",
    "shortvideo": "video",
    "location": "location",
    "link": "link",
    "miniprogrampage": "link",
    "file": "file",
}
_ID_SPELLINGS = ("MsgId", "MsgID", "msgid")
_OPENID_SPELLINGS = ("OpenID", "OpenId", "openid")
_MENU_TAP_SPELLINGS = ("bizmsgmenuid", "BizMsgMenuId")
_SCENE = "qrscene_"
_ABOUT_SOMEBODY = {"user_info_modified", "user_authorization_revoke", "user_authorization_cancellation"}
"""Events that the platform's own account sends about the person in OpenID."""


def is_account(text: str) -> bool:
    """Whether a text could be an openid, or an account's own name."""
    return _ACCOUNT.fullmatch(text) is not None


class Inbound:
    """Reads the pushes of one official account in the mode that its console is set to."""

    def __init__(self, mode: Mode) -> None:
        self._mode = mode

    def verify_address(self, args: Arguments) -> str:
        """The echostr to answer verbatim when WeChat verifies the webhook's address (GET). Raises Forged."""
        query = _query(args)
        self._mode.signer.verify(query.signature, query.timestamp, query.nonce)
        return _argument(args, "echostr", _ECHO)

    def admit(self, args: Arguments, now: float) -> Query:
        """What can be known of a push before its body is there. Raises Forged. `now` is real time, Unix seconds."""
        query = _query(args)
        if abs(now - int(query.timestamp)) > WINDOW:
            raise Forged("timestamp out of the window")
        self._mode.signer.verify(query.signature, query.timestamp, query.nonce)
        return query

    def receive(self, query: Query, body: bytes) -> Message:
        """The verified message of an admitted push (POST).

        Raises Forged and Unreadable, whatever comes in, and nothing else.
        """
        if len(body) > BODY_LIMIT:
            raise Forged("body over 64 KiB")
        content = self._mode.open(query, body)
        try:
            return _message(read_push(content))
        except Unreadable as unreadable:
            unreadable.content = content
            raise


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


def _message(push: Push) -> Message:
    msg_type = push.get("MsgType").strip().lower()
    if not msg_type:
        raise Unreadable("no MsgType")
    account = _matching(push, _ACCOUNT, "ToUserName")
    created = int(_matching(push, _CREATED, "CreateTime"))
    if msg_type == "event":
        return _event(push, account, created)

    openid = _matching(push, _ACCOUNT, "FromUserName")
    content = push.get("Content")
    msg_id = push.get(*_ID_SPELLINGS)
    identity = (msg_id, created, openid) if msg_id else (openid, created, msg_type, content)
    kind = _KINDS.get(msg_type, "other")
    if kind == "text" and content.strip() == UNSUPPORTED:
        kind = "sticker"
    said = {"text": content, "voice": push.get("Recognition")}
    return Message(
        key=_key(*identity),
        openid=openid,
        account=account,
        kind=kind,
        created=created,
        text=said.get(kind, ""),
        menu_tap=bool(push.get(*_MENU_TAP_SPELLINGS)),
    )


def _event(push: Push, account: str, created: int) -> Message:
    event = push.get("Event").strip().lower()
    if not event:
        raise Unreadable("an event without a name")
    openid = _matching(push, _ACCOUNT, *(_OPENID_SPELLINGS if event in _ABOUT_SOMEBODY else ("FromUserName",)))
    event_key = push.get("EventKey")
    if event == "subscribe":
        event_key = event_key.removeprefix(_SCENE)
    told = [push.get(*JOB_SPELLINGS), *(value for item in push.items for value in item.values())]
    return Message(
        key=_key(openid, created, event, event_key, *filter(None, told)),
        openid=openid,
        account=account,
        kind="event",
        created=created,
        event=event,
        event_key=event_key,
        notices=read_notices(event, push),
    )


def _key(*identity: str | int) -> str:
    """24 hex digits that name one message across its deliveries and hide whose it is."""
    return hashlib.blake2s("-".join(map(str, identity)).encode()).hexdigest()[:24]


def _matching(push: Push, form: re.Pattern[str], *spellings: str) -> str:
    value = push.get(*spellings)
    if not form.fullmatch(value):
        raise Unreadable(f"{spellings[0]} is missing or malformed")
    return value
