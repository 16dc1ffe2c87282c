"""What a person's action looks like on the wire, in her transcript, and to the window rule."""

import re
from collections.abc import Mapping
from typing import TypeAlias
from xml.sax.saxutils import escape

from bot.simulator.windows import Trigger

Fields: TypeAlias = Mapping[str, "str | int | Fields"]

NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

REPLYABLE_EVENTS = {"subscribe", "SCAN", "CLICK", "scancode_push", "scancode_waitmsg"}
EVENT_LINES = {"subscribe": "关注了公众号", "unsubscribe": "取消了关注", "SCAN": "扫描了二维码"}
MESSAGE_LINES = {
    "image": "[图片]",
    "voice": "[语音]",
    "video": "[视频]",
    "location": "[位置]",
    "link": "[链接]",
}


def to_xml(fields: Fields) -> str:
    """One `<xml>` element; numbers stand bare, text in CDATA without the characters XML cannot carry."""
    return f"<xml>{_elements(fields)}</xml>"


def _elements(fields: Fields) -> str:
    return "".join(f"<{escape(name)}>{_content(value)}</{escape(name)}>" for name, value in fields.items())


def _content(value: "str | int | Fields") -> str:
    if isinstance(value, int):
        return str(value)
    if isinstance(value, str):
        return f"<![CDATA[{NOT_IN_XML.sub('', value).replace(']]>', ']]]]><![CDATA[>')}]]>"
    return _elements(value)


def trigger_of(fields: Fields) -> Trigger | None:
    """The window that this action opens; a tapped menu link counts as a click, not as a message."""
    if fields["MsgType"] == "event":
        return Trigger.ACTION if fields["Event"] in REPLYABLE_EVENTS else None
    return Trigger.ACTION if "bizmsgmenuid" in fields else Trigger.MESSAGE


def line_of(fields: Fields) -> str:
    """The action as a line of the transcript."""
    if fields["MsgType"] == "event":
        event = str(fields["Event"])
        return EVENT_LINES.get(event, f"{event} {fields.get('EventKey', '')}".strip())
    if fields["MsgType"] == "text":
        return str(fields["Content"])
    line = MESSAGE_LINES.get(str(fields["MsgType"]), f"[{fields['MsgType']}]")
    return f"{line} {fields.get('Recognition', '')}".strip()
