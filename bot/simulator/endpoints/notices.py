"""Subscription notices (订阅通知)."""

import re
from collections.abc import Mapping
from datetime import timedelta

from bot.simulator.endpoints.call import OK, Answer, Call, part_of
from bot.simulator.endpoints.endpoint import Endpoint
from bot.simulator.endpoints.templates import values
from bot.simulator.errors import ApiError
from bot.simulator.fields import Fields
from bot.simulator.ledgers.accounts import SERVICE

SENT_AFTER = timedelta(seconds=1)

_DAY = r"\d{4}(年\d{1,2}月\d{1,2}日|-\d{1,2}-\d{1,2}|/\d{1,2}/\d{1,2})"
_TIME = r"\d{1,2}:\d{2}(:\d{2})?"

FORMS: Mapping[str, re.Pattern[str]] = {
    "thing": re.compile(r"[^\n]{1,20}"),
    "number": re.compile(r"-?\d{1,32}(\.\d{1,31})?"),
    "letter": re.compile(r"[A-Za-z]{1,32}"),
    "symbol": re.compile(r"[^\w\s]{1,5}"),
    "character_string": re.compile(r"[\x21-\x7e]{1,32}"),
    "time": re.compile(rf"({_DAY} ?)?{_TIME}(\s?~\s?({_DAY} ?)?{_TIME})?|{_DAY}"),
    "date": re.compile(rf"{_DAY}( ?{_TIME})?"),
    "amount": re.compile(r"[¥￥$€£]?\d{1,10}(\.\d{1,2})?元?"),
    "phone_number": re.compile(r"[\d+\-() ]{1,17}"),
    "car_number": re.compile(r"\w{1,8}"),
    "name": re.compile(r"[\u4e00-\u9fff·]{1,10}|[A-Za-z .·]{1,20}"),
    "phrase": re.compile(r"[\u4e00-\u9fff]{1,5}"),
}
"""What the value of a keyword may look like, by the letters of its key. Of other types anything non-empty."""


def send(call: Call) -> Answer:
    platform, body = call.platform, call.unescaped()
    person = platform.people.find(body.get("touser"))
    template = platform.notices.find(body.get("template_id"))
    page = body.get("page", "")
    if page and not str(page).startswith(("http://", "https://")):
        raise ApiError(41030)
    given = values(part_of(body, "data", 47003))
    for key, _ in template.keywords:
        check_value(key, given.get(key, ""))
    platform.credits.spend(person.openid, template.id)
    status = platform.verdicts.next("notice", "success")
    if status == "success":
        platform.record(person.openid, "push", template.render(given))
    msgid = platform.next_id()

    def finish() -> Fields:
        result: Fields = {
            "TemplateId": template.id,
            "MsgID": msgid,
            "ErrorCode": int(status != "success"),
            "ErrorStatus": status,
        }
        return {
            "FromUserName": person.openid,
            "MsgType": "event",
            "Event": "subscribe_msg_sent_event",
            "SubscribeMsgSentEvent": {"List": [result]},
        }

    platform.agenda.add(SENT_AFTER, finish)
    return OK


def check_value(key: str, value: str) -> None:
    """Raises 47003 naming the field whose value is not what its type allows."""
    form = FORMS.get(key.rstrip("0123456789"))
    if not value or (form is not None and not form.fullmatch(value)):
        raise ApiError(47003, f"argument invalid! data.{key}.value invalid")


def list_notices(call: Call) -> Answer:
    kept = call.platform.notices.all()
    told = [
        {"priTmplId": each.id, "title": each.title, "content": each.content, "example": "", "type": 2} for each in kept
    ]
    return {**OK, "data": told}


ENDPOINTS = (
    Endpoint("cgi-bin/message/subscribe/bizsend", "POST", send, SERVICE, per_day=100_000, sandbox_per_day=10_000),
    Endpoint("wxaapi/newtmpl/gettemplate", "GET", list_notices, SERVICE),
)
