"""Bytes → a request to the webhook: forged, mutated, or authentic with anything inside. Equal bytes, equal requests
(but for the time, and the random bytes of the encryption).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from bot.simulator import actions
from bot.simulator.fields import Fields
from bot.simulator.forgeries import FORGERIES
from bot.simulator.packets import Manner, Packer, Packet

T = TypeVar("T")
TOKEN, APPID, AES_KEY, ACCOUNT = "a-token-for-fuzzing", "wx0123456789abcdef", "f" * 43, "gh_0123456789ab"
PACKER = Packer(TOKEN, APPID, AES_KEY, "safe")

BODY_LIMIT = 64 * 1024
"""Bytes that a webhook has to read."""

PEOPLE, MESSAGES, MOMENTS = 100, 12, 3
"""How many different ones there are: a long run must not need a new key for each request."""

SAID = (
    *(
        "帮助",
        "排行",
        "我的队伍",
        "几点开始配捐？",
        "进度",
        "进度 3.2万 856",
        "又筹了500",
        "更正 12340",
        "撤回",
        "确认",
    ),
    *("算了", "1", "2", "组队", "组队 昭通市第一中学", "昭阳区", "人道暖昭通", "李敏 13900000000", "绑定 7F3K9QWX"),
    *("认领 K7Q2", "活动 二七", "注销", "退订", "举报 有人冒充", "更多", "增长榜", "排行 永善县", "联系人 一老一小"),
    *("", " ", "。", "0", "-1", "9" * 400, "1e400", "٣", "½", "1️⃣", "一二三四五六七八九十" * 50, "万" * 300, "亿亿亿元"),
    *(
        "]]>",
        "<a href='x'>",
        "&amp;",
        "\x00\x0b",
        "\ud800",
        "\u202e",
        "🎉" * 600,
        "【收到不支持的消息类型，暂无法显示】",
    ),
    *(
        "#接龙\n1. 昭通一中 3200元\n2. 二中 1.2万",
        "%s%n{0}${x}",
        "'; DROP",
        "进度 " + "1" * 1990,
        "字" * 2001,
        "a" * 20000,
    ),
)
BOOKED = ("组队 昭通市第一中学 昭阳区 人道暖昭通 队长李敏 13900000000", "进度 5000元 50人次", "订阅")
"""Words that write; a long run leaves them out, because what is booked is kept for ever."""

PIECES = (
    *(
        "<xml>",
        "</xml>",
        "<MsgType>",
        "</MsgType>",
        "text",
        "event",
        "<![CDATA[",
        "]]>",
        "<FromUserName>oX</FromUserName>",
    ),
    *("<ToUserName>gh_1</ToUserName>", "<CreateTime>1</CreateTime>", "<Event>", "</Event>", "<List>"),
    *(
        "<!DOCTYPE x [<!ENTITY a 'b'>]>",
        "&a;",
        "&#0;",
        "&#x10FFFF;",
        "<?xml version='1.0' encoding='utf-16'?>",
        "\0",
        "\x01",
    ),
    *("{", "}", '"MsgType":', '"event"', ",", ":", "[", "]", '"List":', "null", "1e999", "NaN", '"\\ud800"', "<a>" * 9),
)
EVENTS = (
    *("subscribe", "unsubscribe", "SCAN", "CLICK", "VIEW", "LOCATION", "scancode_waitmsg", "TEMPLATESENDJOBFINISH"),
    *("MASSSENDJOBFINISH", "subscribe_msg_popup_event", "subscribe_msg_change_event", "subscribe_msg_sent_event"),
    *("user_authorization_revoke", "verify_expired", "never_heard_of", "", "subscribe\x00", "x" * 5000),
)
KEYS = ("", "qrscene_nobody-knows-it", "排行")
VALUES = ("", "0", "-1", "1" * 40, "accept", "success", "🎉", "\x0b", "]]>", "x" * 3000, "oX", "{", "1714112445")
NAMES = (
    "FromUserName",
    "ToUserName",
    "CreateTime",
    "MsgType",
    "MsgId",
    "MsgID",
    "Content",
    "Event",
    "EventKey",
    "Status",
)
QUERY = ("signature", "timestamp", "nonce", "msg_signature", "encrypt_type", "echostr", "openid")


SIGNED = {"other_key", "shortened", "dtd_bomb", "outer_dtd_bomb", "not_xml"}
"""Forgeries that somebody made who knows the token; what can be read of them is taken for WeChat's."""


