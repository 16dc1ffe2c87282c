"""A Reply's text → the body that answers a push."""

from wechatpy.replies import TextReply

from bot.wechat.characters import carriable
from bot.wechat.modes import Mode
from handlers.messages import Message

SUCCESS = "success"
"""Handled, nothing to show. Always raw, never encrypted."""

TEXT_LIMIT = 2048
"""Bytes of UTF-8; a longer text shows as WeChat's fault banner. Renderers keep within, this only asserts."""


def respond(mode: Mode, message: Message, text: str, nonce: str, now: int) -> str:
    """The body that answers `message`: sealed text, or `success` where there is nothing to say.

    `nonce` is the request's, `now` the real time in Unix seconds. Raises ValueError as `render` does.
    """
    return mode.seal(render(message, text, now), nonce, now) if carriable(text).strip() else SUCCESS


def render(message: Message, text: str, now: int) -> str:
    """The XML of a text reply to the sender of `message`. Raises ValueError over 2048 bytes of text."""
    content = carriable(text)
    size = len(content.encode())
    if size > TEXT_LIMIT:
        raise ValueError(f"a reply of {size} bytes exceeds {TEXT_LIMIT}")
    reply = TextReply(
        source=message.account,
        target=message.openid,
        time=now,
        content=content.replace("]]>", "]]]]><![CDATA[>"),
    )
    return str(reply.render())
