"""Template messages (模板消息) and the templates in use."""

from collections.abc import Mapping
from datetime import timedelta

from bot.simulator.endpoints.call import OK, Answer, Body, Call, part_of
from bot.simulator.endpoints.endpoint import Endpoint
from bot.simulator.errors import ApiError
from bot.simulator.fields import Fields
from bot.simulator.ledgers.accounts import SERVICE
from bot.simulator.ledgers.templates import Template, shown_in_template

FINISHED_AFTER = timedelta(seconds=1)


def send(call: Call) -> Answer:
    platform, body = call.platform, call.unescaped()
    person = platform.people.find(body.get("touser"))
    template = platform.templates.find(body.get("template_id"))
    given = values(part_of(body, "data", 47003))
    if not person.following:
        raise ApiError(43004)
    client_msg_id = str(body.get("client_msg_id") or "")
    earlier = platform.template_sendings.earlier(person.openid, client_msg_id) if client_msg_id else None
    if earlier is not None:
        return {**OK, "msgid": earlier}
    msgid = platform.next_id()
    platform.template_sendings.remember(person.openid, client_msg_id, msgid)
    status = platform.verdicts.next("template", "success" if person.receiving else "failed:user block")
    if status == "success":
        platform.record(person.openid, "push", template.render(_shown(call, template, given)))

    def finish() -> Fields:
        about = {"FromUserName": person.openid, "MsgType": "event", "Event": "TEMPLATESENDJOBFINISH"}
        return {**about, "MsgID": msgid, "Status": status}

    platform.agenda.add(FINISHED_AFTER, finish)
    return {**OK, "msgid": msgid}


def values(data: Body) -> dict[str, str]:
    """The `{key: {"value": …}}` of a message as plain text. Raises 47003 naming the first that is none."""
    plain = {}
    for key, field in data.items():
        value = field.get("value") if isinstance(field, dict) else None
        if not isinstance(value, str | int | float):
            raise ApiError(47003, f"argument invalid! data.{key}.value invalid")
        plain[key] = str(value)
    return plain


def _shown(call: Call, template: Template, given: Mapping[str, str]) -> dict[str, str]:
    shown = {}
    for key, _ in template.keywords:
        value = given.get(key, "")
        if not value:
            call.platform.warn(f"{call.path}: data.{key} is empty")
        shown[key] = shown_in_template(value)
        if shown[key] != value:
            call.platform.warn(f"{call.path}: data.{key} is shown as {shown[key]}")
    return shown


def list_templates(call: Call) -> Answer:
    return {
        "template_list": [
            {
                "template_id": each.id,
                "title": each.title,
                "primary_industry": "",
                "deputy_industry": "",
                "content": each.content,
                "example": "",
            }
            for each in call.platform.templates.all()
        ]
    }


ENDPOINTS = (
    Endpoint("cgi-bin/message/template/send", "POST", send, SERVICE, per_day=100_000, sandbox_per_day=10_000),
    Endpoint("cgi-bin/template/get_all_private_template", "GET", list_templates, SERVICE, per_day=100_000),
)