class Bytes:
    """Decisions, taken from bytes until there are none left; then always the first."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    def number(self, below: int) -> int:
        taken = self._data[self._at : self._at + (1 if below <= 256 else 2)]
        self._at += len(taken)
        return int.from_bytes(taken, "big") % below

    def pick(self, options: Sequence[T]) -> T:
        return options[self.number(len(options))]

    def raw(self, limit: int) -> bytes:
        taken = self._data[self._at : self._at + self.number(limit)]
        self._at += len(taken)
        return taken


@dataclass(frozen=True, slots=True)
class Request:
    """One request to /wechat. `authentic`: WeChat might have sent it."""

    method: str
    packet: Packet
    authentic: bool


def request(data: bytes, now: int, *, books: bool = True) -> Request:
    """`now` is the CreateTime, in Unix seconds, of the newest messages; `books`: with words that write."""
    taken = Bytes(data)
    make = taken.pick((_message, _event, _message, _event, _inside, _mutated, _forged, _garbage))
    made = make(taken, now, SAID + BOOKED if books else SAID)
    return replace(made, authentic=made.authentic and len(made.packet.body) <= BODY_LIMIT)


def good(openid: str, msg_id: int, now: int) -> Packet:
    """A message that must be answered, whatever came before it."""
    common = {"FromUserName": openid, "ToUserName": ACCOUNT, "CreateTime": now, "MsgId": msg_id}
    return PACKER.pack({**actions.text("帮助"), **common})


def _common(taken: Bytes, now: int) -> Fields:
    return {
        "FromUserName": f"o-fuzzed-{taken.number(PEOPLE)}",
        "ToUserName": ACCOUNT,
        "CreateTime": now - taken.number(MOMENTS) * 100,
    }


def _manner(taken: Bytes) -> Manner:
    return Manner(form=taken.pick(("xml", "xml", "json")), spaced=taken.number(4) == 3)


def _message(taken: Bytes, now: int, said: Sequence[str]) -> Request:
    kind = taken.pick(("text", "text", "text", "text", "voice", "image", "video", "location", "link", "file", "new"))
    about = {"MsgType": kind, "MsgId": 2**62 + taken.number(MESSAGES)}
    fields = {**_common(taken, now), **about, "Content": taken.pick(said), "Recognition": taken.pick(said)}
    return Request("POST", PACKER.pack(fields, _manner(taken)), authentic=True)


def _event(taken: Bytes, now: int, said: Sequence[str]) -> Request:
    items: list[Fields] = [
        {"TemplateId": taken.pick(VALUES), "SubscribeStatusString": taken.pick(VALUES), "ErrorCode": "0"}
        for _ in range(taken.number(3))
    ]
    fields = {**_common(taken, now), "MsgType": "event", "Event": taken.pick(EVENTS), "EventKey": taken.pick(KEYS)}
    if items and taken.number(3) == 0:
        fields["SubscribeMsgPopupEvent"] = {"List": items}
    return Request("POST", PACKER.pack(fields, _manner(taken)), authentic=True)


def _inside(taken: Bytes, now: int, said: Sequence[str]) -> Request:
    """Signed and encrypted, with anything inside."""
    text = "".join(taken.pick((*PIECES, *VALUES)) for _ in range(taken.number(30)))
    return Request("POST", PACKER.pack_text(text, _common(taken, now), _manner(taken)), authentic=True)


def _mutated(taken: Bytes, now: int, said: Sequence[str]) -> Request:
    """A message with some fields of another shape."""
    common = {**_common(taken, now), "MsgType": "text", "MsgId": 1, "Content": taken.pick(said)}
    changes = {taken.pick(NAMES): taken.pick((*VALUES, {"a": "b"}, [])) for _ in range(1 + taken.number(3))}
    packet = PACKER.pack({**common, **changes, "FromUserName": changes.get("FromUserName", "oX")}, _manner(taken))  # type: ignore[dict-item]  # other shapes are the point
    return Request("POST", packet, authentic=True)


def _forged(taken: Bytes, now: int, said: Sequence[str]) -> Request:
    name = taken.pick([name for name in FORGERIES if name != "megabyte"])
    forgery: Callable[[Packer, Fields], Packet] = FORGERIES[name]
    fields = {**_common(taken, now), "MsgType": "text", "MsgId": 2**62 + 99, "Content": taken.pick(SAID)}
    return Request("POST", forgery(PACKER, fields), authentic=name in SIGNED)


def _garbage(taken: Bytes, now: int, said: Sequence[str]) -> Request:
    method = taken.pick(("POST", "GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS"))
    query = tuple((taken.pick(QUERY), taken.pick((*VALUES, "aes", "0" * 40))) for _ in range(taken.number(9)))
    packet = PACKER.pack({**_common(taken, now), "MsgType": "text", "MsgId": 7, "Content": ""})
    signed = packet.query if taken.number(3) == 0 else ()
    return Request(method, replace(packet, query=signed + query, body=taken.raw(200)), authentic=False)
