"""What the account says unasked: 客服消息, 模板消息, 订阅通知, 群发. Limits are checked before a call is made."""

import re
from collections.abc import Mapping

from bot.wechat.characters import carriable
from bot.wechat.client import AccountClient, unfit
from bot.wechat.media import Media, Picture
from scheduler.channels import Article, Skip, Unknown
from scheduler.channels.template_fields import check_values

TEXT_BYTES = 2048
URL_BYTES = 1024
MESSAGE_ID = 32
"""Characters of a client_msg_id; WeChat tells no limit (wechat-platform §4.3)."""
MASS_ID = 64
"""Characters of a clientmsgid."""

_SENT_ALREADY = 45065
_MEDIA_LAPSED = 40007
_FIELD = re.compile(r"{{\s*(\w+)\.DATA\s*}}")


class Messages:
    """`media` holds the pictures that were uploaded for this account."""

    def __init__(self, client: AccountClient, media: Media) -> None:
        self._client = client
        self._media = media
        self._template_fields: dict[str, tuple[str, ...]] = {}

    # --- 客服消息: within her window, without receipt or idempotency key (§4.2) --------------------------------

    def send_text(self, openid: str, text: str) -> None:
        """A text of at most 2048 bytes, once."""
        self._client.require("customer_service")
        self._client.message.send_text(openid, _text(text))

    def send_picture(self, openid: str, content: bytes) -> None:
        """A picture, once; uploaded before if it was not, and anew if WeChat does not have it any more."""
        self._client.require("customer_service")
        picture = Picture(content)
        try:
            self._client.message.send_image(openid, self._media.upload(picture))
        except Skip as refused:
            if refused.code != _MEDIA_LAPSED:
                raise
            self._media.forget(picture)
        else:
            return
        self._client.message.send_image(openid, self._media.upload(picture))

    def send_article(self, openid: str, article: Article) -> None:
        """One article, once."""
        self._client.require("customer_service")
        if not article.title.strip():
            raise unfit("an article needs a title", 44003)
        shown = {
            "title": carriable(article.title),
            "description": carriable(article.description),
            "url": _link(article.url),
            "picurl": _link(article.picture_url) if article.picture_url else "",
        }
        body = {"touser": openid, "msgtype": "news", "news": {"articles": [shown]}}
        self._client.command("message/custom/send", body)

    # --- 模板消息: for important notices about her own business, idempotent (§4.3) ------------------------------

    def send_template(
        self, openid: str, template: str, values: Mapping[str, str], message_id: str, url: str = ""
    ) -> str:
        """WeChat's msgid. The same `message_id` (≤ 32 characters) within ten minutes shows the message once."""
        self._client.require("template_message")
        if not 0 < len(message_id) <= MESSAGE_ID:
            raise unfit(f"a client_msg_id has 1 to {MESSAGE_ID} characters", 40035)
        body = {"touser": openid, "template_id": template, "client_msg_id": message_id, "data": _data(values)}
        if url:
            body["url"] = _link(url)
        return str(self._client.command("message/template/send", body).get("msgid", ""))

    def template_fields(self, template: str) -> tuple[str, ...]:
        """The keys of a template message's fields, in their order. Raises Skip for a template that is not there."""
        if template not in self._template_fields:
            self._client.require("template_message")
            answer = self._client.look_up("template/get_all_private_template")
            self._learn(answer.get("template_list"), "template_id")
        return self._known(template)

    # --- 订阅通知: one for each consent (§4.4) -------------------------------------------------------------------

    def send_notice(self, openid: str, template: str, values: Mapping[str, str], page: str = "") -> str:
        """WeChat's msgid where it gives one; `page` is a link. Raises Skip with 43101 where she has no consent left."""
        self._client.require("subscription_notice")
        body: dict[str, object] = {"touser": openid, "template_id": template, "data": _data(values)}
        if page:
            body["page"] = _link(page)
        return str(self._client.command("message/subscribe/bizsend", body).get("msgid", ""))

    def notice_fields(self, template: str) -> tuple[str, ...]:
        """The keys of a notice's fields, in their order. Raises Skip for a template that is not there."""
        if template not in self._template_fields:
            self._client.require("subscription_notice")
            self._learn(self._client.look_up("/wxaapi/newtmpl/gettemplate").get("data"), "priTmplId")
        return self._known(template)

    # --- 群发: rare, and everybody sees it (§4.6) ----------------------------------------------------------------

    def send_mass(self, tag: int | None, text: str, message_id: str) -> str:
        """To who has a tag, or with None to everybody. WeChat's msg_id of the job; its end comes as MASSSENDJOBFINISH.

        Repeating `message_id` (≤ 64) is safe.
        """
        self._client.require("mass")
        if not 0 < len(message_id) <= MASS_ID:
            raise unfit(f"a clientmsgid has 1 to {MASS_ID} characters", 45067)
        body = {
            "filter": {"is_to_all": True} if tag is None else {"is_to_all": False, "tag_id": tag},
            "text": {"content": _text(text)},
            "msgtype": "text",
            "clientmsgid": message_id,
        }
        answer = self._client.command("message/mass/sendall", body, accepted={_SENT_ALREADY})
        if "msg_id" not in answer:
            raise Unknown("no msg_id in the answer")
        return str(answer["msg_id"])

    def _learn(self, listed: object, id_name: str) -> None:
        for template in listed if isinstance(listed, list) else []:
            if isinstance(template, dict):
                fields = tuple(_FIELD.findall(str(template.get("content", ""))))
                self._template_fields[str(template.get(id_name, ""))] = fields

    def _known(self, template: str) -> tuple[str, ...]:
        if template not in self._template_fields:
            raise Skip(f"no template {template}", 40037, mend="copy the template's id again from the account's console")
        return self._template_fields[template]


def _text(text: str) -> str:
    content = carriable(text)
    if not content.strip():
        raise unfit("an empty text", 44004)
    if (size := len(content.encode())) > TEXT_BYTES:
        raise unfit(f"a text of {size} bytes exceeds {TEXT_BYTES}", 45002)
    return content


def _link(url: str) -> str:
    if not url.startswith(("http://", "https://")) or len(url.encode()) > URL_BYTES:
        raise unfit("a link begins with https:// and has at most 1024 bytes", 40048)
    return url


def _data(values: Mapping[str, str]) -> dict[str, dict[str, str]]:
    check_values(values)
    return {key: {"value": carriable(value)} for key, value in values.items()}
