"""Customer-service messages (客服消息)."""

from collections.abc import Callable, Mapping

from bot.simulator.endpoints.call import OK, Answer, Body, Call, limit_bytes, list_of, part_of, text_of
from bot.simulator.endpoints.endpoint import Endpoint
from bot.simulator.errors import ApiError
from bot.simulator.ledgers.accounts import VERIFIED
from bot.simulator.ledgers.media import MediaKind
from bot.simulator.platform import Platform
from bot.simulator.shown import Card, Shown

TEXT_BYTES = 2048
SHOWN: Mapping[MediaKind, str] = {"image": "[图片]", "voice": "[语音]", "video": "[视频]"}

Render = Callable[[Platform, Body], Shown]


def send(call: Call) -> Answer:
    body = call.unescaped()
    person = call.platform.people.find(body.get("touser"))
    kind = body.get("msgtype")
    if not isinstance(kind, str) or kind not in RENDERERS:
        raise ApiError(40008)
    call.platform.push(person.openid, RENDERERS[kind](call.platform, part_of(body, kind, 44004)))
    return OK


def _text(_: Platform, part: Body) -> Shown:
    return Shown(limit_bytes(text_of(part, "content", 44004), TEXT_BYTES))


def _medium(*kinds: MediaKind) -> Render:
    def render(platform: Platform, part: Body) -> Shown:
        media_id = text_of(part, "media_id", 41006)
        kind = platform.media.find(media_id, *kinds).kind
        return Shown(SHOWN[kind], picture=media_id if kind == "image" else "")

    return render


def _video(platform: Platform, part: Body) -> Shown:
    platform.media.find(text_of(part, "media_id", 41006), "video")
    platform.media.find(text_of(part, "thumb_media_id", 41006), "image", "thumb")
    return Shown(f"[视频] {part.get('title', '')}".strip())


def _music(platform: Platform, part: Body) -> Shown:
    platform.media.find(text_of(part, "thumb_media_id", 41006), "image", "thumb")
    text_of(part, "musicurl", 40035)
    return Shown(f"[音乐] {part.get('title', '')}".strip())


def _news(_: Platform, part: Body) -> Shown:
    articles = list_of(part, "articles", 44003)
    if len(articles) > 1:
        raise ApiError(45008)
    if not isinstance(articles[0], dict):
        raise ApiError(44003)
    text_of(articles[0], "title", 44003)
    card = Card(*(str(articles[0].get(key, "")) for key in ("title", "description", "url", "picurl")))
    return Shown(card.text, cards=(card,))


def _menu(platform: Platform, part: Body) -> Shown:
    if platform.kind == "sandbox":
        raise ApiError(40200)
    links = []
    for item in list_of(part, "list", 44004):
        if not isinstance(item, dict) or not item.get("id"):
            raise ApiError(40035)
        label = text_of(item, "content", 44004)
        links.append(f'<a href="weixin://bizmsgmenu?msgmenucontent={label}&msgmenuid={item["id"]}">{label}</a>')
    lines = [str(part.get("head_content", "")), *links, str(part.get("tail_content", ""))]
    return Shown(limit_bytes("\n".join(filter(None, lines)), TEXT_BYTES))


def _miniprogram(platform: Platform, part: Body) -> Shown:
    for name in ("appid", "pagepath"):
        text_of(part, name, 40035)
    platform.media.find(text_of(part, "thumb_media_id", 41006), "image", "thumb")
    return Shown(f"[小程序] {part.get('title', '')}".strip())


def _named(line: str, *names: str) -> Render:
    """A card of which only the presence of these parameters is checked."""

    def render(_: Platform, part: Body) -> Shown:
        return Shown(" ".join([line, *(text_of(part, name, 40035) for name in names)]))

    return render


RENDERERS: Mapping[str, Render] = {
    "text": _text,
    "image": _medium("image"),
    "voice": _medium("voice"),
    "video": _video,
    "music": _music,
    "news": _news,
    "msgmenu": _menu,
    "miniprogrampage": _miniprogram,
    "mpnewsarticle": _named("[图文]", "article_id"),
    "wxcard": _named("[卡券]", "card_id"),
    "link": _named("[链接]", "title", "url"),
}

ENDPOINTS = (Endpoint("cgi-bin/message/custom/send", "POST", send, VERIFIED, per_day=500_000, sandbox_per_day=50_000),)
