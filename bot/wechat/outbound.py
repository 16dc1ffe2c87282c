"""A Reply → what is kept of it, and the body that answers a push: a text, a picture, or a card.

Written by hand, as wechatpy writes it (docs/adr/0003-wechatpy.md).
"""

import json
from dataclasses import asdict

from bot.wechat.characters import carriable
from bot.wechat.modes import Mode
from handlers.messages import Message, Reply, ShownCard, ShownPicture

SUCCESS = "success"
"""Handled, nothing to show. Always raw, never encrypted."""

TEXT_LIMIT = 2048
"""Bytes of UTF-8; a longer text shows as WeChat's fault banner. Renderers keep within, this only asserts."""
_SHOWN = "\x01"
"""Begins what is kept of a picture or a card; no text holds it (`carriable`)."""
_KINDS = {"picture": ShownPicture, "card": ShownCard}


def kept(reply: Reply, text: str) -> str:
    """What is kept of a reply for the message's next deliveries: `text`, or what is shown in its place."""
    if reply.shown is None:
        return text.lstrip(_SHOWN)
    kind = next(name for name, shape in _KINDS.items() if isinstance(reply.shown, shape))
    return _SHOWN + json.dumps({"kind": kind} | asdict(reply.shown), ensure_ascii=False)


def is_text(reply: str) -> bool:
    """Whether what was kept of a reply is a text, and no picture or card."""
    return not reply.startswith(_SHOWN)


def respond(mode: Mode, message: Message, reply: str, nonce: str, now: int) -> str:
    """The body that answers `message` with what was kept: sealed, or `success` where there is nothing to say.

    `nonce` is the request's, `now` the real time in Unix seconds. Raises ValueError as `render` does.
    """
    if not carriable(reply).strip():
        return SUCCESS
    return mode.seal(render(message, reply, now), nonce, now)


def render(message: Message, reply: str, now: int) -> str:
    """The XML of a reply to the sender of `message`. Raises ValueError over 2048 bytes of text."""
    if not is_text(reply):
        told = json.loads(reply.removeprefix(_SHOWN))
        shown = _KINDS[told.pop("kind")](**told)
        if isinstance(shown, ShownPicture):
            return _xml(message, now, "image", f"<Image>{_element('MediaId', shown.media)}</Image>")
        return _xml(message, now, "news", _card(shown))
    content = carriable(reply)
    size = len(content.encode())
    if size > TEXT_LIMIT:
        raise ValueError(f"a reply of {size} bytes exceeds {TEXT_LIMIT}")
    return _xml(message, now, "text", _element("Content", content))


def _xml(message: Message, now: int, kind: str, inside: str) -> str:
    return (
        f"<xml>{_element('ToUserName', message.openid)}{_element('FromUserName', message.account)}"
        f"<CreateTime>{now}</CreateTime>{_element('MsgType', kind)}{inside}</xml>"
    )


def _card(card: ShownCard) -> str:
    article = (
        _element("Title", carriable(card.title))
        + _element("Description", carriable(card.description))
        + _element("PicUrl", card.picture)
        + _element("Url", card.link)
    )
    return f"<ArticleCount>1</ArticleCount><Articles><item>{article}</item></Articles>"


def _element(name: str, text: str) -> str:
    """Within a CDATA section its own end is written in two."""
    return f"<{name}><![CDATA[{text.replace(']]>', ']]]]><![CDATA[>')}]]></{name}>"
