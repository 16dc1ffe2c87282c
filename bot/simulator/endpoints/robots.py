"""WeCom group robots (企业微信群机器人): messages and files."""

import base64
import binascii
import hashlib
from collections.abc import Callable, Mapping

from bot.simulator.endpoints.call import OK, Answer, Body, Call, limit_bytes, list_of, part_of, text_of
from bot.simulator.endpoints.endpoint import Endpoint
from bot.simulator.endpoints.media import JPEG, MB, PNG
from bot.simulator.errors import ApiError
from bot.simulator.ledgers.media import MediaKind
from bot.simulator.ledgers.robots import Robot
from bot.simulator.platform import Platform
from bot.simulator.shown import Card, Shown

TEXT_BYTES = 2048
MARKDOWN_BYTES = 4096
IMAGE_BYTES = 2 * MB
FILE_BYTES = range(5 + 1, 20 * MB + 1)
VOICE_BYTES = 2 * MB
ARTICLES = 8

Render = Callable[[Platform, Robot, Body], Shown]


def send(call: Call) -> Answer:
    platform, robot, body = call.platform, call.platform.group_robots.find(call.args.get("key", "")), call.body()
    kind = body.get("msgtype")
    if not isinstance(kind, str) or kind not in RENDERERS:
        raise ApiError(40008)
    shown = RENDERERS[kind](platform, robot, part_of(body, kind, 44004))
    if not robot.pace.allows(platform.now()):
        raise ApiError(45009)
    platform.show(robot.name, "push", shown)
    return OK


def upload(call: Call) -> Answer:
    robot = call.platform.group_robots.find(call.args.get("key", ""))
    kind: MediaKind
    match call.args.get("type"):
        case "file":
            kind, fits = "file", call.upload is not None and len(call.upload.content) in FILE_BYTES
        case "voice":
            kind, fits = "voice", call.upload is not None and 0 < len(call.upload.content) <= VOICE_BYTES
        case _:
            raise ApiError(40004)
    if call.upload is None:
        raise ApiError(41005)
    if not call.upload.content:
        raise ApiError(44001)
    if not fits:
        raise ApiError(40006)
    if kind == "voice" and not call.upload.filename.lower().endswith(".amr"):
        raise ApiError(40005)
    media_id = call.platform.media.keep(kind, call.upload.content, call.upload.filename, robot.name)
    created = str(int(call.platform.now().timestamp()))
    return {**OK, "type": kind, "media_id": media_id, "created_at": created}


def _text(_: Platform, __: Robot, part: Body) -> Shown:
    content = limit_bytes(text_of(part, "content", 44004), TEXT_BYTES)
    for name in ("mentioned_list", "mentioned_mobile_list"):
        mentioned = part.get(name, [])
        if not isinstance(mentioned, list) or not all(isinstance(each, str) for each in mentioned):
            raise ApiError(40058)
        content += "".join(f" @{each}" for each in mentioned)
    return Shown(content)


def _markdown(_: Platform, __: Robot, part: Body) -> Shown:
    return Shown(limit_bytes(text_of(part, "content", 44004), MARKDOWN_BYTES))


def _image(platform: Platform, robot: Robot, part: Body) -> Shown:
    try:
        content = base64.b64decode(text_of(part, "base64", 40058), validate=True)
    except (binascii.Error, ValueError) as error:
        raise ApiError(40058) from error
    if len(content) > IMAGE_BYTES:
        raise ApiError(40009)
    if not content.startswith((PNG, JPEG)):
        raise ApiError(40005)
    if hashlib.md5(content).hexdigest() != part.get("md5"):
        raise ApiError(301019)
    return Shown("[图片]", picture=platform.media.keep("image", content, "", robot.name))


def _news(_: Platform, __: Robot, part: Body) -> Shown:
    articles = list_of(part, "articles", 44003)
    if len(articles) > ARTICLES:
        raise ApiError(45008)
    cards = tuple(_card_of(article) for article in articles)
    return Shown("\n".join(card.text for card in cards), cards=cards)


def _card_of(article: object) -> Card:
    """Raises 40058 for one without title or address."""
    if not isinstance(article, dict):
        raise ApiError(40058)
    about, picture = (str(article.get(name, "")) for name in ("description", "picurl"))
    return Card(text_of(article, "title", 40058), about, text_of(article, "url", 40058), picture)


def _uploaded(kind: MediaKind, line: str) -> Render:
    def render(platform: Platform, robot: Robot, part: Body) -> Shown:
        medium = platform.media.find(text_of(part, "media_id", 41006), kind, owner=robot.name)
        return Shown(f"{line} {medium.filename}")

    return render


def _card(_: Platform, __: Robot, part: Body) -> Shown:
    if part.get("card_type") not in ("text_notice", "news_notice"):
        raise ApiError(40058)
    action, main = part_of(part, "card_action", 40058), part_of(part, "main_title", 40058)
    card = Card(text_of(main, "title", 40058), str(main.get("desc", "")), str(action.get("url", "")))
    return Shown(card.title, cards=(card,))


RENDERERS: Mapping[str, Render] = {
    "text": _text,
    "markdown": _markdown,
    "markdown_v2": _markdown,
    "image": _image,
    "news": _news,
    "file": _uploaded("file", "[文件]"),
    "voice": _uploaded("voice", "[语音]"),
    "template_card": _card,
}

ENDPOINTS = (
    Endpoint("cgi-bin/webhook/send", "POST", send, proof="key"),
    Endpoint("cgi-bin/webhook/upload_media", "POST", upload, proof="key"),
)
